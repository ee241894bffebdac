"""Blind second checks: nothing that anyone but the decider is answered depends on the first verdict."""

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client

from claims.access import Role
from tests.web import walk
from tests.web.blind.first_check import WORLDS, Clock, account, decided, maker_account
from tests.web.blind.questions import plain, told_to
from tests.web.walk import Answer


# Django's own pages ask for variables that are not there.
@pytest.mark.ignore_template_errors
@pytest.mark.usefixtures("_untraced")
@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHIEF])
def test_no_answer_to_the_checker_depends_on_the_first_verdict(newsroom, role):
    checker = account(role)
    told = []
    for first in WORLDS:
        _count_on()
        Clock.start()
        with transaction.atomic():
            decided(newsroom, checker, first)
            told.append(told_to(checker, newsroom))
            transaction.set_rollback(True)
    one, other = told
    assert one.keys() == other.keys()
    told_apart = [_difference(at, one[at], other[at]) for at in one if one[at] != other[at]]
    assert not told_apart, "\n\n".join("\n".join(lines) for lines in told_apart)
    for first, answers in zip(WORLDS, told, strict=True):
        word = first.reason.split()[0].encode()
        # A search page says what was searched for.
        assert [
            at for at, one in answers.items() if word in one.body and word.decode() not in at
        ] == []


def _difference(question: str, one: Answer, other: Answer) -> tuple[str, ...]:
    """Where two answers begin to differ."""
    if one.body == other.body:
        return question, f"{one.status} {one.location}", f"{other.status} {other.location}"
    pairs = enumerate(zip(one.body, other.body, strict=False))
    place = next((at for at, (left, right) in pairs if left != right), 0)
    sides = (each.body[max(0, place - 60) : place + 60].decode() for each in (one, other))
    return question, *sides


def _count_on() -> None:
    """Have each table number its next row after its last: PostgreSQL takes no number back with a transaction."""
    with connection.cursor() as cursor:
        for line in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(line)


@pytest.mark.ignore_template_errors
def test_what_the_decider_is_answered_does_depend_on_it(newsroom, checker):
    pages = [
        "/claims/?state=all",
        "/",
        "/articles/",
        "/statistics/",
        "/corrections/",
        "/admin/claims/decision/",
    ]
    pages += [
        "/admin/claims/claim/",
        "/admin/claims/change/",
        "/admin/claims/evidence/",
        "/bulk-changes/",
    ]
    pages += [f"/claims/{newsroom.claim.pk}/history/", f"{newsroom.article.get_absolute_url()}"]
    client = Client()
    client.force_login(maker_account())
    told = []
    for first in WORLDS:
        _count_on()
        Clock.start()
        with transaction.atomic():
            decided(newsroom, checker, first)
            told.append([plain(walk.ask(client, path, "GET")) for path in pages])
            transaction.set_rollback(True)
    same = [path for path, one, other in zip(pages, *told, strict=True) if one == other]
    # The statistics leave such claims out for everyone.
    assert same == ["/statistics/", "/bulk-changes/"]
