"""The manual: the Markdown pages that its index links to, and a search in them.

The index is `settings.MANUAL`. Every Markdown file that it links to is a page of the manual, in the order of the links.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from claims.models.search.words import Piece, pieces

MARKDOWN = MarkdownIt("commonmark", {"typographer": True}).enable(["table", "smartquotes"])
_SHOWN = 240
"""How many characters of a passage are shown."""


@dataclass(frozen=True)
class Section:
    """What stands under one heading of a page.

    Attributes:
        heading: its words; "" for the text above the first one.
        anchor: the heading's name in addresses, the one that GitHub gives it.
        text: the words under it, without marks.
    """

    heading: str
    anchor: str
    text: str


@dataclass(frozen=True, eq=False)
class ManualPage:
    """A page of the manual.

    Attributes:
        name: its name in addresses; "" for the index.
        title: its first heading.
        path: its file.
        tokens: its Markdown, parsed, below the title.
        sections: its text, heading by heading.
    """

    name: str
    title: str
    path: Path
    tokens: Sequence[Token]
    sections: Sequence[Section]


@dataclass(frozen=True)
class Passage:
    """A place in the manual that matches a search.

    Attributes:
        page: its page.
        section: the section of that page.
        pieces: an excerpt of the section, with the words that match in pieces of their own.
    """

    page: ManualPage
    section: Section
    pieces: Sequence[Piece]


def manual() -> Sequence[ManualPage]:
    """Return the pages of the manual in their order, the index first."""
    return _pages(settings.MANUAL)


def manual_page(name: str) -> ManualPage | None:
    """Return the page with a name, or None."""
    return next((page for page in manual() if page.name == name), None)


def find_passages(typed: str) -> Sequence[Passage]:
    """Return the sections that have all words of a search, or words that begin with them.

    Matches in a heading come first, then those with the words side by side; otherwise they are in the
    manual's order.
    """
    words = re.findall(r"[\w'’-]*\w[\w'’-]*", typed)[:20]
    if not words:
        return []
    found = [
        Passage(page, section, _excerpt(section.text, words))
        for page in manual()
        for section in page.sections
        if _has_all(f"{page.title}\n{section.heading}\n{section.text}", words)
    ]
    return sorted(
        found,
        key=lambda one: (
            not _has_all(f"{one.page.title} {one.section.heading}", words),
            not _has_all(one.section.text, [f'"{" ".join(words)}"']),
        ),
    )


def _has_all(text: str, terms: Sequence[str]) -> bool:
    return all(any(piece.found for piece in pieces(text, f"{term}*")) for term in terms)


def _excerpt(text: str, words: Sequence[str]) -> Sequence[Piece]:
    """The passage around the first matching word, with every match in a piece of its own."""
    typed = " ".join(f"{word}*" for word in words)
    whole = pieces(text, typed)
    before = len(whole[0].text) if len(whole) > 1 and not whole[0].found else 0
    start = max(0, before - _SHOWN // 3)
    if start:
        start = text.find(" ", start) + 1
    end = start + _SHOWN
    if end < len(text):
        end = text.rfind(" ", start, end)
    cut = f"{'… ' * bool(start)}{text[start:end]}{' …' * (end < len(text))}"
    return pieces(cut, typed)


@cache
def _pages(index: Path) -> Sequence[ManualPage]:
    first = _read(index, "")
    links = [
        (index.parent / str(token.attrs["href"])).resolve()
        for token in _inline(first.tokens)
        if token.type == "link_open" and re.fullmatch(r"[\w./-]+\.md", str(token.attrs["href"]))
    ]
    names = {path: path.stem.lower().replace("_", "-") for path in links}
    return [first, *(_read(path, name) for path, name in names.items())]


def _read(path: Path, name: str) -> ManualPage:
    tokens = MARKDOWN.parse(path.read_text(encoding="utf-8"))
    title = words_of(tokens[1])
    _name_headings(tokens)
    return ManualPage(name, title, path.resolve(), tokens[3:], tuple(_sections(tokens[3:])))


def _name_headings(tokens: Sequence[Token]) -> None:
    """Give each heading its anchor; a repeated one gets a number, as on GitHub."""
    seen: Counter[str] = Counter()
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            name = re.sub(r"[^\w -]", "", words_of(inline).lower()).replace(" ", "-")
            token.attrSet("id", f"{name}-{seen[name]}" if seen[name] else name)
            seen[name] += 1


def _sections(tokens: Sequence[Token]) -> Iterator[Section]:
    heading = anchor = ""
    said: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before is not None and before.type == "heading_open":
            if said:
                yield Section(heading, anchor, " ".join(said))
            heading, anchor, said = words_of(token), str(before.attrs["id"]), []
        elif token.type in {"inline", "fence", "code_block"}:
            said.append(" ".join(words_of(token).split()))
    if heading or said:
        yield Section(heading, anchor, " ".join(said))


def words_of(token: Token) -> str:
    """Return the words of a heading, a paragraph or a block of code, without marks and comments."""
    if token.type != "inline":
        return token.content
    return "".join(
        " " if one.type in {"softbreak", "hardbreak"} else one.content
        for one in token.children or []
        if one.type != "html_inline"
    )


def _inline(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or []
