"""The form of a condition: proposed by a member on S-215, entered or worded anew by the secretariat on S-240."""

from collections import defaultdict
from collections.abc import Iterable

from sekisho.adapters.database.queries_council import ConditionView, MatterFile, names_of, people_with
from sekisho.kernel.council import ConditionKind, ProofKind, Role
from sekisho.web.components.act_forms import AREA, DATE, NUMBER, SELECT, ActForm, FormField, pick
from sekisho.web.components.facts import Choice
from sekisho.web.components.vocabulary import item_words
from sekisho.web.office import Office
from sekisho.web.pages.deliberation.offers import act_url
from sekisho.web.pages.deliberation.trade_offs import WHOLE
from sekisho.web.pages.deliberation.words import CONDITION_KINDS, PROOFS
from sekisho.web.words import Words


def _people(office: Office, chosen: str, *roles: Role) -> tuple[Choice, ...]:
    """The people who can be chosen for it."""
    names = names_of(office.tenant)
    people = ((each, Words(*names[each])) for each in people_with(office.tenant, *roles))
    return pick(*people, chosen=chosen)


def _hangs_on(file: MatterFile, chosen: str) -> tuple[Choice, ...]:
    """What a condition can hang on: the whole consultation, a credential, an arrow, or one data item of an arrow."""
    dossier = file.paper.dossier
    named: list[tuple[str, Words]] = [("", WHOLE)]
    logins = (each.credential for each in dossier.credentials)
    named += ((each, Words(f"資格情報：{each}", f"credential: {each}")) for each in logins)
    for each in dossier.chart.under_review():
        named.append((each.connection, Words(f"{each.badge} {each.label_ja}", f"{each.badge} {each.label_en}")))
        for item in each.items:
            words = item_words(item.item)
            path = f"{each.connection}/{item.item}"
            named.append((path, Words(f"{each.badge} 項目：{words.ja}", f"{each.badge} item: {words.en}")))
    return pick(*named, chosen=chosen)


def _listed(table: dict[str, Words], codes: Iterable[str], chosen: str) -> tuple[Choice, ...]:
    """The values of a closed list."""
    return pick(*((str(each), table[each]) for each in codes), chosen=chosen)


def _as_it_stands(view: ConditionView | None) -> dict[str, str]:
    """The values of a condition that is there already; of a new one, nothing."""
    if view is None:
        return {}
    known = view.condition
    plain = {name: str(getattr(known, name)) for name in ("text", "hangs_on", "kind", "proof", "owner", "verifier")}
    return {**plain, "due": known.due.isoformat(), "every_days": str(known.every_days or "")}


def condition_fields(file: MatterFile, office: Office, view: ConditionView | None = None) -> tuple[FormField, ...]:
    """The fields of a condition; of one that is worded anew, as it stands."""
    known = defaultdict(str, _as_it_stands(view))
    owners = _people(office, known["owner"], Role.DRAFTER, Role.CONTRACTOR)
    verifiers = _people(office, known["verifier"], Role.SECRETARIAT, Role.INFORMATION_SYSTEMS)
    chosen = (
        ("hangs_on", Words("かかる矢印・項目", "On which arrow or item"), _hangs_on(file, known["hangs_on"])),
        ("kind", Words("区分", "Kind"), _listed(CONDITION_KINDS, ConditionKind, known["kind"])),
        ("proof", Words("証拠", "Proof"), _listed(PROOFS, ProofKind, known["proof"])),
        ("owner", Words("負う人", "Owner"), owners),
        ("verifier", Words("確かめる人（負う人とは別の人）", "Verifier (not the owner)"), verifiers),
    )
    days = Words("定期の場合の日数", "Every so many days, if recurring")
    return (
        FormField(name="text", words=Words("条件", "Condition"), kind=AREA, value=known["text"]),
        *(
            FormField(name=name, words=words, kind=SELECT, choices=choices, required=name != "hangs_on")
            for name, words, choices in chosen
        ),
        FormField(name="due", words=Words("期限", "Due"), kind=DATE, value=known["due"]),
        FormField(name="every_days", words=days, kind=NUMBER, value=known["every_days"], required=False),
    )


def propose_form(file: MatterFile, office: Office, back: str) -> ActForm:
    """A condition that a member proposes."""
    return ActForm(
        key="propose",
        url=act_url(file.row.matter, "propose_condition"),
        words=Words("条件を提案する", "Propose a condition"),
        back=back,
        fields=condition_fields(file, office),
    )
