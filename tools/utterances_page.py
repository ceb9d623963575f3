"""The page that lists what the council's members said in November 2019, and what answers each of them."""

from pathlib import Path
from typing import Any

from sekisho.records.strict_yaml import load_yaml

ROWS = Path(__file__).resolve().parent.parent / "tests/scenario/council/utterances.yaml"
STATES = ("shown", "enforced", "followed", "open")
INTRO = """Every utterance of a council member in the published minutes of 19 November 2019, and what answers it
before it has to be asked. Of {all}: {counts}.

*Shown*: the answer stands on the consultation's page (S-210). *Enforced*: the gate refuses, under the permit compiled
from that dossier, and a test takes that one guard away and sees this row alone fail. *Followed*: the dossier holds a
condition. *Open*: not built yet; its test is an expected failure and never passes. Each row is `u01` to `u65` in
`tests/scenario/council/test_utterances.py`."""


def state_of(row: dict[str, Any]) -> str:
    """Say how one utterance is answered."""
    for key, state in (("open", "open"), ("refused", "enforced"), ("condition", "followed")):
        if key in row:
            return state
    return "shown"


def how_answered(row: dict[str, Any]) -> str:
    """Say by what one utterance is answered, or what is missing."""
    if "open" in row:
        return str(row["open"])
    if "refused" in row:
        attempts = row["refused"] if isinstance(row["refused"], list) else [row["refused"]]
        text = "; ".join(f"`{each['code']}` on `{each['connection']}` ({each['guard']})" for each in attempts)
    elif "condition" in row:
        text = f"condition `{row['condition']}`"
    else:
        text = ", ".join(f"`{path}`" for path in row["shown"])
    return f"{text}. {row['remark']}" if "remark" in row else text


def parts() -> tuple[str, str, list[str], list[list[str]]]:
    """Heading, introduction, head and rows of the page."""
    rows = load_yaml(ROWS.read_text(encoding="utf-8"), "utterances")
    states = [state_of(row) for row in rows]
    counts = ", ".join(f"**{states.count(each)} {each}**" for each in STATES)
    cells = [
        [f"u{row['u']:02d}", row["of"], row["ja"], row["en"], state, how_answered(row)]
        for row, state in zip(rows, states, strict=True)
    ]
    head = ["row", "consultation", "utterance", "in English", "state", "by what"]
    return "# What the members said (委員の発言)", INTRO.format(all=len(rows), counts=counts), head, cells
