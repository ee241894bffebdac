"""The fields of a claim in the log of changes: its own columns, and what other tables say of it, a row each.

A piece of evidence, a match with a claim or with another newsroom's fact-check, the main claim of a group and a second
check are each a field of the claim that a person
worked on, named by the row's id. So all that is done to them is undone and redone like everything else, and rows that others have
added in the meantime stay.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.actions.claims.derived_fields import Fields
from claims.actions.locking import save_as
from claims.choices import MatchState, ReviewStatus
from claims.models import Claim, ClaimGroup, ClaimMatch, Evidence, ExternalMatch, SecondCheck
from claims.models.claims import evidence, matches, second_checks
from claims.models.external import checks

Rows = dict[int, Any]
"""What is logged of rows, by their ids."""


Matched = type[ClaimMatch] | type[ExternalMatch]


def field_of(row: Evidence | ClaimMatch | ExternalMatch | ClaimGroup | SecondCheck) -> str:
    """Return the name of a row as a field in the log."""
    return f"{_BEGINS[type(row)]}{row.pk}"


def value_of(claim: Claim, name: str) -> Any:
    """Return a field of a claim as the log records it."""
    return values_of({claim: [name]})[claim.pk][name]


def changes_secrecy(before: Fields, after: Fields) -> bool:
    """Return whether any document is confidential in one of these states of a claim's fields and not in the other."""
    begins = _BEGINS[Evidence]
    return any(
        bool((before[name] or {}).get("confidential")) != bool((value or {}).get("confidential"))
        for name, value in after.items()
        if name.startswith(begins)
    )


def values_of(fields: Mapping[Claim, Iterable[str]]) -> dict[int, Fields]:
    """Return fields of claims as the log records them, by claim id; a query for each table that they are in.

    Args:
        fields: the names of each claim's fields.
    """
    found: dict[int, Fields] = {}
    elsewhere: dict[str, dict[int, set[Claim]]] = defaultdict(lambda: defaultdict(set))
    for claim, names in fields.items():
        found[claim.pk] = {}
        for name in names:
            table, row = _row_of(name)
            if row is None:
                found[claim.pk][name] = _plain(getattr(claim, name))
            else:
                elsewhere[table][row].add(claim)
    for table, wanted in elsewhere.items():
        read, _write = _TABLES[table]
        values = read(wanted)
        for row, claims in wanted.items():
            for claim in claims:
                found[claim.pk][f"{table}{row}"] = values.get(row)
    return found


def left_checks(after: Mapping[Claim, Fields]) -> Iterator[tuple[Claim, Fields]]:
    """Yield each claim with the second check that it no longer waits for, if any, as a field that is withdrawn."""
    leaving = {
        claim.pk
        for claim, wanted in after.items()
        if claim.review_status == ReviewStatus.WAITING
        and wanted.get("review_status", ReviewStatus.WAITING) != ReviewStatus.WAITING
    }
    waiting = SecondCheck.objects.waiting_by_claim(leaving) if leaving else {}
    for claim in after:
        check = waiting.get(claim.pk)
        yield claim, {field_of(check): None} if check else {}


def columns_of(fields: Mapping[str, Any]) -> Fields:
    """Return those of a claim's fields that are its own columns."""
    return {name: value for name, value in fields.items() if _row_of(name)[1] is None}


def put_rows(actor: User, fields: Iterable[Mapping[str, Any]]) -> None:
    """Set what other tables say of locked claims to what their fields say, in the actor's name."""
    wanted: dict[str, Rows] = defaultdict(dict)
    for one in fields:
        for name, value in one.items():
            table, row = _row_of(name)
            if row is not None:
                wanted[table][row] = value
    for table, rows in wanted.items():
        _read, write = _TABLES[table]
        write(actor, rows)


def _row_of(name: str) -> tuple[str, int | None]:
    """Return the table and the row that a field names; no row for a column of the claim."""
    table, slash, row = name.partition("/")
    return f"{table}{slash}", int(row) if slash else None


def _plain(value: Any) -> Any:
    """Return the value of a column as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def _evidence(wanted: Mapping[int, Collection[Claim]]) -> Rows:
    # All of a claim's evidence is little, and whoever looks at many claims has fetched it with them.
    claims = {claim for claims in wanted.values() for claim in claims}
    pieces = [piece for claim in claims for piece in claim.evidence.all()]
    return {piece.pk: piece.in_log() for piece in pieces if piece.pk in wanted}


def _put_evidence(actor: User, wanted: Mapping[int, Any]) -> None:
    for piece in Evidence.objects.filter(pk__in=wanted).order_by("pk"):
        if piece.in_log() != wanted[piece.pk]:
            piece.take_from_log(wanted[piece.pk])
            save_as(actor, piece)


def _states(model: Matched, wanted: Collection[int]) -> Rows:
    return dict(model.objects.filter(pk__in=wanted).values_list("pk", "state"))


def _put_states(model: Matched, actor: User, wanted: Mapping[int, Any]) -> None:
    by_state: dict[str, list[int]] = defaultdict(list)
    for pk, state in wanted.items():
        by_state[state].append(pk)
    for state, ids in by_state.items():
        settled = state != MatchState.PROPOSED
        model.objects.filter(pk__in=ids).update(
            state=state,
            settled_by=actor if settled else None,
            settled_at=timezone.now() if settled else None,
        )


def _canonical(wanted: Collection[int]) -> Rows:
    return dict(ClaimGroup.objects.filter(pk__in=wanted).values_list("pk", "canonical"))


def _put_canonical(_actor: User, wanted: Mapping[int, Any]) -> None:
    for pk, claim in wanted.items():
        ClaimGroup.objects.filter(pk=pk).update(canonical=claim)


def _checks(wanted: Collection[int]) -> Rows:
    return {one.pk: one.in_log() for one in SecondCheck.objects.filter(pk__in=wanted)}


def _put_checks(_actor: User, wanted: Mapping[int, Any]) -> None:
    found = SecondCheck.objects.in_bulk(list(wanted))
    # A claim waits for one check at a time: what is withdrawn makes room for the others.
    for pk in sorted(found, key=lambda pk: wanted[pk] is not None):
        found[pk].take_from_log(wanted[pk])
        found[pk].save()


_TABLES: Mapping[str, tuple[Callable[..., Rows], Callable[[User, Rows], None]]] = MappingProxyType(
    {
        evidence.LOGGED: (_evidence, _put_evidence),
        matches.LOGGED: (partial(_states, ClaimMatch), partial(_put_states, ClaimMatch)),
        checks.LOGGED: (partial(_states, ExternalMatch), partial(_put_states, ExternalMatch)),
        matches.CANONICAL: (_canonical, _put_canonical),
        second_checks.LOGGED: (_checks, _put_checks),
    }
)
"""How the rows of each table are read and written, by what begins their names as fields."""

_BEGINS: Mapping[type, str] = MappingProxyType(
    {
        Evidence: evidence.LOGGED,
        ClaimMatch: matches.LOGGED,
        ExternalMatch: checks.LOGGED,
        ClaimGroup: matches.CANONICAL,
        SecondCheck: second_checks.LOGGED,
    }
)
"""What begins the names of each model's rows as fields."""
