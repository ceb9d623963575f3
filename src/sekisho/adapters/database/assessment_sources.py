"""Where the answers of a report come from: the dossiers whose arrows it covers."""

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.database.assessment_coverage import papers_of
from sekisho.adapters.database.assessment_desk import find_assessment, newest_version
from sekisho.adapters.database.assessment_writing import write_answers
from sekisho.adapters.database.council_deeds import Deed
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import entrusted_answers


def write_entrustment(deed: Deed, assessment: str) -> str:
    """Write part Ⅱ.4 of the report from the arrows that it covers, as the council was shown them. Answers the digest.

    Raises:
        Refused: No dossier has such an arrow, the version is not to be written, or not by this person.

    """
    covered = newest_version(find_assessment(deed.tenant, assessment)).connections
    for paper in papers_of(deed.tenant):
        answers = entrusted_answers(shipped_form(), paper.dossier, covered)
        if any("[" in place for place in answers):
            return write_answers(deed, assessment, {place: each.value for place, each in answers.items()})
    raise Refused([because(ReasonCode.NOT_FOUND, what=each) for each in covered or ["connections"]])
