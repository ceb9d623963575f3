"""Written opinions are blind: until all are in on the present version, or its deadline comes; never for the recused."""

from sekisho.kernel import ReasonCode
from tests.integration.council.conftest import why


def test_opinions_stay_sealed_until_all_are_in_or_the_deadline_comes(city: str) -> None:
    from sekisho.adapters.database.models import OpinionRow
    from sekisho.bootstrap import council
    from tests.fakes.council import act, circulated

    matter, _ = circulated(city)
    council.give_opinion(act(city, "megane", -500), matter, "端末は一台に限るべき")
    assert [each.text for each in council.read_opinions(act(city, "megane", -490), matter)] == ["端末は一台に限るべき"]
    assert why(lambda: council.read_opinions(act(city, "suwa", -490), matter)) == {ReasonCode.OPINIONS_SEALED}
    assert why(lambda: council.read_opinions(act(city, "kazagashira", -490), matter)) == {ReasonCode.NOT_ALLOWED}
    assert "端末".encode() not in b"".join(bytes(each.sealed) for each in OpinionRow.objects.all())
    assert len(council.read_opinions(act(city, "suwa", -59), matter)) == 1
    assert why(lambda: council.give_opinion(act(city, "suwa", -59), matter, "賛成")) == {ReasonCode.NOT_IN_THIS_STATE}
    for person in ("suwa", "sofuku", "oura"):
        council.give_opinion(act(city, person, -480), matter, f"{person} の意見")
    assert len(council.read_opinions(act(city, "suwa", -470), matter)) == 4


def test_what_was_written_on_an_earlier_version_stays_sealed_until_the_present_phase_is_over(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, circulated

    matter, _ = circulated(city)
    council.give_opinion(act(city, "megane", -500), matter, "端末は一台に限るべき")
    council.amend(act(city, "doza", -490), matter)
    # Not even when the deadline of the earlier phase passes before the next one begins.
    assert why(lambda: council.read_opinions(act(city, "suwa", -59), matter)) == {ReasonCode.NOT_IN_THIS_STATE}
    council.circulate(act(city, "kazagashira", -480), matter, act(city, "oura", -60).at)
    assert why(lambda: council.read_opinions(act(city, "suwa", -470), matter)) == {ReasonCode.OPINIONS_SEALED}
    assert len(council.read_opinions(act(city, "megane", -470), matter)) == 1
    for person in ("suwa", "sofuku", "oura"):
        council.give_opinion(act(city, person, -460), matter, f"{person} の意見")
    # All have written, but one of them on the version before.
    assert [each.person for each in council.read_opinions(act(city, "suwa", -450), matter)] == ["suwa"]
    council.recuse(act(city, "sofuku", -440), matter, "親族が従事")
    assert len(council.read_opinions(act(city, "suwa", -59), matter)) == 4
    assert why(lambda: council.read_opinions(act(city, "sofuku", -59), matter)) == {ReasonCode.RECUSED}
