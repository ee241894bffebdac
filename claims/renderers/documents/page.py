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
from claims.renderers.documents.corrections import notices, text_changes
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
from claims.renderers.labels import Words, words_in
from claims.renderers.types import (
    APPROVED,
    CHECKED,
    INTERNAL_EDITION,
    PUBLIC_EDITION,
    WRITTEN,
    Edition,
    Report,
    ReportArticle,
)

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
    report, words = in_force(edition), words_in(edition.report.language)
    draft = edition.number is None
    articles = tuple(_articles(words, report))
    counts = [count for _verdict, count in report.verdicts]
    return Page(
        title=report.title,
        language=next(
            (each.language for each in articles if each.headline == report.title), report.language
        ),
        newsroom=report.newsroom.name,
        logo=_picture(edition.logo),
        draft=draft,
        status=words["draft"] if draft else words["published_report"] % {"number": edition.number},
        edition=words[edition.kind],
        warning=words["internal_warning"] if edition.kind == INTERNAL_EDITION else "",
        lede=prose(report.lede),
        conclusion=prose(report.conclusion),
        cover=_cover(words, edition),
        notices=tuple(notices(words, edition)),
        text_changes=present(*text_changes(words, edition)),
        figures=tuple(
            Figure(mark(verdict), count, _share(count, len(report.lines)), percent)
            for (verdict, count), percent in zip(report.verdicts, percents(counts), strict=True)
        ),
        undecided=tuple(_undecided(words, report)),
        pairs=pairs(words, edition),
        articles=articles,
        sections=tuple(_sections(words, edition, report)),
        desk=present(
            fact(words, "method", report.newsroom.method),
            fact(words, "funding", report.newsroom.funding),
            fact(words, "contact", report.newsroom.contact),
            fact(words, "corrections_policy", report.newsroom.corrections),
        ),
        about=_about(words, edition),
        recompute=RECOMPUTE,
    )


def kind_of_picture(picture: bytes) -> str:
    """Return the content type of a PNG or a JPEG; "" for anything else."""
    return next((kind for sign, kind in _PICTURES.items() if picture.startswith(sign)), "")


def _picture(logo: bytes) -> str:
    kind = kind_of_picture(logo)
    return f"data:{kind};base64,{base64.b64encode(logo).decode()}" if kind else ""


def _cover(words: Words, edition: Edition) -> tuple[Fact, ...]:
    report = edition.report
    several = len(report.articles) != 1
    return present(
        fact(words, "scope", _scope(words, edition)),
        fact(words, "articles", str(len(report.articles)) if several else ""),
        fact(words, "claims", str(len(report.lines))),
        fact(words, "left_out", _left_out(words, report)),
        *_made(words, edition),
        fact(words, "newsroom", report.newsroom.name),
        fact(words, "public_page", edition.url, link=edition.url),
    )


def _scope(words: Words, edition: Edition) -> str:
    if not edition.report.scope:
        return words["whole_article"]
    return words["chosen"] if edition.kind == PUBLIC_EDITION else edition.report.scope


def _left_out(words: Words, report: Report) -> str:
    """Return how many claims the report does not show that it could have, and why: a line for each reason."""
    numbers = {
        "left_out_waiting": report.left_out,
        "omitted": report.omitted,
        "undecided_omitted": report.undecided_omitted,
    }
    return "\n".join(
        words[key] % {"claims": words.claims_in_words(number)}
        for key, number in numbers.items()
        if number
    )


def _made(words: Words, edition: Edition) -> Iterator[Fact]:
    """Return who published, approved and drafted a report, and when."""
    report = edition.report
    if report.format == 1 and edition.number is not None:
        # Format 1 kept only who published it, as who made it.
        yield by(words, "published_at", report.created_at, report.made_by)
        return
    yield by(words, "published_at", report.published_at, report.published_by)
    yield fact(words, "approved_by", report.approved_by)
    if edition.kind == PUBLIC_EDITION:
        for part in (WRITTEN, CHECKED, APPROVED):
            names = [one.name for one in report.bylines if one.part == part]
            yield fact(words, f"{part}_by", ", ".join(names))
    if edition.kind == INTERNAL_EDITION:
        yield by(words, "drafted", report.created_at, report.made_by)


def _undecided(words: Words, report: Report) -> Iterator[Undecided]:
    languages = {article.id: language_of(article.language) for article in report.articles}
    for key in ("unchecked", "waiting"):
        claims = tuple(
            (number, anchor_of(line.id), languages[line.article], line.statement)
            for number, line in enumerate(report.lines, start=1)
            if not is_checked(line) and line.waiting == (key == "waiting")
        )
        if claims:
            yield Undecided(words[key], words[f"{key}_explained"], key, claims)


def _articles(words: Words, report: Report) -> Iterator[ArticleEntry]:
    lines = defaultdict(list)
    for line in report.lines:
        lines[line.article].append(line)
    for article in report.articles:
        held, decided = len(lines[article.id]), sum(map(is_checked, lines[article.id]))
        yield ArticleEntry(
            headline=article.headline,
            language=language_of(article.language),
            facts=_article(words, article),
            coverage=(
                _coverage(words, "held", held, article.claims),
                _coverage(words, "decided", decided, held),
            ),
        )


def _sections(words: Words, edition: Edition, report: Report) -> Iterator[SectionEntry]:
    """Return the claims under their headings: in an order made by hand or, without one, article by article.

    In an order made by hand, those without a verdict come last. One that has got a verdict since has its place among
    the others, and keeps its number.
    """
    against, articles = opponents(words, edition), {one.id: one for one in report.articles}
    shown = [
        (line, claim_entry(words, number, line, articles[line.article], edition, against[line.id]))
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
        heading = section.heading or (words["other_claims"] if place else "")
        language = report.language if section.heading else words.spoken
        if decided:
            yield SectionEntry(heading, language, decided, by_hand=True)
    for group in _undecided(words, report):
        rest = tuple(entries[report.lines[number - 1].id] for number, *_rest in group.claims)
        yield SectionEntry(group.label, words.spoken, rest, by_hand=True)


def _coverage(words: Words, key: str, part: int, whole: int) -> Coverage:
    text = words[f"{key}_of"] % {"part": part, "claims": words.claims_in_words(whole)}
    return Coverage(words[key], text, _share(part, whole))


def _share(part: int, whole: int) -> float:
    # Claims may have been dismissed since: a part is never shown as more than the whole.
    return min(part / max(whole, 1), 1)


def _article(words: Words, article: ReportArticle) -> tuple[Fact, ...]:
    return complete(
        words,
        fact(words, "outlet", article.outlet),
        fact(words, "byline", article.byline),
        fact(words, "published", moment(article.published)),
        fact(words, "url", article.url, link=article.url),
        fact(words, "article_language", article.language),
        fact(words, "revision", str(article.revision)),
    )


def _about(words: Words, edition: Edition) -> tuple[Fact, ...]:
    report = edition.report
    several = len(report.articles) > 1
    return present(
        fact(words, "software", report.software),
        *(
            fact(words, "body_digest", f"{article.body_digest} ({article.headline})")
            if several
            else fact(words, "body_digest", article.body_digest)
            for article in report.articles
        ),
        fact(words, "report_digest", edition.digest),
        fact(words, "published_digest", edition.published_digest),
    )
