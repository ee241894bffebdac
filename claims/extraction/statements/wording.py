"""Joins an article's words so that they can be read on their own."""

import re
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from claims.extraction.text.parsing import Passage

_LIST_MARK = re.compile(
    r"""(?x) ^ (?:
      [•▪‣◦·●■►▶✓*]+ \s*                                     # a bullet
    | (?: \(? \d{1,2} [.)] | \(? [a-hA-H] \) ) \s+ (?=[^\W\d_])  # 1. 2) (a)
    | \(? \d{1,2} \s? [/\u2215] \s? (?:\d{1,2} \b)? \)? \s+ (?=[“"‘\[]?[A-Z])    # 1/5 of a thread
    | \[? \d{1,2} [:.h] \d{2} (?: [:.] \d{2} )? \s* (?:[ap]\.?m\b\.?)? (?: \s* (?:GMT|BST|UTC|CET|CEST|EST|EDT|ET|IST|PKT|local\ time) )?
      \]? (?: \s* [:–—―|-]+ \s* | \s+ (?=[“"‘\[]?[A-Z]) )         # the time of a post
    )"""
)
"""What stands before the words of an entry of a list, a thread or a live blog."""
_GOES_ON = frozenset({"VERB", "AUX", "ADV", "PART"})
"""Parts of speech that go on with a sentence after its subject."""


def spelled(
    passage: Passage, tokens: Sequence[Token], changed: Mapping[int, str] | None = None
) -> str:
    """Return tokens' words with the article's spacing, and others in place of some.

    Args:
        passage: their passage.
        tokens: the words, in order.
        changed: what to write for tokens, by number; a space at its start separates it from the word before.

    Where "..., he said, ..." was removed from between a subject and its verb, no comma remains.
    """
    written = ""
    end = 0
    for run in _runs(tokens):
        start = passage.places[run[0].i][0]
        if written:
            between = passage.text[end:start].strip()
            aside = between.startswith(",") and between.endswith(",")
            first = next((token for token in run if not token.is_punct), run[0])
            # "Which, she said, nobody expected"
            goes_on = first.pos_ in _GOES_ON or written == "Which"
            written += ", " if aside and not goes_on else " "
        written += _run_words(passage, run, changed or {})
        end = max(end, passage.places[run[-1].i][1])
    return without_list_mark(" ".join(written.split())) + _closing_mark(written)


def without_list_mark(words: str) -> str:
    """Cut the bullet, number or clock time off that stands before the words of an entry."""
    mark = _LIST_MARK.match(words)
    return words[mark.end() :] if mark is not None and mark.end() < len(words) else words


def _closing_mark(words: str) -> str:
    """Return the mark that closes quoted words, where the parser attached it outside their clause."""
    if words.count("“") > words.count("”"):
        return "”"
    if words.count('"') % 2:
        return '"'
    return "’" if "‘" in words and "’" not in words[words.rindex("‘") :] else ""


def _runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Split words where some between them are left out; commas at the gap are dropped."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and runs[-1][-1].i + 1 == token.i:
            runs[-1].append(token)
        else:
            runs.append([token])
    for number, run in enumerate(runs):
        while number and run and run[0].text == ",":
            run.pop(0)
        while number + 1 < len(runs) and run and run[-1].text == ",":
            run.pop()
    return (run for run in runs if run)


def _run_words(passage: Passage, run: Sequence[Token], changed: Mapping[int, str]) -> str:
    words: list[str] = []
    last: Token | None = None
    for token in run:
        hidden = passage.masked[token.i]
        if last is not None and hidden is not None and hidden == passage.masked[last.i]:
            continue
        start, end = passage.places[token.i]
        written = changed.get(token.i, passage.text[start:end])
        if not written:
            continue
        left_out = token.i > 0 and changed.get(token.i - 1) == "" and token.is_punct
        close = left_out or (last is not None and passage.places[last.i][1] == start)
        words.append(written if close else f" {written}")
        last = token
    return "".join(words).strip()
