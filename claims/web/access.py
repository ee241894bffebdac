"""Who may use which address: one table, checked before anything is looked up.

Views do not check permissions. `AccessMiddleware` looks up the name of the address here before it calls the view, so
that no response reveals what an account may not read, or whether it exists. Ownership (of an export, or an inbox
item) is a condition in the view's query, and the actions check permissions again.

Every address needs an entry here. Without one, nobody may use it.
"""

from collections.abc import Mapping
from enum import Enum

from django.contrib.auth.models import AnonymousUser, User


class Whom(Enum):
    """Requirements other than permissions."""

    EVERYBODY = "everybody"
    SIGNED_IN = "whoever has logged in"
    STAFF = "whoever may enter data; the admin itself asks for the permission of each record"
    TOKEN = "whoever has a token; the API itself asks what it allows: see `claims.api.access`"  # noqa: S105 - no password


Need = Whom | tuple[str, ...]
"""What an account must be, or all the permissions that it must hold."""


def _need(*codenames: str) -> tuple[str, ...]:
    return tuple(f"claims.{name}" for name in codenames)


# The response to a form is the page that contains it: without access to that page, nobody may send the
# form either.
_REVIEW = _need("view_article", "view_claim")
_CHANGE = (*_REVIEW, "claims.change_claim")
_DECIDE = (*_REVIEW, "claims.decide_claim")
_CLAIMS = _need("view_claim")
_GROUPS = _need("view_claim", "view_claimgroup")
_CHANGE_GROUP = (*_GROUPS, "claims.change_claim")
_BRING_IN = _need("add_article")
_SOURCES = _need("view_source")
_MERGE = _need("view_source", "view_claim", "change_source")
_EXPORT = _need("view_claim", "export_report")
_REPORTS = _need("view_report")
_READ_REPORT = _need("view_report", "export_report")
_MAKE_REPORT = _need("view_report", "add_report")
_PUBLISH = _need("view_report", "publish_report")
_BULK_CHANGES = _need("view_bulkchange")
_CHANGE_MANY = _need("view_bulkchange", "view_claim", "change_claim")

