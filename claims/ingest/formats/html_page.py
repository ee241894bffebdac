"""Web pages, saved or fetched: the article, without the rest of the page.

trafilatura separates the article from menus, notices and comments. Nothing is fetched, and no document
type or external entity is read.
"""

import re
from typing import BinaryIO, cast

from lxml.etree import ParserError, iterwalk
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from claims.errors import (
    EmptyArticleError,
    NotAnArticleError,
    TooLargeError,
    UnreadableFileError,
    gettext_noop,
)
from claims.ingest.cleaning import clean, one_line
from claims.ingest.dates import moment
from claims.ingest.decoding import bytes_of, declared_encoding, decode
from claims.ingest.drafts import draft, usable
from claims.ingest.formats import html_metadata, markup
from claims.ingest.types import ArticleDraft, Fields, Format

MAX_BYTES = 20_000_000
"""Ample for a page that carries its pictures within itself."""

MAX_ELEMENTS = 30_000
"""A page of news has some thousands; those of more than this take longer than a few seconds."""

MAX_DEPTHS = 1_000_000
"""How deep its elements lie, together: each costs as much as there is around it. A page of news has some 100,000."""

MAX_ATTRIBUTES = 500
"""Of one element. The parser looks through those before for each one."""

_ATTRIBUTE = r"[\s/]++[^\s/<>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_TOO_MANY = re.compile(rf"<[a-z][^\s/><]*+(?:{_ATTRIBUTE}){{{MAX_ATTRIBUTES + 1}}}", re.IGNORECASE)

_NOT_SHOWN = (
    "//script[not(@type='application/ld+json')] | //style | //template | //noscript | //svg | //iframe"
    " | //object | //dialog | //*[@role='dialog' or @role='alertdialog'] | //*[@hidden] | //*[@aria-hidden='true' and not(self::body)]"
    " | //*[contains(translate(@style, ' ', ''), 'display:none')]"
)
# A table with headings, paragraphs or other tables in it is an old-fashioned page layout.
_LAYOUT = "//table[.//h1 or .//h2 or .//p or .//div or .//table or .//br[preceding-sibling::*[1][self::br]]]"
_TABLE_PARTS = ("table", "tbody", "tr", "td")

_TOO_DEEP = "Excessive depth"

_NOTHING = gettext_noop("the page contains only menus, lists of links or notices")


def read(stream: BinaryIO) -> ArticleDraft:
    """Read a web page.

    Args:
        stream: the page's bytes. Its encoding is detected as in `decoding.decode`.

    Returns:
        The article. Metadata of the page that is not valid is left out.

    Raises:
        WorkbenchError: as `claims.ingest.read` says.
    """
    return article(bytes_of(stream, limit=MAX_BYTES))


def article(data: bytes, *, charset: str = "", known: Fields | None = None) -> ArticleDraft:
    """Read a web page from its bytes.

    Args:
        data: the page.
        charset: the encoding declared by its sender, if any. It takes precedence over the page's
            own.
        known: fields that are already known. They take precedence over the page's metadata.

    Returns:
        The article.

    Raises:
        WorkbenchError: as `claims.ingest.read` says.
    """
    text = clean(decode(data, declared=charset or declared_encoding(data)))
    if not text:
        raise EmptyArticleError
    page = parsed(text)
    said = html_metadata.fields(page)
    body, shown = _extracted(page)
    fields = usable(shown) | usable(said)
    fields.update(cast("Fields", {name: value for name, value in (known or {}).items() if value}))
    return draft(body=body, **fields)


def text_within(text: str) -> str:
    """Return all the text of HTML that is an article and nothing else, such as the body of a news agency's item.

    Args:
        text: the HTML, cleaned; a whole page or a part of one.

    Returns:
        The text with its paragraphs; "" if there is none.

    Raises:
        WorkbenchError: as `claims.ingest.read` says.
    """
    return markup.text(markup.content(parsed(text))) if text else ""


def require_readable(text: str) -> None:
    """Raise `TooLargeError` for a page that the parser would take too long to read."""
    if _TOO_MANY.search(text):
        raise TooLargeError(
            limit=MAX_ATTRIBUTES,
            unit=gettext_noop("attributes of one element"),
        )


def parsed(text: str) -> HtmlElement:
    """Parse a page and remove what a browser would not show.

    Args:
        text: the page, cleaned.

    Raises:
        WorkbenchError: as in `read`.
    """
    require_readable(text)
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        page = document_fromstring(text.encode(), parser=parser)
    except ParserError as error:
        raise NotAnArticleError(why=gettext_noop("the page is empty")) from error
    # The parser has dropped anything nested deeper than 255 elements: better nothing than half an
    # article.
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise UnreadableFileError(why=gettext_noop("its elements are nested too deeply"))
    for element in page.xpath(_NOT_SHOWN):
        if element.getparent() is not None:
            element.drop_tree()
    for table in page.xpath(_LAYOUT):
        for part in table.iter(*_TABLE_PARTS):
            part.tag = "div"
    _require_small(page)
    return page


def _require_small(page: HtmlElement) -> None:
    """Refuse a page that would take too long to read."""
    size = depth = depths = 0
    for event, _element in iterwalk(page, events=("start", "end")):
        if event == "start":
            size += 1
            depth += 1
            depths += depth
        else:
            depth -= 1
    if size > MAX_ELEMENTS:
        raise TooLargeError(limit=MAX_ELEMENTS, unit=gettext_noop("elements"))
    if depths > MAX_DEPTHS:
        raise UnreadableFileError(why=gettext_noop("its elements are nested too deeply"))


def _extracted(page: HtmlElement) -> tuple[str, Fields]:
    """Give the article's text, and what its page shows of its headline, author and site."""
    # It takes a sixth of a second to import, and few processes read web pages.
    from trafilatura.core import bare_extraction

    document = bare_extraction(
        page,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    # It is a dictionary only if requested.
    if document is None or isinstance(document, dict):
        raise NotAnArticleError(why=_NOTHING)
    shown = Fields(
        headline=document.title or "",
        byline=html_metadata.byline((document.author or "").replace("; ", ", ")),
        outlet=document.sitename or "",
        published=moment(document.date or ""),
    )
    heading = document.body.find(".//head[@rend='h1']")
    if heading is not None:
        shown["headline"] = one_line("".join(heading.itertext()))
        heading.clear(keep_tail=True)
    text = markup.text(document.body)
    linked = {word for link in page.iter("a") for word in "".join(link.itertext()).split()}
    if linked.issuperset(text.split()):
        raise NotAnArticleError(why=_NOTHING)
    return text, shown


FORMAT = Format(key="html", label="Web page", read=read, aliases=("htm", "xhtml"))
