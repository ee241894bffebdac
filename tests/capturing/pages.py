"""Pages of every sort, invented, as sites answer with them."""

import gzip
import zlib

from tests.fetching.sites import Page, page, raw, redirect

WORDS = "The ferry across the Olm will run again from Monday, the harbour office of Ostrey said in a notice."

ARTICLE = f"""<!DOCTYPE html>
<html lang="en"><head><title>Ferry returns | Ostrey Courier</title><meta name="author" content="Noa Brill">
<link rel="preconnect" href="https://tracker.invalid"><link rel="stylesheet" href="https://tracker.invalid/a.css">
<style>h1 {{ color: teal; background: url(https://tracker.invalid/b.png) }}</style>
<script src="https://tracker.invalid/c.js"></script></head>
<body onload="steal()"><nav><a href="/more">More news</a></nav>
<article><h1>Ferry returns</h1><p>{WORDS}</p>
<p>It had lain idle since the flood of March, when two piers were washed away.</p>
<figure><img src="https://tracker.invalid/d.png" alt=""><figcaption>The ferry at its berth.</figcaption></figure>
<p>Tickets cost as much as before, and a second boat is to follow in the summer.</p></article>
<iframe src="https://tracker.invalid/e"></iframe><form action="https://tracker.invalid/f"><input name="g"></form>
<meta http-equiv="refresh" content="0; url=https://tracker.invalid/h"></body></html>"""

HTML = {"Content-Type": "text/html; charset=utf-8"}


def html(text: str, charset: str = "utf-8", **headers: str) -> Page:
    return page(
        text.encode(charset), headers={"Content-Type": f"text/html; charset={charset}"} | headers
    )


def chunked(body: bytes, more: str = "") -> Page:
    half = len(body) // 2
    pieces = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in (body[:half], body[half:]))
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n{more}\r\n"
    return raw(head.encode(), pieces, b"0\r\n\r\n")


READ: dict[str, Page] = {
    "plain": html(ARTICLE),
    "redirected": redirect("/target"),
    "gzipped": page(gzip.compress(ARTICLE.encode()), headers=HTML | {"Content-Encoding": "gzip"}),
    "chunked": chunked(ARTICLE.encode()),
    "deflated": page(
        zlib.compress(ARTICLE.encode()), headers=HTML | {"Content-Encoding": "deflate"}
    ),
    "deflated-without-a-head": page(
        zlib.compress(ARTICLE.encode(), wbits=-15), headers=HTML | {"Content-Encoding": "deflate"}
    ),
    "in-two-parts": page(
        gzip.compress(ARTICLE.encode()[:500]) + gzip.compress(ARTICLE.encode()[500:]),
        headers=HTML | {"Content-Encoding": "gzip"},
    ),
    "x-gzipped": page(
        gzip.compress(ARTICLE.encode()), headers=HTML | {"Content-Encoding": "x-gzip"}
    ),
    "padded": page(
        gzip.compress(ARTICLE.encode()) + b"\0" * 9, headers=HTML | {"Content-Encoding": "GZIP"}
    ),
    "chunked-and-gzipped": chunked(gzip.compress(ARTICLE.encode()), "Content-Encoding: gzip\r\n"),
    "without-a-type": page(ARTICLE.encode()),
    "latin-1": html(ARTICLE.replace("Noa", "Noé"), charset="iso-8859-1"),
    "wrong-charset": page(
        ARTICLE.replace("Noa", "Noé").encode(), headers={"Content-Type": "text/html; charset=ascii"}
    ),
    "text": page(WORDS.encode(), headers={"Content-Type": "text/plain"}),
    "after-an-interim-answer": raw(
        b"HTTP/1.1 100 Continue\r\nLink: </a.css>\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n",
        ARTICLE.encode(),
    ),
    "table": html(f"<table><tr><th>Year<td>Trips</tr><tr><th>2031<td>{WORDS}</tr></table>"),
    "login": html(f"<p>{WORDS} To read on, log in.</p><form><input type=password></form>"),
}
"""Pages whose words can be read: each has `WORDS`."""

KEPT: dict[str, tuple[Page, str]] = {
    "scripts-only": (html("<div id=root></div><script>fetch('/api')</script>"), "empty-article"),
    "frames": (html("<frameset cols='1'><frame src='/a'></frameset>"), "not-an-article"),
    "endless-attributes": (html(f"<p {'a ' * 2_000}>{WORDS}</p>"), "too-large"),
    "picture": (
        page(b"\x89PNG\r\n\x1a\n", headers={"Content-Type": "image/png"}),
        "unknown-format",
    ),
    "broken-pdf": (
        page(b"%PDF-1.7", headers={"Content-Type": "application/pdf"}),
        "unreadable-file",
    ),
}
"""Pages that are kept, but whose words cannot be read, and the code that says why."""

_BEGUN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CROOKED: dict[str, bytes] = {
    "bomb-behind-a-broken-header": _BEGUN
    + b"broken\r\nContent-Encoding: gzip\r\n\r\n"
    + gzip.compress(bytes(60_000_000), 9),
    "other-page-behind-a-broken-header": _BEGUN
    + b"broken\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n0\r\n\r\n",
    "tabs-in-the-status": b"HTTP/1.1\t200\tOK\r\nContent-Type: text/html\r\n\r\n<p>",
    "interim-answer-with-a-tab": b"HTTP/1.1\t100 Continue\r\n\r\n" + _BEGUN + b"\r\n<p>",
    "unknown-version": b"HTTP/1.9 200 OK\r\n\r\n<p>",
    "name-of-a-header": _BEGUN + b"Caf\xe9: au lait\r\n\r\n<p>",
}
"""Answers that two programs read differently, or one of them not at all."""

REFUSED: dict[str, tuple[Page, str]] = {
    "gone": (page(b"gone", status=410), "bad-answer"),
    "forbidden": (page(b"log in", status=403), "bad-answer"),
    "in-a-circle": (redirect("/in-a-circle"), "too-many-redirects"),
    "inside": (redirect("http://192.168.0.1/"), "unsafe-address"),
    "no-http": (raw(b"hello\r\n\r\n"), "unreachable"),
    **{name: (raw(answer), "unreachable") for name, answer in CROOKED.items()},
    "cut-off": (
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", ARTICLE.encode()[:100]),
        "unreachable",
    ),
}
"""Pages of which nothing is kept, and the code that says why."""


def target() -> Page:
    """Where "redirected" leads."""
    return html(ARTICLE)
