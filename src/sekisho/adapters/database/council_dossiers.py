"""From the drafter's desk to the agenda: drafting, submitting, accepting, circulating, amending a dossier.

The version that is circulated is frozen with its digests; whoever changes anything afterwards begins the next version.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sekisho.adapters.database.council_deeds import (
    Bench,
    Deed,
    bench,
    next_number,
    note,
    person_of,
    roles_of,
    text_digest,
)
from sekisho.adapters.database.council_numbering import give_number
from sekisho.adapters.database.council_papers import (
    Paper,
    begin_version,
    check_paper,
    freeze_paper,
    keep_paper,
    read_paper,
)
from sekisho.adapters.database.council_versions import version_in_force
from sekisho.adapters.database.models import Department, DutyRow, Matter, Meeting
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    CONSULTATION_TABLE,
    Act,
    Dossier,
    ExemptionClaim,
    check_duties,
    classify_change,
    differences_between,
    digest_of_dossier,
)

REVISED_MEANWHILE: Final = "revised_meanwhile"


def draft(deed: Deed, paper: Paper) -> str:
    """Begin a consultation; answers the id of its matter. Whatever is missing may still be missing.

    Raises:
        Refused: Not a drafter, or of no department.

    """
    with writing():
        person, roles = person_of(deed), roles_of(deed)
        department = Department.objects.filter(tenant_id=deed.tenant, department=person.department).first()
        check_duties(deed.person, roles, Act.DRAFT, ())
        if department is None:
            raise Refused([because(ReasonCode.NOT_ALLOWED, action="draft (no department)")])
        row = Matter.objects.create(
            tenant_id=deed.tenant,
            matter=f"m{next_number(deed.tenant, 'matter'):04d}",
            agency=department.agency,
            department=department.department,
            state=CONSULTATION_TABLE.first,
        )
        keep_paper(row, paper)
        DutyRow.objects.create(matter=row, version=1, person=deed.person, act=Act.DRAFT, at=deed.at)
        note(deed, EntryKind.CONSULTATION_DRAFTED, matter=row.matter, department=row.department)
    return row.matter


def revise(deed: Deed, matter: str, paper: Paper, *, seen: str = "") -> None:
    """Write the draft anew, or the next version after an amendment was begun.

    Whoever changes a part of it says by `seen` which digest they changed, so that nobody's other part is lost.

    Raises:
        Refused: Not a drafter of this department, the version is with the council, or it is not what was seen.

    """
    with bench(deed, matter) as work:
        work.allow(Act.DRAFT)
        if seen and digest_of_dossier(read_paper(work.row).dossier) != seen:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=matter, state=REVISED_MEANWHILE)])
        work.must_be(*(("draft", "agenda", "amendment_pending") if work.row.version > 1 else ("draft",)))
        work.note(EntryKind.CONSULTATION_REVISED, digest=digest_of_dossier(keep_paper(work.row, paper)))


def submit(deed: Deed, matter: str) -> None:
    """Hand a draft to the secretariat.

    Raises:
        Refused: Something is missing, or it is not for this person to submit.

    """
    with bench(deed, matter) as work:
        work.allow(Act.SUBMIT)
        paper = check_paper(work.row)
        work.row.remark = ""
        work.advance("submit", digest=digest_of_dossier(paper.dossier))


def accept(deed: Deed, matter: str) -> str:
    """Take a consultation in; it gets its number, which is answered.

    Raises:
        Refused: Not in this state, or not by this person.

    """
    with bench(deed, matter) as work:
        work.allow(Act.ACCEPT)
        paper = read_paper(work.row)
        work.row.consultation = work.row.consultation or give_number(deed.tenant, paper.dossier.regime)
        keep_paper(work.row, paper)
        work.advance("accept")
        return work.row.consultation


def send_back(deed: Deed, matter: str, reason: str) -> None:
    """Return a consultation to its department before it is accepted.

    Raises:
        Refused: No reason is given, not in this state, or not by this person.

    """
    with bench(deed, matter) as work:
        work.allow(Act.ACCEPT)
        if not reason.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place="return", what="reason")])
        work.row.remark = reason
        work.advance("return", reason=text_digest(reason))


def withdraw(deed: Deed, matter: str) -> None:
    """Withdraw a consultation before it is decided. A change of what is in force is withdrawn by its own act.

    Raises:
        Refused: Not in this state, or not by the head of its department.

    """
    with bench(deed, matter) as work:
        work.own_department()
        if version_in_force(work.row):
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=matter, state="change_undecided")])
        work.advance("withdraw")


def put_on_agenda(deed: Deed, matter: str, meeting: str) -> None:
    """Put a consultation on the agenda of a meeting that has been called.

    Raises:
        Refused: Not in this state, not by this person, or there is no such meeting.

    """
    with bench(deed, matter) as work:
        found = Meeting.objects.filter(tenant_id=deed.tenant, meeting=meeting, state="called").first()
        if found is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=meeting)])
        work.allow(Act.ACCEPT)
        work.row.meeting, work.row.acting_chair = found, ""
        work.advance("put_on_agenda", meeting=meeting)


def claim_exemption(deed: Deed, matter: str, claim: ExemptionClaim) -> None:
    """Claim that a law makes the consultation needless; the secretariat checks that.

    Raises:
        Refused: Article or quotation is missing, not in this state, or not by this person.

    """
    with bench(deed, matter) as work:
        work.allow(Act.CLAIM_EXEMPTION)
        missing = [name for name in ("article", "quotation") if not getattr(claim, name)]
        if missing:
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place="exemption", what=each) for each in missing])
        paper = read_paper(work.row)
        claimed = replace(claim, claimed_by=deed.person)
        keep_paper(work.row, replace(paper, dossier=replace(paper.dossier, exemption=claimed)))
        work.advance("claim_exemption", article=claim.article)


def judge_exemption(deed: Deed, matter: str, *, holds: bool) -> None:
    """Confirm or reject a claimed exemption; rejected, the consultation goes on the agenda.

    Raises:
        Refused: Not in this state, or not by this person.

    """
    with bench(deed, matter) as work:
        work.allow(Act.ACCEPT)
        work.advance("confirm_exemption" if holds else "reject_exemption")


def circulate(deed: Deed, matter: str, opinions_until: datetime) -> str:
    """Freeze the present version and send it to the members; answers its digest.

    Raises:
        Refused: It is incomplete, on no agenda, or this is not for this person.

    """
    with bench(deed, matter) as work:
        work.allow(Act.CIRCULATE)
        if work.row.meeting is None:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=matter, state="no_meeting")])
        dossier, digests = freeze_paper(work.row, deed.at)
        work.row.opinions_until = opinions_until
        work.advance("circulate", **digests, **_weight(work, dossier))
        return str(digests["digest"])


def _weight(work: Bench, after: Dossier) -> dict[str, object]:
    """How much a new version changes against the one before; nothing for the first."""
    if work.row.version == 1:
        return {}
    before = read_paper(work.row, work.row.version - 1).dossier
    weight = classify_change(before, after)
    return {"change": weight.name.lower(), "differences": len(differences_between(before, after))}


def amend(deed: Deed, matter: str) -> int:
    """Begin the next version of what was circulated; what members wrote stays with theirs. Answers its number.

    Raises:
        Refused: Not in this state, or not by a drafter of this department.

    """
    with bench(deed, matter) as work:
        work.allow(Act.DRAFT)
        begin_version(work.row)
        # The blind phase of the earlier version does not end by itself; that of the next one begins with circulation.
        work.row.opinions_until = None
        work.advance("amend")
        return work.row.version


def take_back(deed: Deed, matter: str) -> None:
    """Take back what the council returned, to draft it anew.

    Raises:
        Refused: Not in this state, or not by the head of its department.

    """
    with bench(deed, matter) as work:
        work.own_department()
        begin_version(work.row)
        work.advance("take_back")
