"""Lines and marks that belong to a page and not to its article: bylines, dates, contacts, headings, list marks, verse.

Only their form is looked at. What is doubtful stays part of the article.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from claims.extraction.lexicons.cues import lexicon
from claims.extraction.types import Span

_SMALL = frozenset(
    [
        *(
            "a",
            "agencies",
            "agency",
            "and",
            "at",
            "by",
            "chief",
            "columnist",
            "correspondent",
            "de",
            "desk",
        ),
        *(
            "di",
            "editor",
            "for",
            "from",
            "in",
            "of",
            "our",
            "photographer",
            "political",
            "reporter",
        ),
        *(
            "reporters",
            "science",
            "senior",
            "sports",
            "staff",
            "the",
            "van",
            "von",
            "with",
            "writer",
        ),
    ]
)
"""Words in a byline that begin with a small letter."""

_BYLINE = re.compile(
    r"(?:by|from|words|text|story|report|reporting|reported|written|compiled|edited|editing|interview|photographs?|"
    r"photos?|pictures?|video|additional reporting|as told to)(?: by)?:?\s+(?P<names>[^.?!:“”\"]{3,90}?)\.?",
    re.IGNORECASE,
)
_ROLE_LINE = re.compile(
    r"(?P<names>[^\W\d_][\w.’'-]+(?: [^\W\d_][\w.’'-]+){1,3})\s?[,|–-]\s?(?:[\w ]{0,30}\s)?"
    r"(?:reporters?|correspondents?|editors?|columnists?|writers?|staff|desk|bureau)",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_MOMENT = re.compile(
    r"(?>(?:first|last)?(?:published|updated|posted|modified|created|issued)(?:on|at)?:?"
    rf"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|{_MONTH}\.?|\d{{4}}|\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?"
    r"|\d{1,2}(?:st|nd|rd|th|[ap]m)?|[ap]\.?m\.?|[a-z]{2,3}t|utc|hrs|at|on|[,.|·/–-])++",
    re.IGNORECASE,
)
"""A line of dates and times alone, without its spaces."""
_NOTICE = re.compile(
    r"(?:for immediate release|(?:strictly )?embargoed.*|(?:press|media|news) (?:release|statement)|[-–—*]*\s?ends?\s?[-–—*]*|"
    r"[#*_=~-]{3,}|[(\[][^\d()\[\]]{3,40}[)\]]|-\s?30\s?-|notes? (?:to|for) editors?:?|about the author:?|"
    r"(?:for (?:more|further) information.*|(?:media|press) (?:contact|enquir|inquir|office).*|contacts?:.*)|"
    r"(?:tel|telephone|phone|mobile|e-?mail|web|website|fax)\.?:.*|(?:https?://|www\.)\S+|\S+@\S+\.\w+|"
    r"(?:photo(?:graph)?s?|pictures?|image|credit|copyright|©|source|file photo)(?: credits?)?(?:: ?|/| by | ©? ?\d).*|"
    r"all rights reserved.*|(?:read|see|watch|listen|also read|more on|related|recommended)(?: more| also| next| this)?(?::.*| stor(?:y|ies).*)|"
    r"share(?: this.*)?|advertisement|sponsored(?: content)?|(?:subscribe|sign up|follow us|click here|download our).*|"
    r"(?:replying|in reply) to .*|(?:\d+|an?) (?:second|minute|hour|day|week|month|year)s? ago|show (?:this thread|more|replies)|"
    r"(?:[·|]?\s?[\d,.]+[km]? (?:comments?|likes?|views?|repl(?:y|ies)|shares?|reposts?|retweets?)\s?)+|"
    r"(?:[·|]?\s?(?:like|reply|repost|retweet|quote)\s?)+|\d+[ -]min(?:ute)?s?(?: read)?|(?:topics?|tags?|filed under|categories):.*|live(?: blog| updates)?)",
    re.IGNORECASE,
)
_NOTICE_LIMIT = 120

_ABBREVIATED = r"[ap]\.?m\.?"
_ZONE = r"(?:\s?(?:GMT|BST|UTC|CES?T|E[SD]T|P[SD]T|I?ST|EAT|WAT|SAST|hrs?|local time))?"
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )"
"""Of a log's entry: "Monday, 7.40 a.m. A caller said"."""
_MARK = re.compile(
    rf"(?i:{_DAY}\d{{1,2}}(?:[:.]\d\d)?\s?{_ABBREVIATED})[,:–—-]?\s+(?=[“\"'‘@(]*[^\W\d_a-z])|"
    rf"(?:\[?\(?\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?\s?(?:{_ABBREVIATED})?{_ZONE}[\])]?(?:\s*[–—:|-]\s+|\s+(?=[“\"'‘@(]*[^\W\d_a-z])|$)"
    rf"|\[?\d{{1,2}}\s?{_ABBREVIATED}{_ZONE}\]?(?:\s*[–—:|-]\s+|$)"
    r"|\d{1,5}\s+(?=[QA][.:)]?\s)"
    r"|\(?\d{1,3}/\d{0,3}\)?[.:]?\s+(?=[“\"'‘@]*[^\W\d_])"
    r"|[“\"‘'](?=[^\W\d_a-z](?:[^\W\d_a-z]|[ .'’-]){1,40}:\s)"
    r"|[*_]{1,3}(?=[^\s*_])"
    r"|[•●▪◦‣·*–—↳→>-]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S))",
)

