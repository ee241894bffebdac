"""Pages in a language in which every text is in brackets: which words stand outside them."""

import re
from html.parser import HTMLParser

DATA = {"bdi", "kbd", "time", "script", "style", "textarea"}
"""Elements that hold names, keys, moments and what people wrote; `dir="auto"` says the same of any other."""
VOID = {"area", "br", "hr", "img", "input", "link", "meta", "use", "path", "line", "rect"}
SAID = {
    "title",
    "aria-label",
    "placeholder",
    "alt",
    "data-announce",
    "data-unreachable",
    "aria-description",
}
"""Attributes with words for people."""
NAMES = re.compile(
    r"Bridge over the Olm closed|The Ostrey Courier|\(fiction\)|(?:Ada|A\.|Adela) Venn|(?:Bo|Cy|Di) Tarn|, officials|[Ee]dda|[Cc]arl|[Rr]ita"
    r"|English|Deutsch|SHA-256(?: [0-9a-f]+)?|\b[0-9a-f]{64}\b|https?://\S*|\b(?:HTML|PDF|Word|DOCX|Markdown|CSV(?: for Excel)?|Excel|XLSX|JSON(?: Lines)?|ClaimReview)\b"
    r"|\d{4}-\d\d-\d\d \d\d:\d\d \w+"
)
"""Names, of the tests' people and article too, and moments: the same in every language."""


class _Reader(HTMLParser):
    """Collects the words of a page that are neither in brackets nor data."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.left: list[str] = []

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        data = tag in DATA or said.get("dir") == "auto"
        if tag not in VOID:
            self.open.append(data)
        for name in SAID & said.keys():
            self._look(said[name] or "")
        if tag == "input" and said.get("type") in {"submit", "button"}:
            self._look(said.get("value") or "")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        if not any(self.open):
            self._look(data)

    def _look(self, words: str) -> None:
        depth, outside = 0, ""
        for sign in NAMES.sub("", words):
            depth += (sign == "⟦") - (sign == "⟧")
            outside += sign if depth == 0 else ""
        if re.search(r"[^\W\d_]{2}", outside):
            self.left.append(words.strip())


def left_in_english(answer, claims=()) -> list[str]:
    """The words of a page that stand outside brackets."""
    page = answer.content.decode()
    for claim in claims:  # a page's title may quote one
        page = page.replace(claim.statement, "")
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == [], "the page is no well-formed HTML"
    return reader.left


def nothing_is_left_in(answer) -> None:
    """Fail where a page has words outside brackets."""
    left = left_in_english(answer)
    assert left == [], left
