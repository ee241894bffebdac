"""Password hashers that count how many passwords are checked."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.hashers import MD5PasswordHasher


class Counting(MD5PasswordHasher):
    """Counts, and calls what a test wants to be done while a password is being looked at."""

    algorithm = "counting"
    looked_at = 0
    meanwhile: Callable[[], Any] | None = None

    def encode(self, password: str, salt: str) -> str:
        Counting.looked_at += 1
        meanwhile, Counting.meanwhile = Counting.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return super().encode(password, salt)
