"""The write side: every change of state is one function. Pages, the admin and the commands call these."""

from claims.actions.accounts.bylines import agree_to_byline, withdraw_byline
from claims.actions.accounts.links import invite
from claims.actions.accounts.managing import (
    change_password,
    create_account,
    name_account,
    reset_password,
    set_active,
    set_role,
    workbench_account,
)
from claims.actions.accounts.second_factors import remove_second_factor
from claims.actions.accounts.sessions import end_sessions
from claims.actions.accounts.tokens import create_token, revoke_token
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
from claims.actions.captures.wanting import capture_evidence
from claims.actions.claims.bulk_changes import (
    preview_bulk_change,
    start_bulk_change,
    stop_bulk_change,
    undo_bulk_change,
)
from claims.actions.claims.changes import require_known
from claims.actions.claims.closing_accounts import close_account
from claims.actions.claims.creation import create_claim, merge_claims, split_claim
from claims.actions.claims.decisions import decide_claim, set_review_date
from claims.actions.claims.editing import (
    change_source,
    change_spans,
    dismiss_claims,
    mark_checkable,
    restore_claims,
    reword_claim,
)
from claims.actions.claims.evidence.adding import add_evidence, attach_evidence
from claims.actions.claims.evidence.changing import edit_evidence, move_evidence, remove_evidence
from claims.actions.claims.evidence.documents import EvidenceDraft, require_fitting
from claims.actions.claims.teamwork import (
    ask_second_check,
    assign_claims,
    be_present,
    comment,
    second_check,
    send_back,
)
from claims.actions.claims.undo import next_steps, undo_change
from claims.actions.data_entry import Entry, delete_record, enter_record, enter_records
from claims.actions.exports import begin_export, stop_export, write_export
from claims.actions.external.saving import save_fact_checks
from claims.actions.external.settling import dismiss_fact_check
from claims.actions.files import SANDBOXED, served_kind
from claims.actions.intake.archives import (
    add_archive,
    discard_archive,
    start_archive,
    stop_archive,
)
from claims.actions.intake.inbox import (
    accept_item,
    accept_items,
    add_to_inbox,
    discard_item,
    edit_item,
    request_fetch,
    retry_item,
)
from claims.actions.intake.mailbox import take_mails
from claims.actions.links.archiving import archive_evidence
from claims.actions.links.checking import check_link
from claims.actions.logins import let_in
from claims.actions.matching.groups import leave_group, merge_groups, set_canonical
from claims.actions.matching.matches import confirm_match, dismiss_match, take_over_verdict
from claims.actions.newsroom import change_newsroom
from claims.actions.notices.channels import add_notice_channel, remove_notice_channel
from claims.actions.notifications import mark_read, notify
from claims.actions.personal_data.erasing import erase_account, erase_source
from claims.actions.reports.corrections import (
    correct_fact,
    correct_notice,
    correct_text,
    publish_correction,
)
from claims.actions.reports.drafts import (
    discard_report,
    draft_report,
    leave_out_waiting,
    rename_report,
)
from claims.actions.reports.publishing import publish_report, set_public
from claims.actions.reports.review import approve_report, send_report_back, submit_report
from claims.actions.reports.scheduling import schedule_report, unschedule_report
from claims.actions.reports.writing import arrange_report, write_report
from claims.actions.saved_filters import delete_filter, save_filter
from claims.actions.sources.merging import mark_distinct, merge_sources, unmerge_sources
from claims.actions.sources.registry import create_source
from claims.actions.tasks import cancel_tasks, run_again
from claims.actions.webhooks.receivers import (
    change_webhook,
    create_webhook,
    replace_webhook_secret,
    send_again,
)

__all__ = [
    "ACTIONS",
    "COMMAND",
    "COMMAND_UPDATE",
    "PASTE",
    "SANDBOXED",
    "ArrivalResult",
    "Decision",
    "Entry",
    "EvidenceDraft",
    "Policy",
    "SplitArticle",
    "accept_item",
    "accept_items",
    "action",
    "add_archive",
    "add_evidence",
    "add_notice_channel",
    "add_revision",
    "add_to_inbox",
    "agree_to_byline",
    "approve_report",
    "archive_evidence",
    "arrange_report",
    "ask_second_check",
    "assign_claims",
    "attach_evidence",
    "be_present",
    "begin_export",
    "cancel_tasks",
    "capture_evidence",
    "change_newsroom",
    "change_password",
    "change_source",
    "change_spans",
    "change_webhook",
    "check_link",
    "close_account",
    "comment",
    "confirm_match",
    "correct_fact",
    "correct_notice",
    "correct_text",
    "create_account",
    "create_claim",
    "create_source",
    "create_token",
    "create_webhook",
    "decide_arrival",
    "decide_claim",
    "delete_filter",
    "delete_record",
    "discard_archive",
    "discard_item",
    "discard_report",
    "dismiss_claims",
    "dismiss_fact_check",
    "dismiss_match",
    "draft_report",
    "edit_evidence",
    "edit_item",
    "end_sessions",
    "enter_record",
    "enter_records",
    "erase_account",
    "erase_source",
    "import_article",
    "invite",
    "leave_group",
    "leave_out_waiting",
    "let_in",
    "mark_checkable",
    "mark_distinct",
    "mark_read",
    "merge_claims",
    "merge_groups",
    "merge_sources",
    "move_evidence",
    "name_account",
    "next_steps",
    "notify",
    "place_claim",
    "preview_bulk_change",
    "publish_correction",
    "publish_report",
    "receive_article",
    "receive_articles",
    "remove_evidence",
    "remove_notice_channel",
    "remove_second_factor",
    "rename_report",
    "replace_webhook_secret",
    "request_fetch",
    "require_fitting",
    "require_known",
    "reset_password",
    "restore_claims",
    "retry_item",
    "revoke_token",
    "reword_claim",
    "run_again",
    "save_fact_checks",
    "save_filter",
    "schedule_report",
    "second_check",
    "send_again",
    "send_back",
    "send_report_back",
    "served_kind",
    "set_active",
    "set_canonical",
    "set_public",
    "set_review_date",
    "set_role",
    "split_claim",
    "start_archive",
    "start_bulk_change",
    "stop_archive",
    "stop_bulk_change",
    "stop_export",
    "submit_report",
    "take_mails",
    "take_over_verdict",
    "undo_bulk_change",
    "undo_change",
    "unmerge_sources",
    "unschedule_report",
    "withdraw_byline",
    "withdraw_claim",
    "workbench_account",
    "write_export",
    "write_report",
]
