"""Secrets that the workbench itself has to read again: in the database they are encrypted by `SECRET_KEY`."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def encrypted(text: str, purpose: str) -> str:
    """Return a secret as the database keeps it.

    Args:
        text: the secret.
        purpose: what it is for: each purpose has a key of its own.
    """
    return _fernet(purpose).encrypt(text.encode()).decode()


def decrypted(kept: str, purpose: str) -> str | None:
    """Return what `encrypted` was given; None if `SECRET_KEY` is another one now."""
    try:
        return _fernet(purpose).decrypt(kept.encode()).decode()
    except InvalidToken:
        return None


def _fernet(purpose: str) -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet(
        [
            Fernet(
                base64.urlsafe_b64encode(salted_hmac(purpose, "", key, algorithm="sha256").digest())
            )
            for key in keys
        ]
    )
