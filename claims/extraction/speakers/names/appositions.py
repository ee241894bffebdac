"""Finds the descriptions that stand behind a name: in apposition, in brackets, behind "who chairs"."""

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.speakers.names.proper import Name
from claims.extraction.speakers.roles import (
    AFFILIATION,
    APPOSITION,
    CLAUSE,
    Description,
    Role,
    body_kind,
    read,
    role_at,
)
from claims.extraction.text.parsing import Passage

_QUOTED = re.compile(r"[“\"‘'](?:the )?([^”\"’']+)[”\"’']", re.IGNORECASE)
_ALIAS = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*){0,2}")
_AGE = re.compile(r"^(?:aged )?(\d{1,3})(?:[- ]year[- ]olds?)?\b")
_OFFICES = {
    "chair": "chair",
    "lead": "leader",
    "head": "head",
    "run": "head",
    "own": "owner",
    "found": "founder",
    "direct": "director",
    "manage": "manager",
    "coach": "coach",
    "captain": "captain",
    "command": "commander",
    "represent": "representative",
    "edit": "editor",
    "teach": "teacher",
    "study": "researcher",
    "co-found": "co-founder",
    "govern": "governor",
    "chaired": "chair",
}
"""Verbs behind "who", and what they make of their subject."""
_SURE_OFFICES = frozenset({"chair", "head", "captain", "coach", "command"})
"""Those of these verbs that tell an office whatever follows; who leads or runs anything but a body has none."""
_STOPS = frozenset({".", "!", "?", ",", ";", ":", "—", "–", "(", ")", "[", "]", "“", "”", '"'})
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
        if (
            end + 1 < len(doc)
            and doc[end].lower_ in {"of", "from", "at"}
            and not doc[end].is_sent_start
        ):
            roles.extend(self._affiliation(end))
        if end < len(doc) and doc[end].text == "(":
            end, alias = self._bracket(end)
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
            role = self._clause(end + 1, stop) or self._apposition(end + 1, stop)
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
            finite = token.tag_ in {"VBD", "VBZ", "VBP", "MD"}
            if finite and not clause and not _in_relative(token, start):
                break
            end += 1
        while end > start and doc[end - 1].text in {".", "!", "?"}:
            end -= 1
        return end

    def _clause(self, start: int, end: int) -> Role | None:
        """Read "who chairs the committee" and "who is the mayor of Ostmere"."""
        doc = self._doc
        if doc[start].lower_ != "who":
            return None
        behind = doc[start + 1 : end]
        verb = next((one for one in behind if one.pos_ in {"VERB", "AUX"} or _office(one)), None)
        if verb is None or verb.i + 1 >= end:
            return None
        if verb.lemma_ == "be" and doc[verb.i + 1].pos_ in {"DET", "PRON", "NOUN", "ADJ", "PROPN"}:
            role = role_at(self._passage, verb.i + 1, end, CLAUSE)
            return role if role is not None and role.what.head is not None else None
        led = self._passage.words(doc[verb.i + 1 : end])
        office = _office(verb)
        if not office or (verb.lemma_.lower() not in _SURE_OFFICES and not body_kind(led)):
            return None
        text = self._passage.words(doc[verb.i : end])
        return Role(
            text, self._passage.places[start][0], CLAUSE, read(f"{office} of {led}"), verb.i, start
        )

    def _apposition(self, start: int, end: int) -> Role | None:
        doc = self._doc
        first = doc[start]
        role = role_at(self._passage, start, end, APPOSITION)
        if role is None or self._is_subject(role, end):
            return None
        if doc[start:end].text.lower() in kinds().heads:
            return role
        if first.pos_ in {"VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PRON"} and first.tag_ != "PRP$":
            return None
        other = self._starts.get(start)
        if (
            other is not None
            and other.first < end
            and not other.body_kind(doc)
            and role.what.head is None
        ):
            return None
        if role.what.head is not None:
            return role if role.what.head.kind != "unnamed" or first.pos_ == "DET" else None
        noun = doc[role.noun] if role.noun >= 0 else None
        apposed = noun is not None and (
            (noun.pos_ == "NOUN" and noun.dep_ == "appos") or (noun.pos_ in _NOUNS and opens(first))
        )
        return role if apposed else None

    def _is_subject(self, role: Role, end: int) -> bool:
        """Return whether a noun is what the sentence goes on about: "floods in Ostmere, officials said"."""
        noun = self._doc[role.noun] if role.noun >= 0 else None
        return noun is not None and noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.i == end

    def _affiliation(self, start: int) -> Iterator[Role]:
        """Read "of the Torvelik Institute" right behind a name."""
        begin = start + 1 + (self._doc[start + 1].pos_ == "DET")
        body = self._starts.get(begin)
        if body is not None:
            text = self._passage.words(self._doc[start : body.end])
            what = Description(text, "", None, body.text)
            yield Role(text, self._passage.places[start][0], AFFILIATION, what, -1, start)

    def _bracket(self, start: int) -> tuple[int, tuple[str, ...]]:
        """Read "(LST)" or "(“LST” or “the Company”)" behind a name."""
        doc = self._doc
        end = start + 1
        while end < len(doc) and doc[end].text != ")" and end - start < _LONG:
            end += 1
        inside = doc[start + 1 : end].text
        names = _QUOTED.findall(inside) or [inside]
        return min(end + 1, len(doc)), tuple(one for one in names if _ALIAS.fullmatch(one))


def opens(token: Token) -> bool:
    """Return whether a word begins a noun phrase: "the", "her"."""
    return token.pos_ == "DET" or token.tag_ == "PRP$"


def _office(verb: Token) -> str:
    """Return what a verb behind "who" makes of its subject, or ""."""
    return _OFFICES.get(verb.lemma_.lower()) or _OFFICES.get(verb.lower_.removesuffix("s"), "")


def _in_relative(verb: Token, start: int) -> bool:
    """Return whether a verb stands in a clause of the apposition itself: ", the engineer who built it,"."""
    relative = next((one for one in (verb, *verb.ancestors) if one.dep_ == "relcl"), None)
    return relative is not None and relative.head.i >= start
