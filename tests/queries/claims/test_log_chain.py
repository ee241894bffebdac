"""The chain of the logs: whatever somebody does to them by SQL is found, and the first broken entry is named."""

from contextlib import suppress
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.actions import decide_claim, undo_change
from claims.actions.base import at_the_end, transaction_of_action
from claims.choices import Verdict
from claims.models import UNCHANGEABLE, Change, ChangedClaim, Claim, Decision
from claims.models.claims.log_chain import KINDS, LogLink
from claims.models.claims.verdict_guard import let_go_of_verdicts
from claims.queries.claims.log_chain import check_log
from tests.conftest import version_of
from tests.models import rows
from tests.models.triggers import drop_triggers

pytestmark = pytest.mark.django_db


def _decide(editor: User, claim: Claim, verdict: Verdict) -> None:
    decide_claim(actor=editor, **version_of(claim), verdict=verdict, reason="As the ministry says.")


@pytest.fixture
def world(editor, reader) -> dict[str, int]:
    """A log of three decisions and an undo, whose triggers somebody has dropped. Returns the ids of what is in it."""
    claims = [rows.claim(rows.revision(editor), number) for number in range(4)]
    claims += [rows.claim(claims[0].revision, 9)]
    _decide(editor, claims[0], Verdict.VERIFIED)
    _decide(editor, claims[1], Verdict.DISPUTED)
    _decide(editor, claims[2], Verdict.VERIFIED)
    undo_change(actor=editor, change_id=Change.objects.latest("pk").pk)
    found = {
        f"{letter}{number}": pk
        for letter, model in (("d", Decision), ("k", Change), ("t", ChangedClaim), ("c", Claim))
        for number, pk in enumerate(model.objects.order_by("pk").values_list("pk", flat=True))
    }
    return found | {"editor": editor.pk, "other": reader.pk, "last": LogLink.objects.count()}


@pytest.fixture
def _unguarded(world) -> None:
    for model in UNCHANGEABLE:
        drop_triggers(model)
    let_go_of_verdicts(connection)


