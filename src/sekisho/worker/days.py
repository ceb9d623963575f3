"""What happens when a day begins at the office: conditions become overdue, permits expire, assessments are due again.

Each is an entry. The gate does not wait for this: it compares the date itself at every decision; here the ledger and
the lists are told.
"""

import logging
import threading
from datetime import date, datetime
from typing import Final

from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.municipalities import tenants
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.uploads import sweep_uploads
from sekisho.adapters.keys.backups import pass_backup_day
from sekisho.bootstrap import now
from sekisho.bootstrap.assessments import pass_assessment_clocks
from sekisho.bootstrap.council import pass_due_dates
from sekisho.bootstrap.erasure import pass_erasure_dates
from sekisho.bootstrap.ledgers import prune_ledger
from sekisho.bootstrap.minutes import pass_silent_minutes
from sekisho.bootstrap.permits import expire_permits
from sekisho.bootstrap.residents import erase_senders
from sekisho.kernel import SekishoError

_LOG: Final = logging.getLogger("sekisho.days")
LOOK_SECONDS: Final = 60.0


def begin_day(at: datetime, last: date | None) -> date:
    """Do what a new day asks, unless it has been done; answers the day."""
    today = office_day(at)
    if today != last:
        for tenant in tenants():
            pass_due_dates(tenant, at)
            expire_permits(tenant, at)
            pass_assessment_clocks(tenant, at)
            pass_silent_minutes(tenant, at)
            erase_senders(tenant, at)
            prune_ledger(tenant, at)
            pass_erasure_dates(tenant, at)
        pass_backup_day(find_home(), at)
    return today


def run_days(ended: threading.Event) -> None:
    """Look at the calendar until told to end."""
    last: date | None = None
    while True:
        try:
            last = begin_day(now(), last)
            sweep_uploads(find_home(), now())
        except SekishoError as fault:
            _LOG.warning("days: %s", fault)
        if ended.wait(LOOK_SECONDS):
            return
