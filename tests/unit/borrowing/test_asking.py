"""Asking for a key: what the gate answers is believed only if it is a key for this very opening."""

import base64
import json
from typing import Any

import httpx
import pyrage
import pytest

from sekisho.adapters.borrowing import asking
from sekisho.kernel import SekishoError


def answered(body: Any, status: int = 200) -> httpx.Response:
    """An answer."""
    return httpx.Response(status, content=json.dumps(body).encode() if not isinstance(body, bytes) else body)


def test_a_key_sealed_to_this_opening_is_taken_and_nothing_else() -> None:
    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()

    def told(to: Any) -> httpx.Response:
        return answered({"key": base64.b64encode(pyrage.encrypt(b"k" * 32, [to.to_public()])).decode()})

    assert asking._key_in(told(mine), mine) == b"k" * 32
    for answer in (told(other), answered({}), answered([]), answered(b"<html>"), answered({"key": "?"})):
        with pytest.raises(SekishoError, match="holds no key"):
            asking._key_in(answer, mine)


def test_reasons_are_told_as_the_gate_says_them_and_one_of_ours_where_it_says_none() -> None:
    full = {"code": "key_loan_over", "ja": "終わり", "en": "over", "next_ja": "消す", "next_en": "erase"}
    assert asking._reasons(answered({"reasons": [{**full, "more": 1}]}, 410)) == [full]
    for answer in (answered(b"nginx", 404), answered({"reasons": [1]}, 403), answered([], 403)):
        (reason,) = asking._reasons(answer)
        assert reason["ja"]
        assert reason["code"] == str(answer.status_code)
