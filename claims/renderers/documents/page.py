"""What a reader of the report sees, in order: the content that the HTML and the PDF both show.

Everything here is ready to be shown: times are words, links are safe, and what is missing is left out
or said to be missing. The templates only decide how it looks.
"""

import base64
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from claims.renderers.documents.blocks import (
    ArticleEntry,
    Change,
    ClaimEntry,
    Coverage,
    Document,
    DocumentGroup,
    Fact,
    Figure,
    Mark,
    Notice,
    Page,
    Told,
)
from claims.renderers.labels import LANGUAGE, WORDS, claims_in_words
from claims.renderers.times import for_people
from claims.renderers.types import (
    STANCES,
    Correction,
    Edition,
    EvidenceLine,
    Report,
    ReportArticle,
    ReportLine,
    Term,
)

ICONS = {"verified": "✓", "disputed": "!", "pending": "○"}
"""What stands beside a verdict's word, so that nobody needs to see its colour."""

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
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_BLANKS = re.compile(r"\s+")

# Only what a browser opens as a web page is linked: a `javascript:` address is shown as text.
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)


def page(edition: Edition) -> Page:
    """Arrange a report for readers.

    Args:
        edition: the report.

    Returns:
        Its page.

    Raises:
        ValueError: a time has no zone.
    """
    report = edition.report
    draft = edition.number is None
    articles = tuple(_articles(edition))
    return Page(
        title=report.title,
        language=next(
            (each.language for each in articles if each.headline == report.title), LANGUAGE
        ),
        newsroom=report.newsroom.name,
        logo=_picture(edition.logo),
        draft=draft,
        status=WORDS["draft"] if draft else f"{WORDS['published_report']} {edition.number}",
        cover=_cover(edition),
        notices=tuple(_notices(edition)),
        figures=tuple(
            Figure(_mark(verdict), count, _share(count, len(report.lines)))
            for verdict, count in report.verdicts
        ),
        articles=articles,
        desk=_present(
            _fact("method", report.newsroom.method),
            _fact("funding", report.newsroom.funding),
            _fact("contact", report.newsroom.contact),
            _fact("corrections_policy", report.newsroom.corrections),
        ),
        about=_about(edition),
        recompute=RECOMPUTE,
    )


def href(address: str) -> str:
    """Return the address if it is a web address (http or https), else ""."""
    return address if _WEB_ADDRESS.fullmatch(address) else ""


def _picture(logo: bytes) -> str:
    kind = next((kind for sign, kind in _PICTURES.items() if logo.startswith(sign)), "")
    return f"data:{kind};base64,{base64.b64encode(logo).decode()}" if kind else ""


def _cover(edition: Edition) -> tuple[Fact, ...]:
    report = edition.report
    several = len(report.articles) != 1
    return _present(
        _fact("scope", report.scope or WORDS["whole_article"]),
        _fact("articles", str(len(report.articles)) if several else ""),
        _fact("claims", str(len(report.lines))),
        _fact("made_by", report.made_by),
        _fact("created_at", for_people(report.created_at)),
        _fact("newsroom", report.newsroom.name),
        _fact("public_page", edition.url, link=edition.url),
    )


def _notices(edition: Edition) -> Iterator[Notice]:
    told = {each.claim for each in edition.corrections if each.published_at}
    untold = {each.claim for each in edition.corrections} - told
    for word, concerned in (("corrected_notice", told), ("anew_notice", untold)):
        claims = tuple(
            (number, _anchor(line))
            for number, line in _numbered(edition.report)
            if line.id in concerned
        )
        if claims:
            notices = tuple(_told(edition)) if concerned is told else ()
            yield Notice(f"{WORDS[word]}: {claims_in_words(len(claims))}", claims, notices)


def _told(edition: Edition) -> Iterator[Told]:
    for number, line in _numbered(edition.report):
        for each in edition.corrections:
            if each.claim == line.id and each.published_at:
                yield Told(number, _anchor(line), each.notice)


def _articles(edition: Edition) -> Iterator[ArticleEntry]:
    numbered = defaultdict(list)
    for number, line in _numbered(edition.report):
        numbered[line.article].append((number, line))
    for article in edition.report.articles:
        claims = tuple(
            _claim(number, line, article, edition) for number, line in numbered[article.id]
        )
        held, decided = len(claims), sum(claim.checked for claim in claims)
        yield ArticleEntry(
            headline=article.headline,
            language=_language(article.language),
            facts=_article(article),
            coverage=(
                _coverage("held", held, article.claims, "active"),
                _coverage("decided", decided, held, "in_report"),
            ),
            claims=claims,
        )


def _language(tag: str) -> str:
    """Return a language tag if it is valid, else ""."""
    return tag if _LANGUAGE_TAG.fullmatch(tag) else ""


def _coverage(word: str, part: int, whole: int, of_what: str) -> Coverage:
    text = f"{part} {WORDS['of']} {claims_in_words(whole)} {WORDS[of_what]}"
    return Coverage(WORDS[word], text, _share(part, whole))


