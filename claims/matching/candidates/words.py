"""The words of a text that say what it is about."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from claims.matching.addresses import without_addresses
from claims.matching.candidates.stems import stem

_STOP_WORDS = frozenset(Path(__file__).with_name("stop_words.txt").read_text("utf-8").split())
"""Words without which a text is about the same. "No" and "not" as well: its contrary is about the same."""

_TAG = re.compile(r"[#@]\w+")
_JOINT = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
"""Where the words of a tag are put together: #OlmBridge."""
_WORD = re.compile(r"[^\W_]+")


def content_words(text: str) -> list[str]:
    """Return the words that say what a text is about, each once, in order, without case and accents.

    Numbers are words, and so are the parts of a tag such as #OlmBridge; web addresses and stop words are left out.
    """
    apart = _TAG.sub(lambda tag: _JOINT.sub(" ", tag.group()), without_addresses(text))
    plain = apart.lower()
    if not plain.isascii():
        marked = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in marked if not unicodedata.combining(sign))
    return [word for word in dict.fromkeys(_WORD.findall(plain)) if word not in _STOP_WORDS]


def stems(words: Iterable[str]) -> list[str]:
    """Return the stems of words, each once, in order."""
    return list(dict.fromkeys(map(stem, words)))
