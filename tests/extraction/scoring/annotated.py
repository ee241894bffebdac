"""Read articles that people annotated: who says what, who they are, and what a claim must show to read alone.

A set of articles is three plain files. In each, a line `@@ id` begins an article.

NAME.txt has the texts. `<s1>…</s1>` is the source of attribution 1, `<q1>` its cue and `<c1>` its content; each may
come in several pieces. `<q2~1>` gives attribution 2 the source of attribution 1.

NAME-meta.txt has a line for each attribution, in the order of their numbers, with eight columns:

    n | speaker | kind | role | told to | mood | checkable | alone

“/” separates acceptable values, and an empty one is acceptable too: “Dr/”. A speaker with “~” is described, not named.
Moods are the letters of `MOODS`. `alone` has terms separated by “;”: “+word” must be in the claim's statement (“/”
separates words of which any will do), “-word” must not. A line `# genre: courts` tells the article's genre; without
it, the article is a genre of its own. Other lines with “#” are comments.

NAME-top.txt has what a desk would check first, a string on each line, which stands exactly once in the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from claims.extraction.types import Mood, Span, Spans

MOODS: Mapping[str, Mood] = {
    "a": "asserted",
    "d": "denied",
    "k": "asked",
    "m": "demanded",
    "p": "promised",
}
_PARTS = {"s": "source", "q": "cue", "c": "content"}
_TAG = re.compile(r"<(?P<end>/?)(?P<part>[sqc])(?P<number>\d+)(?:~(?P<same>\d+))?>")
_BROKEN_TAG = re.compile(r"</?[sqc]\d\S{0,9}")
_GENRE = re.compile(r"#\s*genre:\s*(.+)")
_COLUMNS = 8


class AnnotationError(ValueError):
    """A mistake in the annotations; its message says where and what."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """An annotated statement. All values but the places are the acceptable ones, with "" for none.

    Attributes:
        source: the places of the source's words.
        cue: the places of the words that tie it to the statement.
        content: the places of the statement's words.
        speakers: names, or "~" and a description.
        kinds: source kinds.
        roles: what the article says they are.
        told_to: outlets or people addressed.
        moods: of the statement.
        checkable: whether it can be checked.
        shows: for each word that the claim must show, the words of which any will do.
        hides: words that it must not show.
    """

    source: Spans
    cue: Spans
    content: Spans
    speakers: tuple[str, ...]
    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    told_to: tuple[str, ...]
    moods: tuple[Mood, ...]
    checkable: tuple[bool, ...]
    shows: tuple[tuple[str, ...], ...]
    hides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An annotated article.

    Attributes:
        name: its id.
        genre: its genre.
        text: its text.
        attributions: in the order of their numbers.
        first: the places of what a desk would check first, in this order.
    """

    name: str
    genre: str
    text: str
    attributions: tuple[Attribution, ...]
    first: tuple[Span, ...]


def read_sets(folder: Path) -> dict[str, list[Article]]:
    """Read all sets of a folder, by their names.

    Raises:
        AnnotationError: there is none, a file is missing, or something in one is wrong.
    """
    names = sorted(path.name.removesuffix("-meta.txt") for path in folder.glob("*-meta.txt"))
    if not names:
        raise AnnotationError(f"{folder} has no annotated articles (NAME.txt with NAME-meta.txt)")
    return {name: list(read_set(folder, name)) for name in names}


def read_set(folder: Path, name: str) -> Iterator[Article]:
    """Read the articles of one set.

    Raises:
        AnnotationError: a file is missing, or something in one is wrong.
    """
    texts, metas, tops = (_blocks(folder / f"{name}{end}.txt") for end in ("", "-meta", "-top"))
    for rows in zip_longest(texts, metas, tops):
        headings = [row[0] if row else "nothing" for row in rows]
        if len(set(headings)) > 1:
            raise AnnotationError(f"{name}: the files have different articles: {headings}")
        (heading, raw), (_, meta), (_, top) = rows
        try:
            yield _article(heading, raw, meta.splitlines(), top.splitlines())
        except AnnotationError as error:
            raise AnnotationError(f"{name}: @@ {heading}: {error}") from error


