"""Saves other newsrooms' fact-checks as they were read: new ones, changed ones, and which of them are gone."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.errors import WorkbenchError
from claims.ingest.fact_checks.types import CheckDraft, CheckEntry
from claims.models import ExternalCheck, ExternalSource
from claims.models.external.checks import check_key, main_language

AT_ONCE = 500
"""How many fact-checks are written together."""

_FIELDS = [
    "publisher",
    "statement",
    "claimant",
    "rating",
    "rating_value",
    "url",
    "reviewed_on",
    "claimed_on",
    "appearance",
    "language",
]
"""What a review says. The rest is the desk's own."""


@dataclass
class SaveResult:
    """What became of the fact-checks that were read.

    Attributes:
        new: how many had not been there, or had been withdrawn.
        changed: how many say something else than before.
        same: how many say what they said before, or belong to another source.
        withdrawn: how many the source no longer names.
        refused: those that could not be read, by their number in the file.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0
    refused: list[tuple[int, WorkbenchError]] = field(default_factory=list)


def save_fact_checks(
    entries: Iterable[CheckEntry], *, language: str, source: ExternalSource | None = None
) -> SaveResult:
    """Save the fact-checks of a source or a file. What a source no longer names is withdrawn, once all has been read.

    Args:
        entries: as they are read; those before an error are saved.
        language: of those that do not name their own.
        source: where they were read; None for a file, which withdraws nothing.

    Raises:
        WorkbenchError: as reading `entries` raises it.
    """
    began, result = timezone.now(), SaveResult()
    drafts = _drafts(entries, result)
    while some := list(islice(drafts, AT_ONCE)):
        _save(some, result, main_language(language), source, began)
    if source is not None:
        gone = ExternalCheck.objects.offered().filter(source=source, fetched_at__lt=began)
        result.withdrawn = gone.update(withdrawn_at=timezone.now())
    return result


def _drafts(entries: Iterable[CheckEntry], result: SaveResult) -> Iterator[CheckDraft]:
    for entry in entries:
        if isinstance(entry.found, CheckDraft):
            yield entry.found
        else:
            result.refused.append((entry.number, entry.found))


@transaction.atomic
def _save(
    drafts: Iterable[CheckDraft],
    result: SaveResult,
    language: str,
    source: ExternalSource | None,
    now: datetime,
) -> None:
    read = {check_key(one.url, one.statement): _told(one, language) for one in drafts}
    known = ExternalCheck.objects.select_for_update(of=("self",)).order_by("pk")
    before = {one.key: one for one in known.filter(key__in=read).defer("vector")}
    new = [
        ExternalCheck(key=key, source=source, fetched_at=now, **told)
        for key, told in read.items()
        if key not in before
    ]
    ExternalCheck.objects.bulk_create(new, ignore_conflicts=True)
    changed, same = [], []
    for key, check in before.items():
        if not _belongs(check, source):
            result.same += 1
        elif check.withdrawn_at is None and _says(check, read[key]):
            same.append(check.pk)
        else:
            changed.append(check)
    ExternalCheck.objects.filter(pk__in=same).update(fetched_at=now, source=source)
    result.same += len(same)
    result.new += len(new) + sum(one.withdrawn_at is not None for one in changed)
    result.changed += sum(one.withdrawn_at is None for one in changed)
    for check in changed:
        for name, value in read[check.key].items():
            setattr(check, name, value)
        check.source, check.fetched_at, check.withdrawn_at = source, now, None
        # It is compared with the claims anew: it may be in another language, or claims came in while it was gone.
        check.vector = None
    ExternalCheck.objects.bulk_update(
        changed, [*_FIELDS, "source", "fetched_at", "withdrawn_at", "vector"]
    )


def _told(draft: CheckDraft, language: str) -> dict[str, Any]:
    return asdict(draft) | {"language": main_language(draft.language) or language}


def _belongs(check: ExternalCheck, source: ExternalSource | None) -> bool:
    """Return whether a source may say what becomes of a fact-check: another one may name the same review."""
    free = check.withdrawn_at is not None or check.source_id is None
    return free or check.source_id == (source.pk if source else None)


def _says(check: ExternalCheck, told: dict[str, Any]) -> bool:
    return all(getattr(check, name) == told[name] for name in _FIELDS)
