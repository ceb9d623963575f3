"""Who may see what: every address names its roles or is exempt in writing; nobody works with a password alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as shown_settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from pytest_django import Settings

import sekisho.web
from sekisho.adapters.database.ledgers import read_entries, sequence
from sekisho.adapters.database.models import EntryRow, Person
from sekisho.web.access import EXEMPT
from tests.unit.web.two_offices import CONTENT, NAGASAKI, PASSWORD, Belongings, client_of, open_office

PAGES = Path(sekisho.web.__file__).parent / "pages"


def every_address(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from every_address(pattern.url_patterns)
        else:
            yield pattern


@pytest.fixture
def mine(db: None) -> Belongings:
    return open_office(NAGASAKI)


def test_every_address_names_its_roles_or_is_exempt_in_writing() -> None:
    bare = [
        pattern.name
        for pattern in every_address(get_resolver().url_patterns)
        if not getattr(pattern.callback, "roles", ()) and pattern.name not in EXEMPT
    ]
    assert bare == []


def test_the_written_list_names_no_address_that_does_not_exist() -> None:
    assert set(EXEMPT) <= {pattern.name for pattern in every_address(get_resolver().url_patterns)}


def reaches_past_the_office(source: str) -> list[str]:
    """Pages that name a model or a manager of the database, instead of a query that takes the municipality."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            found.append(node.attr)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sekisho.adapters.database.models"):
            found.append(node.module or "")
    return found


@pytest.mark.parametrize("module", sorted(PAGES.rglob("*.py")), ids=lambda path: str(path.relative_to(PAGES)))
def test_pages_reach_data_only_through_the_office(module: Path) -> None:
    assert reaches_past_the_office(module.read_text("utf-8")) == []


