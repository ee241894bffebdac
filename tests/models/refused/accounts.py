"""Rows of accounts and of what leaves the desk that the database itself refuses to store."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.models import User

from claims.models import AccessToken, Byline, Desk, Erasure, KeptAnswer, SentNotice
from tests.models import rows


def _tokens(*names: str, **fields: str) -> Callable[[User], None]:
    def create(user: User) -> None:
        for number, name in enumerate(names):
            AccessToken.objects.create(owner=user, name=name, digest=str(number), **fields)

    return create


def _two_answers(user: User) -> None:
    for _time in range(2):
        KeptAnswer.objects.create(owner=user, key="a1")


def _erased(user: User, kind: str = "account", times: int = 1) -> None:
    for _time in range(times):
        Erasure.objects.create(actor=user, kind=kind, number=1, pseudonym="Former editor 1")


def _two_sent_notices(user: User) -> None:
    channel = rows.channel(user)
    told = rows.notification(user, rows.claim(rows.revision(user)))
    for _time in range(2):
        SentNotice.objects.create(channel=channel, notification=told)


REFUSED_OF_ACCOUNTS: list[tuple[str, Callable[[User], object]]] = [
    ("byline_has_name", lambda user: Byline.objects.create(person=user, name="")),
    ("access_token_has_name", _tokens("")),
    ("access_token_client_once", _tokens("a", "b", client_id="cwc_1")),
    ("kept_answer_once", _two_answers),
    ("erasure_kind_known", partial(_erased, kind="nobody")),
    ("erasure_once", partial(_erased, times=2)),
    ("webhook_has_name", lambda _user: rows.webhook(name="")),
    ("webhook_has_address", lambda _user: rows.webhook(address="")),
    ("webhook_event_known", lambda _user: rows.delivery(rows.webhook(), event="claim.sung")),
    ("webhook_delivery_state_known", lambda _user: rows.delivery(rows.webhook(), state="lost")),
    ("notice_channel_of_one", lambda _user: rows.channel(None)),
    ("notice_channel_of_one", lambda user: rows.channel(user, desk=Desk.objects.create(name="x"))),
    ("notice_way_known", lambda user: rows.channel(user, way="owl")),
    ("notice_pace_known", lambda user: rows.channel(user, pace="slow")),
    ("notice_sent_once_a_channel", _two_sent_notices),
]
"""What breaks each of their constraints."""
