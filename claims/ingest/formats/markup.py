"""The text of marked-up content, with its paragraphs: what trafilatura finds in a page (TEI), XHTML and NITF."""

import re

from lxml.etree import _Element, iterwalk

from claims.ingest.cleaning import one_line
from claims.ingest.safe_xml import name

# fmt: off
_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "aside", "hr", "pre", "code", "block", "note",
    "head", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "quote", "blockquote", "bq", "figure", "figcaption",
    "list", "item", "ul", "ol", "li", "dl", "dt", "dd", "table", "row", "tr", "caption",
}
# fmt: on
"""TEI calls a heading `head`, a list `list` and a row `row`. NITF calls headings `hl1` and `hl2`, quotations `bq`."""
_BREAKS = {"lb", "br"}
_CELLS = {"cell", "td", "th"}
_LEFT_OUT = {"script", "style", "template", "media", "header", "footer"}
"""A medium of NITF has a caption and a credit, neither of which belongs to the article. The header of an agency's XHTML
repeats the headline, the date and notes to editors, which the item says itself; the footer says who wrote it."""

_CONTENT = ("body.content", "body")
_PARAGRAPH = "\f"
_LINE = "\v"
_BREAK = re.compile(r"\f|\v\s*\v")


def content(root: _Element) -> _Element:
    """Return the element of a document that holds the article: the body of XHTML, or the content of NITF."""
    for wanted in _CONTENT:
        for element in root.iter():
            if name(element) == wanted:
                return element
    return root


def text(root: _Element) -> str:
    """Return all the text within an element.

    Args:
        root: an element of TEI, XHTML or NITF, in any namespace.

    Returns:
        Its text: each paragraph on its own lines, with a blank line between two, and the cells of a row with "|"
        between two.
    """
    pieces = []
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        kind = name(element)
        if kind in _BLOCKS:
            pieces.append(_PARAGRAPH)
        if event == "end":
            pieces.append((element.tail or "") if element is not root else "")
            continue
        if kind in _LEFT_OUT:
            walk.skip_subtree()
            continue
        if kind in _BREAKS:
            pieces.append(_LINE)
        elif kind in _CELLS and element.getprevious() is not None:
            pieces.append(" | ")
        pieces.append(element.text or "")
    paragraphs = (
        "\n".join(map(one_line, paragraph.split(_LINE)))
        for paragraph in _BREAK.split("".join(pieces))
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip())
