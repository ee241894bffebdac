"""The history of a claim, an article or a source, in words: who, when, before and after."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import zip_longest
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import QuerySet, TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.anchoring.words import exact_words
from claims.choices import (
    AnchorStatus,
    ChangeAction,
    Quotation,
    ReviewStatus,
    SourceKind,
    Verdict,
)
from claims.models import (
    Article,
    Change,
    ChangedClaim,
    Claim,
    ClaimGroup,
    Decision,
    Revision,
    Source,
)
from claims.models.base.expressions import Among
from claims.models.base.prepared import Prepared
from claims.queries.accounts import display_name
from claims.queries.claims.statements import proposed_of, proposed_statements
from claims.queries.logged_rows import (
    Difference,
    check_differences,
    evidence_differences,
    kept_word,
    match_differences,
    matches_of,
)

_CHOICES: dict[str, type[TextChoices]] = {
    "verdict": Verdict,
    "quotation": Quotation,
    "review_status": ReviewStatus,
    "anchor_status": AnchorStatus,
}

_RECORDS = 50
"""How many changes of a source's own record its history shows."""


@dataclass(frozen=True)
class Entry:
    """An entry of a history.

    Attributes:
        action: the action, a value of `ChangeAction`.
        what: the action in words.
        actor: who did it.
        created_at: when.
        note: why, in the actor's words.
        internal_note: what a decision says to the desk alone.
        differences: the fields that changed.
        claim: the claim that was changed, in an article's history.
        again: "undo" or "redo" if the change undid or redid another one, else "".
        change_id: the change.
        others: how many other claims it changed in the same way, where they have no entry of their own.
    """

    action: str
    what: str
    actor: str
    created_at: datetime
    note: str
    internal_note: str
    differences: tuple[Difference, ...]
    claim: Claim | None
    again: str
    change_id: int
    others: int = 0


class ClaimHistory(NamedTuple):
    """The recent part of a claim's history.

    Attributes:
        entries: the newest entries, newest first.
        older: whether there are more.
        proposed: the statement as the splitter last proposed it; "" for a claim that a person created.
    """

    entries: list[Entry]
    older: bool
    proposed: str


def of_claim(claim: Claim, newest: int) -> ClaimHistory:
    """Return the newest entries of a claim's history, and its original statement, in at most six queries."""
    rows = _changes(newest + 1).all(claim.pk)
    for row in rows:
        row.claim = claim
    older = len(rows) > newest
    proposed = proposed_statements([claim])[claim.pk] if older else proposed_of(claim, rows[::-1])
    return ClaimHistory(list(_entries(rows[:newest], with_claim=False)), older, proposed)


@cache
def _changes(limit: int) -> "Prepared[ChangedClaim]":
    rows = ChangedClaim.objects.select_related("change").order_by("-pk")
    return Prepared(lambda claim: rows.filter(claim=claim)[:limit])


def of_rows(
    rows: Iterable[ChangedClaim], hidden: Collection[int] = (), *, with_claim: bool = True
) -> list[Entry]:
    """Return the changes to each claim except hidden ones, in the order of `rows`."""
    seen = [row for row in rows if row.claim_id not in hidden]
    return list(_entries(seen, with_claim=with_claim))


def of_source(source: Source) -> list[Entry]:
    """Return the changes to a source's own record, newest first, as recorded by data entry."""
    kept = list(source.history.select_related("history_user").order_by("-history_id")[:_RECORDS])
    labels = {field.name: str(field.verbose_name) for field in Source._meta.concrete_fields}
    names = _names_of_records(kept)
    entries = []
    for newer, older in zip_longest(kept, kept[1:]):
        changes = newer.diff_against(older).changes if older is not None else []
        entries.append(
            Entry(
                action="",
                what=_("Record changed") if older is not None else _("Record created"),
                actor=display_name(newer.history_user) if newer.history_user else "",
                created_at=newer.history_date,
                note=newer.history_change_reason or "",
                internal_note="",
                differences=tuple(
                    Difference(
                        labels[one.field],
                        *(_word(one.field, side, names) for side in (one.old, one.new)),
                    )
                    for one in changes
                )
                + _merging(newer, older, labels, names),
                claim=None,
                again="",
                change_id=0,
            )
        )
    return entries


def _merging(
    newer: Any, older: Any, labels: Mapping[str, str], names: Mapping[str, Mapping[int, str]]
) -> tuple[Difference, ...]:
    """Return whether a source was merged or its merge undone."""
    field = "merged_into"
    if older is None or newer.merged_into_id == older.merged_into_id:
        return ()
    sides = (_word(field, one.merged_into_id, names) for one in (older, newer))
    return (Difference(labels[field], *sides),)


def _names_of_records(kept: Sequence[Any]) -> dict[str, dict[int, str]]:
    """Return the names of what a source's record referred to, by field and id."""
    merged = {one.merged_into_id for one in kept} - {None}
    articles = {one.article_id for one in kept} - {None} if len(kept) > 1 else set()
    return {
        "merged_into": dict(Source.objects.filter(pk__in=merged).values_list("pk", "name"))
        if merged
        else {},
        "article": dict(Article.objects.filter(pk__in=articles).values_list("pk", "headline"))
        if articles
        else {},
    }


def _word(field: str, value: Any, names: Mapping[str, Mapping[int, str]]) -> str:
    if field in names:
        return names[field].get(value, str(value)) if value else pgettext("history", "none")
    return str(SourceKind(value).label) if field == "kind" else str(value)


