"""`sekisho ledger witness`: being a witness of a ledger, with a small folder of its own and no database."""

import sys
import time
from pathlib import Path

import click

from sekisho.cli.answers import NO, answer, tell

_BOOK = click.option(
    "--book",
    default="witness",
    show_default=True,
    type=click.Path(path_type=Path),
    help="立会人の控えのフォルダー / the witness's folder",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
_CODE = click.option(
    "--code", type=click.Path(path_type=Path), help="署名を二次元コード(SVG)でも書く / write the signature as a QR code"
)


@click.group()
def witness() -> None:
    """立会人になる / be a witness of a ledger, on a computer outside the house that keeps it."""


@witness.command()
@click.argument("name")
@_BOOK
@_JSON
def begin(*, name: str, book: Path, as_json: bool) -> None:
    """控えと鍵を作る / begin a book, with a key of its own."""
    from sekisho.adapters.witnesses import found_book

    found = found_book(book, name)
    if as_json:
        answer({"name": found.name, "key": found.key, "book": str(book)})
    else:
        click.echo(f"立会人の確認鍵 / witness key: {found.key}\nこの一行を、帳簿の団体に渡してください。")


@witness.command()
@click.argument("key")
@_BOOK
@_JSON
def trust(*, key: str, book: Path, as_json: bool) -> None:
    """帳簿の確認鍵を登録する / enter the verifier key of a ledger."""
    from sekisho.adapters.witnesses import open_book

    name = open_book(book).trust(key)
    tell({"ledger": name}, f"{name} の立会人になりました / now a witness of it", as_json=as_json)


@witness.command()
@_BOOK
@_JSON
def show(*, book: Path, as_json: bool) -> None:
    """鍵と、最後に確かめた件数 / our key, and what we saw of each ledger last."""
    from sekisho.adapters.witnesses import open_book

    found = open_book(book)
    seen = {name: found.seen(name)[0] for name in found.ledgers()}
    if as_json:
        answer({"name": found.name, "key": found.key, "seen": seen, "refused": len(found.refused())})
        return
    click.echo(f"立会人の確認鍵 / witness key: {found.key}")
    for name, size in seen.items():
        click.echo(f"{name}: {size:,} 件まで / entries witnessed")
    click.echo(f"署名しなかった検証点 / checkpoints not signed: {len(found.refused())}")


@witness.command()
@_BOOK
@click.option("--host", default="127.0.0.1", show_default=True, help="待ち受ける住所 / address to listen at")
@click.option("--port", default=8600, show_default=True, help="待ち受ける番号 / port")
def serve(*, book: Path, host: str, port: int) -> None:
    """帳簿からの依頼に答え続ける / answer the requests of ledgers until Ctrl-C (C2SP tlog-witness)."""
    from sekisho.adapters.witnesses import WitnessAnswer, open_book
    from sekisho.adapters.witnesses.serving import WitnessServer

    def say(told: WitnessAnswer) -> None:
        """What was answered, on the screen of whoever keeps the witness."""
        click.echo(" / ".join(told.words), err=told.objection is not None)

    server = WitnessServer(open_book(book), (host, port), say)
    click.echo(f"ready port={server.server_address[1]}")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("閉じます / closing")
    finally:
        server.server_close()


def _sign(book: Path, request: str, code: Path | None, *, as_json: bool) -> None:
    """Answer one request here and now; exit status 1 where it is not signed."""
    from sekisho.adapters.witnesses import code_picture, open_book

    told = open_book(book).answer(request, int(time.time()))
    ja, en = told.words
    if as_json:
        answer({"signed": told.objection is None, "line": told.line, "ja": ja, "en": en, "size": told.size})
    else:
        click.echo(f"{ja}\n{en}", err=told.objection is not None)
        click.echo(told.line, nl=False)
    if told.objection is not None:
        sys.exit(NO)
    if code is not None:
        code.write_text(code_picture(told.line), encoding="utf-8")


@witness.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_BOOK
@_CODE
@_JSON
def check(*, folder: Path, book: Path, code: Path | None, as_json: bool) -> None:
    """書き出された帳簿を、通信なしで確かめて署名する / sign an exported ledger, without any network."""
    from sekisho.adapters.witnesses import open_book, request_from_folder
    from sekisho.kernel import read_checkpoint, split_note

    name = read_checkpoint(split_note((folder / "checkpoint").read_text(encoding="utf-8"))[0]).origin
    found = open_book(book)
    request = request_from_folder(folder, found.seen(name)[0], found.ledgers().get(name, ""))
    _sign(book, request, code, as_json=as_json)


@witness.command()
@click.argument("request", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_BOOK
@_CODE
@_JSON
def sign(*, request: Path, book: Path, code: Path | None, as_json: bool) -> None:
    """依頼(文字または二次元コードの写真)に署名する / sign a request, given as text or as a picture of its QR code."""
    _sign(book, read_text_or_code(request.read_bytes()), code, as_json=as_json)


def read_text_or_code(content: bytes) -> str:
    """What a file says, be it text or a picture of a code.

    Raises:
        SekishoError: It is neither.

    """
    from sekisho.adapters.witnesses import read_code

    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return read_code(content)
