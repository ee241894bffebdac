"""What each operation of the API needs: one table, checked before anything is looked up.

An operation needs a scope of the token and permissions of its account, the same ones as the page that does the same.
Ownership (of an export, or an inbox item) is a condition in the query, and the actions check permissions again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from claims.choices import TokenScope

READ, INTAKE, REVIEW, REPORTS, PUBLISH = TokenScope


@dataclass(frozen=True, slots=True)
class Need:
    """What an operation needs.

    Attributes:
        scope: the scope that the token must have.
        permissions: all that the account must hold.
    """

    scope: TokenScope
    permissions: tuple[str, ...]


def _need(scope: TokenScope, *codenames: str) -> Need:
    return Need(scope, tuple(f"claims.{name}" for name in codenames))


_SEES_CLAIMS = ("view_article", "view_claim")

NEEDS: Mapping[str, Need] = {
    "get_account": _need(READ),
    # Articles and what comes in.
    "list_articles": _need(READ, "view_article"),
    "get_article": _need(READ, "view_article"),
    "list_revisions": _need(READ, "view_article"),
    "create_article": _need(INTAKE, "add_article"),
    "create_article_from_file": _need(INTAKE, "add_article"),
    "add_revision": _need(INTAKE, *_SEES_CLAIMS, "add_article"),
    "list_inbox": _need(INTAKE, "add_article"),
    "get_inbox_item": _need(INTAKE, "add_article"),
    "accept_inbox_item": _need(INTAKE, "add_article"),
    "discard_inbox_item": _need(INTAKE, "add_article"),
    # Claims.
    "list_claims": _need(READ, *_SEES_CLAIMS),
    "get_claim": _need(READ, *_SEES_CLAIMS),
    "list_decisions": _need(READ, *_SEES_CLAIMS, "view_decision"),
    "list_evidence": _need(READ, *_SEES_CLAIMS, "view_evidence"),
    "list_matches": _need(READ, *_SEES_CLAIMS, "view_claimmatch"),
    "update_claim": _need(REVIEW, *_SEES_CLAIMS, "change_claim"),
    "decide_claim": _need(REVIEW, *_SEES_CLAIMS, "decide_claim"),
    # Evidence.
    "get_evidence_file": _need(READ, "view_evidence"),
    "add_evidence": _need(REVIEW, *_SEES_CLAIMS, "add_evidence"),
    "add_evidence_file": _need(REVIEW, *_SEES_CLAIMS, "add_evidence"),
    "remove_evidence": _need(REVIEW, *_SEES_CLAIMS, "delete_evidence"),
    "list_captures": _need(READ, *_SEES_CLAIMS, "view_evidence"),
    "capture_document": _need(REVIEW, *_SEES_CLAIMS, "view_evidence", "change_evidence"),
    "get_capture_file": _need(READ, "view_evidence"),
    # Sources.
    "list_sources": _need(READ, "view_source"),
    "get_source": _need(READ, "view_source", "view_claim"),
    "create_source": _need(REVIEW, "view_source", "add_source"),
    # Reports.
    "list_reports": _need(READ, "view_report"),
    "get_report": _need(READ, "view_report", "export_report"),
    "get_report_file": _need(READ, "view_report", "export_report"),
    "create_report": _need(REPORTS, "view_report", "add_report", "export_report"),
    "discard_report": _need(REPORTS, "view_report", "add_report"),
    "publish_report": _need(PUBLISH, "view_report", "publish_report", "export_report"),
    # Lists as files, and as saved.
    "create_export": _need(READ, "view_claim", "export_report"),
    "get_export": _need(READ, "view_claim", "export_report"),
    "get_export_file": _need(READ, "view_claim", "export_report"),
    "list_saved_filters": _need(READ, "view_claim"),
    # The archive and the splitter.
    "search": _need(READ, *_SEES_CLAIMS, "view_source"),
    "match": _need(READ, *_SEES_CLAIMS),
    "split": _need(INTAKE, "add_article"),
}
"""What each operation needs, by its id. An operation without an entry cannot be declared."""
