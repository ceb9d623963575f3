"""Detection rules (YARA) of the product and of the municipality: compiled once, with a digest that the ledger keeps."""

import hashlib
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final

import yara_x

from sekisho.adapters.database.home import find_home
from sekisho.kernel import Mark, MarkCode

_ENDING: Final = ".yar"
_SECONDS: Final = 30
_COMPILING: Final = threading.Lock()
_LONGEST_NAME: Final = 64


def own_rules() -> Path:
    """The folder with the municipality's own rules: SEKISHO_RULES, or `rules` in the home folder."""
    return Path(os.environ.get("SEKISHO_RULES") or find_home().folder / "rules")


def _shipped() -> Iterator[tuple[str, str]]:
    """The rules that ship with the product."""
    for each in files(__package__).joinpath("detection").iterdir():
        if each.name.endswith(_ENDING):
            yield each.name, each.read_text(encoding="utf-8")


def read_rules(folder: Path) -> dict[str, str]:
    """All rule files by name, the municipality's beside the product's."""
    own = {f"own/{each.name}": each.read_text(encoding="utf-8") for each in sorted(folder.glob(f"*{_ENDING}"))}
    return {**dict(sorted(_shipped())), **own}


def digest_of_rules(texts: Mapping[str, str]) -> str:
    """SHA-256 over all rule files, in hexadecimal: which rules were applied, in one line."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(texts[name].encode()).digest())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """Compiled rules. A scanner is bound to its thread, so that each thread gets one of its own."""

    rules: yara_x.Rules | None
    digest: str
    _threads: threading.local = field(default_factory=threading.local)

    def _scanner(self, rules: yara_x.Rules) -> yara_x.Scanner:
        """The scanner of this thread."""
        found: yara_x.Scanner | None = getattr(self._threads, "scanner", None)
        if found is None:
            found = yara_x.Scanner(rules)
            found.set_timeout(_SECONDS)
            self._threads.scanner = found
        return found

    def scan(self, data: bytes) -> tuple[Mark, ...]:
        """The rules that match; or that they could not be applied."""
        if self.rules is None:
            return (Mark(code=MarkCode.RULES_SILENT),)
        try:
            matching = self._scanner(self.rules).scan(data).matching_rules
        except (yara_x.ScanError, yara_x.TimeoutError):
            return (Mark(code=MarkCode.RULES_SILENT),)
        return tuple(Mark(code=MarkCode.RULE_MATCHED, detail=each.identifier[:_LONGEST_NAME]) for each in matching)


@cache
def _compiled(texts: tuple[tuple[str, str], ...]) -> RuleBook:
    """Rules compiled once a process; if one cannot be compiled none is applied, and everything is held."""
    compiler, table = yara_x.Compiler(), MappingProxyType(dict(texts))
    digest = digest_of_rules(table)
    try:
        for name in sorted(table):
            compiler.new_namespace(name)
            compiler.add_source(table[name], origin=name)
    except yara_x.CompileError:
        return RuleBook(rules=None, digest=digest)
    return RuleBook(rules=compiler.build(), digest=digest)


def rules_in_use() -> RuleBook:
    """The rules of the product and of the municipality, as they are today."""
    texts = tuple(sorted(read_rules(own_rules()).items()))
    with _COMPILING:  # one book for all threads: of several, those that nobody keeps would be dropped by other threads
        return _compiled(texts)
