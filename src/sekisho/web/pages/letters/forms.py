"""What the secretariat and the chair can do with the conditions of a letter until it is sealed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from sekisho.adapters.database.council_conditions import UNDECIDED
from sekisho.adapters.database.council_letter_conditions import UNSIGNED
from sekisho.adapters.database.queries_council import ConditionView, MatterFile, names_of
from sekisho.kernel.council import CONDITION_TABLE, Role
from sekisho.web.components.act_forms import SELECT, ActForm, FormField, pick, words_pair
from sekisho.web.office import Office
from sekisho.web.pages.deliberation.condition_forms import condition_fields
from sekisho.web.pages.deliberation.deciding import is_voting
from sekisho.web.pages.deliberation.offers import act_url
from sekisho.web.words import Words

BACK = "matter_letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The form by which one condition is worded anew."""

    condition: str
    form: ActForm


def is_open(file: MatterFile) -> bool:
    """Can the conditions still be changed: taken up, or decided and without any signature?"""
    sealed = file.decision is not None and file.decision.sealed
    return (file.row.state in UNDECIDED and not is_voting(file)) or (file.row.state in UNSIGNED and not sealed)


def may_word(file: MatterFile, office: Office) -> bool:
    """May this person word conditions now?"""
    return Role.SECRETARIAT in office.roles and is_open(file)


def enter_form(file: MatterFile, office: Office) -> ActForm | None:
    """A condition that a member raised in the meeting; nothing if this person may not enter it now."""
    meeting = file.row.meeting
    if not may_word(file, office) or meeting is None or file.row.state not in UNDECIDED:
        return None
    names = names_of(office.tenant)
    members = ((each, Words(*names.get(each, (each, each)))) for each in meeting.members if each not in file.recused)
    raised = FormField(name="raised_by", words=Words("提起した委員", "Raised by"), kind=SELECT, choices=pick(*members))
    return ActForm(
        key="enter",
        url=act_url(file.row.matter, "enter_condition"),
        words=Words("条件を入力する", "Enter the condition"),
        back=BACK,
        fields=(raised, *condition_fields(file, office)),
    )


def wordings(file: MatterFile, office: Office) -> Iterator[Wording]:
    """A form for each condition that can be worded anew."""
    if not may_word(file, office):
        return
    for view in file.conditions:
        if any(each.act == "amend" for each in CONDITION_TABLE.steps_from(view.condition.state)):
            yield Wording(condition=view.condition.condition, form=_amend_form(file, office, view))


def _amend_form(file: MatterFile, office: Office, view: ConditionView) -> ActForm:
    """One condition as it stands, to be worded anew."""
    condition = view.condition.condition
    return ActForm(
        key=f"amend-{condition}",
        url=reverse("condition_act", args=[condition, "amend"]),
        words=words_pair(CONDITION_TABLE.acts["amend"]),
        back=BACK,
        fields=condition_fields(file, office, view),
    )