def _entries(rows: Sequence[ChangedClaim], *, with_claim: bool) -> Iterator[Entry]:
    names = _Names(rows)
    depths = _depths(rows)
    notes = _internal_notes(rows)
    for row in rows:
        change = row.change
        yield Entry(
            action=change.action,
            what=_action_of(row),
            actor=change.actor_name,
            created_at=change.created_at,
            note=change.note,
            internal_note=notes.get((row.claim_id, row.version), ""),
            differences=tuple(names.differences(row)),
            claim=row.claim if with_claim else None,
            again=("", pgettext("history", "undo"), pgettext("history", "redo"))[
                depths.get(change.pk, 0)
            ],
            change_id=change.pk,
        )


def _internal_notes(rows: Sequence[ChangedClaim]) -> dict[tuple[int, int], str]:
    """Return the internal notes of the decisions among some changes, by claim and version."""
    claims = {row.claim_id for row in rows if "verdict" in row.after}
    versions = {row.version for row in rows if "verdict" in row.after}
    if not claims:
        return {}
    return {(claim, at): note for claim, at, note in _NOTED.all(claims, versions)}


def _noted(claims: int, versions: int) -> "QuerySet[Decision, tuple[int, int, str]]":
    noted = Decision.objects.filter(Among("claim", [claims]), Among("version", [versions]))
    return noted.exclude(note="").values_list("claim", "version", "note")


_NOTED = Prepared(_noted)


def _action_of(row: ChangedClaim) -> str:
    """Return what was done, in words."""
    told = (row.change.action, row.before.get("verdict"), row.after.get("verdict"))
    if told == (ChangeAction.DECIDE, Verdict.PENDING, Verdict.PENDING):
        return _("Marked as seen: pending")
    return str(ChangeAction(row.change.action).label)


def _depths(rows: Sequence[ChangedClaim]) -> dict[int, int]:
    """Return whether each change that undoes another one undoes (1) or redoes (2) the first change of its chain."""
    roots = {row.change.root_id for row in rows} - {None}
    if not roots:
        return {}
    depths: dict[int, int] = {}
    chain = Change.objects.filter(root__in=roots).order_by("pk")
    for pk, undoes in chain.values_list("pk", "undoes"):
        depths[pk] = 2 if undoes in depths and depths[undoes] == 1 else 1
    return depths


def _labels() -> dict[str, str]:
    return {
        "verdict": _("Verdict"),
        "statement": _("Statement"),
        "spans": _("Exact words"),
        "source_id": _("Source"),
        "role": _("Role as stated"),
        "told_to": _("Told to"),
        "quotation": _("Quotation"),
        "checkable": _("Checkable"),
        "review_status": _("Review status"),
        "anchor_status": _("Since the new version"),
        "assigned_to_id": _("Assigned to"),
        "due_on": _("Due"),
        "review_by": _("Review by"),
        "group_id": _("Group of repeats"),
    }


class _Texts:
    """The texts that places in the log refer to, because a claim may have been carried over to newer versions."""

    def __init__(self, rows: Sequence[ChangedClaim]) -> None:
        claims = {row.claim_id for row in rows if "spans" in row.after}
        moves = ChangedClaim.objects.filter(claim__in=claims, after__has_key="revision_id")
        self._moves: dict[int, list[ChangedClaim]] = defaultdict(list)
        for move in moves.order_by("version") if claims else ():
            self._moves[move.claim_id].append(move)
        wanted = {revision for row in rows if row.claim_id in claims for revision in self._at(row)}
        found = Revision.objects.filter(pk__in=wanted)
        self._bodies = dict(found.values_list("pk", "body")) if wanted else {}

    def of(self, row: ChangedClaim) -> tuple[str, str]:
        """Return the text before a change of a claim, and after it."""
        before, after = self._at(row)
        return self._bodies.get(before, ""), self._bodies.get(after, "")

    def _at(self, row: ChangedClaim) -> tuple[int, int]:
        moves = self._moves[row.claim_id]
        later = next((move for move in moves if move.version > row.version), None)
        after = later.before["revision_id"] if later else row.claim.revision_id
        return row.before.get("revision_id", after), after


class _Names:
    """Converts the log's values to words; loads the names of sources and people and the texts in one query each."""

    def __init__(self, rows: Sequence[ChangedClaim]) -> None:
        self.names = {
            "source_id": self._of(rows, "source_id", Source, str),
            "assigned_to_id": self._of(rows, "assigned_to_id", User, display_name),
            "group_id": self._of(rows, "group_id", ClaimGroup, str),
        }
        self.matches = matches_of(rows)
        self.texts = _Texts(rows)
        self.labels = _labels()

    @staticmethod
    def _of(
        rows: Sequence[ChangedClaim], name: str, model: Any, say: Callable[[Any], str]
    ) -> dict[int, str]:
        wanted = {side.get(name) for row in rows for side in (row.before, row.after)} - {None}
        if not wanted:
            return {}
        return {one.pk: say(one) for one in model.objects.filter(pk__in=wanted)}

    def differences(self, row: ChangedClaim) -> Iterator[Difference]:
        """Yield what differs, field by field."""
        yield from evidence_differences(row)
        yield from match_differences(row, self.matches)
        yield from check_differences(row)
        bodies = self.texts.of(row)
        for name, label in self.labels.items():
            if name in row.after:
                sides = zip((row.before, row.after), bodies, strict=True)
                before, after = (self._say(name, side[name], body) for side, body in sides)
                # As words: the same places may have different words in the two texts, and the other way round.
                if before != after:
                    yield Difference(label, before, after)

    def _say(self, name: str, value: Any, body: str) -> str:
        if name in _CHOICES:
            return str(_CHOICES[name](value).label) if value else pgettext("history", "none")
        if name in self.names:
            return self.names[name].get(value, pgettext("history", "none"))
        if name == "spans":
            return exact_words(body, value)
        if name in {"review_by", "due_on"}:
            return date_format(date.fromisoformat(value)) if value else pgettext("history", "none")
        return kept_word(name, value)
