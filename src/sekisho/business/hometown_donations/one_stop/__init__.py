"""One-stop applications (ワンストップ特例): keyed, verified, checked, sealed, changed and made final by 10 January."""

from sekisho.business.hometown_donations.one_stop.applications import (
    Applicant,
    ApplicationRoute,
    AppliedDonation,
    OneStopApplication,
)
from sekisho.business.hometown_donations.one_stop.changes import (
    CHANGEABLE,
    ChangeNotice,
    apply_change,
    changed_fields,
    values_of,
)
from sekisho.business.hometown_donations.one_stop.deadlines import OneStopDeadlines, deadlines_of
from sekisho.business.hometown_donations.one_stop.deficiencies import (
    DEFICIENCIES,
    Deficiency,
    ReceivedForm,
    find_deficiencies,
    make_application,
)
from sekisho.business.hometown_donations.one_stop.forms import FORM_FIELDS, KeyedForm, differing_fields, read_form
from sekisho.business.hometown_donations.one_stop.seals import RowSeal, seal_holds, seal_row
from sekisho.business.hometown_donations.one_stop.states import ONE_STOP_TABLE

__all__ = [
    "CHANGEABLE",
    "DEFICIENCIES",
    "FORM_FIELDS",
    "ONE_STOP_TABLE",
    "Applicant",
    "ApplicationRoute",
    "AppliedDonation",
    "ChangeNotice",
    "Deficiency",
    "KeyedForm",
    "OneStopApplication",
    "OneStopDeadlines",
    "ReceivedForm",
    "RowSeal",
    "apply_change",
    "changed_fields",
    "deadlines_of",
    "differing_fields",
    "find_deficiencies",
    "make_application",
    "read_form",
    "seal_holds",
    "seal_row",
    "values_of",
]