def test_a_page_that_reaches_past_the_office_is_found() -> None:
    assert reaches_past_the_office("from sekisho.adapters.database.models import Parcel\nParcel.objects.get(pk=1)")


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in() -> None:
    answer = Client().get("/crossings/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_a_password_alone_opens_nothing(mine: Belongings) -> None:
    person = Person.objects.get(username="urakami")
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    client.post("/accounts/login/", {"login": "urakami", "password": PASSWORD})
    for address in ("/", "/crossings/", f"/crossings/{mine.crossing}/", "/send/"):
        assert client.get(address).headers["Location"] == "/accounts/2fa/"


def test_a_role_that_does_not_send_files_is_told_so(mine: Belongings) -> None:
    answer = client_of("konpira").get("/send/")
    assert answer.status_code == 403
    assert "権限がありません" in answer.content.decode()


def test_an_operator_does_not_search_the_evidence(mine: Belongings) -> None:
    assert client_of("urakami").get("/evidence/").status_code == 403
    assert client_of("urakami").post(f"/crossings/{mine.crossing}/bundle/").status_code == 403


def test_without_a_known_terminal_nobody_sends(mine: Belongings, settings: Settings) -> None:
    settings.SEKISHO_DEMO_TERMINAL = ""
    answer = client_of("urakami").get("/send/")
    assert answer.status_code == 403


def test_only_a_named_recipient_opens_a_document(mine: Belongings) -> None:
    answer = client_of("urakami").post(f"/documents/{mine.document}/open/")
    assert answer.status_code == 403
    assert "受取人" in answer.content.decode()
    assert "見本" not in answer.content.decode()
    assert not EntryRow.objects.filter(kind="opened").exists()


@pytest.mark.parametrize(("act", "kind"), [("open", "opened"), ("print", "printed"), ("export", "exported")])
def test_what_a_recipient_does_is_in_the_ledger(mine: Belongings, act: str, kind: str) -> None:
    answer = client_of(mine.person).post(f"/documents/{mine.document}/{act}/")
    assert answer.status_code == 200
    sequence(NAGASAKI)
    last = list(read_entries(NAGASAKI))[-1]
    assert (last["kind"], last["document"], last["by"]["person"]) == (kind, mine.document, mine.person)
    assert "見本" not in str(last)


def test_a_document_leaves_byte_for_byte(mine: Belongings) -> None:
    assert client_of(mine.person).post(f"/documents/{mine.document}/export/").content == CONTENT


def test_a_document_is_not_shown_before_it_is_opened(mine: Belongings) -> None:
    client = client_of(mine.person)
    assert "見本" not in client.get(f"/documents/{mine.document}/").content.decode()
    assert "見本 髙子" in client.post(f"/documents/{mine.document}/open/").content.decode()


def test_a_list_that_leaves_as_a_workbook_is_in_the_ledger(mine: Belongings) -> None:
    client_of("urakami").post("/crossings/export/")
    assert EntryRow.objects.filter(kind="exported").count() == 1


def test_every_answer_carries_the_strict_policy_and_is_kept_by_no_browser(mine: Belongings) -> None:
    for client, address in ((Client(), "/accounts/login/"), (client_of("urakami"), "/"), (Client(), "/nowhere/")):
        answer = client.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_report_of_a_broken_policy_is_logged_without_its_address(caplog: pytest.LogCaptureFixture) -> None:
    body = '{"csp-report": {"violated-directive": "style-src", "document-uri": "http://localhost/?secret=1"}}'
    assert Client().post("/csp-report/", body, content_type="application/csp-report").status_code == 204
    assert "style-src" in caplog.text
    assert "secret" not in caplog.text


def test_the_switch_to_english_goes_back_only_to_our_own_pages() -> None:
    there = Client().post("/language/", {"language": "en", "next": "/crossings/"})
    assert there.headers["Location"] == "/crossings/"
    assert Client().post("/language/", {"language": "en", "next": "//elsewhere.example/"}).headers["Location"] == "/"


@pytest.mark.django_db
def test_japanese_comes_first_whatever_the_browser_prefers() -> None:
    client = Client(headers={"accept-language": "en"})
    assert "ログイン" in client.get("/accounts/login/").content.decode()
    client.post("/language/", {"language": "en"})
    assert "Sign in to Sekisho" in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"])
def test_nobody_signs_up_or_resets_a_password_by_themselves(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_sessions_end_after_half_an_hour_without_a_word() -> None:
    assert shown_settings.SESSION_COOKIE_AGE == 1800
    assert shown_settings.SESSION_COOKIE_HTTPONLY


def seconds_ago(client: Client, seconds: int) -> None:
    """Let the last act of this session be so long ago."""
    session = client.session
    session["last_act"] = timezone.now().timestamp() - seconds
    session.save()


@pytest.mark.parametrize(("seconds", "status"), [(1795, 200), (1801, 302)])
def test_a_screen_that_nobody_uses_locks_after_half_an_hour(mine: Belongings, seconds: int, status: int) -> None:
    client = client_of("urakami")
    client.get("/")
    seconds_ago(client, seconds)
    assert client.get("/").status_code == status


@pytest.mark.parametrize(("seconds", "noted"), [(29, False), (31, True)])
def test_an_act_is_noted_unless_one_was_half_a_minute_ago(mine: Belongings, seconds: int, noted: bool) -> None:
    client = client_of("urakami")
    client.get("/")
    seconds_ago(client, seconds)
    before = client.session["last_act"]
    assert client.get("/").status_code == 200
    assert (client.session["last_act"] > before) is noted


def test_who_goes_on_working_is_never_locked_out(mine: Belongings) -> None:
    client = client_of("urakami")
    client.get("/")
    for _ in range(3):
        seconds_ago(client, 1700)
        assert client.get("/").status_code == 200
    assert timezone.now().timestamp() - client.session["last_act"] < 60
    assert client.session.get_expiry_age() == 1800


def test_a_dashboard_that_refreshes_itself_locks_as_well(mine: Belongings) -> None:
    client = client_of("urakami")
    client.get("/")
    seconds_ago(client, 1700)
    assert client.get("/today/rows/", headers={"hx-request": "true"}).status_code == 200
    seconds_ago(client, 1801)
    answer = client.get("/today/rows/", headers={"hx-request": "true"})
    assert answer.headers["HX-Redirect"] == "/accounts/login/"
