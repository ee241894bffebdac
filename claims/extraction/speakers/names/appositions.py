"""Finds the descriptions that stand behind a name: in apposition, in brackets, behind "who chairs"."""

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.lexicons.titles import titles
from claims.extraction.speakers.names.proper import Name
from claims.extraction.speakers.predicates.offices import is_office, office_of
from claims.extraction.speakers.roles import (
    AFFILIATION,
    APPOSITION,
    AUTHOR,
    CLAUSE,
    LAWMAKER,
    SIGN,
    WITNESS,
    Description,
    Role,
    body_kind,
    read,
    role_at,
    sign,
)
from claims.extraction.text.parsing import Passage

_QUOTED = re.compile(r"[“\"‘'](?:the )?([^”\"’']+)[”\"’']", re.IGNORECASE)
_ALIAS = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*){0,2}")
_MEMBER = re.compile(
    r"(?:[DRI](?: ?[-–, ] ?[A-Z][\w. ]*)?|.*\b(?:Lab|Con|Ind|LD|Lib Dem|SNP|DUP|SDLP|UUP|SF|PC|Grn|ALP|LNP|NDP|Lib|Nat|"
    r"Ind Lab|Lab/Co-op|CB|XB|BJP|INC|PPP|PTI|PML-N|NDC|NPP|APC|PDP|ANC|DA|EFF|ODM|UDA|FF|FG|FDP|SPD|CDU|CSU)\b.*)$"
)
"""A member's party, as parliaments and papers abbreviate it: "(Lab)", "(D-Ohio)"."""
_AGE = re.compile(r"^(?:aged )?(\d{1,3})(?:[- ]year[- ]olds?)?\b(?! [A-Z][a-z]+ ?\d*$)")
"""What tells an age, and no date: "Ada Venn, 43", but not "issued by Orvo Water, 6 February"."""
_SAW = frozenset(
    {
        "see",
        "hear",
        "witness",
        "watch",
        "survive",
        "escape",
        "lose",
        "live",
        "film",
        "rescue",
        "flee",
        "farm",
        "milk",
        "grow",
    }
)
"""Verbs behind "who" that make of somebody one of those whom something happened to, or who were there."""
_WORKS = frozenset({"work", "play", "volunteer", "write"})
_STOPS = frozenset({".", "!", "?", ",", ";", ":", "—", "–", "(", ")", "[", "]", "“", "”", '"'})
_AFTER = _STOPS | {""}
_NOUNS = frozenset({"NOUN", "ADJ", "PROPN"})
_FEW = 3
"""Appositions in a row."""
_LONG = 25
"""Tokens of the longest apposition."""


