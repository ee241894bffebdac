"""Markdown: the report as readable text, for content systems and version control.

CommonMark with GitHub's tables. Texts are escaped, so that they mean nothing to Markdown or HTML; the claim's
words are in `<mark>`, and only web addresses become links.
"""

import re
from collections.abc import Iterable, Iterator

from claims.renderers.documents.blocks import (
    ArticleEntry,
    Change,
    ClaimEntry,
    Document,
    Fact,
    Mark,
    Page,
    Prose,
    Run,
    SideEntry,
)
from claims.renderers.documents.page import page
from claims.renderers.labels import Words, words_in
from claims.renderers.types import Edition, Format
from claims.renderers.xml_text import legal

_BLANKS = re.compile(r"[ \t\f\v\x1c-\x1f\x85\u2028\u2029]+")
_LINES = re.compile(r"[\r\n]+")
# `@` and `$` mean nothing in CommonMark, but e-mail addresses and formulas in some of its dialects.
_MARKS = re.compile(r"[\\`*_\[\]#|~@$]")
_BEGINS_A_BLOCK = re.compile(r"([-+=:])|([0-9]+)([.)])(?=\s|$)")
_OF_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_OF_ADDRESSES = str.maketrans({"&": "&amp;", "<": "%3C", ">": "%3E", "\\": "%5C"})


def write(edition: Edition) -> Iterator[bytes]:
    """Write a report as Markdown in UTF-8.

    Args:
        edition: the report.

    Yields:
        The file's bytes, a block at a time.
    """
    for number, block in enumerate(_blocks(words_in(edition.report.language), page(edition))):
        yield f"\n{block}\n".encode() if number else f"{block}\n".encode()


def escaped(text: str) -> str:
    """Return the text escaped for Markdown, on one line."""
    return _escaped_line(_LINES.sub(" ", text))


def _escaped_line(text: str) -> str:
    text = _BLANKS.sub(" ", legal(text)).strip()
    text = _MARKS.sub(r"\\\g<0>", text).translate(_OF_HTML)
    return _BEGINS_A_BLOCK.sub(r"\2\\\1\3", text, count=1) if _BEGINS_A_BLOCK.match(text) else text


def _escaped_lines(text: str) -> str:
    """The same with the text's own lines; those after the first are indented as part of the same list item."""
    return "\\\n  ".join(filter(None, map(_escaped_line, _LINES.split(text))))


def _blocks(words: Words, shown: Page) -> Iterator[str]:
    yield escaped(" · ".join(filter(None, (words["kicker"], shown.newsroom))))
    yield f"# {escaped(shown.title)}"
    yield f"**{escaped(f'{shown.status} · {shown.edition}')}**"
    if shown.warning:
        yield f"**{escaped(shown.warning)}**"
    yield from _prose(shown.lede)
    yield _facts(shown.cover)
    for notice in shown.notices:
        claims = ", ".join(words.numbered(number) for number, _ in notice.claims)
        yield f"**{escaped(notice.text)}** ({claims})"
        if notice.told:
            yield _facts(Fact(words.numbered(each.number), each.words) for each in notice.told)
    if shown.text_changes:
        yield _facts(shown.text_changes)
    yield f"## {words['figures']}"
    yield _table(
        words,
        ("verdict", "claims", "share"),
        (
            *((_mark(each.mark), str(each.count), f"{each.percent}%") for each in shown.figures),
            (words["all_claims"], str(len(shown.claims)), ""),
        ),
    )
    yield from _articles(words, shown.articles)
    yield from _undecided(words, shown)
    yield from _pairs(words, shown)
    yield from _summary(words, shown)
    if shown.claims:
        yield f"## {words['claims_in_full']}"
    for section in shown.sections:
        if section.heading and section.by_hand:
            yield f"### {escaped(section.heading)}"
        for claim in section.claims:
            yield from _claim(words, claim)
    if shown.conclusion:
        yield f"## {words['conclusion']}"
    yield from _prose(shown.conclusion)
    yield from _changes(words, shown)
    yield f"## {words['about']}"
    yield _facts((*shown.desk, *shown.about))
    yield words["recompute"]
    yield f"```sh\n{shown.recompute.rstrip()}\n```"


def _articles(words: Words, articles: tuple[ArticleEntry, ...]) -> Iterator[str]:
    if articles:
        yield f"## {words['articles' if len(articles) > 1 else 'article']}"
    for article in articles:
        yield f"### {escaped(article.headline)}"
        coverage = (Fact(each.label, each.text) for each in article.coverage)
        yield _facts((*article.facts, *coverage))


def _undecided(words: Words, shown: Page) -> Iterator[str]:
    for group in shown.undecided:
        yield f"## {group.label}"
        yield group.explanation
        yield _facts(
            Fact(words.numbered(number), statement)
            for number, _anchor, _language, statement in group.claims
        )


