"""Capitalization and final punctuation of statements."""

import re

MARKS = "“”«»\"‘’'`"
"""Of quotations, and apostrophes."""

_PICTURES = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3"
"""The ranges of Unicode that hold emoji, and the signs that join and colour them."""
_AROUND = re.compile(rf"^[\s{_PICTURES}]+|[\s{_PICTURES}]+$")


def sentence_case(words: str) -> str:
    """Start with a capital and end without a full stop or comma; a question keeps its mark.

    Pictures at either end decorate a post and are no part of what it says.
    """
    words = _AROUND.sub("", words).strip(" ,;:—–-")
    if words[:1] in {"“", '"', "‘"} and not any(mark in words[1:-1] for mark in '“”"‘'):
        words = words.strip(MARKS + " ,")
    if words.endswith(".") and not words.endswith("..."):
        words = words[:-1] if "." not in words.rsplit(None, 1)[-1][:-1] else words
    first = 1 if words[:1] == "[" else 0
    return words[:first] + words[first : first + 1].upper() + words[first + 1 :].rstrip(" ,")
