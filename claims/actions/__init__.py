"""Every change of state, one function each. The desk, the admin and the command line call these."""

from claims.actions.articles import Imported, import_article
from claims.actions.base import ACTIONS, action, signed_in
from claims.actions.decisions import decide, undo_decision
from claims.actions.evidence import EvidenceDraft, add_evidence
from claims.actions.people import Role, make_account, workbench_account
from claims.actions.records import delete_record, enter_record
from claims.actions.reports import report_of

__all__ = [
    "ACTIONS",
    "EvidenceDraft",
    "Imported",
    "Role",
    "action",
    "add_evidence",
    "decide",
    "delete_record",
    "enter_record",
    "import_article",
    "make_account",
    "report_of",
    "signed_in",
    "undo_decision",
    "workbench_account",
]
