"""The form of an assessment report (評価書の様式) as data: every item, how deep a report asks for it, and its ※.

The basic, the key-item and the all-items report are one set of data, asked more or less deeply.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from sekisho.kernel.council.assessment.threshold import Depth


class ItemKind(StrEnum):
    """What kind of answer an item of the form takes."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    COUNT = "count"
    DATE = "date"


class Need(StrEnum):
    """Must it be answered: always, if there is something to say, or by national bodies only?"""

    ALWAYS = "always"
    OPTIONAL = "optional"
    NATIONAL = "national"


class Stage(IntEnum):
    """How far the procedure has come; what it brings (comments, a check, a date) cannot be asked before."""

    DRAFTED = 0
    COMMENTED = 1
    CHECKED = 2
    PUBLISHED = 3

    @property
    def word(self) -> str:
        """The word of the command line and of files."""
        return self.name.lower()


class Aspect(StrEnum):
    """What a third party looks at: was it done rightly (適合性), and does what it says hold (妥当性)?"""

    CONFORMITY = "conformity"
    SOUNDNESS = "soundness"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWhen:
    """An item is asked only if another one says one of these."""

    item: str
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormItem:
    """One item of the form: its number, its words, and the least deep report that asks for it."""

    item: str
    ja: str
    depth: Depth
    kind: ItemKind = ItemKind.TEXT
    choices: tuple[str, ...] = ()
    material: bool = False
    need: Need = Need.ALWAYS
    stage: Stage = Stage.DRAFTED
    when: AskedWhen | None = None

    def asked_by(self, depth: Depth, stage: Stage) -> bool:
        """Does a report of this depth have to answer it when the procedure has come so far?"""
        return self.need is Need.ALWAYS and self.depth <= depth and self.stage <= stage


@dataclass(frozen=True, slots=True, kw_only=True)
class FormGroup:
    """A part that is asked once for each system, file, contractor or recipient."""

    group: str
    at_least: int = 0
    first_unwritten: bool = False
    same_as: str = ""
    counted_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPoint:
    """One question that a third party answers about a report."""

    point: str
    aspect: Aspect
    ja: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportForm:
    """A whole form with its date: headings, items in their order, parts that repeat, points of the third party."""

    form: str
    version: str
    holds_from: str
    ja: str
    en: str
    source: str
    headings: Mapping[str, str]
    items: Mapping[str, FormItem]
    groups: Mapping[str, FormGroup]
    points: tuple[CheckPoint, ...]
