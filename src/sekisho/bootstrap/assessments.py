"""The assessment office: everything that somebody can do to a protection assessment, each as one verb.

Every verb takes who acts, changes everything or nothing, writes its entry in the same transaction, and refuses with
every reason in both languages. Import this only once the house is open.
"""

from sekisho.adapters.database.assessment_clocks import end_assessment, pass_assessment_clocks, suffer_incident
from sekisho.adapters.database.assessment_comments import CommentAnswer, answer_comment, receive_comment
from sekisho.adapters.database.assessment_sources import write_entrustment
from sekisho.adapters.database.assessment_steps import (
    Numbers,
    Period,
    begin_draft,
    change_materially,
    check_by_third_party,
    check_yearly,
    close_comment,
    file_assessment,
    find_none_needed,
    fix_minor,
    give_assessment_opinion,
    judge,
    open_comment,
    publish_assessment,
    record_finding,
    review,
    revise,
)
from sekisho.adapters.database.assessment_writing import (
    AlreadyPublished,
    Plan,
    begin_next_version,
    claim_lighter_change,
    cover_connections,
    enter_published,
    plan_assessment,
    write_answers,
    write_report,
    write_report_text,
)
from sekisho.bootstrap.council import Deed, act_as

__all__ = [
    "AlreadyPublished",
    "CommentAnswer",
    "Deed",
    "Numbers",
    "Period",
    "Plan",
    "act_as",
    "answer_comment",
    "begin_draft",
    "begin_next_version",
    "change_materially",
    "check_by_third_party",
    "check_yearly",
    "claim_lighter_change",
    "close_comment",
    "cover_connections",
    "end_assessment",
    "enter_published",
    "file_assessment",
    "find_none_needed",
    "fix_minor",
    "give_assessment_opinion",
    "judge",
    "open_comment",
    "pass_assessment_clocks",
    "plan_assessment",
    "publish_assessment",
    "receive_comment",
    "record_finding",
    "review",
    "revise",
    "suffer_incident",
    "write_answers",
    "write_entrustment",
    "write_report",
    "write_report_text",
]
