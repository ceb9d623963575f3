"""Laws of two versions of a report: exactly what is edited is a row, and the rows lead from one to the other."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.kernel.council import (
    Answer,
    ItemKind,
    Need,
    changes_between,
    find_place,
    is_material,
    missing_answers,
)
from tests.unit.kernel.assessment_story import AFTER, FORM, next_version, without

Edits = dict[str, Answer | None]
KEYS = sorted(AFTER.values)


@st.composite
def edits(draw: st.DrawFn) -> dict[str, Answer | None]:
    """Some answers become others, some go."""
    chosen = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=12))
    made: dict[str, Answer | None] = {}
    for key in chosen:
        place = find_place(FORM, key)
        assert place is not None
        item = FORM.items[place.item]
        match item.kind:
            case ItemKind.CHOICE:
                made[key] = draw(st.none() | st.sampled_from(item.choices))
            case ItemKind.CHOICES:
                made[key] = draw(st.none() | st.sets(st.sampled_from(item.choices), min_size=1).map(sorted).map(tuple))
            case ItemKind.COUNT:
                made[key] = draw(st.none() | st.integers(0, 99))
            case ItemKind.DATE:
                made[key] = draw(st.none() | st.dates().map(lambda day: day.isoformat()))
            case ItemKind.TEXT:
                made[key] = draw(st.none() | st.text(min_size=1, max_size=20))
    return made


@given(edits())
@settings(max_examples=200, deadline=None)
def test_the_rows_are_exactly_the_edits_and_lead_from_the_old_to_the_new(made: Edits) -> None:
    gone = [key for key, value in made.items() if value is None]
    new = next_version(without(AFTER, *gone), {key: value for key, value in made.items() if value is not None})
    rows = changes_between(FORM, AFTER, new)
    assert {each.place for each in rows} == {key for key, value in made.items() if value != AFTER.values[key]}
    walked: dict[str, Answer | None] = dict(AFTER.values)
    for row in rows:
        assert walked.get(row.place) == row.before
        walked[row.place] = row.after
    assert {key: value for key, value in walked.items() if value is not None} == dict(new.values)
    back = changes_between(FORM, new, replace(AFTER, version=new.version + 1))
    assert [(each.place, each.before, each.after, each.material) for each in back] == [
        (each.place, each.after, each.before, each.material) for each in rows
    ]


@given(edits(), edits())
@settings(max_examples=100, deadline=None)
def test_more_edits_never_make_a_change_lighter(
    first: dict[str, Answer | None], more: dict[str, Answer | None]
) -> None:
    def version(made: Edits) -> bool:
        gone = [key for key, value in made.items() if value is None]
        kept = {key: value for key, value in made.items() if value is not None}
        return is_material(changes_between(FORM, AFTER, next_version(without(AFTER, *gone), kept)))

    assert version({**more, **first}) >= version(first)


@given(st.lists(st.sampled_from(KEYS), unique=True, max_size=20))
@settings(max_examples=100, deadline=None)
def test_what_is_missed_is_what_was_taken_out(gone: list[str]) -> None:
    new = without(AFTER, *gone)
    missed = {each.facts["place"] for each in missing_answers(FORM, new) if "place" in each.facts}
    items = {key: FORM.items[place.item] for key in gone if (place := find_place(FORM, key)) is not None}
    always = {key for key, item in items.items() if item.need is Need.ALWAYS}
    assert {each for each in missed if each in AFTER.values} <= always
    spoken = {key.rpartition("]")[0] for key in new.values}
    asked = {key for key in always if items[key].when is None and key.rpartition("]")[0] in spoken | {""}}
    assert asked <= missed
