"""The commands of the ways in, as an officer types them."""

import json

from click.testing import CliRunner, Result

from sekisho.cli import main
from tests.fakes.manager import PERSON, TENANT, TERMINAL
from tests.integration.conftest import Office

NEW = ("connector", "--tenant", TENANT, "--person", PERSON, "--terminal", TERMINAL)


def donations(*words: str, **secrets: str) -> Result:
    """One command."""
    return CliRunner(env=secrets).invoke(main, ["donations", *words])


def test_a_robots_connector_is_entered_and_its_host_is_let_out_by_its_permit(office59: Office) -> None:
    from sekisho.adapters.carriers.calling import way_out
    from sekisho.adapters.database.connectors import connector_secret, find_connector
    from sekisho.adapters.database.home import find_home

    said = ("--name", "satofuru", "--portal", "satofuru", "--mode", "robot", "--url", "https://portal.example")
    done = donations(*NEW, *said, "--every-hours", "6", SEKISHO_PORTAL_PASSWORD="not-shown")
    assert done.exit_code == 0, done.output
    assert "not-shown" not in done.output
    row = find_connector(TENANT, "satofuru")
    assert (row.mode, row.every_hours, connector_secret(find_home(), row)) == ("robot", 6, "not-shown")
    listed = donations("allow-list")
    assert "portal.example 443 R1-59-01\n" in listed.output
    assert donations("way-out", "http://cloud.example:3128").exit_code == 0
    assert way_out(find_home()) == "http://cloud.example:3128"


def test_what_is_not_a_robots_is_not_run_and_says_so(office59: Office) -> None:
    said = ("--name", "furunavi", "--portal", "furunavi", "--mode", "csv")
    assert donations(*NEW, *said).exit_code == 0
    refused = donations("run-connector", "--tenant", TENANT, "--name", "furunavi")
    assert refused.exit_code == 2
    assert "ロボットの接続ではありません" in refused.output
    unknown = donations("run-connector", "--tenant", TENANT, "--name", "nobody")
    assert unknown.exit_code == 2
    assert json.dumps("登録されていません", ensure_ascii=False).strip('"') in unknown.output


def test_half_a_period_is_not_taken_for_none(office59: Office) -> None:
    words = ("run-connector", "--tenant", TENANT, "--name", "nobody")
    for period in (
        ("--from", "2026-01-01"),
        ("--until", "2026-01-31"),
        ("--from", "2026-02-01", "--until", "2026-01-01"),
    ):
        refused = donations(*words, *period)
        assert refused.exit_code == 2
        assert "両方" in refused.output


def test_a_link_that_is_told_another_address_is_entered_with_it(office59: Office) -> None:
    from sekisho.adapters.database.connectors import find_connector
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.models import ConnectorRow

    home = str(find_home().folder)
    for port in (9, 10):
        url = f"http://127.0.0.1:{port}"
        words = ("automatic-link", "--home", home, "--area", TENANT, "--portal", "rakuten", "--url", url)
        assert donations(*words, SEKISHO_LINK_TOKEN="token").exit_code == 1, "nobody is there"
        ConnectorRow.objects.update(cursor=7)
    row = find_connector(TENANT, "link-rakuten")
    assert (row.url, row.cursor) == ("http://127.0.0.1:10", 7)


def test_a_link_with_hours_is_left_to_s1_and_its_token_to_the_key_store(office59: Office) -> None:
    from sekisho.adapters.database.connectors import connector_secret, find_connector
    from sekisho.adapters.database.home import find_home

    home = find_home()
    where = ("--home", str(home.folder), "--url", "http://127.0.0.1:9")
    words = ("automatic-link", *where, "--area", TENANT, "--portal", "rakuten")
    done = donations(*words, "--every-hours", "3", SEKISHO_LINK_TOKEN="not-shown")
    assert done.exit_code == 0, done.output
    assert "not-shown" not in done.output
    row = find_connector(TENANT, "link-rakuten")
    assert (row.every_hours, connector_secret(home, row)) == (3, "not-shown")
    assert row.next_run is not None
    assert donations(*words, SEKISHO_LINK_TOKEN="not-shown").exit_code == 1, "once, now, and nobody is there"
    assert find_connector(TENANT, "link-rakuten").every_hours == 3, "what S1 does by itself stays as it was said"
    assert donations(*words, "--every-hours", "0", SEKISHO_LINK_TOKEN="not-shown").exit_code == 0
    row = find_connector(TENANT, "link-rakuten")
    assert (row.every_hours, row.next_run) == (0, None)
