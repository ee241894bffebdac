"""What a reader of the report sees, in order: the content that the HTML and the PDF both show.

Everything here is ready to be shown: times are words, links are safe, and what is missing is left out
or said to be missing. The templates only decide how it looks.
"""

import base64
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from claims.renderers.documents.blocks import (
    ArticleEntry,
    Coverage,
    Fact,
    Figure,
    Page,
    SectionEntry,
    Undecided,
)
from claims.renderers.documents.claim_entries import claim_entry, is_checked
from claims.renderers.documents.corrections import notices
from claims.renderers.documents.facts import (
    anchor_of,
    by,
    complete,
    fact,
    language_of,
    mark,
    moment,
    percents,
    present,
)
from claims.renderers.documents.matches import opponents, pairs
from claims.renderers.documents.prose import prose
from claims.renderers.in_force import in_force
from claims.renderers.labels import LANGUAGE, WORDS, claims_in_words
from claims.renderers.types import INTERNAL_EDITION, Edition, Report, ReportArticle

RECOMPUTE = (
    'python3 -c "import hashlib, json; '
    "report = json.load(open('report.json', encoding='utf-8'))['report']; "
    "text = json.dumps(report, sort_keys=True, ensure_ascii=False, separators=(',', ':')); "
    'print(hashlib.sha256(text.encode()).hexdigest())"'
)
"""What computes a report's digest again from its JSON export, in any POSIX shell."""

_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def page(edition: Edition) -> Page:
    """Arrange a report for readers.

    Args:
        edition: the report.

    Returns:
        Its page.

    Raises:
        ValueError: a time has no zone.
    """
    report = in_force(edition)
    draft = edition.number is None
    articles = tuple(_articles(report))
    counts = [count for _verdict, count in report.verdicts]
    return Page(
        title=report.title,
        language=next(
            (each.language for each in articles if each.headline == report.title), LANGUAGE
        ),
        newsroom=report.newsroom.name,
        logo=_picture(edition.logo),
        draft=draft,
        status=WORDS["draft"] if draft else f"{WORDS['published_report']} {edition.number}",
        edition=WORDS[edition.kind],
        warning=WORDS["internal_warning"] if edition.kind == INTERNAL_EDITION else "",
        lede=prose(report.lede),
        conclusion=prose(report.conclusion),
        cover=_cover(edition),
        notices=tuple(notices(edition)),
        figures=tuple(
            Figure(mark(verdict), count, _share(count, len(report.lines)), percent)
            for (verdict, count), percent in zip(report.verdicts, percents(counts), strict=True)
        ),
        undecided=tuple(_undecided(report)),
        pairs=pairs(edition),
        articles=articles,
        sections=tuple(_sections(edition, report)),
        desk=present(
            fact("method", report.newsroom.method),
            fact("funding", report.newsroom.funding),
            fact("contact", report.newsroom.contact),
            fact("corrections_policy", report.newsroom.corrections),
        ),
        about=_about(edition),
        recompute=RECOMPUTE,
    )


def kind_of_picture(picture: bytes) -> str:
    """Return the content type of a PNG or a JPEG; "" for anything else."""
    return next((kind for sign, kind in _PICTURES.items() if picture.startswith(sign)), "")


def _picture(logo: bytes) -> str:
    kind = kind_of_picture(logo)
    return f"data:{kind};base64,{base64.b64encode(logo).decode()}" if kind else ""


def _cover(edition: Edition) -> tuple[Fact, ...]:
    report = edition.report
    several = len(report.articles) != 1
    return present(
        fact("scope", report.scope or WORDS["whole_article"]),
        fact("articles", str(len(report.articles)) if several else ""),
        fact("claims", str(len(report.lines))),
        fact("left_out", _left_out(report.left_out)),
        *_made(edition),
        fact("newsroom", report.newsroom.name),
        fact("public_page", edition.url, link=edition.url),
    )


def _left_out(number: int) -> str:
    return f"{claims_in_words(number)}, {WORDS['left_out_waiting']}" if number else ""


