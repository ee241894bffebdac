"""The whole content of the database, for comparison in the tests of actions."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from claims.models import Article, Claim, Outlet, Revision, Source

Rows = dict[str, list[dict[str, Any]]]
"""The rows of each table, by the model's name."""


def everything() -> Rows:
    """Every row that an action may write, histories included."""
    models = [*apps.get_app_config("claims").get_models(), User, User.groups.through, LogEntry]
    return {
        model._meta.object_name: list(model._default_manager.order_by("pk").values())
        for model in models
    }


def claims_as_they_stand() -> dict[int, dict[str, Any]]:
    """Every claim that stands, by its id: all but what counts its changes and dates its verdict; the reason in force."""
    return {
        claim.pk: {
            field.attname: getattr(claim, field.attname)
            for field in Claim._meta.concrete_fields
            if field.name not in {"version", "decided_at"}
        }
        | {"reason": getattr(claim.decisions.newest_first().first(), "reason", "")}
        | {"evidence": [one.in_log() for one in claim.evidence.not_removed().in_order()]}
        | {"checks": [one.in_log() for one in claim.second_checks.not_withdrawn()]}
        for claim in Claim.objects.not_dismissed()
    }


def added(before: Rows, after: Rows) -> Rows:
    """The rows of `after` that `before` does not hold."""
    return {name: [row for row in after[name] if row not in before[name]] for name in after}


def portrait() -> dict[str, list[str]]:
    """The database without ids and times: rows point at each other by what makes them themselves."""
    articles = {one.pk: one.fingerprint for one in Article.objects.all()}
    outlets = {one.pk: one.name_key for one in Outlet.objects.all()}
    sources = {
        one.pk: (one.name_key, one.kind, articles.get(one.article_id or 0))
        for one in Source.objects.all()
    }
    revisions = {
        one.pk: (articles[one.article_id], one.number) for one in Revision.objects.defer("body")
    }
    claims = {
        pk: (revisions[revision], spans)
        for pk, revision, spans in Claim.objects.values_list("pk", "revision_id", "spans")
    }
    names: dict[str, dict[int, Any]] = {
        "article_id": articles,
        "claim_id": claims,
        "outlet_id": outlets,
        "source_id": sources,
        "merged_into_id": sources,
        "revision_id": revisions,
    }
    own = {"HistoricalArticle": articles, "HistoricalSource": sources, "HistoricalOutlet": outlets}
    recent = datetime.now(UTC) - timedelta(hours=1)

    def plain(model: str, row: dict[str, Any]) -> str:
        row = {
            key: names[key].get(value) if key in names else value
            for key, value in row.items()
            if not (isinstance(value, datetime) and value > recent)
        }
        row["id"] = own[model].get(row["id"]) if model in own else None
        return repr(sorted((row | {"history_id": None}).items()))

    written = {
        model: [plain(model, row) for row in found]
        for model, found in everything().items()
        # Of a revision's claims the order counts.
        if model not in {"Change", "ChangedClaim", "LogLink", "BulkChange", "BulkChangeItem"}
    }
    return {
        model: found if model in {"Claim", "Article", "Revision"} else sorted(found)
        for model, found in written.items()
    }
