"""The forms of the desk as a browser would find them, and what somebody with no good intentions would send instead."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve
from hypothesis import strategies as st
from lxml import html

from tests.web import walk
from tests.web.world import World

NASTY = [
    *["", " ", "0", "-1", "1", "2", "999999999", "9" * 19, "9" * 400, "1.5", "1e9", "NaN", "-0", "٣", "²", "0x10"],
    *["null", "None", "true", "on", "[]", "{}", "[[0,5]]", "[[5,0]]", '{"a":1}', "[" * 200, "[[0,99999999999999999999]]"],
    *["\x00", "a\x00b", "😀", "e\u0301", "\u202e", "\u200b", "\r\n", "ß" * 400, "x" * 11_000, "İ", "\ufeff"],
    *["2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "2026-03-01T25:00", "10000-01-01", "2026-03-29T02:30"],
    *["//example.org", "javascript:alert(1)", "http://[::1", "https://example.org:99999/", "file:///etc/passwd", "http://a b/"],
    *["<script>x()</script>", "'\"><", "{{ x }}", "{% x %}", "%s%n%00", "../../../etc/passwd", "' OR 1=1 --", "\\", "%ff", "&&=="],
    *["verified", "disputed", "pending", "dismiss", "edda", "json", "de", "xx-yy", "source=1", "me", "nobody", "all"],
]  # fmt: skip
"""Values that no field expects, or that some other field does."""


@dataclass
class Form:
    """A form.

    Attributes:
        path: where it is sent.
        fields: its fields, each with the values that a browser may send.
        files: those that take files.
    """

    path: str
    fields: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    files: set[str] = field(default_factory=set)


def known_names() -> list[str]:
    """The names of the fields of every form class, which views may read whatever a page shows."""
    found: set[str] = set()
    classes = [forms.BaseForm]
    while classes:
        one = classes.pop()
        classes += one.__subclasses__()
        if one.__module__.startswith("claims.web"):
            found |= set(getattr(one, "base_fields", {}))
    return sorted(
        found
        | {
            "version",
            "versions",
            "list",
            "back",
            "next",
            "q",
            "page",
            "sort",
            "claim",
            "claims",
            "key",
        }
    )


def found_in(client: Client, world: World) -> list[Form]:
    """Every address of the desk with the forms that lead there, from every page."""
    made = {
        address.path: Form(address.path)
        for address in walk.of_the_desk(world)
        # It says with an error that no worker is running.
        if address.name != "readyz"
    }
    for path in list(made):
        answer = walk.ask(client, path, "GET")
        if answer.status == 200 and answer.body.lstrip().startswith((b"<", b"\n<")):
            for form in _forms(answer.body, path):
                _take(form, path, made)
    return list(made.values())


def _forms(body: bytes, path: str) -> Iterator[Any]:
    # Pages of SVG and feeds have none.
    try:
        yield from html.document_fromstring(body).iter("form")
    except (ValueError, html.etree.ParserError):
        return


def _take(form: Any, page: str, made: dict[str, Form]) -> None:
    path = urlsplit(urljoin(page, form.get("action") or page)).path
    try:
        resolve(path)
    except Resolver404:
        return
    known = made.setdefault(path, Form(path))
    for element in form.iter("input", "select", "textarea", "button"):
        name = element.get("name")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if element.get("type") == "file":
            known.files.add(name)
            continue
        options = [option.get("value", "") for option in element.iter("option")]
        known.fields[name] |= {*options, element.get("value") or element.text or ""}


@dataclass(frozen=True)
class Question:
    """What is sent: where to, how, and which fields."""

    path: str
    method: str
    data: dict[str, list[str]]
    files: dict[str, tuple[str, bytes]]

    def sent(self) -> dict[str, Any]:
        """The fields as Django's client takes them, the files anew each time."""
        upload = {name: SimpleUploadedFile(*file) for name, file in self.files.items()}
        return {**self.data, **(upload if self.method == "POST" else {})}


_words = st.one_of(st.sampled_from(NASTY), st.text(max_size=12))
_uploads = st.tuples(
    st.sampled_from(
        ["a.txt", "a.html", "a.docx", "a.pdf", "a", "../a.txt", "a\x00.txt", "x" * 300 + ".txt"]
    ),
    st.one_of(st.binary(max_size=20), st.just(b"Bridge closed\n\nIt is closed, Ada said.")),
)


@st.composite
def questions(draw: st.DrawFn, found: list[Form], names: list[str]) -> Question:
    """A form that somebody filled in, with some of its fields changed, left out, sent twice, or of other forms."""
    form = draw(st.sampled_from(found))
    data: dict[str, list[str]] = {}
    for name, values in sorted(form.fields.items()):
        how = draw(st.sampled_from(["own", "own", "own", "nasty", "out", "twice"]))
        own = st.sampled_from(sorted(values))
        if how == "own":
            data[name] = [draw(own)]
        elif how == "nasty":
            data[name] = [draw(_words)]
        elif how == "twice":
            data[name] = [draw(own), draw(_words)]
    for name in draw(st.lists(st.sampled_from(names), max_size=4)):
        data[name] = [draw(_words)]
    files = {name: draw(_uploads) for name in sorted(form.files) if draw(st.booleans())}
    return Question(form.path, draw(st.sampled_from(["POST", "POST", "GET"])), data, files)
