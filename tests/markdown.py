"""The contents of Markdown pages, for tests that check the project's documents against its code."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable("table")


def tokens(document: Path) -> list[Token]:
    """The blocks of a page."""
    return _PARSER.parse(document.read_text(encoding="utf-8"))


def inline(document: Path) -> Iterator[Token]:
    """Its inline content: words, code, links and pictures."""
    for token in tokens(document):
        yield from token.children or []


def links(document: Path) -> list[str]:
    """Where its links lead, and where its pictures are."""
    return [
        str(token.attrs["href"] if token.type == "link_open" else token.attrs["src"])
        for token in inline(document)
        if token.type in {"link_open", "image"}
    ]


def anchors(document: Path) -> set[str]:
    """The anchors that GitHub gives to its headings; each is unique."""
    blocks = tokens(document)
    names = [
        re.sub(r"[^\w -]", "", words.content.lower()).replace(" ", "-")
        for head, words in pairwise(blocks)
        if head.type == "heading_open"
    ]
    return set(names)


def fences(document: Path, language: str) -> list[str]:
    """The blocks of code in a language."""
    return [
        token.content
        for token in tokens(document)
        if token.type == "fence" and token.info == language
    ]


def commands(document: Path) -> list[str]:
    """The lines of its blocks of commands."""
    return [line for block in fences(document, "sh") for line in block.splitlines() if line]


def code(document: Path) -> list[str]:
    """Everything that it shows as code, inline and in blocks."""
    blocks = [
        line
        for token in tokens(document)
        if token.type in {"fence", "code_block"}
        for line in token.content.splitlines()
    ]
    return blocks + [token.content for token in inline(document) if token.type == "code_inline"]


def rows(document: Path, head: str) -> list[list[str]]:
    """The rows of the table whose first line begins with these words, with each cell as written."""
    lines = document.read_text(encoding="utf-8").partition(head)[2].partition("\n\n")[0]
    assert lines, f"{document.name} has no table that begins with {head}"
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines.splitlines()[2:]
    ]
