"""Characters that XML allows, and line breaks as Office reads them: one wrong character breaks an Office file."""

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """Return the text with a replacement character for each one that XML does not allow, and one kind of line break."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", with_line_feeds(text))


def with_line_feeds(text: str) -> str:
    """Return the text with its lines ended by LF alone. Forms send CR LF, which Office takes for two breaks."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
