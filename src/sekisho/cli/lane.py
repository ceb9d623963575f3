"""`sekisho lane`: the proxy in front of the lane, as a configuration for nginx."""

from importlib.resources import files
from string import Template

import click


@click.group()
def lane() -> None:
    """荷物の入口 / the entrance for parcels."""


def _upstream(servers: list[str]) -> str:
    """The servers of an upstream, one a line."""
    return "\n".join(f"        server {each};" for each in servers)


@lane.command("nginx-config")
@click.option("--name", required=True, help="機械が呼ぶ名前 / the name that machines call")
@click.option("--port", default=443, show_default=True, help="外からの受け口 / where machines call")
@click.option("--certificate", required=True, help="サーバー証明書 / the server's certificate")
@click.option("--key", required=True, help="その鍵 / its key")
@click.option("--authority", required=True, help="端末の認証局 / who issues the terminals' certificates")
@click.option("--socket", "sockets", multiple=True, required=True, help="入口の口(複数可) / the lane's sockets")
@click.option("--forms", default="127.0.0.1:8001", show_default=True, help="画面からの送信 / uploads from the screens")
@click.option("--forms-port", default=8444, show_default=True, help="画面からの送信の受け口 / where browsers upload")
def nginx_config(**said: object) -> None:
    """Nginx の設定を書き出す / write the configuration of nginx (TLS 1.3, client certificates, nothing on the disk)."""
    told = {name: str(value) for name, value in said.items() if name != "sockets"}
    sockets = said["sockets"] if isinstance(said["sockets"], tuple) else ()
    told["lanes"] = _upstream([f"unix:{each}" for each in sockets])
    text = files(__package__).joinpath("lane.nginx.conf").read_text(encoding="utf-8")
    click.echo(Template(text).substitute(told), nl=False)
