"""Every address of the screens. Accounts are given by the office: only signing in and second factors are here."""

from django.urls import include, path

from sekisho.web.account_urls import ACCOUNT_ADDRESSES
from sekisho.web.api.addresses import addresses as api_addresses
from sekisho.web.pages.assessments import acts as assessment_acts
from sekisho.web.pages.assessments import views as assessments
from sekisho.web.pages.charting import views as charting
from sekisho.web.pages.connectors import refused as refused_copies
from sekisho.web.pages.connectors import responses
from sekisho.web.pages.connectors import views as connectors
from sekisho.web.pages.council import permit_acts, permit_changing
from sekisho.web.pages.council import views as council
from sekisho.web.pages.deliberation import acts, comparing, conditions, deciding, drafting, matters, meetings, portal
from sekisho.web.pages.documents import views as documents
from sekisho.web.pages.evidence import published, witnesses
from sekisho.web.pages.evidence import views as evidence
from sekisho.web.pages.gate import answering, exports, sending
from sekisho.web.pages.gate import views as gate
from sekisho.web.pages.keeping import certificates
from sekisho.web.pages.keeping import views as keeping
from sekisho.web.pages.letters import views as letters
from sekisho.web.pages.lists import views as lists
from sekisho.web.pages.minutes import acts as minutes_acts
from sekisho.web.pages.minutes import views as minutes
from sekisho.web.pages.public import comments
from sekisho.web.pages.public import views as public
from sekisho.web.pages.questions import views as questions
from sekisho.web.pages.register import views as register
from sekisho.web.pages.registry_notices import views as notices
from sekisho.web.pages.self_checks import acts as self_check_acts
from sekisho.web.pages.self_checks import report as self_check_report
from sekisho.web.pages.self_checks import views as self_checks
from sekisho.web.pages.survey import acts as survey_acts
from sekisho.web.pages.survey import views as survey
from sekisho.web.pages.today import views as today

