"""The receiver and the message that the manual shows are real."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from claims.actions import create_webhook, decide_claim
from claims.choices import Verdict, WebhookEvent
from claims.models import WebhookDelivery
from tests.actions.webhooks.receiving import hook
from tests.conftest import version_of

PAGE = Path(__file__).resolve().parents[3] / "docs" / "webhooks.md"
RECEIVER = Path(__file__).with_name("receiver.py")
"""What the page shows, as a test of its code makes sure."""


@contextmanager
def listening(secret: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The manual's receiver at work, and its port."""
    environment = os.environ | {"WEBHOOK_SECRET": secret}
    with subprocess.Popen(
        [sys.executable, RECEIVER, "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as receiver:
        assert receiver.stdout
        try:
            yield receiver, receiver.stdout.readline().split()[-1]
        finally:
            receiver.kill()


def test_the_receiver_takes_what_is_signed_and_nothing_else(
    editor, claim, admin_user, settings, work
):
    values: dict[str, Any] = {"name": "website", "events": ["claim.decided"]}
    made, secret = create_webhook(actor=admin_user, address="http://127.0.0.1/", **values)
    with listening(secret) as (receiver, port):
        settings.FETCH_ALLOW = [f"127.0.0.1:{port}"]
        made.address = f"http://127.0.0.1:{port}/"
        made.save()
        create_webhook(actor=admin_user, address=made.address, **values)
        decide_claim(actor=editor, **version_of(claim), verdict=Verdict.VERIFIED)
        work()
        assert receiver.stdout
        assert receiver.stdout.readline().startswith("claim.decided {'claim': {'id': ")
    accepted, refused = WebhookDelivery.objects.order_by("webhook")
    assert (accepted.state, accepted.status) == ("delivered", 204)
    assert (refused.state, refused.status) == ("waiting", 401)


def _form(value: Any) -> Any:
    """The names and the kinds of values."""
    if isinstance(value, dict):
        return {name: _form(one) for name, one in value.items()}
    return type(value)


def test_the_message_has_the_form_that_is_shown(editor, claim, site, settings, work):
    settings.DESK_URL = "https://desk.example.org"
    receiver = hook(site)
    decide_claim(actor=editor, **version_of(claim), verdict=Verdict.DISPUTED, reason="No.")
    work()
    (told,) = receiver.told()
    (shown,) = re.findall(r"```json\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert _form(told) == _form(json.loads(shown))


def test_the_table_of_events_is_complete():
    events = re.findall(r"^\| `(\w+\.\w+)` \|", PAGE.read_text(), re.MULTILINE)
    assert events == WebhookEvent.values
