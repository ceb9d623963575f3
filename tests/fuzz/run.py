"""Fuzz one parser with atheris: `python -m tests.fuzz.run PARSER SECONDS`, or `python3 dev.py fuzz` for all of them.

Each parser has a module with one function, `try_one(bytes)`, that raises if a law of the parser is broken. Seeds and
words of each lie beside it; what atheris finds is written to var/fuzz, and is kept in tests/fuzz/findings, named by
the parser and what was wrong, once it is mended.
"""

import importlib
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
WORK: Final = HERE.parents[1] / "var" / "fuzz"
PARSERS: Final = ("reader", "block", "wareki", "address", "minutes")
GOLDEN: Final = {"reader": "records/*.csv", "block": "records/*.csv", "minutes": "minutes/*.txt"}
# The most bytes of one try.
LONGEST: Final = {"reader": 8_192, "block": 8_192, "wareki": 150, "address": 300, "minutes": 16_384}


def seeds_of(parser: str) -> Iterator[bytes]:
    """Where fuzzing starts: one seed a line, the golden files of the parser, and everything found before."""
    file = HERE / "seeds" / f"{parser}.txt"
    if file.exists():
        yield from file.read_bytes().splitlines()
    for path in (HERE.parent / "golden").glob(GOLDEN.get(parser, "none/*")):
        yield path.read_bytes()
    for path in sorted((HERE / "findings").glob(f"{parser}-*")):
        yield path.read_bytes()


def laws_of(parser: str) -> Callable[[bytes], None]:
    """The function that raises if a law of the parser is broken."""
    law: Callable[[bytes], None] = importlib.import_module(f"tests.fuzz.{parser}").try_one
    return law


def main(parser: str, seconds: str) -> None:
    """Fuzz for so many seconds; ends with another status than 0 at the first finding."""
    atheris = importlib.import_module("atheris")  # it is only there when somebody fuzzes

    seeds = WORK / "seeds" / parser
    shutil.rmtree(seeds, ignore_errors=True)
    for folder in (seeds, WORK / "grown" / parser, WORK / "found"):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds_of(parser)):
        (seeds / f"{number:04d}").write_bytes(seed)
    with atheris.instrument_imports(include=["sekisho.records"]):
        law = laws_of(parser)
    options = [
        f"-max_total_time={int(seconds)}",
        f"-dict={HERE / 'words' / parser}.txt",
        f"-artifact_prefix={WORK / 'found' / parser}-",
        f"-max_len={LONGEST[parser]}",
        "-timeout=20",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(WORK / "grown" / parser), str(seeds)], law)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:3])
