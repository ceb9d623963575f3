"""The true type of a content, by its bytes: well-known beginnings first, then libmagic. Never by the file's name."""

from typing import Any, Final

HEAD: Final = 8_192
_BEGINNINGS: Final = (
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"%PDF", "application/pdf"),
    (b"MZ", "application/x-dosexec"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\x1f\x8b", "application/gzip"),
    (b"#!", "text/x-script"),
    (b"{\\rtf", "text/rtf"),
)
_MARKUP: Final = (b"<html", b"<!doctype html", b"<script", b"<?php", b"<svg", b"<?xml")
_SCRIPTS: Final = (
    (b"<script", "script"),
    (b"javascript:", "script"),
    (b"<html", "script"),
    (b"<!doctype html", "script"),
    (b"<iframe", "script"),
    (b"<svg", "script"),
    (b"<?php", "script"),
    (b"<!entity", "entity"),
    (b"vbaproject", "macro"),
    (b"/javascript", "script"),
)


def _magic() -> Any:
    """libmagic, if this machine has it."""
    try:
        import magic  # noqa: PLC0415 - a machine without libmagic says so in its profile
    except (ImportError, OSError):
        return None
    return magic


def has_libmagic() -> bool:
    """Does this machine have libmagic?"""
    return _magic() is not None


def sniff(head: bytes) -> str:
    """The content type that the first bytes show; plain text is `text/plain`."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    start = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        return "text/html" if b"xml" not in start[:5] else "text/xml"
    if b"\x00" in head:
        return "application/octet-stream"
    library = _magic()
    found = str(library.from_buffer(head, mime=True)) if library else "text/plain"
    loose = found.startswith("text/") or found in {"application/csv", "application/octet-stream", "application/x-empty"}
    return "text/plain" if loose else found


def active_kinds(head: bytes) -> tuple[str, ...]:
    """Kinds of content in the first bytes that could run."""
    lower = head.lower()
    return tuple(sorted({kind for mark, kind in _SCRIPTS if mark in lower}))
