"""Who is the same donor (名寄せ): keys, rules, family veto, groups, with the evidence for each link.

Rules judge; statistics only ask an officer. Within one municipality only, and never for an Individual Number.
"""

from sekisho.business.hometown_donations.linkage.clusters import (
    MOST_MEMBERS,
    Edge,
    Gathered,
    WhyApart,
    edge_by_officer,
    edges_of,
    gather,
    gather_table,
)
from sekisho.business.hometown_donations.linkage.donors import Donor, DonorKeys, make_keys
from sekisho.business.hometown_donations.linkage.families import are_different_people
from sekisho.business.hometown_donations.linkage.judging import Link, Verdicts, judge, judge_all, links_of
from sekisho.business.hometown_donations.linkage.pairs import find_pairs
from sekisho.business.hometown_donations.linkage.people import NameKeys, name_keys
from sekisho.business.hometown_donations.linkage.places import (
    Dwelling,
    PlaceBook,
    PostalPlace,
    locate,
    make_place_book,
)
from sekisho.business.hometown_donations.linkage.rules import (
    CORROBORATED_BY,
    CORROBORATING,
    EVERY_ID,
    RULE_WORDS_OF_LINKS,
    RULES,
    SHOWN,
    WITH_SEX,
    LinkField,
    LinkRule,
    LinkTier,
)
from sekisho.business.hometown_donations.linkage.tables import COLUMNS, KeyTable, tabulate

__all__ = [
    "COLUMNS",
    "CORROBORATED_BY",
    "CORROBORATING",
    "EVERY_ID",
    "MOST_MEMBERS",
    "RULES",
    "RULE_WORDS_OF_LINKS",
    "SHOWN",
    "WITH_SEX",
    "Donor",
    "DonorKeys",
    "Dwelling",
    "Edge",
    "Gathered",
    "KeyTable",
    "Link",
    "LinkField",
    "LinkRule",
    "LinkTier",
    "NameKeys",
    "PlaceBook",
    "PostalPlace",
    "Verdicts",
    "WhyApart",
    "are_different_people",
    "edge_by_officer",
    "edges_of",
    "find_pairs",
    "gather",
    "gather_table",
    "judge",
    "judge_all",
    "links_of",
    "locate",
    "make_keys",
    "make_place_book",
    "name_keys",
    "tabulate",
]
