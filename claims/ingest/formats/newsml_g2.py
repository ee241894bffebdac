"""NewsML-G2, the news items in XML of the IPTC: https://iptc.org/std/NewsML-G2/. Only texts are read.

A file holds one item, or a message with several. Python's own package for it (newsmlg2) is not used: it reads the
metadata only and not the text, keeps the catalogues of the last file for the whole process, and leaves XML's entities
to the parser.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from typing import BinaryIO

from lxml.etree import _Element

from claims.errors import (
    EmptyArticleError,
    NotAnArticleError,
    UnreadableFileError,
    gettext_noop,
)
from claims.ingest.cleaning import one_line
from claims.ingest.decoding import bytes_of, decode
from claims.ingest.formats import agency, markup
from claims.ingest.formats.agency import Item
from claims.ingest.safe_xml import attribute, name, parsed
from claims.ingest.types import Entry, Fields

EXTENSION = "xml"

_ITEMS = {
    "newsItem": "",
    "packageItem": "package",
    "planningItem": "planning",
    "conceptItem": "concept",
    "knowledgeItem": "knowledge",
    "catalogItem": "catalog",
}
"""The items that there are. Only news items have content; the class of the others is their name."""

_NOT_NEWSML = gettext_noop("the file is XML, but neither an item nor a message in NewsML-G2")
_MARKED_UP = ("html", "nitf")


def entries(stream: BinaryIO) -> Iterator[Entry]:
    """Read the items of a file.

    Args:
        stream: its bytes, of `agency.MAX_BYTES` at most.

    Returns:
        One entry per item, as in `agency.entries`.

    Raises:
        WorkbenchError: as in `claims.ingest.archives.articles`.
    """
    data = bytes_of(stream, limit=agency.MAX_BYTES)
    if not data.strip():
        raise EmptyArticleError
    root = parsed(data)
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        # They are not expanded, so that words would be missing.
        raise UnreadableFileError(why=gettext_noop("its XML declares entities of its own"))
    if name(root) not in {*_ITEMS, "newsMessage"}:
        raise NotAnArticleError(why=_NOT_NEWSML)
    found = [element for element in root.iter() if name(element) in _ITEMS]
    return agency.entries(list(map(_item, found)))


def _item(item: _Element) -> Item:
    meta, content = _child(item, "itemMeta"), _child(item, "contentMeta")
    embargo = _child(meta, "embargoed")
    fields = Fields(
        headline=_words(_child(content, "headline")) or _words(_child(meta, "title")),
        byline=agency.author(_words(_child(content, "by")))
        or ", ".join(filter(None, (_name(each) for each in _children(content, "creator")))),
        outlet=_name(_child(meta, "provider")),
        url=_address(item),
        language=_attribute(_child(content, "language"), "tag") or attribute(item, "lang"),
    )
    return Item(
        line=item.sourceline or 1,
        kind=_ITEMS[name(item)] or _code(_child(meta, "itemClass")),
        status=_code(_child(meta, "pubStatus")),
        embargo=None if embargo is None else _words(embargo),
        texts=lambda: _texts(item),
        fields=fields | agency.moment_in(_words(_child(meta, "versionCreated"))),
    )


def _texts(item: _Element) -> Iterator[str]:
    """Yield the renditions of an item's text. Those at another address are not fetched."""
    for content in _children(_child(item, "contentSet"), None):
        if name(content) == "inlineXML":
            for root in content.iterchildren("{*}*"):
                yield markup.text(markup.content(root))
        elif name(content) == "inlineData":
            kind, text = attribute(content, "contenttype").lower(), _data(content)
            yield agency.html(text) if any(mark in kind for mark in _MARKED_UP) else text


def _data(content: _Element) -> str:
    """Return a text that is not XML, even if it was sent as Base64."""
    text = "".join(map(str, content.itertext()))
    if not (attribute(content, "encoding") + attribute(content, "encodinguri")).endswith("base64"):
        return text
    try:
        return decode(b64decode("".join(text.split()), validate=True))
    except (NotBase64, ValueError) as error:
        raise UnreadableFileError(why=gettext_noop("its text is not valid Base64")) from error


def _address(item: _Element) -> str:
    guid = attribute(item, "guid")
    return guid if guid.startswith(("http://", "https://")) else ""


def _code(element: _Element | None) -> str:
    """Return the code of a concept, without its vocabulary: "text" for `ninat:text` or its address."""
    found = _attribute(element, "qcode") or _attribute(element, "uri")
    return found.replace("/", ":").rpartition(":")[2].lower()


def _name(element: _Element | None) -> str:
    """Return what a person or a company is called, or at least its code."""
    if element is None:
        return ""
    code = attribute(element, "qcode").partition(":")[2]
    return _words(_child(element, "name")) or attribute(element, "literal") or code


def _child(element: _Element | None, wanted: str) -> _Element | None:
    return next(_children(element, wanted), None)


def _children(element: _Element | None, wanted: str | None) -> Iterator[_Element]:
    for each in element if element is not None else ():
        if wanted in {None, name(each)}:
            yield each


def _attribute(element: _Element | None, wanted: str) -> str:
    return attribute(element, wanted) if element is not None else ""


def _words(element: _Element | None) -> str:
    return one_line("".join(map(str, element.itertext()))) if element is not None else ""
