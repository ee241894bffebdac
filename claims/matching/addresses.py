"""Web addresses in texts: they say nothing about what a text is about."""

import re

_ADDRESS = re.compile(r"https?://\S+|\bpic\.twitter\.com/\S+")


def without_addresses(text: str) -> str:
    """Return the text with a space in the place of each address."""
    return _ADDRESS.sub(" ", text)
