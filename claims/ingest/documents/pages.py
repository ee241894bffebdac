"""Everything that a web page shows, its menus, tables and captions included."""

from dataclasses import dataclass

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from claims.ingest.cleaning import clean, one_line
from claims.ingest.decoding import declared_encoding, decode
from claims.ingest.drafts import MAX_LENGTHS
from claims.ingest.formats.html_page import parsed

_WITHIN_LINES = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "ruby",
        "rt",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
"""Elements that do not begin a paragraph."""

_CELLS = frozenset({"td", "th"})


@dataclass(frozen=True, slots=True)
class ShownPage:
    """What a page shows.

    Attributes:
        title: that of its window, or "".
        paragraphs: its words, without those that a browser hides.
        has_frames: whether it shows other pages within itself.
    """

    title: str
    paragraphs: list[str]
    has_frames: bool


def shown(data: bytes) -> ShownPage:
    """Read what a page shows.

    Args:
        data: the page. Its encoding is detected as in `decoding.decode`.

    Raises:
        WorkbenchError: as in `claims.ingest.formats.html_page.read`.
    """
    text = clean(decode(data, declared=declared_encoding(data)))
    if not text:
        return ShownPage("", [], has_frames=False)
    page, has_frames = parsed(text), "<frame" in text.lower() or "<iframe" in text.lower()
    title = one_line(page.findtext(".//title") or "")[: MAX_LENGTHS["headline"]]
    body = page.find("body")
    return ShownPage(title, _paragraphs(page if body is None else body), has_frames=has_frames)


def _paragraphs(body: HtmlElement) -> list[str]:
    found, pieces = [], [""]
    for event, element in iterwalk(body, events=("start", "end")):
        opens = event == "start"
        if element.tag in _CELLS:
            pieces.append("" if opens else " | ")
        elif element.tag not in _WITHIN_LINES:
            found.append(one_line("".join(pieces)).removesuffix(" |"))
            pieces = []
        if element.tag not in {"script", "head", "title"}:
            pieces.append((element.text if opens else element.tail) or "")
        elif not opens:
            pieces.append(element.tail or "")
    found.append(one_line("".join(pieces)))
    return [each for each in found if each]
