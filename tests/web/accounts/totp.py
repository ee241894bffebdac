"""An authenticator app (RFC 6238), written from its description and not by the code that checks its codes."""

import base64
import hashlib
import hmac
import re
import struct

LONG = 10**10
"""Seconds that a code is shown in tests: all of them fall into the first period, so no clock is needed."""


def code_of(secret: str, period: int = 0) -> str:
    """The code that an app with a secret shows in a period."""
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", period), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def secret_on(page: str) -> str:
    """The key that the page with the QR code shows for typing."""
    return re.search(r'class="account__secret">([A-Z2-7]+)<', page)[1]


def codes_on(page: str) -> list[str]:
    """The recovery codes on their page."""
    return re.findall(r"<li><code>(\d{8})</code>", page)
