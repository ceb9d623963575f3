"""Every address of the donation manager. Signing in, second factors and accounts are as on the city's own site."""

from django.urls import path, re_path

from sekisho.web.account_urls import ACCOUNT_ADDRESSES
from sekisho.web.donation_manager.pages.donations import views as donations
from sekisho.web.donation_manager.pages.donor import views as donor
from sekisho.web.donation_manager.pages.figures import views as figures
from sekisho.web.donation_manager.pages.front import views as front
from sekisho.web.donation_manager.pages.keeping import views as keeping
from sekisho.web.donation_manager.pages.linkage import views as linkage
from sekisho.web.donation_manager.pages.links import views as links
from sekisho.web.donation_manager.pages.notices import views as notices
from sekisho.web.donation_manager.pages.one_stop import acting, keying, stacks
from sekisho.web.donation_manager.pages.one_stop import views as one_stop
from sekisho.web.donation_manager.pages.papers import views as papers
from sekisho.web.donation_manager.pages.permits import views as permits
from sekisho.web.donation_manager.site import SITE

urlpatterns = [
    path("", front.today, name="today"),
    path("donations/", donations.donations, name="donations"),
    path("donations/export/", donations.donations_export, name="donations_export"),
    path("donations/<int:number>/", donations.donation, name="donation"),
    path("donations/<int:number>/answer/", donations.answer, name="donation_answer"),
    path("donations/<int:number>/paper/<str:kind>/", papers.donation_paper, name="donation_paper"),
    path("donations/<int:number>/certificate/", keeping.donation_certificate, name="donation_certificate"),
    path("donors/<int:donor>/", donations.donor, name="donor"),
    path("donors/<int:donor>/invitations/", donations.invitations, name="donor_invitations"),
    path("figures/", figures.figures, name="figures"),
    path("figures/export/", figures.figures_export, name="figures_export"),
    path("papers/", papers.papers, name="papers"),
    path("papers/print/", papers.papers_print, name="papers_print"),
    path("permits/", permits.permits, name="permits"),
    path("links/", links.links, name="links"),
    path("links/<str:connector>/run/", links.run, name="link_run"),
    path("keeping/", keeping.keeping, name="keeping"),
    path("keeping/erase/", keeping.erase, name="erase"),
    path("keeping/<str:number>/<str:act>/", keeping.erase_list, name="erase_list"),
    path("linkage/", linkage.questions, name="linkage"),
    path("linkage/measured/", linkage.measured, name="linkage_measured"),
    path("linkage/doubt/", linkage.doubt, name="linkage_doubt"),
    path("linkage/<int:number>/", linkage.question, name="linkage_question"),
    path("linkage/<int:number>/answer/", linkage.answer, name="linkage_answer"),
    path("one-stop/", one_stop.cases, name="one_stop"),
    path("one-stop/key/", keying.key, name="one_stop_key"),
    path("one-stop/verify/", keying.check, name="one_stop_verify"),
    path("one-stop/scan/", keying.scan, name="one_stop_scan"),
    path("one-stop/stack/", stacks.stack, name="one_stop_stack"),
    path("one-stop/stack/scan/", stacks.scan, name="one_stop_stack_scan"),
    path("one-stop/stack/accept/", stacks.accept, name="one_stop_stack_accept"),
    re_path(r"^one-stop/stack/table/(?P<act>key|verify)/$", stacks.table, name="one_stop_stack_table"),
    path("one-stop/forms/", one_stop.forms, name="one_stop_forms"),
    path("one-stop/notices/", notices.notices, name="one_stop_notices"),
    path("one-stop/notices/freeze/", notices.freeze, name="one_stop_freeze"),
    path("one-stop/notices/send/", notices.send, name="one_stop_send"),
    path("one-stop/notices/plan/", notices.plan, name="one_stop_plan"),
    path("one-stop/notices/returns/", notices.collect, name="one_stop_collect"),
    path("one-stop/notices/<str:batch>/paper/", notices.paper, name="one_stop_paper"),
    path("one-stop/notices/<str:batch>/posted/", notices.posted, name="one_stop_posted"),
    path("one-stop/<str:case>/", acting.case, name="one_stop_case"),
    path("one-stop/<str:case>/number/", acting.number, name="one_stop_number"),
    path("one-stop/<str:case>/images/<str:image>/", acting.image, name="one_stop_image"),
    path("one-stop/<str:case>/act/<str:act>/", acting.act, name="one_stop_act"),
    path("apply/<str:area>/", donor.enter, name="donor_enter"),
    path("apply/<str:area>/case/", donor.case, name="donor_case"),
    *ACCOUNT_ADDRESSES,
]

__all__ = ["SITE", "urlpatterns"]