def _blocks(path: Path) -> list[tuple[str, str]]:
    if not path.exists():
        raise AnnotationError(f"{path} is missing")
    _, *parts = re.split(r"^@@ (.+)$", path.read_text("utf-8"), flags=re.MULTILINE)
    headings = [heading.strip() for heading in parts[::2]]
    twice = {heading for heading in headings if headings.count(heading) > 1}
    if twice:
        raise AnnotationError(f"{path.name} has several articles {sorted(twice)}")
    return list(zip(headings, (raw.strip() for raw in parts[1::2]), strict=True))


def _article(name: str, raw: str, meta: list[str], top: list[str]) -> Article:
    text, marked = _marked(raw)
    rows = [line.split("|") for line in _without_comments(meta)]
    numbers = [row[0].strip() for row in rows]
    if numbers != [str(number) for number in sorted(marked)]:
        raise AnnotationError(f"attributions {sorted(marked)} have the lines {numbers}")
    genres = [match[1].strip() for line in meta if (match := _GENRE.match(line))]
    return Article(
        name=name,
        genre=genres[0] if genres else name,
        text=text,
        attributions=tuple(_attribution(marked[int(row[0])], row) for row in rows),
        first=tuple(_place(text, string) for string in _without_comments(top)),
    )


def _without_comments(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in lines if line.strip() and not line.startswith("#"))


def _place(text: str, string: str) -> Span:
    if text.count(string) != 1:
        raise AnnotationError(f"“{string}” stands {text.count(string)} times in the text")
    start = text.index(string)
    return start, start + len(string)


@dataclass
class _Marked:
    """The places of one attribution."""

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
    same_source_as: int | None = None


def _marked(raw: str) -> tuple[str, dict[int, _Marked]]:
    """Take the tags out of a text.

    Returns:
        The text, and the places of each attribution by its number.
    """
    if broken := _BROKEN_TAG.search(_TAG.sub("", raw)):
        raise AnnotationError(f"“{broken.group()}” is no whole tag")
    found: dict[int, _Marked] = {}
    open_tags: dict[tuple[str, str], int] = {}
    text, last = "", 0
    for tag in _TAG.finditer(raw):
        text += raw[last : tag.start()]
        last = tag.end()
        key, here = (tag["part"], tag["number"]), found.setdefault(int(tag["number"]), _Marked())
        if bool(tag["end"]) != (key in open_tags):
            raise AnnotationError(f"{tag.group()} stands where it cannot")
        if not tag["end"]:
            open_tags[key] = len(text)
            here.same_source_as = int(tag["same"]) if tag["same"] else here.same_source_as
        else:
            getattr(here, _PARTS[tag["part"]]).append((open_tags.pop(key), len(text)))
    text += raw[last:]
    if open_tags:
        raise AnnotationError(f"<{'>, <'.join(map(''.join, open_tags))}> is never closed")
    for number, here in found.items():
        _check(number, here, found)
    return text, found


def _check(number: int, here: _Marked, found: Mapping[int, _Marked]) -> None:
    """Give an attribution the source of another one, if it says so, and check that it has a content."""
    if here.same_source_as is not None:
        other = found.get(here.same_source_as)
        if here.source or other is None or not other.source:
            raise AnnotationError(f"{number} cannot have the source of {here.same_source_as}")
        here.source = other.source
    if not here.content:
        raise AnnotationError(f"{number} has no content")


def _attribution(marked: _Marked, row: list[str]) -> Attribution:
    if len(row) != _COLUMNS:
        raise AnnotationError(f"{row[0].strip()} has {len(row)} columns and not {_COLUMNS}")
    number, speaker, kind, role, told_to, mood, checkable, alone = (cell.strip() for cell in row)
    wrong = set(mood.split("/")) - set(MOODS) or set(checkable.split("/")) - {"0", "1"}
    terms = [term.strip() for term in alone.split(";") if term.strip()]
    wrong |= {term for term in terms if term[0] not in "+-" or not term[1:].strip(" /")}
    if wrong:
        raise AnnotationError(f"{number} has an unknown value: {sorted(wrong)}")
    return Attribution(
        source=tuple(marked.source),
        cue=tuple(marked.cue),
        content=tuple(marked.content),
        speakers=_options(speaker),
        kinds=_options(kind),
        roles=_options(role),
        told_to=_options(told_to),
        moods=tuple(MOODS[one] for one in mood.split("/")),
        checkable=tuple(one == "1" for one in checkable.split("/")),
        shows=tuple(tuple(filter(None, _options(term[1:]))) for term in terms if term[0] == "+"),
        hides=tuple(term[1:].strip() for term in terms if term[0] == "-"),
    )


def _options(cell: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in cell.split("/"))
