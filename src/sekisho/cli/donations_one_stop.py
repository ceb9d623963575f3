"""`sekisho donations one-stop …`: what a clock or an administrator does with applications, without a screen."""

from datetime import date
from pathlib import Path
from typing import Final

import click

from sekisho.cli.answers import tell
from sekisho.cli.donations import AREA, HOME, enter_home
from sekisho.cli.permit_acts import AS_JSON

_YEAR: Final = click.option("--year", type=click.IntRange(2015, 2100), required=True, help="寄附の年 / year")
_DAY: Final = click.DateTime(formats=["%Y-%m-%d"])


@click.group("one-stop")
def one_stop() -> None:
    """ワンストップ特例 / one-stop applications."""


@one_stop.command()
@HOME
@AREA
@AS_JSON
def due(*, home: Path, area: str, as_json: bool) -> None:
    """保存期限を過ぎた個人番号と画像を消す / erase numbers and pictures past their day, each with its proof."""
    enter_home(home)
    from sekisho.adapters.donations.one_stop_numbers import erase_past_their_day
    from sekisho.bootstrap import now

    numbers, images = erase_past_their_day(area, now())
    told = {"area": area, "numbers": numbers, "images": images}
    sentence = f"個人番号 {len(numbers)}件、画像 {len(images)}件を消しました / erased, each with its proof"
    tell(told, sentence, as_json=as_json)


@one_stop.command()
@HOME
@AREA
@_YEAR
@click.option("--forms-until", type=_DAY, help="申請の期限(団体の定め) / last day for forms, by policy")
@click.option("--on-paper", multiple=True, help="紙でだけ受ける団体のコード / a destination that takes paper only")
@AS_JSON
def policy(*, home: Path, area: str, as_json: bool, **given: object) -> None:
    """期限の扱いと紙の宛先を決める。書かない項目はそのまま / set the deadline, and who takes paper; the rest stays."""
    enter_home(home)
    from sekisho.adapters.donations.one_stop_policies import Policy, keep_policy

    year, until = given["year"], given["forms_until"]
    paper = given["on_paper"] if isinstance(given["on_paper"], tuple) else ()  # none given: they stay as they are
    kept = keep_policy(
        Policy(
            area=area,
            year=year if isinstance(year, int) else 0,
            forms_until=date.fromisoformat(str(until)[:10]) if until else None,
            on_paper=tuple(map(str, paper)) or None,
        )
    )
    day, places = kept.deadlines.forms_until, list(kept.on_paper)
    told = {"area": area, "year": year, "forms_until": day.isoformat(), "on_paper": places}
    tell(told, f"{year}年分: {day} まで / until; 紙 / paper {len(places)}", as_json=as_json)


@one_stop.command()
@HOME
@AREA
@_YEAR
@AS_JSON
def collect(*, home: Path, area: str, year: int, as_json: bool) -> None:
    """受領と返戻を受け取る / read what destinations acknowledged, and fetch what came back."""
    enter_home(home)
    from sekisho.bootstrap import now
    from sekisho.bootstrap.donation_notices import collect_answers, collect_returns

    at = now()
    answered, returned = collect_answers(area, year, at), collect_returns(area, at)
    told = {"area": area, "answered": answered, "returned": returned}
    tell(told, f"受領 {answered}、返戻 {returned} / acknowledged, returned", as_json=as_json)
