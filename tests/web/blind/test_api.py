"""Blind second checks: nothing that the checker's program is told depends on the first verdict."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from claims.models import Claim
from tests.api.conftest import Program, program_of
from tests.web.blind.first_check import WORLDS, Clock, decided, maker_account
from tests.web.world import MARK, World

LISTS = (
    "/claims?state=all&expand=evidence,decisions",
    "/claims?verdict=disputed",
    "/claims?verdict=verified",
    "/claims?verdict=pending",
    "/claims?seen=disputed",
    "/claims?sort=-decided&state=all",
    "/claims?sort=decided&state=all",
    "/claims?decided_from=2020-01-01",
    "/claims?evidence=yes",
    "/claims?match=checked",
    "/claims?review=due",
    "/articles",
    "/sources",
    "/reports",
    "/filters",
    "/inbox",
    f"/search?q={MARK}",
)


def _told(program: Program, newsroom: World) -> Iterator[tuple[str, Any]]:
    for path in LISTS:
        yield path, _plain(program.ask("GET", path))
    for pk in Claim.objects.order_by("pk").values_list("pk", flat=True):
        for path in (
            f"/claims/{pk}?expand=evidence,decisions",
            *(f"/claims/{pk}/{one}" for one in ("decisions", "evidence", "matches")),
        ):
            yield path, _plain(program.ask("GET", path))
        # Refused with both sides.
        yield (
            f"PATCH {pk}",
            _plain(program.ask("PATCH", f"/claims/{pk}", {"checkable": False}, seen=1)),
        )
        statement = Claim.objects.values_list("statement", flat=True).get(pk=pk)
        yield f"match {pk}", _plain(program.post("/match", {"text": statement}))
    for one in (newsroom.source, newsroom.other):
        yield f"source {one.pk}", _plain(program.ask("GET", f"/sources/{one.pk}"))


def _plain(answer: Any) -> tuple[int, bytes]:
    # Signed with the time.
    return answer.status_code, re.sub(rb'"next": "[^"]*"', b"", answer.content)


def test_no_answer_to_the_checkers_program_depends_on_the_first_verdict(newsroom, checker):
    told = []
    for first in WORLDS:
        with connection.cursor() as cursor:
            for line in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(line)
        Clock.start()
        with transaction.atomic():
            decided(newsroom, checker, first)
            Clock.stop()
            told.append(dict(_told(program_of(checker), newsroom)))
            transaction.set_rollback(True)
    one, other = told
    assert one.keys() == other.keys()
    assert [at for at in one if one[at] != other[at]] == []
    for first, answers in zip(WORLDS, told, strict=True):
        word = first.reason.split()[0].encode()
        assert [at for at, (_status, body) in answers.items() if word in body] == []


def test_what_the_deciders_program_is_told_does(newsroom, checker):
    told = []
    for first in WORLDS:
        Clock.start()
        with transaction.atomic():
            claim = decided(newsroom, checker, first)
            told.append(program_of(maker_account()).get(f"/claims/{claim.pk}")["verdict"])
            transaction.set_rollback(True)
    assert told == [first.verdict for first in WORLDS]
