"""The write side: every change of state is one function. Pages, the admin and the commands call these."""

from claims.actions.accounts import (
    change_password,
    make_account,
    name_account,
    reset_password,
    set_active,
    set_role,
    workbench_account,
)
from claims.actions.articles.arrival import (
    COMMAND,
    COMMAND_UPDATE,
    PASTE,
    ArrivalResult,
    Decision,
    Policy,
    decide_arrival,
    import_article,
    receive_article,
    receive_articles,
)
from claims.actions.articles.revisions import add_revision, place_claim, withdraw_claim
from claims.actions.articles.saving import SplitArticle
from claims.actions.base import ACTIONS, action
from claims.actions.claims.bulk_changes import begin_batch, list_batch, stop_batch, undo_batch
from claims.actions.claims.changes import require_known
from claims.actions.claims.creation import make_claim, merge, split
from claims.actions.claims.decisions import decide
from claims.actions.claims.editing import (
    change_bounds,
    change_source,
    dismiss,
    mark_checkable,
    restore,
    reword,
)
from claims.actions.claims.evidence import (
    EvidenceDraft,
    add_evidence,
    edit_evidence,
    remove_evidence,
    require_fitting,
)
from claims.actions.claims.teamwork import (
    ask_second_check,
    assign,
    be_present,
    comment,
    second_check,
    send_back,
)
from claims.actions.claims.undo import undo
from claims.actions.data_entry import Entry, delete_record, enter_record, enter_records
from claims.actions.exports import begin_export, stop_export, write_export
from claims.actions.files import BYTES, KINDS
from claims.actions.intake.inbox import (
    ask_for,
    bring_in,
    discard_intake,
    edit_intake,
    keep_all,
    keep_intake,
    retry_intake,
)
from claims.actions.logins import let_in
from claims.actions.newsroom import change_newsroom
from claims.actions.reports.corrections import publish_correction
from claims.actions.reports.drafts import discard_report, draft_report, rename_report
from claims.actions.reports.publishing import publish_report, set_public
from claims.actions.saved_filters import delete_filter, save_filter
from claims.actions.sources.merging import merge_sources, part_sources, tell_apart
from claims.actions.sources.registry import make_source
from claims.actions.tasks import cancel_tasks, run_again

__all__ = [
    "ACTIONS",
    "BYTES",
    "COMMAND",
    "COMMAND_UPDATE",
    "KINDS",
    "PASTE",
    "ArrivalResult",
    "Decision",
    "Entry",
    "EvidenceDraft",
    "Policy",
    "SplitArticle",
    "action",
    "add_evidence",
    "add_revision",
    "ask_for",
    "ask_second_check",
    "assign",
    "be_present",
    "begin_batch",
    "begin_export",
    "bring_in",
    "cancel_tasks",
    "change_bounds",
    "change_newsroom",
    "change_password",
    "change_source",
    "comment",
    "decide",
    "decide_arrival",
    "delete_filter",
    "delete_record",
    "discard_intake",
    "discard_report",
    "dismiss",
    "draft_report",
    "edit_evidence",
    "edit_intake",
    "enter_record",
    "enter_records",
    "import_article",
    "keep_all",
    "keep_intake",
    "let_in",
    "list_batch",
    "make_account",
    "make_claim",
    "make_source",
    "mark_checkable",
    "merge",
    "merge_sources",
    "name_account",
    "part_sources",
    "place_claim",
    "publish_correction",
    "publish_report",
    "receive_article",
    "receive_articles",
    "remove_evidence",
    "rename_report",
    "require_fitting",
    "require_known",
    "reset_password",
    "restore",
    "retry_intake",
    "reword",
    "run_again",
    "save_filter",
    "second_check",
    "send_back",
    "set_active",
    "set_public",
    "set_role",
    "split",
    "stop_batch",
    "stop_export",
    "tell_apart",
    "undo",
    "undo_batch",
    "withdraw_claim",
    "workbench_account",
    "write_export",
]
