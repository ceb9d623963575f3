"""Setting a document as PDF (typst): data into a template, one font that ships with the product, no network, no clock.

The same data give the same bytes: the time in the file is the day of the document, and no font of the machine is used.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import noto_cjk_sans_jp_regular
import typst

from sekisho.kernel import SekishoError

FONT: Final = "Noto Sans CJK JP"


def templates() -> Path:
    """The folder of the templates."""
    return Path(str(files(__package__))) / "templates"


@cache
def _fonts() -> typst.Fonts:
    """The one font, and none of the machine's."""
    folder = Path(str(noto_cjk_sans_jp_regular.FONT_PATH)).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def typeset(template: str, data: Mapping[str, Any], day: date) -> bytes:
    """The PDF of a template with these data, dated this day.

    Raises:
        SekishoError: The template and the data do not fit; without the data.

    """
    try:
        pdf = typst.Compiler(
            templates() / f"{template}.typ",
            root=templates(),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        ).compile(format="pdf", timestamp=datetime.combine(day, time(), UTC), pdf_standards="a-2a")
    except typst.TypstError as fault:
        message = f"文書を組版できません / the template {template} and its data do not fit"
        raise SekishoError(message) from fault
    if not isinstance(pdf, bytes):
        message = f"文書を組版できません / the template {template} gave no single file"
        raise SekishoError(message)
    return pdf
