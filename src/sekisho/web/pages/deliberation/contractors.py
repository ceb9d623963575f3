"""The contractors of S-205 起案: who handles the data for whom, where they lie, by which certificate."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from sekisho.kernel.council import Dossier, Processor
from sekisho.web.components.act_forms import FormField
from sekisho.web.words import Words

CONTRACTORS: Final = Words("委託先・再委託先", "Contractors and sub-contractors")
FIELDS: Final = (
    ("contractor", Words("名称", "name")),
    ("works_for", Words("だれから受託するか", "works for")),
    ("task", Words("委託する事務", "task")),
    ("place_of_data", Words("データの所在", "where the data are")),
    ("certificate", Words("認証（なければ「なし」）", "certificate, or none")),
    ("certificate_until", Words("認証の期限", "certificate valid until")),
)
MORE: Final = 2
"""How many blank rows stand below those that are written."""
_BLANK: Final = Processor(contractor="", works_for="", task="", place_of_data="", certificate="", certificate_until="")
_HINT: Final = Words("名称を空欄にすると、その委託先は外れます。", "Without a name the contractor is taken out.")


def _rows(dossier: Dossier) -> tuple[Processor, ...]:
    """The contractors that are written, and blank ones for more."""
    return (*dossier.processors, *(_BLANK for _ in range(MORE)))


def contractor_fields(dossier: Dossier) -> Iterator[FormField]:
    """The fields of every contractor, and of blank rows."""
    for number, row in enumerate(_rows(dossier), 1):
        for name, words in FIELDS:
            yield FormField(
                name=f"contractor.{number}.{name}",
                words=Words(f"{number}：{words.ja}", f"{number}: {words.en}"),
                value=getattr(row, name),
                hint=_HINT if name == "contractor" and row.contractor else "",
                required=False,
            )


def read_contractors(dossier: Dossier, typed: Mapping[str, str]) -> tuple[Processor, ...]:
    """The contractors as they were typed over what was there; a row without a name is none, a name stands once."""
    found: dict[str, Processor] = {}
    for number, row in enumerate(_rows(dossier), 1):
        texts = {name: typed.get(f"contractor.{number}.{name}", getattr(row, name)).strip() for name, _ in FIELDS}
        if texts["contractor"]:
            found.setdefault(texts["contractor"], replace(row, **texts))
    return tuple(found.values())
