"""Every act on minutes, and minutes as data: their state, and each version that was published."""

from dataclasses import asdict
from typing import Any, Final

from django.http import Http404, HttpRequest

from sekisho.adapters.database.queries_minutes import MinutesFile, minutes_file, minutes_lines
from sekisho.bootstrap import minutes as office
from sekisho.web.access import EVERYBODY
from sekisho.web.api import bodies, paper_bodies
from sekisho.web.api import shown_papers as shown
from sekisho.web.api.lists import put_list
from sekisho.web.api.putting import Kind, begin, deed_of, done, put_plain, put_spoken
from sekisho.web.office import Office, office_in


def _file_for(office: Office, minutes: str) -> MinutesFile:
    """Minutes of this municipality.

    Raises:
        Http404: There are none.

    """
    found = minutes_file(office.tenant, minutes)
    if found is None:
        raise Http404
    return found


MINUTES: Final = Kind(name="minutes", place="/minutes/{minutes}", roles=EVERYBODY, check=_file_for, facade=office)

put_plain(MINUTES, office.confirm_minutes, office.mark_redaction, office.check_redaction, office.publish)
put_spoken(
    MINUTES,
    "edit_minutes",
    paper_bodies.EditBody,
    lambda deed, on, said: office.edit_minutes(deed, on, said.text, said.words),
)
put_spoken(
    MINUTES, "object_to_minutes", bodies.TextBody, lambda deed, on, said: office.object_to_minutes(deed, on, said.text)
)
put_spoken(MINUTES, "find_leak", bodies.TextBody, lambda deed, on, said: office.find_leak(deed, on, said.text))
put_spoken(
    MINUTES,
    "begin_correction",
    bodies.ReasonBody,
    lambda deed, on, said: office.begin_correction(deed, on, said.reason),
)


@begin(MINUTES, "draft_from_meeting", EVERYBODY)
def _draft(request: HttpRequest, body: paper_bodies.MinutesBody) -> dict[str, object]:
    """Draft the minutes of a closed meeting."""
    deed = deed_of(request)
    frame = office.PublicFrame(page_id=body.page_id, contact=tuple(body.contact))
    return done("minutes_draft_from_meeting", deed, office.draft_from_meeting(deed, body.meeting, frame))


@put_list("/minutes", "minutes_list", list[shown.MinutesShown], tag="minutes")
def minutes_list(request: HttpRequest) -> list[dict[str, Any]]:
    """All minutes, where each stands and which version is public."""
    return [asdict(each) for each in minutes_lines(office_in(request).tenant)]


@put_list("/minutes/{minutes}", "minutes", shown.MinutesWhole, tag="minutes")
def minutes(request: HttpRequest, minutes: str) -> dict[str, Any]:
    """Minutes with every version that was published, as text; the draft is for the screens of those who edit it."""
    file = _file_for(office_in(request), minutes)
    names = ("version", "title", "text", "digest", "corrects", "why", "published_at")
    published = [{name: getattr(each, name) for name in names} for each in file.published]
    return {**asdict(file.line), "attendees": list(file.attendees), "versions": published}
