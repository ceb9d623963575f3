"""Which duty each step of an assessment is: whoever drafts does not review, publish or check it as well."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sekisho.kernel.council.procedure.roles import Act

STEP_DUTIES: Final[Mapping[str, Act]] = MappingProxyType(
    {
        "judge_threshold": Act.DRAFT,
        "begin_draft": Act.DRAFT,
        "revise": Act.DRAFT,
        "check_yearly": Act.DRAFT,
        "fix_minor": Act.DRAFT,
        "find_none_needed": Act.REVIEW_ASSESSMENT,
        "review": Act.REVIEW_ASSESSMENT,
        "change_materially": Act.REVIEW_ASSESSMENT,
        "end": Act.REVIEW_ASSESSMENT,
        "open_comment": Act.PUBLISH_ASSESSMENT,
        "close_comment": Act.PUBLISH_ASSESSMENT,
        "check_by_third_party": Act.PUBLISH_ASSESSMENT,
        "file": Act.PUBLISH_ASSESSMENT,
        "publish": Act.PUBLISH_ASSESSMENT,
        "suffer_incident": Act.PUBLISH_ASSESSMENT,
        "give_opinion": Act.CHECK_ASSESSMENT,
    }
)
