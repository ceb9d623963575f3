"""The assessments of this person's municipality."""

from django.http import Http404
from django.utils import timezone

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.queries_assessments import AssessmentFile, assessment_file
from sekisho.web.office import Office


def file_for(office: Office, assessment: str) -> AssessmentFile:
    """An assessment of this person's municipality.

    Raises:
        Http404: There is none.

    """
    found = assessment_file(office.tenant, assessment, office_day(timezone.now()))
    if found is None:
        raise Http404
    return found
