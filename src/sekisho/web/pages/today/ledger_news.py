"""What the ledger has to tell on S-001: a witness that does not sign is everybody's business, a late one somebody's."""

from datetime import datetime
from typing import Final

from django.urls import reverse

from sekisho.adapters.database.witnesses import alarmed_witnesses, overdue_witnesses
from sekisho.web.access import Role
from sekisho.web.components.facts import Task
from sekisho.web.office import Office
from sekisho.web.pages.today.today_page import Banner
from sekisho.web.words import Words

_KEEPERS: Final = frozenset({Role.AUDITOR, Role.INFORMATION_SYSTEMS, Role.HEAD, Role.SECRETARIAT})


def ledger_news(tenant: str) -> tuple[Banner, ...]:
    """A banner while a witness objects to the ledger itself."""
    names = ", ".join(row.name for row in alarmed_witnesses(tenant))
    if not names:
        return ()
    text = Words(
        f"{names}：前に確かめた帳簿の続きではないと言っています。控えを残し、会長と監査に知らせてください。",
        f"{names}: this is not the ledger that was witnessed. Keep both checkpoints; tell the chair and the auditor.",
    )
    title = Words("立会人が、帳簿に署名しません", "A witness does not sign the ledger")
    act = Words("立会人を見る", "See the witnesses")
    return (Banner(tone="stop", icon="warning", title=title, text=text, url=reverse("witnesses"), act=act),)


def ledger_chores(office: Office, at: datetime) -> tuple[Task, ...]:
    """A task for whoever keeps the ledger, for each witness that is overdue."""
    if not _KEEPERS & set(office.roles):
        return ()
    return tuple(
        Task(
            icon="lock",
            title=Words("立会人の署名が遅れています", "A witness is overdue"),
            more=row.name,
            url=reverse("witnesses"),
            act=Words("署名を受ける", "Get it signed"),
            due=Words(f"{row.every_hours}時間ごと", f"every {row.every_hours} hours"),
            late=True,
        )
        for row in overdue_witnesses(office.tenant, at)
    )
