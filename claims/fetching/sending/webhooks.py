"""Webhooks as Standard Webhooks describes them (https://www.standardwebhooks.com): signed messages over HTTP.

The signature is HMAC-SHA256 over the message's id, the time and the body. While a secret is replaced, a message has a
signature by each, so that the receiver may change over whenever it likes.
"""

import base64
from collections.abc import Collection, Sequence
from datetime import datetime
from secrets import token_bytes

from standardwebhooks import Webhook

from claims.fetching.sending.posting import Answer, post
from claims.fetching.types import Limits

LIMITS = Limits(seconds=10.0, size=1_000)
"""How long a receiver may take, and how much of its answer is kept."""

GONE = 410
"""The status by which a receiver says that it wants no more messages."""

_SECRET_BYTES = 32


def new_secret() -> str:
    """Return a new random secret, as Standard Webhooks writes it."""
    return f"whsec_{base64.b64encode(token_bytes(_SECRET_BYTES)).decode()}"


def send_webhook(
    address: str,
    body: str,
    *,
    message_id: str,
    at: datetime,
    secrets: Sequence[str],
    allow: Collection[str] = (),
    limits: Limits = LIMITS,
) -> Answer:
    """Send a message, signed with each of the secrets.

    Args:
        address: the receiver's.
        body: the message, in JSON.
        message_id: what tells it from every other; the same when it is sent again.
        at: the time of this attempt, in UTC.
        secrets: the receiver's secrets, the current one first.
        allow: hosts that may be on a private network, as in `claims.fetching.fetch`.
        limits: how long it may take, and how many bytes of the answer are kept.

    Returns:
        The answer; with a status from 200 to 299, the receiver has accepted it.

    Raises:
        WorkbenchError: as `claims.fetching.sending.posting.post` says.
    """
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(
            Webhook(secret).sign(message_id, at, body) for secret in secrets
        ),
    }
    return post(address, body.encode(), headers=headers, limits=limits, allow=allow)
