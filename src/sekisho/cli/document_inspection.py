"""What the gate would say of a document or an archive, for `sekisho inspect`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from sekisho.adapters.scanners import look_at_document, tools_in_use
from sekisho.cli.answers import answer
from sekisho.kernel import Findings, SekishoError


def _data(found: Findings, name: str) -> dict[str, Any]:
    """The findings for machines."""
    clean = not (found.marks or found.active_content or found.individual_numbers)
    return {
        "file": name,
        "media_type": found.media_type,
        "size": found.size,
        "marks": [
            {"code": str(each.code), "place": each.place, "detail": each.detail, "held": each.holds}
            for each in found.marks
        ],
        "active_content": list(found.active_content),
        "individual_numbers": sum(each.count for each in found.individual_numbers),
        "removed": list(found.removed),
        "rebuilt_sha256": found.rebuilt_sha256,
        "profile": sorted(found.profile),
        "clean": clean,
    }


def _say(found: Findings, data: dict[str, Any]) -> None:
    """The findings for people."""
    click.echo(f"種類 / type {found.media_type}  検査の備え / profile {', '.join(data['profile'])}")
    for mark in found.marks:
        reason = mark.reason()
        click.echo(f"{reason.ja} / {reason.en} ({mark.code}{' ' + mark.detail if mark.detail else ''})")
    for kind in found.active_content:
        click.echo(f"動作する内容 / active content: {kind}")
    for each in found.individual_numbers:
        click.echo(f"個人番号とみられる数字 / apparent Individual Numbers: {each.count}")
    if found.rebuilt_sha256:
        click.echo(f"無害化で取り除いたもの / taken out: {', '.join(found.removed) or '-'}")


def inspect_file(file: Path, pieces: Iterator[bytes], rebuilt: Path | None, *, as_json: bool) -> bool:
    """Inspect a document or an archive, and write it rebuilt if somewhere to do so is named; is it clean?

    Raises:
        SekishoError: The rebuilt file cannot be written.

    """
    found, made = look_at_document(pieces, tools_in_use(), rebuild=rebuilt is not None)
    data = _data(found, file.name)
    if rebuilt is not None and made:
        try:
            rebuilt.write_bytes(made)
        except OSError as fault:
            message = f"{rebuilt.name}: 書けません / cannot be written: {fault.strerror}"
            raise SekishoError(message) from fault
    if as_json:
        answer(data)
    else:
        _say(found, data)
    return bool(data["clean"])
