"""A mailbox that workers read."""

import pytest
from django.utils import timezone

from claims.models import Mailbox
from tests.actions.intake.mail_server import PRESS, MailServer, running

ALLOWED = [PRESS, "wire.example"]


@pytest.fixture(scope="package")
def _server():
    with running() as port:
        yield port


@pytest.fixture
def server(_server, settings, db):
    """A mailbox that is empty, and that the settings name."""
    made = MailServer(_server)
    settings.MAILBOX, settings.MAILBOX_SENDERS = made.account, ALLOWED
    yield made
    made.close()


@pytest.fixture
def check(work):
    """Have a worker look at the mailbox, whenever it did so last."""

    def check() -> None:
        Mailbox.objects.update(next_check_at=timezone.now())
        work()

    return check