def _pairs(words: Words, shown: Page) -> Iterator[str]:
    if shown.pairs:
        yield f"## {words['pairs']}"
        yield words["pairs_explained"]
    for pair in shown.pairs:
        yield f"**{escaped(pair.says)}**"
        sides = (pair.earlier, pair.later)
        yield _rows(
            ("", *(_side(words, each) for each in sides)),
            (
                (
                    words["statement"],
                    *(_link(escaped(each.statement), each.page) for each in sides),
                ),
                *(
                    (escaped(one.label), escaped(one.text), escaped(other.text))
                    for one, other in zip(pair.earlier.facts, pair.later.facts, strict=True)
                ),
                (words["verdict"], *map(_state, sides)),
            ),
        )


def _side(words: Words, side: SideEntry) -> str:
    number = f": {words.numbered(side.number)}" if side.number else ""
    return f"{side.label}{number}"


def _state(shown: ClaimEntry | SideEntry) -> str:
    since = (f"{each.aside}: {_mark(each.aside_mark)}" for each in shown.changes)
    return "; ".join((_mark(shown.mark), *since))


def _summary(words: Words, shown: Page) -> Iterator[str]:
    yield f"## {words['summary']}"
    if not shown.claims:
        yield words["no_claims"]
        return
    yield _table(
        words,
        ("number", "statement", "source", "verdict"),
        (
            (
                str(claim.number),
                escaped(claim.statement),
                escaped(claim.source),
                _state(claim),
            )
            for section in shown.sections
            for claim in section.claims
        ),
    )


def _claim(words: Words, claim: ClaimEntry) -> Iterator[str]:
    yield f"### {words.numbered(claim.number)}: {_mark(claim.mark)}"
    for change in claim.changes:
        yield from _change(words, change)
    for each in claim.opponents:
        yield f"**{words.numbered(each.number)}:** {escaped(each.words)}"
    yield f"**{words['statement']}:** {escaped(claim.statement)}"
    yield f"**{words['quote']}:**"
    yield f"> {_around(claim)}"
    if claim.reason:
        yield f"**{words['reason']}:** {_escaped_lines(claim.reason)}"
    yield _facts(claim.facts)
    yield f"#### {words['evidence']}"
    for group in claim.evidence:
        for document in group.documents:
            yield from _document(group.label, document)
    if claim.evidence_note:
        yield claim.evidence_note
    if claim.checks:
        yield f"#### {words['earlier_checks']}"
        yield words["earlier_checks_explained"]
    for check in claim.checks:
        yield f"**{_mark(check.mark)}:** {escaped(check.title)}"
        if check.note:
            yield f"**{escaped(check.note)}**"
        yield _facts(check.facts)


def _around(claim: ClaimEntry) -> str:
    """Return the claim's words with those around them. A space at an edge stays one."""
    before, after = claim.before, claim.after
    left = " " if before[-1:].isspace() else ""
    right = " " if after[:1].isspace() else ""
    return f"{escaped(before)}{left}<mark>{escaped(claim.quote)}</mark>{right}{escaped(after)}"


def _document(stance: str, document: Document) -> Iterator[str]:
    yield f"**{escaped(stance)}:** {_link(escaped(document.title), document.href)}"
    if document.warning:
        yield f"**{escaped(document.warning)}**"
    yield _facts(document.facts)


def _changes(words: Words, shown: Page) -> Iterator[str]:
    changed = [claim for claim in shown.claims if claim.changes]
    if changed:
        yield f"## {words['corrections']}"
    for claim in changed:
        yield f"### {words.numbered(claim.number)}"
        yield escaped(claim.statement)
        for change in claim.changes:
            yield from _change(words, change)


def _change(words: Words, change: Change) -> Iterator[str]:
    yield f"**{change.label}:** {_mark(change.before)} {words.arrow} {_mark(change.after)}"
    yield _facts(change.facts)


def _prose(blocks: Iterable[Prose]) -> Iterator[str]:
    for block in blocks:
        if block.kind == "paragraph":
            yield "".join(map(_run, block.runs))
        for number, item in enumerate(block.items, start=block.start):
            sign = f"{number}. " if block.kind == "numbers" else "- "
            # What belongs to an item begins where its first word does.
            lines = "\n\n".join(_prose(item)).split("\n")
            indented = (f"{' ' * len(sign)}{line}" if line else "" for line in lines)
            yield sign + "\n".join(indented).lstrip()


def _run(run: Run) -> str:
    words = escaped(run.text)
    if not words:
        return " "
    left, right = (" " if edge.isspace() else "" for edge in (run.text[0], run.text[-1]))
    style = "*" * (2 * run.strong + run.emphasis)
    return f"{left}{style}{_link(words, run.href)}{style}{right}"


def _facts(facts: Iterable[Fact]) -> str:
    return "\n".join(
        f"- **{escaped(fact.label)}:** {_link(_escaped_lines(fact.text), fact.href)}"
        for fact in facts
    )


def _link(text: str, href: str) -> str:
    return f"[{text}](<{legal(href).translate(_OF_ADDRESSES)}>)" if href else text


def _table(words: Words, keys: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return _rows(tuple(words[key] for key in keys), rows)


def _rows(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    head = (names, ("---",) * len(names))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (*head, *rows))


def _mark(mark: Mark) -> str:
    return f"{mark.icon} {escaped(mark.word)}"


FORMAT = Format(
    key="md",
    label="Markdown",
    content_type="text/markdown; charset=utf-8",
    write=write,
)
