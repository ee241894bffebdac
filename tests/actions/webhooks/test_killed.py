"""A worker that is killed again and again loses no message, and keeps the order of each claim. `make soak-webhooks` has more."""

import os
import signal
import threading
import warnings
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count

import pytest
from django.db import connection

from claims.actions import decide_claim
from claims.actions.webhooks.delivering import LEASE, deliver_next
from claims.choices import Verdict
from claims.models import WebhookDelivery
from tests.actions.webhooks.receiving import Hook, hook, states, time_passes
from tests.conftest import version_of
from tests.fetching.sites import page

pytestmark = pytest.mark.usefixtures("shared_database")

KILLS, DECISIONS = 20, 12


def _die(*, before: int = 0, after: int = 0) -> None:
    """Have this process die by SIGKILL right before or after the write to the database of that number."""
    done = count(1)

    def die(execute, sql, *arguments):
        number = next(done) if sql.startswith(("INSERT", "UPDATE", "DELETE")) else 0
        if number and number == before:
            os.kill(os.getpid(), signal.SIGKILL)
        result = execute(sql, *arguments)
        if number and number == after:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    connection.execute_wrappers.append(die)


class _Killer:
    """A receiver that, once armed, kills the worker whose message it has just read, and answers nothing."""

    def __init__(self) -> None:
        self.worker = 0
        self.known = threading.Event()
        self.armed = False

    def __call__(self, handler) -> None:
        if self.armed:
            self.armed = False
            self.known.wait()
            os.kill(self.worker, signal.SIGKILL)
        else:
            page()(handler)


POINTS: dict[str, Callable[[], None]] = {
    "before it takes a message": partial(_die, before=1),
    "with a message in hand": partial(_die, after=1),
    "before it notes the answer": partial(_die, before=2),
    "before the note is committed": partial(_die, after=2),
    "before it takes the next one": partial(_die, before=3),
}
"""Where the worker kills itself."""

BY_RECEIVER = "before the answer"
"""Where the receiver kills it."""

ARRIVED = {"before it notes the answer", "before the note is committed", BY_RECEIVER}
"""Where the receiver has the message, and the database does not know of that."""


def _worker(receiver: Hook, killer: _Killer, prepare: Callable[[], None] | None) -> int:
    """Deliver in another process until nothing is due. Its exit status, or the signal's negative."""
    connection.close()
    killer.known.clear()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        # Playwright's loop, if there is one, does not run here: Django then finds another connection, which is open in
        # the parent, too, and the database would not see that this process has died.
        inherited, connection.connection = connection.connection, None
        try:
            if prepare:
                prepare()
            while deliver_next(receiver.webhook.pk):
                pass
            os._exit(0)
        finally:
            del inherited
            os._exit(1)
    killer.worker = child
    killer.known.set()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_each_event_arrives_and_those_of_a_claim_in_their_order(editor, claims, site):
    receiver, killer = hook(site), _Killer()
    receiver.answers(killer)
    for number in range(DECISIONS):
        verdict = [Verdict.VERIFIED, Verdict.DISPUTED][number // 3 % 2]
        decide_claim(
            actor=editor, **version_of(claims[number % 3]), verdict=verdict, reason=str(number)
        )
    points = [*POINTS, BY_RECEIVER]
    for number in range(KILLS):
        point = points[number % len(points)]
        killer.armed = point == BY_RECEIVER
        assert _worker(receiver, killer, POINTS.get(point)) == -signal.SIGKILL, point
        time_passes(LEASE)
    assert _worker(receiver, killer, None) == 0
    assert [state for _event, state in states()] == ["delivered"] * DECISIONS
    got = receiver.got()
    assert {message for message, _content in got} == {
        one.message_id for one in WebhookDelivery.objects.all()
    }
    # What arrived more often is the same message.
    again = Counter(message for message, _content in got).total() - DECISIONS
    assert again == sum(points[number % len(points)] in ARRIVED for number in range(KILLS))
    contents = dict(got)
    assert all(content == contents[message] for message, content in got)
    for claim in claims[:3]:
        versions = [
            content["data"]["claim"]["version"]
            for _message, content in got
            if content["data"]["claim"]["id"] == claim.pk
        ]
        assert versions == sorted(versions)
