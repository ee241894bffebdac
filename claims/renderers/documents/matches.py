"""What readers see of other claims: earlier checks of what says the same, and claims of the report that do not agree."""

from collections import defaultdict

from claims.renderers.documents.blocks import CheckEntry, PairEntry, SideEntry, Told
from claims.renderers.documents.corrections import changes_of
from claims.renderers.documents.facts import (
    anchor_of,
    by,
    complete,
    fact,
    joined,
    language_of,
    mark,
    moment,
    present,
)
from claims.renderers.in_force import in_force
from claims.renderers.labels import Words
from claims.renderers.types import Contradiction, EarlierCheck, Edition, ReportLine, Side


def checks(words: Words, edition: Edition, line: ReportLine) -> tuple[CheckEntry, ...]:
    """Return the earlier checks of what says the same as a claim, in their order."""
    return tuple(_check(words, edition, check) for check in line.earlier)


def _check(words: Words, edition: Edition, check: EarlierCheck) -> CheckEntry:
    address = edition.checks.get((check.report or 0, check.claim), "")
    told = {"number": check.report, "title": check.report_title}
    report = words["report_titled"] % told if check.report else ""
    return CheckEntry(
        mark=mark(check.verdict),
        title=check.statement or check.report_title,
        note=words["taken_over"] if check.taken_over else "",
        facts=present(
            by(words, "checked", check.checked_at, check.checked_by),
            fact(words, "reason", check.reason),
            fact(words, "source", check.source),
            fact(words, "role", check.role),
            fact(words, "said_in", joined(moment(check.published), check.outlet)),
            fact(words, "public_report", report, link=address),
            fact(words, "claim_id", str(check.claim)),
        ),
    )


def pairs(words: Words, edition: Edition) -> tuple[PairEntry, ...]:
    """Return the pairs of claims that do not agree, each side with what it says, who says so, when, and its verdict."""
    numbers, languages = _numbers(edition), _languages(edition)
    report = in_force(edition)

    def side(key: str, one: Side) -> SideEntry:
        number = numbers.get(one.claim, 0)
        return SideEntry(
            label=words[key],
            number=number,
            anchor=anchor_of(one.claim) if number else "",
            page="" if number else edition.claim_page(one.claim),
            mark=mark(one.verdict),
            changes=changes_of(words, edition, one.claim),
            language=languages.get(one.claim, ""),
            statement=one.statement,
            facts=complete(
                words,
                fact(words, "source", one.source),
                fact(words, "role", one.role),
                fact(words, "said_in", joined(moment(one.published), one.outlet)),
            ),
        )

    return tuple(
        PairEntry(
            _says(words, each), side("earlier_claim", each.earlier), side("later_claim", each.later)
        )
        for each in report.contradictions
    )


def opponents(words: Words, edition: Edition) -> defaultdict[int, list[Told]]:
    """Return, by a claim's id, the claims of the document that do not agree with it, with what the two are to each other."""
    numbers = _numbers(edition)
    found = defaultdict(list)
    for each in edition.report.contradictions:
        earlier, later = each.earlier.claim, each.later.claim
        for one, other, which in ((earlier, later, "later"), (later, earlier, "earlier")):
            if other in numbers:
                says = words.get(f"{which}_{each.relation.code}", each.relation.label)
                found[one].append(Told(numbers[other], anchor_of(other), says))
    return found


def _says(words: Words, pair: Contradiction) -> str:
    return words.get(pair.relation.code, pair.relation.label)


def _numbers(edition: Edition) -> dict[int, int]:
    return {line.id: number for number, line in enumerate(edition.report.lines, start=1)}


def _languages(edition: Edition) -> dict[int, str]:
    articles = {one.id: language_of(one.language) for one in edition.report.articles}
    return {line.id: articles[line.article] for line in edition.report.lines}
