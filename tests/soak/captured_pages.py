"""Forty pages of every sort, for `make soak-capture`."""

import gzip
import zlib

import typst

from tests.capturing.pages import ARTICLE, HTML, KEPT, READ, REFUSED, WORDS, html, target
from tests.fetching.sites import Page, page, raw, redirect
from tests.ingest.documents.files import FILES

READABLE, UNREADABLE, REFUSED_AS = "read", "kept", "refused"
"""What becomes of a page: kept and read, kept without words, or not kept."""

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES = {
    "docx": _OFFICE + "wordprocessingml.document",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
    "pptx": _OFFICE + "presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
}
_ARABIC = "<p dir=rtl>قال مكتب المرفأ إن العبّارة ستعود إلى العمل يوم الاثنين.</p>"

_MORE_READ: dict[str, Page] = {
    "deflated": page(
        zlib.compress(ARTICLE.encode()), headers=HTML | {"Content-Encoding": "deflate"}
    ),
    "xhtml": page(ARTICLE.encode(), headers={"Content-Type": "application/xhtml+xml"}),
    "utf-16": html(ARTICLE, charset="utf-16"),
    "right-to-left": html(ARTICLE.replace("<article>", f"<article>{_ARABIC}")),
    "one-endless-line": html(
        ARTICLE.replace("</article>", f"<p>{'far away ' * 20_000}</p></article>")
    ),
    "login-wall": html(f"<div id=wall><p>{WORDS}</p><p>Subscribe to read on.</p></div>"),
    "long-pdf": page(
        typst.compile(f"{WORDS}\n\n#lorem(8000)".encode()), headers={"Content-Type": _TYPES["pdf"]}
    ),
    **{
        f"office-{kind}": page(FILES[kind], headers={"Content-Type": type_})
        for kind, type_ in _TYPES.items()
    },
}
_MORE_KEPT: dict[str, Page] = {
    "nested-too-deeply": html("<div>" * 400 + WORDS),
    "too-many-elements": html("<p>x" * 40_000),
    "empty": html(""),
    "json": page(b'{"words": []}', headers={"Content-Type": "application/json"}),
}
_MORE_REFUSED: dict[str, Page] = {
    "huge": raw(_OK + b"\r\n", again=b"x" * 65_536),
    "bomb": page(gzip.compress(bytes(50_000_000)), headers=HTML | {"Content-Encoding": "gzip"}),
    "slow": raw(_OK + b"\r\n", again=b"x", pause=0.5),
    "unknown-coding": page(b"x", headers=HTML | {"Content-Encoding": "br"}),
    "password": page(b"log in", status=401, headers={"WWW-Authenticate": "Basic"}),
}

SITE: dict[str, Page] = {
    "target": target(),
    **READ,
    **_MORE_READ,
    **{name: found for name, (found, _code) in KEPT.items()},
    **_MORE_KEPT,
    **{name: found for name, (found, _code) in REFUSED.items()},
    **_MORE_REFUSED,
    "moved-for-good": redirect("/redirected", status=308),
}
"""The pages by their paths."""

BECOMES: dict[str, str] = {
    **dict.fromkeys([*READ, *_MORE_READ, "moved-for-good"], READABLE),
    **dict.fromkeys([*KEPT, *_MORE_KEPT], UNREADABLE),
    **dict.fromkeys([*REFUSED, *_MORE_REFUSED], REFUSED_AS),
}
"""What becomes of each."""