def _run(sql: str, world: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        for statement in filter(str.strip, sql.format(**world).split(";")):
            cursor.execute(statement)


def fault(heads: dict[int, str] | None = None) -> str:
    return check_log(heads or {}, lambda _done, _total: None).fault


def _set(table: str, column: str, value: str, entry: str) -> str:
    return f"UPDATE claims_{table} SET {column} = {value} WHERE id = {{{entry}}}"


CHANGED = {
    "a decision’s verdict": (
        _set("decision", "verdict", "'pending'", "d0"),
        "decision {d0} was changed",
    ),
    "its verdict before": (
        _set("decision", "previous_verdict", "'verified'", "d0"),
        "decision {d0} was changed",
    ),
    "its reason": (_set("decision", "reason", "'As they say.'", "d1"), "decision {d1} was changed"),
    "a letter of it": (
        _set("decision", "reason", "reason || ' '", "d1"),
        "decision {d1} was changed",
    ),
    "its note": (_set("decision", "note", "'For us.'", "d1"), "decision {d1} was changed"),
    "its evidence": (
        _set("decision", "evidence", "'[{{\"id\": 1}}]'", "d0"),
        "decision {d0} was changed",
    ),
    "who decided": (_set("decision", "actor_id", "{other}", "d0"), "decision {d0} was changed"),
    "the name of who decided": (
        _set("decision", "actor_name", "'Rita'", "d0"),
        "proves another name",
    ),
    "that it has no name": (
        _set("decision", "actor_name", "''", "d1"),
        "proves another name",
    ),
    "when": (
        _set("decision", "decided_at", "'2020-01-01 00:00:00'", "d0"),
        "decision {d0} was changed",
    ),
    "its version": (_set("decision", "version", "7", "d0"), "decision {d0} was changed"),
    "its claim": (_set("decision", "claim_id", "{c4}", "d0"), "decision {d0} was changed"),
    "that it undoes one": (
        _set("decision", "undoes_id", "NULL", "d3"),
        "decision {d3} was changed",
    ),
    "that it undoes another": (
        _set("decision", "undoes_id", "{d1}", "d3"),
        "decision {d3} was changed",
    ),
    "that it takes one over": (
        _set("decision", "origin_id", "{d1}", "d0"),
        "decision {d0} was changed",
    ),
    "a change’s action": (_set("change", "action", "'reword'", "k0"), "change {k0} was changed"),
    "its reason in the history": (_set("change", "note", "'x'", "k0"), "change {k0} was changed"),
    "who changed": (_set("change", "actor_id", "{other}", "k1"), "change {k1} was changed"),
    "the name of who changed": (
        _set("change", "actor_name", "'Rita'", "k1"),
        "proves another name",
    ),
    "when it was changed": (
        _set("change", "created_at", "'2020-01-01 00:00:00'", "k1"),
        "change {k1} was changed",
    ),
    "that a change undoes one": (
        "UPDATE claims_change SET undoes_id = NULL, root_id = NULL WHERE id = {k3}",
        "change {k3} was changed",
    ),
    "a claim’s fields before": (
        _set("changedclaim", "before", "'{{}}'", "t0"),
        "claim {t0} was changed",
    ),
    "a claim’s fields after": (
        _set("changedclaim", "after", "'{{}}'", "t2"),
        "claim {t2} was changed",
    ),
    "that nobody had edited it": (
        _set("changedclaim", "touched_before", "'2020-01-01 00:00:00'", "t0"),
        "claim {t0} was changed",
    ),
    "when it was edited": (
        _set("changedclaim", "touched_after", "NULL", "t1"),
        "claim {t1} was changed",
    ),
    "a changed claim’s version": (
        _set("changedclaim", "version", "8", "t1"),
        "claim {t1} was changed",
    ),
    "which claim was changed": (
        _set("changedclaim", "claim_id", "{c4}", "t1"),
        "claim {t1} was changed",
    ),
    "two reasons swapped": (
        "UPDATE claims_decision SET reason = 'x' || id WHERE id IN ({d0}, {d1})",
        "decision {d0} was changed",
    ),
}
DROPPED = {
    "the first decision": (
        "DELETE FROM claims_decision WHERE id = {d0}",
        "decision {d0} was deleted",
    ),
    "one in the middle": (
        "DELETE FROM claims_decision WHERE id = {d1}",
        "decision {d1} was deleted",
    ),
    "the last one": ("DELETE FROM claims_decision WHERE id = {d3}", "decision {d3} was deleted"),
    "a changed claim": (
        "DELETE FROM claims_changedclaim WHERE id = {t1}",
        "claim {t1} was deleted",
    ),
    "a change": (
        "DELETE FROM claims_changedclaim WHERE id = {t1}; DELETE FROM claims_change WHERE id = {k1}",
        "change {k1} was deleted",
    ),
    "all decisions": (
        "DELETE FROM claims_decision WHERE id = {d3}; DELETE FROM claims_decision",
        "decision {d0} was deleted",
    ),
    "a decision and its link": (
        "DELETE FROM claims_decision WHERE id = {d1}; DELETE FROM claims_loglink WHERE kind = 'decision' AND entry = {d1}",
        "Link 6 is missing",
    ),
    "the last links with their entries": (
        (
            "DELETE FROM claims_decision WHERE id = {d3}; DELETE FROM claims_changedclaim WHERE id = {t3};"
            "DELETE FROM claims_change WHERE id = {k3}; DELETE FROM claims_loglink WHERE position > 9"
        ),
        "Claim {c2} has a different verdict from its newest decision",
    ),
}
_DECISION = (
    "INSERT INTO claims_decision (claim_id, verdict, previous_verdict, reason, note, evidence, actor_id, actor_name,"
    " decided_at, version) VALUES ({{c4}}, 'verified', 'pending', '', '', '[]', {{editor}}, 'Edda', '{when}', 2)"
)
INSERTED = {
    "a decision": (_DECISION.format(when="2126-01-01 00:00:00"), "has no link"),
    "a backdated one": (_DECISION.format(when="2020-01-01 00:00:00"), "has no link"),
    "a change": (
        (
            "INSERT INTO claims_change (article_id, action, note, actor_id, actor_name, created_at)"
            " SELECT article_id, 'reword', '', {editor}, 'Edda', created_at FROM claims_change WHERE id = {k0}"
        ),
        "has no link",
    ),
    "a changed claim": (
        (
            "INSERT INTO claims_changedclaim (change_id, claim_id, before, after, version)"
            " VALUES ({k0}, {c4}, '{{}}', '{{}}', 2)"
        ),
        "has no link",
    ),
    "a decision with a link of its own": (
        _DECISION.format(when="2126-01-01 00:00:00")
        + "; INSERT INTO claims_loglink (position, kind, entry, content, name, hash)"
        " SELECT {last} + 1, 'decision', (SELECT max(id) FROM claims_decision), content, name, hash"
        " FROM claims_loglink WHERE position = 1",
        "Link 13, of the decision",
    ),
}
LINKS = {
    "a link": ("DELETE FROM claims_loglink WHERE position = 4", "Link 4 is missing"),
    "the first link": ("DELETE FROM claims_loglink WHERE position = 1", "Link 1 is missing"),
    "a link’s place": (
        "UPDATE claims_loglink SET position = 99 WHERE position = 12",
        "Link 12 is missing",
    ),
    "what a link is of": (
        "UPDATE claims_loglink SET entry = 9999 WHERE position = 5",
        "Link 5, of the",
    ),
    "a link’s kind": (
        "UPDATE claims_loglink SET kind = 'x' WHERE position = 5",
        "Link 5, of the x",
    ),
    "a link’s hash": (
        "UPDATE claims_loglink SET hash = content WHERE position = 5",
        "Link 5, of the",
    ),
    "the digest of a content": (
        "UPDATE claims_loglink SET content = name WHERE position = 5",
        "Link 5, of the",
    ),
    "a claim’s verdict": (
        "UPDATE claims_claim SET verdict = 'disputed' WHERE id = {c0}",
        "Claim {c0} has a different verdict",
    ),
}
WAYS = {
    f"{how}: {what}": way
    for how, ways in (
        ("changed", CHANGED),
        ("dropped", DROPPED),
        ("inserted", INSERTED),
        ("links", LINKS),
    )
    for what, way in ways.items()
}


def test_there_are_enough_ways():
    assert len(WAYS) > 30


@pytest.mark.usefixtures("_unguarded")
@pytest.mark.parametrize(("sql", "named"), WAYS.values(), ids=WAYS)
def test_every_way_to_tamper_is_found_and_named(world, sql, named):
    assert fault() == ""
    _run(sql, world)
    assert named.format(**world) in fault()


def test_the_proof_covers_every_field_of_the_logs():
    """A new field must be proven as well, by a new kind of link."""
    for kind in KINDS.values():
        fields = {field.attname for field in kind.model._meta.concrete_fields}
        assert fields == {"id", *kind.content} | ({kind.name} - {""})


def test_every_entry_has_one_link(world):
    entries = sum(kind.model._default_manager.count() for kind in KINDS.values())
    assert LogLink.objects.count() == entries == 12
    found = check_log({}, lambda _done, _total: None)
    assert (found.links, found.fault) == (12, "")
    assert found.head == bytes(LogLink.objects.head().hash).hex()


@pytest.mark.usefixtures("_unguarded")
def test_a_log_that_was_written_anew_is_found_by_what_was_noted_elsewhere(world):
    head = LogLink.objects.head()
    noted = {head.position: bytes(head.hash).hex()}
    assert fault(noted) == ""
    _run("DELETE FROM claims_loglink;" + _set("decision", "reason", "'Forged.'", "d1"), world)
    entries = [
        entry for kind in KINDS.values() for entry in kind.model._default_manager.order_by("pk")
    ]
    LogLink.objects.add(entries)
    assert fault() == ""
    assert "Link 12 is not the one that was noted" in fault(noted)
    assert "Links are missing at the end: 99 were noted" in fault({99: "00"})


def test_what_is_rolled_back_is_not_linked():
    said = []
    with transaction_of_action():
        with suppress(ValueError), transaction_of_action():
            at_the_end(lambda: said.append("inner"))
            raise ValueError
        at_the_end(lambda: said.append("outer"))
        assert said == []
    assert said == ["outer"]
    with transaction.atomic():
        at_the_end(lambda: said.append("at once"))
    assert said == ["outer", "at once"]


@pytest.mark.usefixtures("_unguarded")
def test_what_was_there_before_is_linked_by_the_migration_as_by_the_actions(world):
    links = {(link.kind, link.entry): bytes(link.content) for link in LogLink.objects.all()}
    _run("DELETE FROM claims_loglink", world)
    import_module("claims.migrations.0014_hash_chain").link_entries(apps, None)
    assert fault() == ""
    assert {(link.kind, link.entry): bytes(link.content) for link in LogLink.objects.all()} == links
