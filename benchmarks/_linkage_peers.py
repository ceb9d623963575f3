"""Splink as its own tutorial sets it up, and as we tuned it, on the same keys: what each finds, and in what time."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as comparisons

from sekisho.adapters.linkage.second_opinion import as_table, second_opinion
from sekisho.business.hometown_donations.linkage import DonorKeys

Found = tuple[list[tuple[int, int, float]], float]


def _numbered(pairs: Sequence[tuple[str, str, float]], keys: Sequence[DonorKeys]) -> list[tuple[int, int, float]]:
    """The pairs by row instead of by donation."""
    row = {each.donation: number for number, each in enumerate(keys)}
    return [(row[left], row[right], much) for left, right, much in pairs]


def _plain_settings() -> SettingsCreator:
    """A comparison a column, as the tutorial has it."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="donation",
        comparisons=[
            comparisons.JaroWinklerAtThresholds("surname", [0.9]),
            comparisons.JaroWinklerAtThresholds("given", [0.9]),
            comparisons.LevenshteinAtThresholds("kana", [1, 2]),
            comparisons.ExactMatch("address"),
            comparisons.ExactMatch("telephone"),
            comparisons.ExactMatch("mail"),
            comparisons.LevenshteinAtThresholds("birth", [1]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("telephone"),
            block_on("mail"),
            block_on("address"),
            block_on("name"),
            block_on("birth", "given_kana"),
        ],
        retain_matching_columns=False,
    )


def plain_splink(keys: Sequence[DonorKeys]) -> Found:
    """The plain settings, trained on blocks of telephone, mail and name."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    begun = time.process_time()
    database = duckdb.connect(":memory:")
    database.execute("SET enable_progress_bar = false")
    api = DuckDBAPI(database)
    linker = Linker(api.register(as_table(keys)), _plain_settings(), log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("name", "telephone"), block_on("name", "mail")], recall=0.8
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    for block in (block_on("telephone"), block_on("mail"), block_on("name")):
        linker.training.estimate_parameters_using_expectation_maximisation(block, record_sample_proportion=1.0)
    found = linker.inference.predict(threshold_match_probability=0.5).as_dict()
    pairs = list(zip(found["donation_l"], found["donation_r"], found["match_probability"], strict=True))
    return _numbered(pairs, keys), time.process_time() - begun


def tuned_splink(keys: Sequence[DonorKeys]) -> Found:
    """The product's second opinion."""
    begun = time.process_time()
    pairs = list(second_opinion(keys))
    return _numbered(pairs, keys), time.process_time() - begun
