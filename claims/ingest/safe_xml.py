"""Parsing untrusted XML."""

from lxml.etree import XMLParser, XMLSyntaxError, _Element, fromstring

from claims.errors import TooLargeError, UnreadableFileError, gettext_noop

MAX_TAGS = 1_000_000
"""Where each element has two. A long text with all of Word's markup has half of these."""


def parsed(data: bytes) -> _Element:
    """Parse XML without reading anything else.

    Args:
        data: the XML. Its own entities are not expanded, document types are not read, and nothing is
            fetched; elements nested deeper than 256, and texts beyond 10 MB, are errors.

    Returns:
        The outermost element.

    Raises:
        UnreadableFileError: it is not XML.
        TooLargeError: it has more than `MAX_TAGS` tags.
    """
    tags = data.count(b"<")
    if tags > MAX_TAGS:
        raise TooLargeError(limit=MAX_TAGS, unit=gettext_noop("elements"))
    parser = XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return fromstring(data, parser=parser)
    except (XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError(why=gettext_noop("its XML is damaged")) from error


def name(element: _Element) -> str:
    """Return an element's name without its namespace; "" for anything else, such as an entity."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, wanted: str) -> str:
    """Return an attribute, whatever its namespace, or ""."""
    return next(
        (str(value) for key, value in element.items() if key.rpartition("}")[2] == wanted), ""
    )
