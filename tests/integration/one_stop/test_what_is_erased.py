"""What was typed of a donor goes when its time is over, however far the case came; nothing is called erased early."""

from collections.abc import Callable
from datetime import date

import pytest

from sekisho.kernel import SekishoError
from tests.integration.one_stop.conftest import AREA, deed, take_application
from tests.integration.one_stop.test_applications import row_of

Donate = Callable[[list[dict[str, str]]], list[int]]
Forms = list[dict[str, str]]
LATER = date(2034, 1, 1)


def keyed(donation: int, form: dict[str, str]) -> str:
    """A case of which one person typed the form, and nobody verified it."""
    from sekisho.adapters.donations import one_stop_desk as desk

    case, _ = desk.send_form(deed(""), donation)
    desk.key_in(deed(case), desk.Typing(values=form, received_on=date(2026, 12, 1)))
    return case


def test_a_number_that_was_keyed_and_never_verified_goes_as_well(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations.one_stop_numbers import due_numbers, erase_number
    from sekisho.adapters.keys import open_key_store

    case = keyed(donate(forms)[0], forms[0])
    assert due_numbers(AREA, date(2033, 12, 31)) == []
    assert due_numbers(AREA, LATER) == [case]
    erase_number(deed(case, "", None), LATER)
    assert row_of(case).keyed is None
    assert open_key_store().present(AREA, [f"subject/individual-number/{case}"]) == []
    assert due_numbers(AREA, LATER) == []


def test_name_address_and_birthday_go_with_the_number(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations.models import NumberRow
    from sekisho.adapters.donations.one_stop_numbers import erase_number
    from sekisho.adapters.keys import open_key_store

    case = take_application(donate(forms)[0], forms[0])
    keys = [f"subject/one-stop/{case}", f"subject/individual-number/{case}"]
    assert sorted(open_key_store().present(AREA, keys)) == sorted(keys)
    proof = erase_number(deed(case, "", None), LATER)
    assert open_key_store().present(AREA, keys) == []
    assert proof["form_key"] == keys[0]
    assert (row_of(case).sealed, NumberRow.objects.count()) == (None, 0)


@pytest.mark.parametrize("act", ["withdraw", "refuse_late"])
def test_what_was_keyed_of_a_case_that_ended_is_gone_and_its_key_is_still_due(
    donate: Donate, forms: Forms, act: str
) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk
    from sekisho.adapters.donations.one_stop_numbers import due_numbers, erase_number

    case = keyed(donate(forms)[0], forms[0])
    desk.take_step(deed(case), act)
    assert row_of(case).keyed is None
    assert due_numbers(AREA, LATER) == [case], "a backup's row would still open"
    erase_number(deed(case, "", None), LATER)
    assert due_numbers(AREA, LATER) == []


def test_what_was_not_searched_for_is_not_called_erased(
    donate: Donate, forms: Forms, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from sekisho.adapters.donations.models import IdentityImageRow
    from sekisho.adapters.donations.one_stop_numbers import due_numbers, erase_image, erase_number, keep_image
    from sekisho.adapters.keys import KeyStore

    case, real = take_application(donate(forms)[0], forms[0]), KeyStore.destroy
    image = keep_image(deed(case), "form", b"\x89PNG\r\n\x1a\n" + bytes(9), date(2027, 3, 1))
    with monkeypatch.context() as busy:
        busy.setattr(KeyStore, "destroy", lambda *given: [replace(each, searched=False) for each in real(*given)])
        with pytest.raises(SekishoError, match="検索"):
            erase_number(deed(case, "", None), LATER)
        with pytest.raises(SekishoError, match="検索"):
            erase_image(deed(case, "", None), image)
    assert (due_numbers(AREA, LATER), row_of(case).number_proof) == ([case], "")
    assert IdentityImageRow.objects.get().erased_at is None
    assert erase_number(deed(case, "", None), LATER)["searched"] is True
    assert erase_image(deed(case, "", None), image)["searched"] is True


def test_one_number_that_cannot_be_erased_holds_no_other_and_no_picture_back(
    donate: Donate, forms: Forms, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace
    from datetime import UTC, datetime

    from sekisho.adapters.donations.one_stop_numbers import due_images, due_numbers, erase_past_their_day, keep_image
    from sekisho.adapters.keys import Destroyed, KeyStore

    first, second = (take_application(donation, form) for donation, form in zip(donate(forms)[:2], forms, strict=False))
    keep_image(deed(second), "form", b"\x89PNG\r\n\x1a\n" + bytes(9), date(2027, 3, 1))
    real, day = KeyStore.destroy, datetime(2034, 1, 2, 3, tzinfo=UTC)

    def destroy(store: KeyStore, area: str, keys: list[str]) -> list[Destroyed]:
        """What is left of the first case's keys cannot be searched for yet."""
        return [replace(each, searched=first not in each.key) for each in real(store, area, keys)]

    with monkeypatch.context() as busy:
        busy.setattr(KeyStore, "destroy", destroy)
        with pytest.raises(SekishoError, match="1件を消せませんでした"):
            erase_past_their_day(AREA, day)
    assert (due_numbers(AREA, day.date()), due_images(AREA, day.date())) == ([first], [])
    numbers, images = erase_past_their_day(AREA, day)
    assert (len(numbers), images, due_numbers(AREA, day.date())) == (1, [], [])
