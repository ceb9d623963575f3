"""What people do around a decision letter in tests: matters at its two ends, and the forms of S-240."""

from datetime import UTC, datetime, timedelta

from sekisho.adapters.database.models import ConditionRow, DecisionRow
from tests.fakes.council import DOWN, approve, decided_on_condition, deliberating, judge_items, paper_56
from tests.unit.web.two_offices import NAGASAKI, client_of

FORM = {
    "text": "端末の画面の写しを出すこと",
    "hangs_on": DOWN,
    "kind": "blocks_after_date",
    "proof": "screenshot",
    "owner": "doza",
    "verifier": "kazagashira",
    "due": "令和9年3月31日",
    "every_days": "",
    "raised_by": "megane",
    "back": "matter_letter",
}


def decided(result: str = "opinion_with_conditions") -> str:
    """A matter that was decided just now; nobody has signed its letter."""
    day = datetime.now(UTC) - timedelta(hours=1)
    if result == "opinion_with_conditions":
        return decided_on_condition(NAGASAKI, day)[0]
    matter, _ = deliberating(NAGASAKI, paper_56("act_2023"), day)
    judge_items(NAGASAKI, matter, day=day)
    approve(NAGASAKI, matter, result, day)
    return matter


def talked() -> str:
    """A matter that is deliberated just now, with a verdict on each item; nothing is put to the vote."""
    day = datetime.now(UTC) - timedelta(hours=1)
    matter, _ = deliberating(NAGASAKI, paper_56("act_2023"), day)
    judge_items(NAGASAKI, matter, day=day)
    return matter


def as_it_stands(row: ConditionRow) -> dict[str, str]:
    """The form of a condition that is there, every field as it was voted on."""
    names = ("text", "hangs_on", "kind", "proof", "owner", "verifier")
    return {**{name: str(getattr(row, name)) for name in names}, "due": row.due.isoformat(), "every_days": ""}


def page(person: str, matter: str) -> str:
    """S-240 as somebody reads it."""
    answer = client_of(person).get(f"/letters/{matter}/")
    assert answer.status_code == 200, answer.content.decode()[:300]
    return answer.content.decode()


def do(person: str, address: str, **said: str) -> int:
    """The status of what somebody did."""
    return client_of(person).post(address, {**FORM, **said}).status_code


def enter(person: str, matter: str, **said: str) -> int:
    """The status of entering a condition."""
    return do(person, f"/matters/{matter}/act/enter_condition/", **said)


def sign(person: str, matter: str) -> int:
    """The status of signing."""
    return do(person, f"/matters/{matter}/act/sign_letter/")


def decide(matter: str) -> tuple[int, int]:
    """The agency decides as the council said, and its second person signs."""
    first = do("nabekanmuri", f"/matters/{matter}/act/decide_internally/", outcome="opens", reason="")
    return first, do("glover", f"/matters/{matter}/act/countersign/")


def digest(matter: str) -> str:
    """The digest of the letter that lies there."""
    return str(DecisionRow.objects.get(matter__matter=matter).digest)


def newest(matter: str) -> ConditionRow:
    """The condition that was entered last."""
    return ConditionRow.objects.filter(matter__matter=matter).order_by("-id")[0]


def steps(matter: str) -> dict[str, bool]:
    """Which steps of the course are done."""
    told = client_of("konpira").get(f"/api/matters/{matter}/letter").json()
    return {each["step"]: each["done"] for each in told["steps"]}
