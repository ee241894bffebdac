"""Actions on sources and other records, and on the newsroom."""

from typing import Any

from django.db import IntegrityError
from django.db.models import ProtectedError

from claims.access import Role
from claims.actions import Entry, merge_sources
from claims.choices import SourceKind
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import Article, Claim, Source
from tests.actions.driven.driving import (
    CANNOT_COUNT,
    Driven,
    decided,
    on_claims,
    somebody,
    uncountable,
)


def _to_reword(claim: Claim) -> dict[str, Any]:
    claim.statement = "The bridge is closed until May"
    return {"record": claim, "fields": ["statement"]}


def _to_reword_all(claim: Claim) -> dict[str, Any]:
    return {"entries": [Entry(Source(name="Bo Tarn")), Entry(**_to_reword(claim))]}


def _to_delete_in_vain(claim: Claim) -> dict[str, Any]:
    return {"record": Article.objects.get(revisions=decided(claim).revision)}


def _two_sources(claim: Claim) -> dict[str, Any]:
    other, _made = Source.objects.get_or_create(
        name_key="bo tarn", kind=SourceKind.WITNESS, defaults={"name": "Bo Tarn"}
    )
    return {"source": claim.source, "into": other}


def _to_part(claim: Claim) -> dict[str, Any]:
    sources = _two_sources(claim)
    source = Source.objects.get(pk=sources["source"].pk)
    if source.merged_into is None:
        merge_sources(actor=somebody(), **sources)
        source.refresh_from_db()
    return {"source": source}


def _to_tell_apart(claim: Claim) -> dict[str, Any]:
    sources = _two_sources(claim)
    return {"source": sources["source"], "other": sources["into"]}


def _without_history() -> Source:
    Source.objects.bulk_create([Source(name="Cy Dunn", name_key="cy dunn")], ignore_conflicts=True)
    return Source.objects.get(name_key="cy dunn")


RECORDS = {
    "erase_source": Driven(
        role=Role.CHIEF,
        keywords=lambda _: {"source": _without_history()},
        breaks=lambda claim: {"source": _to_part(claim)["source"]},
        failure=NotPossibleError,
        log="Erasure",
        actor_field="actor_id",
        without=Role.CHIEF,
    ),
    "create_source": Driven(
        role=Role.EDITOR,
        keywords=lambda _: {"name": "Bo Tarn", "kind": SourceKind.WITNESS, "article": None},
        breaks=lambda _: {"name": "Bo Tarn", "kind": "oracle", "article": None},
        failure=IntegrityError,
        log="HistoricalSource",
    ),
    "merge_sources": Driven(
        role=Role.EDITOR,
        keywords=_two_sources,
        breaks=uncountable(_two_sources),
        failure=CANNOT_COUNT,
        log="HistoricalSource",
    ),
    "unmerge_sources": Driven(
        role=Role.EDITOR,
        keywords=_to_part,
        breaks=uncountable(_to_part),
        failure=CANNOT_COUNT,
        log="HistoricalSource",
    ),
    "mark_distinct": Driven(
        role=Role.EDITOR,
        keywords=_to_tell_apart,
        breaks=lambda claim: {"source": claim.source, "other": claim.source},
        failure=NotPossibleError,
        log="DistinctSources",
        actor_field="marked_by_id",
    ),
    "enter_record": on_claims(_to_reword),
    "enter_records": on_claims(_to_reword_all),
    "delete_record": Driven(
        role=Role.CHIEF,
        keywords=lambda _: {"record": Source.objects.get_or_create(name="Bo Tarn")[0]},
        breaks=_to_delete_in_vain,
        failure=ProtectedError,
        log="HistoricalSource",
        without=Role.EDITOR,
    ),
    "change_newsroom": Driven(
        role=Role.CHIEF,
        keywords=lambda _: {"words": {"name": "The Ostrey Desk (fiction)"}},
        breaks=lambda _: {"words": {"name": "N" * 201}},
        failure=InvalidValueError,
        log="HistoricalNewsroom",
        without=Role.EDITOR,
    ),
}
