"""Capitalization and final punctuation of statements."""

MARKS = "“”«»\"‘’'`"
"""Of quotations, and apostrophes."""


def sentence_case(words: str) -> str:
    """Start with a capital and end without a full stop or comma; a question keeps its mark."""
    words = words.strip(" ,;:—–-")
    if words[:1] in {"“", '"', "‘"} and not any(mark in words[1:-1] for mark in '“”"‘'):
        words = words.strip(MARKS + " ,")
    if words.endswith(".") and not words.endswith("..."):
        words = words[:-1] if "." not in words.rsplit(None, 1)[-1][:-1] else words
    first = 1 if words[:1] == "[" else 0
    return words[:first] + words[first : first + 1].upper() + words[first + 1 :].rstrip(" ,")
