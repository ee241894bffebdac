"""Whether the log of decisions has what editors were told: every decision that was answered, once, and each verdict from the newest."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Sent:
    """A decision that an editor sent.

    Attributes:
        key: what its reason holds, and no other's.
        claim: the claim's id.
        verdict: the verdict.
        by: the editor's user name.
        is_answered: whether the server said that it is saved.
    """

    key: str
    claim: int
    verdict: str
    by: str
    is_answered: bool = False


@dataclass(frozen=True)
class Logged:
    """A decision in the log.

    Attributes:
        pk: its id: the newer, the higher.
        claim: the claim's id.
        verdict: the verdict.
        reason: its reason.
        by: the user name of whoever made it.
        is_undo: whether it came from an undo or redo, which gives an earlier reason again.
    """

    pk: int
    claim: int
    verdict: str
    reason: str
    by: str
    is_undo: bool = False


@dataclass(frozen=True)
class Findings:
    """What is wrong.

    Attributes:
        lost: the keys of decisions that were answered and are not in the log as they were sent.
        doubled: the keys of decisions that it has more than once.
        contradicted: the claims whose verdict is not that of their newest decision.
    """

    lost: list[str]
    doubled: list[str]
    contradicted: list[int]


def compare(
    sent: Iterable[Sent], logged: Iterable[Logged], verdicts: Mapping[int, str]
) -> Findings:
    """Compare what was sent with the log, and the log with the claims' verdicts.

    Args:
        sent: the decisions that editors sent.
        logged: all decisions of the log.
        verdicts: the verdict of every claim, by its id.
    """
    newest: dict[int, Logged] = {}
    made: Counter[str] = Counter()
    as_sent: set[tuple[str, int, str, str]] = set()
    for one in logged:
        if one.claim not in newest or newest[one.claim].pk < one.pk:
            newest[one.claim] = one
        key = one.reason.rpartition("[")[2].rstrip("]")
        if not one.is_undo:
            made[key] += 1
            as_sent.add((key, one.claim, one.verdict, one.by))
    every = list(sent)
    lost = [
        one.key
        for one in every
        if one.is_answered and (one.key, one.claim, one.verdict, one.by) not in as_sent
    ]
    doubled = [one.key for one in every if made[one.key] > 1]
    contradicted = [
        claim
        for claim, verdict in verdicts.items()
        if verdict != (newest[claim].verdict if claim in newest else "pending")
    ]
    return Findings(lost, doubled, contradicted)


def read_journal(path: Path) -> list[Sent]:
    """Read what editors noted: a line for each decision that was sent, and one when it was answered."""
    found: dict[str, dict[str, Any]] = {}
    for line in path.read_text().splitlines():
        noted = json.loads(line)
        if noted.pop("what") == "answered":
            found[noted["key"]]["is_answered"] = True
        else:
            found[noted["key"]] = noted
    return [Sent(**one) for one in found.values()]


_DECISIONS = (
    "SELECT d.id, d.claim_id, d.verdict, d.reason, u.username, d.undoes_id IS NOT NULL"
    " FROM claims_decision d JOIN auth_user u ON u.id = d.actor_id"
)
_VERDICTS = "SELECT id, verdict FROM claims_claim"


def read_log(database: str | Path) -> tuple[list[Logged], dict[int, str]]:
    """Read all decisions, and the verdict of every claim.

    Args:
        database: the address of a PostgreSQL database, or the file of SQLite.
    """
    if isinstance(database, Path):
        connection: Any = sqlite3.connect(database)
    else:
        import psycopg  # noqa: PLC0415  # not needed on SQLite

        connection = psycopg.connect(database)
    with closing(connection):
        logged = [
            Logged(pk, claim, verdict, reason, by, bool(is_undo))
            for pk, claim, verdict, reason, by, is_undo in connection.execute(_DECISIONS).fetchall()
        ]
        return logged, dict(connection.execute(_VERDICTS).fetchall())