urlpatterns = [
    path("", today.today, name="today"),
    path("today/rows/", today.rows, name="today_rows"),
    path("crossings/", gate.crossings, name="crossings"),
    path("crossings/export/", exports.crossings_export, name="crossings_export"),
    path("crossings/<str:parcel>/", gate.crossing, name="crossing"),
    path("crossings/<str:parcel>/again/", answering.send_without, name="send_without"),
    path("crossings/<str:parcel>/answer/", answering.answer_held, name="answer_held"),
    path("crossings/<str:parcel>/bundle/", exports.crossing_bundle, name="crossing_bundle"),
    path("crossings/<str:parcel>/erasure/", certificates.certificate, name="certificate"),
    path("crossings/<str:parcel>/erasure/<str:kind>/", certificates.certificate_file, name="certificate_file"),
    path("keeping/", keeping.keeping, name="keeping"),
    path("keeping/<str:act>/<str:what>/", keeping.act, name="keeping_act"),
    path("send/", sending.send, name="send"),
    path("connectors/", connectors.connectors, name="connectors"),
    path("connectors/response/", responses.send, name="response_send"),
    path("connectors/copies/<str:parcel>/again/", refused_copies.again, name="copy_again"),
    path("connectors/copies/<str:parcel>/erase/", refused_copies.erase, name="copy_erase"),
    path("connectors/<str:connector>/run/", connectors.run, name="connector_run"),
    path("connectors/<str:connector>/check/", connectors.check, name="connector_check"),
    path("connectors/mismatch/<int:run>/", connectors.mismatch, name="connector_mismatch"),
    path("connectors/mismatch/<int:run>/map/", connectors.map_columns, name="connector_map"),
    path("consultations/", council.consultations, name="consultations"),
    path("consultations/<str:number>/", council.consultation, name="consultation"),
    path("matters/new/", drafting.new, name="matter_new"),
    path("matters/<str:matter>/", matters.matter, name="matter"),
    path("matters/<str:matter>/edit/", drafting.edit, name="matter_edit"),
    path("matters/<str:matter>/chart/", charting.chart, name="matter_chart"),
    path("matters/<str:matter>/chart/<str:sort>/<str:name>/", charting.thing, name="chart_thing"),
    path("matters/<str:matter>/chart/<str:sort>/<str:name>/remove/", charting.remove, name="chart_remove"),
    path("matters/<str:matter>/changes/", matters.changes, name="matter_changes"),
    path("matters/<str:matter>/precedent/", comparing.precedent, name="matter_precedent"),
    path("matters/<str:matter>/decision/", deciding.decision, name="matter_decision"),
    path("matters/<str:matter>/act/<str:act>/", acts.act, name="matter_act"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<str:meeting>/act/<str:act>/", meetings.act, name="meeting_act"),
    path("questions/", questions.questions, name="questions"),
    path("questions/sheet/", questions.sheet, name="question_sheet"),
    path("questions/<str:matter>/", questions.of_matter, name="matter_questions"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<str:matter>/", letters.letter, name="matter_letter"),
    path("letters/<str:matter>/pdf/", letters.pdf, name="letter_pdf"),
    path("letters/<str:matter>/internal-decision/pdf/", letters.internal, name="internal_decision_pdf"),
    path("minutes/", minutes.all_minutes, name="all_minutes"),
    path("minutes/draft/", minutes_acts.draft, name="minutes_draft"),
    path("minutes/<str:minutes>/", minutes.minutes, name="minutes"),
    path("minutes/<str:minutes>/act/<str:act>/", minutes_acts.act, name="minutes_act"),
    path("public/<str:tenant>/", public.register, name="public_register"),
    path("public/<str:tenant>/minutes/<str:minutes>/<int:version>/", public.minutes, name="public_minutes"),
    path("public/<str:tenant>/minutes/<str:minutes>/<int:version>/pdf/", public.minutes_pdf, name="public_minutes_pdf"),
    path("public/<str:tenant>/assessments/<str:assessment>/", public.assessment_report, name="public_assessment"),
    path("public/<str:tenant>/assessments/<str:assessment>/comments/", comments.comments, name="public_comments"),
    path("public/<str:tenant>/assessments/<str:assessment>/draft/", comments.draft_pdf, name="public_draft"),
    path("public/<str:tenant>/decisions/<str:matter>/", public.decision, name="public_decision"),
    path("public/<str:tenant>/decisions/<str:matter>/pdf/", public.decision_pdf, name="public_decision_pdf"),
    path(
        "public/<str:tenant>/decisions/<str:matter>/internal-decision/pdf/",
        public.internal_pdf,
        name="public_internal_pdf",
    ),
    path("conditions/", conditions.conditions, name="conditions"),
    path("conditions/<str:condition>/act/<str:act>/", conditions.act, name="condition_act"),
    path("self-checks/", self_checks.self_checks, name="self_checks"),
    path("self-checks/report/", self_check_report.report, name="self_check_report"),
    path("self-checks/rule/", self_check_acts.rule, name="self_check_rule"),
    path("self-checks/call/<str:consultation>/", self_check_acts.call, name="self_check_call"),
    path("self-checks/<str:self_check>/", self_checks.self_check, name="self_check"),
    path("self-checks/<str:self_check>/act/<str:act>/", self_check_acts.act, name="self_check_act"),
    path("survey/", survey.survey, name="survey"),
    path("survey/act/<str:act>/", survey_acts.survey_act, name="survey_act"),
    path("survey/campaigns/<str:campaign>/<str:act>/", survey_acts.campaign_act, name="campaign_act"),
    path("survey/<str:finding>/", survey.finding, name="finding"),
    path("survey/<str:finding>/act/<str:act>/", survey_acts.finding_act, name="finding_act"),
    path("portal/", portal.portal, name="portal"),
    path("portal/<str:matter>/", portal.desk, name="portal_matter"),
    path("assessments/", assessments.assessments, name="assessments"),
    path("assessments/plan/", assessment_acts.plan, name="assessment_plan"),
    path("assessments/<str:assessment>/", assessments.assessment, name="assessment"),
    path("assessments/<str:assessment>/pdf/<int:version>/", assessments.pdf, name="assessment_pdf"),
    path("assessments/<str:assessment>/act/<str:act>/", assessment_acts.act, name="assessment_act"),
    path("permits/", council.permits, name="permits"),
    path("permits/<str:permit>/", council.permit, name="permit"),
    path("permits/<str:permit>/change/", permit_changing.change, name="permit_change"),
    path("permits/<str:permit>/act/<str:act>/", permit_acts.permit_act, name="permit_act"),
    path("lists/<str:name>/", lists.list_export, name="list_export"),
    path("register/", register.index, name="register_index"),
    path("register/<str:tenant>/", register.register, name="register"),
    path("register/<str:tenant>/permits.xlsx", register.workbook, name="register_workbook"),
    path("register/<str:tenant>/permits.json", register.data, name="register_data"),
    path("registry-notices/", notices.batches, name="notice_batches"),
    path("registry-notices/<str:batch>/", notices.batch, name="notice_batch"),
    path("registry-notices/<str:batch>/confirm/", notices.confirm, name="notice_confirm"),
    path("registry-notices/<str:batch>/decide/", notices.decide, name="notice_decide"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<str:document>/", documents.document, name="document"),
    path("documents/<str:document>/open/", documents.open_document, name="document_open"),
    path("documents/<str:document>/print/", documents.print_document, name="document_print"),
    path("documents/<str:document>/export/", documents.export_document, name="document_export"),
    path("evidence/", evidence.entries, name="entries"),
    path("evidence/verify/", evidence.verify, name="verify"),
    path("evidence/witnesses/", witnesses.witnesses, name="witnesses"),
    path("evidence/witnesses/<str:name>/", witnesses.sheet, name="witness_sheet"),
    path("evidence/ledger/<path:name>", published.own_ledger, name="own_ledger"),
    path("public/<str:tenant>/ledger/<path:name>", published.published_ledger, name="published_ledger"),
    path("witness/add-checkpoint", published.add_checkpoint, name="add_checkpoint"),
    path("api/", include((api_addresses(), "api"))),
    *ACCOUNT_ADDRESSES,
]