NEEDS: Mapping[str, Need] = {
    "login": Whom.EVERYBODY,
    "admin-login": Whom.EVERYBODY,
    "set-language": Whom.EVERYBODY,
    "favicon": Whom.EVERYBODY,
    "robots": Whom.EVERYBODY,
    "healthz": Whom.EVERYBODY,
    "readyz": Whom.EVERYBODY,
    # Whoever has the token: programs have no account.
    "metrics": Whom.EVERYBODY,
    "public-reports": Whom.EVERYBODY,
    "public-feed": Whom.EVERYBODY,
    "public-json-feed": Whom.EVERYBODY,
    "public-sitemap": Whom.EVERYBODY,
    "public-sitemap-section": Whom.EVERYBODY,
    "public-corrections": Whom.EVERYBODY,
    "public-claims": Whom.EVERYBODY,
    "public-reported-claim": Whom.EVERYBODY,
    "public-report": Whom.EVERYBODY,
    "public-report-file": Whom.EVERYBODY,
    "public-claim": Whom.EVERYBODY,
    "public-claimreview": Whom.EVERYBODY,
    "public-about": Whom.EVERYBODY,
    "public-logo": Whom.EVERYBODY,
    "public-checks": Whom.EVERYBODY,
    "public-source": Whom.EVERYBODY,
    "public-source-feed": Whom.EVERYBODY,
    "public-topic": Whom.EVERYBODY,
    "public-topic-feed": Whom.EVERYBODY,
    "public-desk": Whom.EVERYBODY,
    "public-desk-feed": Whom.EVERYBODY,
    "public-card": Whom.EVERYBODY,
    "public-claim-picture": Whom.EVERYBODY,
    "public-report-picture": Whom.EVERYBODY,
    "logout": Whom.SIGNED_IN,
    "change-password": Whom.SIGNED_IN,
    "admin-password-change": Whom.SIGNED_IN,
    "tokens": _CLAIMS,
    "revoke-token": _CLAIMS,
    # Whoever has given the right password, and has not logged in yet.
    "mfa_authenticate": Whom.EVERYBODY,
    "account_login": Whom.EVERYBODY,
    # Whoever has a link.
    "choose-password": Whom.EVERYBODY,
    "forgotten-password": Whom.EVERYBODY,
    "openid_connect_login": Whom.EVERYBODY,
    "openid_connect_callback": Whom.EVERYBODY,
    "account": Whom.SIGNED_IN,
    "end-session": Whom.SIGNED_IN,
    "end-sessions": Whom.SIGNED_IN,
    "account_reauthenticate": Whom.SIGNED_IN,
    "mfa_reauthenticate": Whom.SIGNED_IN,
    "mfa_activate_totp": Whom.SIGNED_IN,
    "mfa_deactivate_totp": Whom.SIGNED_IN,
    "mfa_add_webauthn": Whom.SIGNED_IN,
    "mfa_remove_webauthn": Whom.SIGNED_IN,
    "mfa_view_recovery_codes": Whom.SIGNED_IN,
    "mfa_generate_recovery_codes": Whom.SIGNED_IN,
    "help": Whom.SIGNED_IN,
    "help-page": Whom.SIGNED_IN,
    "help-keys": Whom.SIGNED_IN,
    "dashboard": _CLAIMS,
    "notifications": _CLAIMS,
    "notification": _CLAIMS,
    # It says no more than how many there are, and open pages ask often: the permissions would be two more queries.
    "unread": Whom.SIGNED_IN,
    "read-notifications": _CLAIMS,
    "people": (*_REVIEW, "claims.add_comment"),
    "search": _need("view_claim", "view_article", "view_source"),
    # It finds only what the account may search, and offers only what it may enter.
    "palette": Whom.SIGNED_IN,
    "statistics": _CLAIMS,
    "statistics-table": _CLAIMS,
    # Articles and what comes in.
    "articles": _need("view_article"),
    "article": _REVIEW,
    "article-history": _REVIEW,
    "presence": _REVIEW,
    "article-report": (*_REVIEW, "claims.export_report"),
    "article-report-file": (*_REVIEW, "claims.export_report"),
    "update-article": (*_REVIEW, *_BRING_IN),
    "new-article": _BRING_IN,
    "bring-files": _BRING_IN,
    "bring-address": _BRING_IN,
    "accept-inbox": _BRING_IN,
    "intake": _BRING_IN,
    "accept-item": _BRING_IN,
    "retry-item": _BRING_IN,
    "discard-item": _BRING_IN,
    # One claim.
    "claim": _REVIEW,
    "claim-history": _REVIEW,
    "decide": _DECIDE,
    "undo": _DECIDE,
    "add-evidence": (*_REVIEW, "claims.add_evidence"),
    "edit-evidence": (*_REVIEW, "claims.change_evidence"),
    "remove-evidence": (*_REVIEW, "claims.delete_evidence"),
    "move-evidence": (*_REVIEW, "claims.change_evidence"),
    "attach-document": (*_REVIEW, "claims.add_evidence"),
    "find-documents": (*_REVIEW, "claims.view_evidence", "claims.add_evidence"),
    "evidence-file": _need("view_evidence"),
    "captures": _need("view_evidence", "view_claim", "view_article"),
    "capture-evidence": _need("view_evidence", "view_claim", "view_article", "change_evidence"),
    "captured-page": _need("view_evidence"),
    "capture-picture": _need("view_evidence"),
    "capture-warc": _need("view_evidence"),
    "archive-evidence": _need("view_evidence", "view_claim", "view_article", "change_evidence"),
    "broken-links": _need("view_evidence", "view_claim", "view_article"),
    "broken-link": _need("view_evidence", "view_claim", "view_article"),
    "check-link": _need("view_evidence", "view_claim", "view_article", "change_evidence"),
    "evidence-thumbnail": _need("view_evidence"),
    "create-claim": _CHANGE,
    "find-claim": _CHANGE,
    # Claims that say the same.
    "claim-group": _GROUPS,
    "leave-group": _CHANGE_GROUP,
    "main-claim": _CHANGE_GROUP,
    "merge-group": _CHANGE_GROUP,
    "undo-in-group": (*_CHANGE_GROUP, "claims.decide_claim"),
    # Many claims.
    "claims": _CLAIMS,
    "claims-filter": _CLAIMS,
    "save-filter": _CLAIMS,
    "delete-filter": _CLAIMS,
    "export-claims": _EXPORT,
    "export": _EXPORT,
    "stop-export": _EXPORT,
    "export-file": _EXPORT,
    "change-claims": _CHANGE_MANY,
    "bulk-changes": _BULK_CHANGES,
    "bulk-change": _BULK_CHANGES,
    "start-bulk-change": _CHANGE_MANY,
    "stop-bulk-change": _CHANGE_MANY,
    "undo-bulk-change": _CHANGE_MANY,
    # Sources.
    "sources": _SOURCES,
    "source-duplicates": _SOURCES,
    "source-options": _SOURCES,
    "source-choices": (*_CHANGE, "claims.view_source"),
    "source": _need("view_source", "view_claim"),
    "source-history": _need("view_source", "view_claim"),
    "merge-source": _MERGE,
    "unmerge-source": _MERGE,
    "mark-distinct": _MERGE,
    # Reports.
    "reports": _REPORTS,
    "report": _REPORTS,
    "report-page": _READ_REPORT,
    "report-file": _READ_REPORT,
    "report-editions": _READ_REPORT,
    "report-evidence": (*_READ_REPORT, "claims.view_evidence"),
    "report-public-evidence": (*_READ_REPORT, "claims.view_evidence"),
    "report-public-page": _READ_REPORT,
    "report-public-file": _READ_REPORT,
    "new-report": _MAKE_REPORT,
    "rename-report": _MAKE_REPORT,
    "write-report": _MAKE_REPORT,
    "arrange-report": _MAKE_REPORT,
    "discard-report": _MAKE_REPORT,
    "publish-report": _PUBLISH,
    "confirm-report": _PUBLISH,
    "schedule-report": _PUBLISH,
    "unschedule-report": _PUBLISH,
    "send-back-report": _PUBLISH,
    "submit-report": _MAKE_REPORT,
    "approve-report": _PUBLISH,
    "leave-out-report": _PUBLISH,
    "put-back-report": _PUBLISH,
    "show-report": _PUBLISH,
    "withdraw-report": _PUBLISH,
    "correct-claim": _PUBLISH,
    "correct-text": _PUBLISH,
    "corrections": _need("view_correction"),
    "correction": _need("view_correction", "publish_report"),
    # The machine.
    "status": _need("view_task"),
}
"""What each address needs, by its name. No address needs more for POST than for GET: one that did would be two."""

