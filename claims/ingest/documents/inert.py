"""A web page as a browser may show it: without scripts, forms, frames, and all that makes it ask for something else."""

from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring
from lxml_html_clean import Cleaner

from claims.ingest.cleaning import clean
from claims.ingest.decoding import declared_encoding, decode
from claims.ingest.formats.html_page import require_readable

_EMPTY = b"<!DOCTYPE html><title></title>"

_CLEANER = Cleaner(
    scripts=True,
    javascript=True,
    comments=True,
    style=False,
    links=True,
    meta=True,
    page_structure=False,
    processing_instructions=True,
    embedded=True,
    frames=True,
    forms=True,
    annoying_tags=False,
    safe_attrs_only=True,
    safe_attrs=frozenset(
        [
            "align",
            "alt",
            "bgcolor",
            "border",
            "cellpadding",
            "cellspacing",
            "class",
            "colspan",
            "color",
            "dir",
            "height",
            "hidden",
            "href",
            "id",
            "lang",
            "rowspan",
            "size",
            "start",
            "style",
            "title",
            "valign",
            "width",
        ]
    ),
    kill_tags=["base", "noscript", "template", "svg", "math", "audio", "video", "source", "track"],
)


def inert_page(data: bytes, *, charset: str = "") -> bytes:
    """Return a page without anything that runs, and without anything that a browser would load, as UTF-8.

    What a style sheet within the page names is left to the browser, which the address's content security policy keeps
    from loading it.

    Args:
        data: the page.
        charset: the encoding declared by its sender, or "".

    Raises:
        WorkbenchError: as in `claims.ingest.formats.html_page.read`.
    """
    text = clean(decode(data, declared=charset or declared_encoding(data)))
    if not text:
        return _EMPTY
    require_readable(text)
    parser = HTMLParser(encoding="utf-8", no_network=True)
    page: HtmlElement = _CLEANER.clean_html(document_fromstring(text.encode(), parser=parser))
    for link in page.iter("a"):
        link.attrib.pop("href", None)
    return b'<!DOCTYPE html>\n<meta charset="utf-8">\n' + bytes(tostring(page, encoding="utf-8"))
