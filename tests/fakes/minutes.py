"""A meeting that was held, and its minutes at each stage. Every person is made up."""

from sekisho.bootstrap import council
from sekisho.bootstrap import minutes as office
from sekisho.kernel.council import TradeOff
from tests.fakes.council import MEMBERS, act, approve, circulated, judge_items, paper_56, who
from tests.fakes.kept import kept

SECRET = "見本 花子"
FRAME = office.PublicFrame(page_id="034465", contact=("総務部 総務課", "電話番号:095-829-1124"))


@kept
def held(tenant: str, regime: str = "ordinance") -> str:
    """A meeting from its call to its close: a question with a name in it, an answer, a trade-off, a decision."""
    matter, meeting = circulated(tenant, paper_56(regime))
    asked = council.Asked(about="chart.networks[lgwan].operator", text=f"{SECRET}さんの件は、だれが管理しているのか")
    question = council.ask(act(tenant, "megane", -540), matter, asked)
    reply = council.Reply(text="J-LIS が一元的に管理している", cites=asked.about)
    council.answer(act(tenant, "doza", -530), matter, question, reply)
    for person in (*MEMBERS, "oura"):
        council.arrive(act(tenant, "kazagashira", -5), meeting, who(tenant, person))
    council.open_meeting(act(tenant, "oura", 0), meeting)
    council.open_session(act(tenant, "oura", 1), matter)
    council.close_questions(act(tenant, "oura", 20), matter)
    judge_items(tenant, matter, dropped=("remarks",))
    weighed = TradeOff(about="線", prevailed="正確な課税", yielded="手間", why="紙では間違える", review_on="2020-11-19")
    council.record_trade_off(act(tenant, "suwa", 26), matter, weighed)
    approve(tenant, matter)
    council.close_meeting(act(tenant, "oura", 90), meeting)
    return meeting


@kept
def drafted(tenant: str) -> str:
    """The draft as the meeting's events give it."""
    meeting = held(tenant)
    return office.draft_from_meeting(act(tenant, "kazagashira", 100), meeting, FRAME)


def text_now(tenant: str, minutes: str) -> str:
    """The text of the newest version, as the secretariat reads it."""
    from sekisho.adapters.database.minutes_desk import read_draft

    return read_draft(act(tenant, "kazagashira", 101), minutes).text


@kept
def edited(tenant: str, words: tuple[str, ...] = (SECRET,)) -> str:
    """The draft after the secretariat went over it, with what is to be removed."""
    minutes = drafted(tenant)
    office.edit_minutes(act(tenant, "kazagashira", 110), minutes, text_now(tenant, minutes), words)
    return minutes


def confirm_all(tenant: str, minutes: str, minute: int = 120) -> None:
    """Everybody who was present confirms."""
    for person in (*MEMBERS, "oura"):
        office.confirm_minutes(act(tenant, person, minute), minutes)


@kept
def confirmed(tenant: str, words: tuple[str, ...] = (SECRET,)) -> str:
    """Confirmed by all."""
    minutes = edited(tenant, words)
    confirm_all(tenant, minutes)
    return minutes


def go_out(tenant: str, minutes: str, minute: int = 130) -> int:
    """Two persons and the machine check it, and it is published."""
    office.mark_redaction(act(tenant, "suwa", minute), minutes)
    office.check_redaction(act(tenant, "kazagashira", minute + 1), minutes)
    return office.publish(act(tenant, "kazagashira", minute + 2), minutes)


@kept
def published(tenant: str) -> str:
    """Published as version 1."""
    minutes = confirmed(tenant)
    go_out(tenant, minutes)
    return minutes