SETS_UP = frozenset(
    {
        "account",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "logout",
    }
)
"""What people may use who must set up a second factor first, besides what is for everybody."""

ACTION_NEEDS: Mapping[str, Need] = {
    "reword": _CHANGE,
    "source": _CHANGE,
    "checkable": _CHANGE,
    "dismiss": _CHANGE,
    "restore": _CHANGE,
    "spans": _CHANGE,
    "merge": _CHANGE,
    "split": _CHANGE,
    "place": _CHANGE,
    "assign": _DECIDE,
    "ask": _DECIDE,
    "check": _DECIDE,
    "send-back": _DECIDE,
    "comment": (*_REVIEW, "claims.add_comment"),
    "review-date": _DECIDE,
    "take-over": (*_DECIDE, "claims.change_claim"),
    "confirm-match": _CHANGE,
    "dismiss-match": _CHANGE,
}
"""What `change-claim` needs, by the word in its address for what is done."""

ADMIN = "admin"
"""The namespace of Django's admin, whose addresses go by `Whom.STAFF` as one."""

API = "api"
"""The namespace of the API, whose operations go by `Whom.TOKEN` as one. Its description is no secret; its page is the desk's."""

_OF_API = {
    "openapi-json": Whom.EVERYBODY,
    "api-root": Whom.EVERYBODY,
    "get_token": Whom.EVERYBODY,
    "openapi-view": Whom.SIGNED_IN,
}


def need_of(name: str, arguments: Mapping[str, object]) -> Need | None:
    """Return what an address requires; None for one without an entry.

    Args:
        name: the address's name, with its namespace.
        arguments: the arguments in the address.
    """
    namespace, _, own_name = name.rpartition(":")
    if namespace == ADMIN:
        return Whom.STAFF
    if namespace == API:
        return _OF_API.get(own_name, Whom.TOKEN)
    if name == "change-claim":
        # People who may see the claim are told that the word is unknown.
        return ACTION_NEEDS.get(str(arguments["action"]), _REVIEW)
    return NEEDS.get(name)


def is_met(need: Need | None, user: User | AnonymousUser) -> bool:
    """Return whether an account meets a requirement. Without an entry, the answer is always no.

    The account is not loaded if it does not matter, because that takes a query and makes the response private.
    """
    if need in {Whom.EVERYBODY, Whom.TOKEN}:
        return True
    if need is None or not isinstance(user, User):
        return False
    if isinstance(need, Whom):
        return user.is_staff if need is Whom.STAFF else True
    return user.has_perms(need)