def _made(edition: Edition) -> Iterator[Fact]:
    """Return who published, approved and drafted a report, and when."""
    report = edition.report
    if report.format == 1 and edition.number is not None:
        # Format 1 kept only who published it, as who made it.
        yield by("published_at", report.created_at, report.made_by)
        return
    yield by("published_at", report.published_at, report.published_by)
    yield fact("approved_by", report.approved_by)
    if edition.kind == INTERNAL_EDITION:
        yield by("drafted", report.created_at, report.made_by)


def _undecided(report: Report) -> Iterator[Undecided]:
    languages = {article.id: language_of(article.language) for article in report.articles}
    for word in ("unchecked", "waiting"):
        claims = tuple(
            (number, anchor_of(line.id), languages[line.article], line.statement)
            for number, line in enumerate(report.lines, start=1)
            if not is_checked(line) and line.waiting == (word == "waiting")
        )
        if claims:
            yield Undecided(WORDS[word], WORDS[f"{word}_explained"], word, claims)


def _articles(report: Report) -> Iterator[ArticleEntry]:
    lines = defaultdict(list)
    for line in report.lines:
        lines[line.article].append(line)
    for article in report.articles:
        held, decided = len(lines[article.id]), sum(map(is_checked, lines[article.id]))
        yield ArticleEntry(
            headline=article.headline,
            language=language_of(article.language),
            facts=_article(article),
            coverage=(
                _coverage("held", held, article.claims, "active"),
                _coverage("decided", decided, held, "in_report"),
            ),
        )


def _sections(edition: Edition, report: Report) -> Iterator[SectionEntry]:
    """Return the claims under their headings: in an order made by hand or, without one, article by article.

    In an order made by hand, those without a verdict come last. One that has got a verdict since has its place among
    the others, and keeps its number.
    """
    against, articles = opponents(edition), {one.id: one for one in report.articles}
    shown = [
        (line, claim_entry(number, line, articles[line.article], edition, against[line.id]))
        for number, line in enumerate(report.lines, start=1)
    ]
    if not report.sections:
        for id_, of_article in groupby(shown, key=lambda one: one[0].article):
            article = articles[id_]
            claims = tuple(entry for _line, entry in of_article)
            yield SectionEntry(article.headline, language_of(article.language), claims)
        return
    entries = {line.id: entry for line, entry in shown}
    for place, section in enumerate(report.sections):
        decided = tuple(entries[id_] for id_ in section.claims if entries[id_].checked)
        heading = section.heading or (WORDS["other_claims"] if place else "")
        if decided:
            yield SectionEntry(heading, "", decided, by_hand=True)
    for group in _undecided(report):
        rest = tuple(entries[report.lines[number - 1].id] for number, *_rest in group.claims)
        yield SectionEntry(group.label, LANGUAGE, rest, by_hand=True)


def _coverage(word: str, part: int, whole: int, of_what: str) -> Coverage:
    text = f"{part} {WORDS['of']} {claims_in_words(whole)} {WORDS[of_what]}"
    return Coverage(WORDS[word], text, _share(part, whole))


def _share(part: int, whole: int) -> float:
    # Claims may have been dismissed since: a part is never shown as more than the whole.
    return min(part / max(whole, 1), 1)


def _article(article: ReportArticle) -> tuple[Fact, ...]:
    return complete(
        fact("outlet", article.outlet),
        fact("byline", article.byline),
        fact("published", moment(article.published)),
        fact("url", article.url, link=article.url),
        fact("language", article.language),
        fact("revision", str(article.revision)),
    )


def _about(edition: Edition) -> tuple[Fact, ...]:
    report = edition.report
    several = len(report.articles) > 1
    return present(
        fact("software", report.software),
        *(
            fact("body_digest", f"{article.body_digest} ({article.headline})")
            if several
            else fact("body_digest", article.body_digest)
            for article in report.articles
        ),
        fact("report_digest", edition.digest),
        fact("published_digest", edition.published_digest),
    )
