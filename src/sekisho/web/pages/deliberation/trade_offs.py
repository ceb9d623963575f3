"""What was weighed (利益の比較): which interest prevailed over which, about what, why, and when to look at it again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sekisho.adapters.database.queries_council import MatterFile
from sekisho.kernel.council import Dossier, TradeOff
from sekisho.web.components.act_forms import AREA, DATE, SELECT, ActForm, FormField, pick
from sekisho.web.components.dates import long_day
from sekisho.web.components.facts import Said
from sekisho.web.pages.deliberation.offers import act_url
from sekisho.web.words import Words

WHOLE = Words("諮問全体", "The whole consultation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One entry: what prevailed, what yielded, and why."""

    about: Said
    prevailed: str
    yielded: str
    why: str
    review_on: str


def _subjects(dossier: Dossier) -> Iterator[tuple[str, Words]]:
    """What can be weighed about: the consultation as a whole, or one of its arrows."""
    yield dossier.consultation, WHOLE
    for each in dossier.chart.under_review():
        yield each.connection, Words(f"{each.badge} {each.label_ja}", f"{each.badge} {each.label_en}")


def weighed_rows(trade_offs: Iterable[TradeOff], dossier: Dossier) -> tuple[Weighed, ...]:
    """Everything that was weighed, with its subject by name."""
    names = dict(_subjects(dossier))
    return tuple(
        Weighed(
            about=names.get(each.about, each.about),
            prevailed=each.prevailed,
            yielded=each.yielded,
            why=each.why,
            review_on=long_day(date.fromisoformat(each.review_on)),
        )
        for each in trade_offs
    )


def weigh_form(file: MatterFile, back: str) -> ActForm:
    """A member writes down what was weighed."""
    prevailed = Words("より重く見たもの", "What prevailed")
    yielded = Words("譲ったもの", "What yielded")
    review = Words("見直す日", "To be looked at again on")
    return ActForm(
        key="weigh",
        url=act_url(file.row.matter, "record_trade_off"),
        words=Words("比べて決めたことを記録する", "Record what was weighed"),
        back=back,
        fields=(
            FormField(
                name="about",
                words=Words("何について", "About what"),
                kind=SELECT,
                choices=pick(*_subjects(file.paper.dossier)),
            ),
            FormField(name="prevailed", words=prevailed),
            FormField(name="yielded", words=yielded),
            FormField(name="why", words=Words("理由", "Why"), kind=AREA),
            FormField(name="review_on", words=review, kind=DATE),
        ),
    )
