"""The precedents that a reader of a matter may compare it with, to be chosen on S-210 and S-222."""

from types import SimpleNamespace

from django.urls import reverse

from sekisho.adapters.database.council_precedents import precedents
from sekisho.adapters.database.queries_council import MatterFile
from sekisho.web.office import Office
from sekisho.web.words import Words


def compare_form(office: Office, file: MatterFile) -> SimpleNamespace:
    """The precedents that this person may compare with; the matter itself is none."""
    own = f"m-{file.row.matter}"
    choices = [
        SimpleNamespace(key=each.key, label=Words(each.label_ja, each.label_en))
        for each in precedents(office.tenant, office.department)
        if each.key != own
    ]
    return SimpleNamespace(url=reverse("matter_precedent", args=[file.row.matter]), choices=choices)