def _share(part: int, whole: int) -> float:
    # Claims may have been dismissed since: a part is never shown as more than the whole.
    return min(part / max(whole, 1), 1)


def _article(article: ReportArticle) -> tuple[Fact, ...]:
    facts = (
        _fact("outlet", article.outlet),
        _fact("byline", article.byline),
        _fact("published", _moment(article.published)),
        _fact("url", article.url, link=article.url),
        _fact("language", article.language),
        _fact("revision", str(article.revision)),
    )
    return tuple(fact if fact.text else Fact(fact.label, WORDS["not_given"]) for fact in facts)


def _about(edition: Edition) -> tuple[Fact, ...]:
    report = edition.report
    several = len(report.articles) > 1
    return _present(
        _fact("software", report.software),
        *(
            _fact("body_digest", f"{article.body_digest} ({article.headline})")
            if several
            else _fact("body_digest", article.body_digest)
            for article in report.articles
        ),
        _fact("report_digest", edition.digest),
    )


def _numbered(report: Report) -> Iterator[tuple[int, ReportLine]]:
    return enumerate(report.lines, start=1)


def _anchor(line: ReportLine) -> str:
    return f"claim-{line.id}"


def _claim(number: int, line: ReportLine, article: ReportArticle, edition: Edition) -> ClaimEntry:
    several = len(edition.report.articles) > 1
    address = f"{edition.url}{line.id}/" if edition.url else ""
    where = (_moment(article.published), article.outlet, article.headline if several else "")
    return ClaimEntry(
        number=number,
        anchor=_anchor(line),
        mark=_mark(line.verdict),
        checked=_is_checked(line),
        changes=tuple(_change(each) for each in edition.corrections if each.claim == line.id),
        before=_before(line.prefix),
        quote=line.quote,
        after=_after(line.suffix),
        statement=line.statement,
        source=line.source or line.quotation.label,
        reason=line.reason,
        facts=_present(
            _fact("source", line.source),
            _fact("source_kind", line.source_kind.label if line.source_kind else ""),
            _fact("role", line.role),
            _fact("told_to", line.told_to),
            _fact("quotation", line.quotation.label),
            _fact("said_in", " · ".join(filter(None, where))),
            *(_fact("source_link", link, link=link) for link in line.source_links),
            _fact("checkworthiness", _worth(line)),
            *_decision(line),
            _fact("claim_id", str(line.id)),
            _fact("claim_page", address, link=address),
        ),
        evidence=tuple(_groups(line)),
    )


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


def _change(correction: Correction) -> Change:
    return Change(
        label=WORDS["corrected_since" if correction.published_at else "anew_since"],
        before=_mark(correction.before),
        after=_mark(correction.after),
        facts=_present(
            _fact("changed_at", for_people(correction.at)),
            _fact("reason", correction.reason),
            _fact("notice", correction.notice),
            _fact("notice_published_at", _moment(correction.published_at)),
        ),
    )


def _worth(line: ReportLine) -> str:
    worth = f"{line.checkworthiness:.2f} {WORDS['of_one']}"
    return ": ".join(filter(None, (worth, ", ".join(each.label for each in line.reasons))))


def _decision(line: ReportLine) -> Iterator[Fact]:
    checked = _is_checked(line)
    if not checked:
        yield _fact("checked", WORDS["unchecked"])
    yield _by("checked" if checked else "set_back", line.checked_at, line.checked_by)
    yield _by("second_check", line.second_checked_at, line.second_checked_by)


def _by(word: str, at: datetime | None, who: str) -> Fact:
    # The time comes first: after a name in a right-to-left script it would be set from right to
    # left.
    return _fact(word, " ".join(filter(None, (_moment(at), who and f"{WORDS['by']} {who}"))))


def _is_checked(line: ReportLine) -> bool:
    return line.verdict.code != "pending"


def _groups(line: ReportLine) -> Iterator[DocumentGroup]:
    for stance in STANCES:
        evidence = [each for each in line.evidence if each.stance.code == stance]
        if evidence:
            yield DocumentGroup(evidence[0].stance.label, tuple(map(_document, evidence)))


def _document(evidence: EvidenceLine) -> Document:
    return Document(
        title=evidence.title,
        href=href(evidence.url),
        warning=WORDS["confidential"] if evidence.confidential else "",
        facts=_present(
            _fact("url", evidence.url, link=evidence.url),
            _fact("sha256", evidence.sha256),
            _fact("archive", evidence.archive_url, link=evidence.archive_url),
            _fact("directness", WORDS["primary" if evidence.primary else "not_primary"]),
            _fact("excerpt", evidence.excerpt),
            _fact("interest", evidence.interest),
            _fact("looked_up", evidence.looked_up.isoformat()),
        ),
    )


def _mark(verdict: Term) -> Mark:
    return Mark(verdict.code, ICONS[verdict.code], verdict.label)


def _moment(moment: datetime | None) -> str:
    return for_people(moment) if moment else ""


def _fact(word: str, text: str, link: str = "") -> Fact:
    return Fact(WORDS[word], text, href(link))


def _present(*facts: Fact) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.text)
