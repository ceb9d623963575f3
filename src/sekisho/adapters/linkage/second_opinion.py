"""The second opinion on who is the same donor: Splink (Fellegi and Sunter's method) in an in-memory DuckDB.

It asks and never links: what it finds likely and the rules did not link goes to an officer, unless the family veto
speaks against it. Tuned as families demand it: the given name is evidence of its own; it is trained on pairs among
whom members of one household cannot be the majority; rare levels have values that were set by hand.
"""

import logging
from collections.abc import Iterator, Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_level_library as levels
from splink import comparison_library as comparisons

from sekisho.business.hometown_donations.linkage import DonorKeys, judge_all, tabulate

LEAST: Final = 0.5
_COLUMNS: Final = (
    "donation", "name", "surname", "given", "kana", "given_kana", "prefecture", "address", "telephone", "mail", "birth"
)  # fmt: skip
_SEED: Final = 20261127
_PAIRS: Final = 1_000_000
_MOST_COMMON: Final = 0.1  # in a small set, of few people with many donations each, no more is believed
_ASKED: Final = (
    block_on("telephone"),
    block_on("mail"),
    block_on("address"),
    block_on("name", "prefecture"),
    block_on("given_kana", "birth"),
)
_TRAINED_ON: Final = (block_on("birth", "telephone"), block_on("birth", "mail"), block_on("name", "prefecture"))


def _level(sql: str, label: str, *, m: float, u: float) -> Any:
    """One level whose chances among pairs of strangers are set by hand, since too few pairs show it."""
    return levels.CustomLevel(sql, label).configure(m_probability=m, u_probability=u, fix_u_probability=True)


def _names() -> comparisons.CustomComparison:
    """Names: whole, by reading, the given name alone (after a marriage), a slip; else another person, family or not."""
    return comparisons.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            levels.NullLevel("name"),
            levels.ExactMatchLevel("name", term_frequency_adjustments=True).configure(m_probability=0.93),
            _level('"kana_l" = "kana_r"', "the reading", m=0.03, u=2e-4),
            _level('"given_l" = "given_r" or "given_kana_l" = "given_kana_r"', "the given name", m=0.02, u=3e-3),
            _level('damerau_levenshtein("kana_l", "kana_r") <= 2', "a slip in the reading", m=0.015, u=1e-2),
            levels.ElseLevel(),
        ],
    )


def _exact_or_slip(column: str, *, u: float, slip: float) -> comparisons.CustomComparison:
    """A number or an address of the mail: the same, one letter apart, or another."""
    return comparisons.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            levels.NullLevel(column),
            levels.ExactMatchLevel(column).configure(u_probability=u, fix_u_probability=True),
            _level(f'damerau_levenshtein("{column}_l", "{column}_r") <= 1', "one letter apart", m=0.008, u=slip),
            levels.ElseLevel(),
        ],
    )


def _places() -> comparisons.CustomComparison:
    """Addresses: the same house, the same prefecture, or neither."""
    return comparisons.CustomComparison(
        output_column_name="address",
        comparison_levels=[
            levels.NullLevel("address"),
            levels.ExactMatchLevel("address").configure(u_probability=2e-5, fix_u_probability=True),
            levels.ExactMatchLevel("prefecture"),
            levels.ElseLevel(),
        ],
    )


def _chance(keys: Sequence[DonorKeys]) -> float:
    """How likely two donations by chance are of one person: as the automatic tier has it, which finds nine in ten."""
    table = tabulate(keys)
    certain = int(judge_all(table).automatic.sum())
    return min(max(certain / 0.9, 1.0) / (len(keys) * (len(keys) - 1) / 2), _MOST_COMMON)


def tuned_settings(chance: float) -> SettingsCreator:
    """The settings of the second opinion."""
    return SettingsCreator(
        probability_two_random_records_match=chance,
        link_type="dedupe_only",
        unique_id_column_name="donation",
        comparisons=[
            _names(),
            _places(),
            _exact_or_slip("telephone", u=1e-5, slip=1e-5),
            _exact_or_slip("mail", u=1e-5, slip=1e-5),
            _exact_or_slip("birth", u=5e-5, slip=2e-3),
        ],
        blocking_rules_to_generate_predictions=list(_ASKED),
        retain_matching_columns=False,
    )


def as_table(keys: Sequence[DonorKeys]) -> pa.Table:
    """The keys as a table; what is not known is nothing, so that two unknown values never agree."""
    return pa.table(
        {name: pa.array([getattr(each, name) or None for each in keys], type=pa.string()) for name in _COLUMNS}
    )


def second_opinion(keys: Sequence[DonorKeys], least: float = LEAST) -> Iterator[tuple[str, str, float]]:
    """The pairs of donations that are likely of one person, with how likely, the likeliest first."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    database = duckdb.connect(":memory:")
    database.execute("SET enable_progress_bar = false")
    api = DuckDBAPI(database)
    linker = Linker(api.register(as_table(keys)), tuned_settings(_chance(keys)), log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=_SEED)
    for each in _TRAINED_ON:
        linker.training.estimate_parameters_using_expectation_maximisation(
            each, fix_probability_two_random_records_match=True, record_sample_proportion=1.0
        )
    found = linker.inference.predict(threshold_match_probability=least).as_dict()
    rows = zip(found["donation_l"], found["donation_r"], found["match_probability"], strict=True)
    yield from sorted(((min(one, other), max(one, other), much) for one, other, much in rows), key=_likeliest)


def _likeliest(pair: tuple[str, str, float]) -> tuple[float, str, str]:
    """The likeliest pair first; among equals by their ids."""
    return -pair[2], pair[0], pair[1]
