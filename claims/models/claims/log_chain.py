"""The chain that proves the logs of decisions and changes: every entry has a link, and every link holds the one before."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, models

from claims.models.accounts.erasures import Erasure
from claims.models.base.expressions import InUtc
from claims.models.claims.changes import Change, ChangedClaim
from claims.models.claims.decisions import Decision
from claims.renderers.canonical_json import canonical_json
from claims.renderers.times import iso

FIRST = b"\0" * 32
"""What stands in the place of the hash before the first link."""

_LOCK = 0x636C61696D73
"""The number of PostgreSQL's advisory lock under which links are added, one transaction after the other."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A log whose entries are linked.

    Attributes:
        code: what links call it.
        model: its model.
        content: the fields that its entries are proven by, without the name. Fields of later versions are not among them:
            they need a new code.
        moments: those of them that are times.
        name: the field with a person's name; "" if it has none.
    """

    code: str
    model: type[models.Model]
    content: tuple[str, ...]
    moments: frozenset[str]
    name: str = ""

    def values_of(self, entry: models.Model) -> tuple[Any, ...]:
        """Return an entry's content, and then its name."""
        found = (getattr(entry, name) for name in self.content)
        return (*map(_plain, found), getattr(entry, self.name) if self.name else "")

    def actor_of(self, values: tuple[Any, ...]) -> int:
        """Return the id of the account whose name an entry has; 0 if it has none."""
        return int(values[self.content.index("actor_id")]) if self.name else 0

    def stored(self, ids: Iterable[int]) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Yield the id, and content and name, of entries as they are in the database."""
        columns = [InUtc(name) if name in self.moments else models.F(name) for name in self.content]
        name = models.F(self.name) if self.name else models.Value("")
        rows = self.model._default_manager.filter(pk__in=list(ids)).order_by()
        for pk, *values in rows.values_list("pk", *columns, name):
            yield pk, tuple(values)


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "decision",
            Decision,
            (
                "claim_id",
                "version",
                "verdict",
                "previous_verdict",
                "reason",
                "note",
                "evidence",
                "actor_id",
                "decided_at",
                "undoes_id",
                "origin_id",
            ),
            frozenset({"decided_at"}),
            "actor_name",
        ),
        Kind(
            "change",
            Change,
            (
                "article_id",
                "action",
                "note",
                "actor_id",
                "created_at",
                "bulk_change_id",
                "undoes_id",
                "root_id",
            ),
            frozenset({"created_at"}),
            "actor_name",
        ),
        Kind(
            "claim",
            ChangedClaim,
            (
                "change_id",
                "claim_id",
                "version",
                "before",
                "after",
                "touched_before",
                "touched_after",
            ),
            frozenset({"touched_before", "touched_after"}),
        ),
        Kind(
            "erasure",
            Erasure,
            ("kind", "number", "pseudonym", "comments_emptied", "actor_id", "erased_at"),
            frozenset({"erased_at"}),
        ),
    )
}
"""The linked logs by their codes."""


def _plain(value: Any) -> Any:
    return iso(value) if isinstance(value, datetime) else value


def digests_of(kind: Kind, pk: int, values: tuple[Any, ...]) -> tuple[bytes, bytes]:
    """Return the digests of an entry's content and of its name, each a SHA-256.

    They are apart, so that a name can be replaced by an erasure later, and the rest is still proven. That of the name begins with that of
    the content: the same name has another digest in every entry.

    Args:
        kind: its log.
        pk: its id.
        values: its content, and then its name.
    """
    text = canonical_json([kind.code, pk, *values[:-1]])
    content = hashlib.sha256(text.encode()).digest()
    return content, hashlib.sha256(content + values[-1].encode()).digest()


def hash_of(
    before: bytes, position: int, kind: Kind, entry: int, digests: tuple[bytes, bytes]
) -> bytes:
    """Return the hash of a link.

    Args:
        before: the hash of the link before, or `FIRST`.
        position: the link's position; the first one is 1.
        kind: the entry's log.
        entry: its id.
        digests: those of its content and of its name.
    """
    place = f"{position} {kind.code} {entry}".encode()
    return hashlib.sha256(b"\n".join([before, place, *digests])).digest()


class Link(NamedTuple):
    """A link as it is read: a million of them take a fifth less time than as models."""

    position: int
    kind: str
    entry: int
    content: bytes
    name: bytes
    hash: bytes


class LogLinkQuerySet(models.QuerySet["LogLink"]):
    """Queries for links."""

    def head(self) -> "LogLink | None":
        """Return the last link, or None if there is none."""
        return self.order_by("-position").first()

    def add(self, entries: Iterable[models.Model]) -> None:
        """Link new entries of the logs, as the last thing of the transaction that wrote them.

        On PostgreSQL, others that want to do so wait until it is committed: a link holds the one before. On SQLite, a
        transaction that writes is alone anyway.
        """
        kinds = {kind.model: kind for kind in KINDS.values()}
        rows = [
            (kind, entry.pk, digests_of(kind, entry.pk, kind.values_of(entry)))
            for entry in entries
            for kind in [kinds[type(entry)]]
        ]
        # In plain SQL: each decision waits for it, and Django would take three times as long to say the same.
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            cursor.execute(
                "SELECT position, hash FROM claims_loglink ORDER BY position DESC LIMIT 1"
            )
            position, before = cursor.fetchone() or (0, FIRST)
            links = []
            for kind, pk, digests in rows:
                position += 1
                before = hash_of(bytes(before), position, kind, pk, digests)
                links.append((position, kind.code, pk, *digests, before))
            cursor.executemany(
                "INSERT INTO claims_loglink (position, kind, entry, content, name, hash)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                links,
            )

    def after(self, position: int, limit: int) -> "list[Link]":
        """Return the links that follow a position, in order."""
        rows = self.filter(position__gt=position).order_by("position")
        columns = rows.values_list("position", "kind", "entry", "content", "name", "hash")
        return [
            Link(position, kind, entry, bytes(content), bytes(name), bytes(found))
            for position, kind, entry, content, name, found in columns[:limit]
        ]


class LogLink(models.Model):
    """The proof of one entry of a log. It is never changed or deleted.

    `hash` is the SHA-256 of the hash before, the position, the log, the entry's id, and the digests of its content and of its
    name: whoever knows the newest hash can prove every entry before.
    """

    position = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10)
    entry = models.PositiveBigIntegerField()
    content = models.BinaryField()
    name = models.BinaryField()
    hash = models.BinaryField()

    objects = LogLinkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "entry"], name="log_link_once")]

    def __str__(self) -> str:
        """Its position."""
        return str(self.position)
