"""Every change of state, one function each. The desk, the admin and the command line call these."""

from claims.actions.articles import import_article, import_articles
from claims.actions.background import cancel_tasks, run_again
from claims.actions.base import ACTIONS, action
from claims.actions.batches import begin_batch, list_batch, stop_batch, undo_batch
from claims.actions.changes import require_known, undo
from claims.actions.corrections import notice_of, publish_correction
from claims.actions.decisions import decide, decide_all
from claims.actions.edits import (
    change_bounds,
    change_source,
    dismiss,
    make_claim,
    make_source,
    mark_checkable,
    merge,
    restore,
    reword,
    split,
)
from claims.actions.evidence import (
    EvidenceDraft,
    add_evidence,
    edit_evidence,
    remove_evidence,
    require_fitting,
)
from claims.actions.exports import begin_export, stop_export, write_export
from claims.actions.fetched import article_at, feed_at
from claims.actions.files import BYTES, KINDS
from claims.actions.filters import delete_filter, save_filter
from claims.actions.intake import (
    ask_for,
    bring_in,
    discard_intake,
    duplicates,
    edit_intake,
    keep_all,
    keep_intake,
    retry_intake,
)
from claims.actions.keeping import Imported, Split
from claims.actions.logins import let_in
from claims.actions.newsroom import change_newsroom
from claims.actions.people import (
    change_password,
    make_account,
    name_account,
    reset_password,
    set_active,
    set_role,
    workbench_account,
)
from claims.actions.records import Entry, delete_record, enter_record, enter_records
from claims.actions.reports import (
    discard_report,
    draft_report,
    edition_of,
    frozen_edition,
    public_address,
    publish_report,
    rename_report,
    report_of,
    set_public,
)
from claims.actions.teamwork import (
    ask_second_check,
    assign,
    be_present,
    comment,
    second_check,
    send_back,
)
from claims.actions.unify import merge_sources, part_sources, tell_apart
from claims.actions.updates import compare, place_claim, places_of, update_article, withdraw_claim

__all__ = [
    "ACTIONS",
    "BYTES",
    "KINDS",
    "Entry",
    "EvidenceDraft",
    "Imported",
    "Split",
    "action",
    "add_evidence",
    "article_at",
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
    "compare",
    "decide",
    "decide_all",
    "delete_filter",
    "delete_record",
    "discard_intake",
    "discard_report",
    "dismiss",
    "draft_report",
    "duplicates",
    "edit_evidence",
    "edit_intake",
    "edition_of",
    "enter_record",
    "enter_records",
    "feed_at",
    "frozen_edition",
    "import_article",
    "import_articles",
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
    "notice_of",
    "part_sources",
    "place_claim",
    "places_of",
    "public_address",
    "publish_correction",
    "publish_report",
    "remove_evidence",
    "rename_report",
    "report_of",
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
    "update_article",
    "withdraw_claim",
    "workbench_account",
    "write_export",
]
