"""What a reader of the report sees, in order: the content that the HTML and the PDF both show.

Everything here is ready to be shown: times are words, links are safe, and what is missing is left out
or said to be missing. The templates only decide how it looks.
"""

import base64
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from claims.renderers.documents.blocks import (
    ArticleEntry,
    ClaimEntry,
    Coverage,
    Document,
    DocumentGroup,
    Fact,
    Figure,
    Page,
    Told,
    Undecided,
)
from claims.renderers.documents.corrections import changes_of, notices
from claims.renderers.documents.facts import (
    anchor_of,
    by,
    complete,
    fact,
    href,
    joined,
    language_of,
    mark,
    moment,
    percents,
    present,
)
from claims.renderers.documents.matches import checks, opponents, pairs
from claims.renderers.in_force import in_force
from claims.renderers.labels import LANGUAGE, WORDS, claims_in_words, withheld_in_words
from claims.renderers.public import is_confidential
from claims.renderers.types import (
    INTERNAL_EDITION,
    STANCES,
    Edition,
    EvidenceLine,
    Report,
    ReportArticle,
    ReportLine,
)

CONTEXT = 48
"""How many characters around a quote a report holds at most: where it holds that many, the text goes on."""

RECOMPUTE = (
    'python3 -c "import hashlib, json; '
    "report = json.load(open('report.json', encoding='utf-8'))['report']; "
    "text = json.dumps(report, sort_keys=True, ensure_ascii=False, separators=(',', ':')); "
    'print(hashlib.sha256(text.encode()).hexdigest())"'
)
"""What computes a report's digest again from its JSON export, in any POSIX shell."""

_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_BLANKS = re.compile(r"\s+")


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
    articles = tuple(_articles(edition, report))
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
        cover=_cover(edition),
        notices=tuple(notices(edition)),
        figures=tuple(
            Figure(mark(verdict), count, _share(count, len(report.lines)), percent)
            for (verdict, count), percent in zip(report.verdicts, percents(counts), strict=True)
        ),
        undecided=tuple(_undecided(report)),
        pairs=pairs(edition),
        articles=articles,
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
            if not _is_checked(line) and line.waiting == (word == "waiting")
        )
        if claims:
            yield Undecided(WORDS[word], WORDS[f"{word}_explained"], word, claims)


def _articles(edition: Edition, report: Report) -> Iterator[ArticleEntry]:
    numbered = defaultdict(list)
    for number, line in enumerate(report.lines, start=1):
        numbered[line.article].append((number, line))
    against = opponents(edition)
    for article in report.articles:
        claims = tuple(
            _claim(number, line, article, edition, against[line.id])
            for number, line in numbered[article.id]
        )
        held, decided = len(claims), sum(claim.checked for claim in claims)
        yield ArticleEntry(
            headline=article.headline,
            language=language_of(article.language),
            facts=_article(article),
            coverage=(
                _coverage("held", held, article.claims, "active"),
                _coverage("decided", decided, held, "in_report"),
            ),
            claims=claims,
        )


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


def _claim(
    number: int,
    line: ReportLine,
    article: ReportArticle,
    edition: Edition,
    against: Sequence[Told],
) -> ClaimEntry:
    several = len(edition.report.articles) > 1
    address = edition.claim_page(line.id)
    where = (moment(article.published), article.outlet, article.headline if several else "")
    return ClaimEntry(
        number=number,
        anchor=anchor_of(line.id),
        mark=mark(line.verdict),
        checked=_is_checked(line),
        changes=changes_of(edition, line.id),
        before=_before(line.prefix),
        quote=line.quote,
        after=_after(line.suffix),
        statement=line.statement,
        source=line.source or line.quotation.label,
        reason=line.reason,
        facts=present(
            fact("source", line.source),
            fact("source_kind", line.source_kind.label if line.source_kind else ""),
            fact("role", line.role),
            fact("told_to", line.told_to),
            fact("quotation", line.quotation.label),
            fact("said_in", joined(*where)),
            *(fact("source_link", link, link=link) for link in line.source_links),
            fact("checkworthiness", _worth(line)),
            *_decision(line),
            fact("claim_id", str(line.id)),
            fact("claim_page", address, link=address),
        ),
        evidence=tuple(_groups(line, edition)),
        evidence_note=_evidence_note(line),
        checks=checks(edition, line),
        opponents=tuple(against),
    )


def _evidence_note(line: ReportLine) -> str:
    if line.waiting:
        return WORDS["waiting_evidence"]
    if line.withheld or line.evidence or line.referred:
        return withheld_in_words(line.withheld)
    return WORDS["no_evidence"]


def _before(prefix: str) -> str:
    """Return the words before a quote, without a word that was cut in two."""
    shown = _BLANKS.sub(" ", prefix)
    if len(prefix) < CONTEXT:
        return shown
    _, blank, whole = shown.partition(" ")
    return f"… {whole}" if blank else f"…{shown}"


def _after(suffix: str) -> str:
    """Return the words after a quote, without a word that was cut in two."""
    shown = _BLANKS.sub(" ", suffix)
    if len(suffix) < CONTEXT:
        return shown
    whole, blank, _ = shown.rpartition(" ")
    return f"{whole} …" if blank else f"{shown}…"


def _worth(line: ReportLine) -> str:
    worth = f"{line.checkworthiness:.2f} {WORDS['of_one']}"
    return ": ".join(filter(None, (worth, ", ".join(each.label for each in line.reasons))))


def _decision(line: ReportLine) -> Iterator[Fact]:
    checked = _is_checked(line)
    if not checked:
        yield fact("checked", WORDS["waiting" if line.waiting else "unchecked"])
    yield by("checked" if checked else "set_back", line.checked_at, line.checked_by)
    yield by("second_check", line.second_checked_at, line.second_checked_by)


def _is_checked(line: ReportLine) -> bool:
    return line.verdict.code != "pending"


def _groups(line: ReportLine, edition: Edition) -> Iterator[DocumentGroup]:
    for stance in STANCES:
        of_stance = [
            (each, where)
            for found, where in ((line.evidence, ""), (line.referred, WORDS["other_claim"]))
            for each in found
            if each.stance.code == stance
        ]
        if of_stance:
            label = of_stance[0][0].stance.label
            yield DocumentGroup(label, tuple(_document(*each, edition) for each in of_stance))


def _document(evidence: EvidenceLine, found_for: str, edition: Edition) -> Document:
    return Document(
        title=evidence.title,
        href=href(evidence.url),
        warning=WORDS["confidential"] if is_confidential(evidence, edition) else "",
        facts=present(
            fact("found_for", found_for),
            fact("url", evidence.url, link=evidence.url),
            fact("sha256", evidence.sha256),
            fact("archive", evidence.archive_url, link=evidence.archive_url),
            fact("directness", WORDS["primary" if evidence.primary else "not_primary"]),
            fact("excerpt", evidence.excerpt),
            fact("interest", evidence.interest),
            fact("looked_up", evidence.looked_up.isoformat()),
        ),
    )