class Appositions:
    """What stands behind the names of a passage."""

    def __init__(self, passage: Passage, starts: Mapping[int, Name]) -> None:
        self._passage = passage
        self._doc = passage.doc
        self._starts = starts

    def behind(self, name: Name) -> tuple[int, list[Role], str, tuple[str, ...]]:
        """Return where what describes a name ends, its descriptions, its bearer's age and other names in brackets."""
        doc, end = self._doc, name.end
        roles: list[Role] = []
        age = ""
        alias: tuple[str, ...] = ()
        if end < len(doc) and not doc[end].is_sent_start:
            roles.extend(self._affiliation(end))
        while end < len(doc) and doc[end].text == "(":
            first = end + 1
            end, known = self._bracket(end)
            roles.extend(self._in_brackets(first, end - 1, again=bool(alias)))
            alias = (*alias, *known)
        for _ in range(_FEW):
            if (
                end + 1 >= len(doc)
                or doc[end].text not in {",", "—", "–"}
                or self._is_masked(end + 1)
            ):
                break
            stop = self._segment(end + 1)
            words = doc[end + 1 : stop].text
            number = _AGE.match(words)
            if number is not None:
                age = number[1]
            if number is not None and number.end() == len(words):
                end = stop
                continue
            role = (
                self._clause(end + 1, stop)
                or self._apposition(end + 1, stop)
                or self._residence(end + 1)
            )
            if role is None:
                break
            roles.append(role)
            end = stop
        return end, roles, age, alias

    def _is_masked(self, place: int) -> bool:
        return self._passage.masked[place] is not None

    def _segment(self, start: int) -> int:
        """Find where an apposition ends: at a comma, a bracket or dash, or before the verb of the sentence."""
        doc = self._doc
        clause = doc[start].lower_ in {"who", "whose", "which"}
        end = start
        while (
            end < len(doc)
            and end - start < _LONG
            and doc[end].text not in _STOPS
            and not self._is_masked(end)
        ):
            token = doc[end]
            if token.is_sent_start and end > start:
                break
            # "Ada Venn, botanist who saved the marsh": the parser may tie "who" to the name.
            ends = token.tag_ in {"VBD", "VBZ", "VBP", "MD", "WP"}
            if ends and not clause and not _in_relative(token, start):
                break
            end += 1
        while end > start and doc[end - 1].text in {".", "!", "?"}:
            end -= 1
        return end

    def _clause(self, start: int, end: int) -> Role | None:
        """Read "who chairs the committee" and "who is the mayor of Ostmere"."""
        doc = self._doc
        if doc[start].lower_ == "whose":
            return self._whose(start, end)
        if doc[start].lower_ != "who":
            return None
        behind = doc[start + 1 : end]
        verb = next((one for one in behind if one.pos_ in {"VERB", "AUX"} or is_office(one)), None)
        if verb is None or verb.i + 1 >= end:
            return None
        if verb.lemma_ == "be" and doc[verb.i + 1].pos_ in {"DET", "PRON", "NOUN", "ADJ", "PROPN"}:
            role = role_at(self._passage, verb.i + 1, end, CLAUSE)
            return role if role is not None and role.what.head is not None else None
        led = self._passage.words(doc[verb.i + 1 : end])
        office = office_of(verb, led)
        text = self._passage.words(doc[verb.i : end])
        if not office:
            return self._done(verb, start, end)
        return Role(
            text, self._passage.places[start][0], CLAUSE, read(f"{office} of {led}"), verb.i, start
        )

    def _done(self, verb: Token, start: int, end: int) -> Role | None:
        """Read "who works at Orlo Steel" and "who saw the crash"."""
        place, text = self._passage.places[start][0], self._passage.words(self._doc[verb.i : end])
        office = self._as_office(verb.i + 1, end)
        if office is not None:
            return office
        if verb.lemma_ in _SAW:
            # It is told of later mentions; here the article's words stand beside the name.
            behind = self._passage.places[end - 1][1] + 1
            return Role(text, behind, CLAUSE, sign(WITNESS), -1, start)
        ties = [one for one in verb.children if one.dep_ == "prep" and one.lower_ in {"for", "at"}]
        if verb.lemma_ in _WORKS and ties:
            body = self._passage.words(self._doc[ties[0].i + 1 : ties[0].right_edge.i + 1])
            return Role(text, place, CLAUSE, Description(text, "", None, body), -1, start)
        return None

    def _as_office(self, start: int, end: int) -> Role | None:
        """Read "who had cut the ribbon as minister" and "who served as mayor until 2012"."""
        tie = next((one.i for one in self._doc[start:end] if one.lower_ == "as"), end)
        role = role_at(self._passage, tie + 1, end, CLAUSE) if tie + 1 < end else None
        head = role.what.head if role is not None else None
        known = head is not None and not head.body and head.kind not in {"other", "unnamed"}
        return role if known else None

    def _whose(self, start: int, end: int) -> Role | None:
        """Read "whose novel", which an author has, and "whose firm", which its head has."""
        noun = next(
            (one for one in self._doc[start + 1 : end] if one.pos_ in {"NOUN", "PROPN"}), None
        )
        found = kinds().head(noun.lower_) if noun is not None else None
        if found is None or not found.body:
            return None
        what = sign(AUTHOR) if found.kind == "document" else read(f"head of the {found.words}")
        return Role("", self._passage.places[start][0], SIGN, what, -1, start)

    def _apposition(self, start: int, end: int) -> Role | None:
        doc = self._doc
        if doc[start].lower_ == "whose":
            return None
        role = role_at(self._passage, start, end, APPOSITION)
        if role is None or self._is_subject(role, end):
            return None
        if doc[start:end].text.lower() in kinds().heads:
            return role
        return role if _may_begin(doc[start]) and self._is_apposed(role, start, end) else None

    def _is_apposed(self, role: Role, start: int, end: int) -> bool:
        """Return whether a description is that of the name before it, and not the next name or the next subject."""
        doc = self._doc
        head, first = role.what.head, doc[start]
        other = self._starts.get(start)
        if head is None and other is not None and other.first < end and not other.body_kind(doc):
            return False
        noun = doc[role.noun] if role.noun >= 0 else None
        if noun is not None and noun.dep_ == "nsubj" and doc[end : end + 1].text not in _AFTER:
            # "According to the Orlo Courier, a consultancy is to examine it"
            return False
        if head is not None:
            return head.kind != "unnamed" or first.pos_ == "DET"
        return noun is not None and (
            (noun.pos_ == "NOUN" and noun.dep_ == "appos") or (noun.pos_ in _NOUNS and opens(first))
        )

    def _is_subject(self, role: Role, end: int) -> bool:
        """Return whether a noun is what the sentence goes on about: "floods in Ostmere, officials said"."""
        noun = self._doc[role.noun] if role.noun >= 0 else None
        return noun is not None and noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.i == end

    def _affiliation(self, start: int) -> Iterator[Role]:
        """Read "of the Torvelik Institute" right behind a name."""
        body = self._place_behind(start)
        if body is not None:
            text = self._passage.words(self._doc[start : body.end])
            what = Description(text, "", None, self._passage.words(self._doc[start + 1 : body.end]))
            yield Role(text, self._passage.places[start][0], AFFILIATION, what, -1, start)

    def _residence(self, start: int) -> Role | None:
        """Read ", of Fern Court,", which tells no more than where somebody lives."""
        place = self._place_behind(start)
        if place is None:
            return None
        body = (
            body_kind(place.text)
            if place.words[-1] not in titles().streets | titles().quarters
            else ""
        )
        text = self._passage.words(self._doc[start : place.end]) if body else ""
        what = Description(text, "", None, place.text if body else "")
        return Role(text, self._passage.places[start][0], AFFILIATION, what, -1, start)

    def _place_behind(self, start: int) -> Name | None:
        """Find the name behind "of", "from" or "at" and an article."""
        doc = self._doc
        if start + 1 >= len(doc) or doc[start].lower_ not in {"of", "from", "at"}:
            return None
        first = start + 1 + (doc[start + 1].pos_ == "DET")
        while first in range(start + 2, start + _FEW + 2) and doc[first : first + 1].text.islower():
            # "of the charity Tidewatch"
            first += 1
        return self._starts.get(first)

    def _in_brackets(self, start: int, end: int, *, again: bool) -> Iterator[Role]:
        """Read "(head of sales)", and what shows a member of a parliament: "(Lab)", "(Ostmere) (Unity)"."""
        inside = self._doc[start:end].text
        if _MEMBER.match(inside) or again:
            yield Role("", self._passage.places[start][0], SIGN, sign(LAWMAKER), -1, start)
            return
        role = role_at(self._passage, start, end, APPOSITION)
        if role is not None and role.what.head is not None and not role.what.head.body:
            yield role

    def _bracket(self, start: int) -> tuple[int, tuple[str, ...]]:
        """Read "(LST)" or "(“LST” or “the Company”)" behind a name."""
        doc = self._doc
        end = start + 1
        while end < len(doc) and doc[end].text != ")" and end - start < _LONG:
            end += 1
        inside = doc[start + 1 : end].text
        names = _QUOTED.findall(inside) or [inside]
        return min(end + 1, len(doc)), tuple(one for one in names if _ALIAS.fullmatch(one))


def _may_begin(token: Token) -> bool:
    """Return whether an apposition may begin with a word."""
    small = token.pos_ in {"VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PRON"}
    return not small or token.tag_ == "PRP$"


def opens(token: Token) -> bool:
    """Return whether a word begins a noun phrase: "the", "her"."""
    return token.pos_ == "DET" or token.tag_ == "PRP$"


def _in_relative(verb: Token, start: int) -> bool:
    """Return whether a verb stands in a clause of the apposition itself: ", the engineer who built it,"."""
    relative = next((one for one in (verb, *verb.ancestors) if one.dep_ == "relcl"), None)
    return relative is not None and relative.head.i >= start
