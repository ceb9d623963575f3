"""`sekisho ca`: the local certificate authority for terminals, servers and counterparts."""

from datetime import UTC, datetime

import click

from sekisho.cli.answers import answer


@click.group()
def ca() -> None:
    """端末・サーバー・相手先の証明書を発行する / issue certificates for terminals, servers, counterparts."""


@ca.command()
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def init(*, as_json: bool) -> None:
    """認証局を作る / make the authority."""
    from sekisho.adapters.certificates import CertificateAuthority
    from sekisho.adapters.database.home import find_home

    path = CertificateAuthority(find_home()).initialise(datetime.now(UTC))
    answer({"certificate": str(path)}) if as_json else click.echo(f"認証局の証明書 / authority certificate: {path}")


@ca.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(["terminal", "server", "counterpart"]), required=True)
@click.option("--organization", default="", help="全国地方公共団体コード / municipality code")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def issue(*, name: str, kind: str, organization: str, as_json: bool) -> None:
    """証明書を発行する / issue a certificate."""
    from sekisho.adapters.certificates import CertificateAuthority, CertificateKind
    from sekisho.adapters.database.home import find_home

    issued = CertificateAuthority(find_home()).issue(name, CertificateKind(kind), organization, datetime.now(UTC))
    data = {"name": name, "certificate": str(issued.certificate), "key": str(issued.key)}
    data["fingerprint"] = issued.fingerprint
    answer(data) if as_json else click.echo("\n".join(f"{key}: {value}" for key, value in data.items()))


@ca.command("list")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def list_(*, as_json: bool) -> None:
    """発行した証明書の一覧 / every certificate that was issued."""
    from sekisho.adapters.certificates import CertificateAuthority
    from sekisho.adapters.database.home import find_home

    issued = CertificateAuthority(find_home()).listing()
    if as_json:
        answer({"certificates": issued})
        return
    for each in issued:
        click.echo(f"{each['name']:<30} {each['valid_until'][:10]}  {each['fingerprint'][:16]}…")
