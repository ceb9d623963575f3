"""What stands on the papers of an area, and who notifies other municipalities for it."""

import re
from typing import Final

from django.conf import settings
from django.urls import reverse

from sekisho.adapters.donations.area_settings import settings_of
from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.one_stop_papers import Stationery
from sekisho.business.hometown_donations.notices import NoticeSender
from sekisho.web.office import Office

_TELEPHONE: Final = re.compile(r"0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}")


def stationery_of(office: Office) -> Stationery:
    """The papers' own words."""
    with reading_in(office.tenant):
        said = settings_of(office.tenant)
    host = next((each for each in settings.ALLOWED_HOSTS if each not in {"*", "localhost", "127.0.0.1"}), "")
    online = f"{host}{reverse('donor_enter', args=[office.tenant])}"
    return Stationery(addressee=said.issuer, office=office.tenant_ja, contact=said.contact, online=online)


def sender_of(office: Office) -> NoticeSender:
    """Who notifies: the telephone is that of the contact, if one stands in it."""
    with reading_in(office.tenant):
        contact = settings_of(office.tenant).contact
    found = _TELEPHONE.search(contact)
    return NoticeSender(
        code=office.tenant,
        name=office.tenant_ja,
        address="",
        desk=office.department_ja,
        telephone=found[0] if found else "",
    )