_PLACE = re.compile(
    r"(?P<place>[^\W\d_a-z](?:[^\W\d_a-z]|[ .'’-]){2,30})(?:, [^:.?!\n]{2,20})?:\s+(?=[“\"'‘]*[^\W\d_a-z]+[a-z])"
)
_SPOKEN = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our)\b")
_LEAD = 3
"""Lines at whose start a place in capitals and a colon may stand."""

_HEADING_LIMIT, _HEADING_WORDS, _PARAGRAPH = 70, 10, 90
_VERSE_LINES, _VERSE_LIMIT = 4, 60
_ENDS = ".?!:;,…”\"'’)%"


def is_notice(line: str) -> bool:
    """Return whether a line is a byline, a date, a contact, a credit or another notice of the page.

    Args:
        line: its words, without white space at the ends.
    """
    if len(line) > _NOTICE_LIMIT:
        return False
    if _NOTICE.fullmatch(line) or _MOMENT.fullmatch(line.replace(" ", "")):
        return True
    match = _BYLINE.fullmatch(line) or _ROLE_LINE.fullmatch(line)
    return match is not None and all(
        not word[0].islower() or word.lower() in _SMALL
        for word in re.findall(r"[^\W\d_][\w’'-]*", match["names"])
    )


def behind_mark(text: str, start: int, end: int) -> int:
    """Find where a line's words begin after the time, the list mark or the "1/5" before them.

    A quotation mark before a speaker's label belongs to neither.
    """
    match = _MARK.match(text, start, end)
    return match.end() if match is not None else start


def behind_place(text: str, lines: Sequence[Span]) -> tuple[Span, int] | None:
    """Find the dateline "OSTREY: Growers demanded ..." among an article's first lines.

    It stands at one line only, in which nobody speaks; else the words in capitals are a speaker.

    Returns:
        The line, and where it starts after the place; None if there is no such line.
    """
    found = [(line, match) for line in lines if (match := _PLACE.match(text, *line))]
    if len(found) != 1 or found[0][0] not in lines[:_LEAD]:
        return None
    line, match = found[0]
    spoken = _SPOKEN.search(text, match.end(), line[1])
    return None if spoken or text[line[1] - 1] not in '.”"' else (line, match.end())


def apart(text: str, lines: Sequence[Span]) -> set[Span]:
    """Find headings and verse among an article's lines.

    A heading is a short line without a closing mark between two paragraphs, and reports nothing; verse is a run of
    short lines that begin with a capital and mostly do not end a sentence.

    Args:
        text: the article.
        lines: the places of its lines, in order, without white space at the ends; the first is its headline.
    """
    times = Counter(text[slice(*line)] for line in lines)
    found = {
        line
        for before, line, after in zip(lines[1:], lines[2:], lines[3:], strict=False)
        # A line that comes again, or an account's, names who speaks in what follows.
        if times[text[slice(*line)]] == 1 and _is_heading(text, before, line, after)
    }
    run: list[Span] = []
    for line, following in pairwise([*lines[1:], (len(text), len(text))]):
        if _may_be_verse(text, line):
            run.append(line)
        if (
            not run
            or run[-1] != line
            or text.count("\n", line[1], following[0]) != 1
            or not _may_be_verse(text, following)
        ):
            found.update(_verse(text, run))
            run = []
    return found


def _is_heading(text: str, before: Span, line: Span, after: Span) -> bool:
    start, end = line
    words = text[start:end].split()
    short = end - start <= _HEADING_LIMIT and len(words) <= _HEADING_WORDS
    between = before[1] - before[0] >= _PARAGRAPH and after[1] - after[0] >= _PARAGRAPH
    plain = (
        text[start].isupper()
        and "@" not in text[start:end]
        and text[end - 1] not in _ENDS
        and ": " not in text[start:end]
    )
    return short and between and plain and lexicon().forms.isdisjoint(words)


def _may_be_verse(text: str, line: Span) -> bool:
    start, end = line
    return (
        1 < end - start <= _VERSE_LIMIT
        and text[start].isupper()
        and ": " not in text[start:end]
        and " " in text[start:end]
    )


def _verse(text: str, run: Sequence[Span]) -> Sequence[Span]:
    """Return a run of short lines if it is verse."""
    closed = sum(text[end - 1] in '.?!…”"' for _, end in run)
    announced = bool(run) and text[: run[0][0]].rstrip().endswith(":")
    return run if len(run) >= _VERSE_LINES and closed <= len(run) / 2 and not announced else ()
