"""Finds the descriptions that stand around a name: before it, in apposition, in brackets, behind "who chairs"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from claims.extraction.speakers.names import Name, titled
from claims.extraction.speakers.roles import Description, body_kind, read
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.lexicons.titles import titles
from claims.extraction.text.parsing import Passage

APPOSITION, OFFICE, CLAUSE, AFFILIATION, COURTESY = range(5)
"""What tells most of what somebody is, first."""

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
_MODIFIERS = frozenset(
    {
        "compound",
        "amod",
        "nmod",
        "poss",
        "det",
        "punct",
        "npadvmod",
        "nummod",
        "advmod",
        "case",
        "appos",
    }
)
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "ROOT", "dobj", "pobj", "npadvmod", "conj"})
_TIES = frozenset({"ADP", "SCONJ", "ADV"})
_FILLERS = frozenset({"and", "now", "then"})
_NOUNS = frozenset({"NOUN", "ADJ", "PROPN"})
_OWNS = frozenset({"’", "'", "’s", "'s"})
_FEW = 3
"""Appositions in a row."""
_LONG = 25
"""Tokens of the longest apposition."""


@dataclass(frozen=True, slots=True)
class Role:
    """A description of somebody at one place.

    Attributes:
        text: its words.
        place: where it stands in the article.
        rank: `APPOSITION` and so on.
        what: what it says.
        noun: the index of its noun's token, or -1.
        start: the index of its first token.
    """

    text: str
    place: int
    rank: int
    what: Description
    noun: int
    start: int


@dataclass(frozen=True, slots=True)
class Described:
    """What stands around a name.

    Attributes:
        start: the index of the first token that belongs to it.
        end: one past the last.
        roles: its descriptions, in the order of the text.
        age: its bearer's age, or "".
        alias: other names given in brackets.
    """

    start: int
    end: int
    roles: tuple[Role, ...]
    age: str
    alias: tuple[str, ...]


class Phrases:
    """The names of a passage with what describes them."""

    def __init__(self, passage: Passage, names: list[Name]) -> None:
        self._passage = passage
        self._doc: Doc = passage.doc
        self._starts: Mapping[int, Name] = {name.start: name for name in names}
        self._ends: Mapping[int, Name] = {name.end: name for name in names}

    def around(self, name: Name) -> Described:
        """Return what describes a name."""
        start, before = name.start, list[Role]()
        apposed_start, apposed = self._apposed_before(name.start)
        if not apposed:
            start, before = self._before(name)
            apposed_start, apposed = self._apposed_before(start)
        end, behind, age, alias = self._behind(name)
        titled_by = [self._title(name)] if name.titles else []
        roles = [one for one in (*apposed, *before, *titled_by, *behind) if one is not None]
        return Described(min(start, apposed_start), end, tuple(roles), age, alias)

    def role(self, start: int, end: int, rank: int) -> Role | None:
        """Read the words [start, end) as a description; None if they are none."""
        doc = self._doc
        while start < end and (doc[start].is_punct or doc[start].lower_ in _FILLERS):
            start += 1
        if start >= end:
            return None
        text = self._passage.words(doc[start:end])
        what = read(text)
        if text.lower().startswith("one of "):
            return Role(text, self._passage.places[start][0], COURTESY, what, start, start)
        noun = next((i for i in range(start, end) if doc[i].lower_.rstrip(".") == what.noun), -1)
        if noun < 0:
            noun = next((i for i in range(start, end) if what.noun.endswith(doc[i].lower_)), -1)
        return Role(text, self._passage.places[start][0], rank, what, noun, start)

    def _title(self, name: Name) -> Role | None:
        """Read the titles before a name: "Dep Insp Gen" is a role, "Professor" a weak one, "Mr" and "Dr" none."""
        all_titles = list(titled(name.titles))
        strong = [one for one in all_titles if titles().is_strong(one)]
        weak = [
            one
            for one in all_titles
            if titles().kinds.get(" ".join(one)) and one[0] not in {"Dr", "Dra"}
        ]
        if not strong and not weak:
            return None
        text = " ".join(word for one in strong or weak for word in one)
        rank = OFFICE if strong else COURTESY
        return Role(
            text, self._passage.places[name.start][0], rank, read(text), name.start, name.start
        )

    def _before(self, name: Name) -> tuple[int, list[Role]]:
        """Read small words before a name, "interior minister Ilse Brandt", and with them the titles behind them."""
        doc, start = self._doc, name.start
        first = start
        while first > 0 and self._modifies(doc[first - 1], name):
            first -= 1
        # A capital modifier may be another name: "Harvest Party leader Ada Venn".
        if first == start:
            return start, []
        strong = name.titles and titles().is_strong(name.titles[-1:])
        role = self.role(first, name.first if strong else start, OFFICE)
        if role is None:
            return start, []
        own = doc[start - 1]
        is_role = role.what.head is not None or (
            own.pos_ == "NOUN" and own.dep_ in {"compound", "nmod"}
        )
        if not is_role and not strong:
            return start, []
        return first, [role]

    def _modifies(self, token: Token, name: Name) -> bool:
        if self._passage.masked[token.i] is not None or token.is_space:
            return False
        if token.pos_ in {"NOUN", "ADJ", "PROPN", "NUM"} or token.tag_ in {"POS", "VBN", "VBG"}:
            verbal = token.tag_ in {"VBN", "VBG"} and token.dep_ not in {"amod", "compound"}
            inside = token.dep_ in _MODIFIERS or token.head.i <= name.end or _apposed(token, name)
            return not verbal and inside and (token.dep_ not in _ARGUMENTS or _apposed(token, name))
        return (
            token.text == "-"
            or token.tag_ == "PRP$"
            or (token.pos_ == "DET" and token.lower_ in {"the", "a", "an"})
        )

    def _apposed_before(self, start: int) -> tuple[int, list[Role]]:
        """Read "The interior minister, Ada Venn" and "its leader, Petra Lowick"."""
        doc = self._doc
        comma = start - 1 - (start > 0 and doc[start - 1].lower_ == "the")
        if start in self._starts and self._starts[start].titles and doc[start - 1].pos_ in _NOUNS:
            # "Chair of the bench Mrs Farida Loxton"
            comma = start
        elif comma < 1 or doc[comma].text not in {",", ":"} or doc[comma].is_sent_start:
            return start, []
        elif doc[comma].text == ":":
            return self._labelled(start, comma)
        first = comma
        while first > 0 and start - first < _LONG:
            if doc[first - 1].text == ")":
                first = self._opening(first - 1)
            elif self._continues(doc[first - 1]):
                first -= 1
            else:
                break
        for begin in range(first, comma):
            if not (begin == first or _opens(doc[begin])) or doc[begin].pos_ in _TIES:
                continue
            other = self._starts.get(begin)
            if other is not None and not other.titles and doc[other.end].text not in _OWNS:
                continue
            role = self.role(begin, comma, APPOSITION)
            if role is not None and self._fits(role, named_the=comma < start - 1):
                return begin, [role]
        return start, []

    def _opening(self, closing: int) -> int:
        """Find the bracket that another one closes, or the closing one itself."""
        found = (
            i for i in range(closing, max(closing - _LONG, -1), -1) if self._doc[i].text == "("
        )
        return next(found, closing)

    def _labelled(self, start: int, colon: int) -> tuple[int, list[Role]]:
        """Read "Presenter: Marcus Venn"."""
        role = self.role(colon - 1, colon, APPOSITION)
        known = role is not None and role.what.head is not None and not role.what.head.body
        return (colon - 1, [role]) if role is not None and known else (start, [])

    def _fits(self, role: Role, *, named_the: bool) -> bool:
        """Return whether a description before a comma may be of the name behind it: a body's before "the" only."""
        if role.text.lower().startswith("one of "):
            return True
        head = role.what.head
        return head is not None and head.kind != "unnamed" and head.body == named_the

    def _continues(self, token: Token) -> bool:
        if token.text in _STOPS or self._passage.masked[token.i] is not None or token.is_space:
            return False
        if token.is_sent_start and token.nbor().text == ",":
            return True
        return token.pos_ not in {"AUX", "SCONJ", "CCONJ"} and (
            token.pos_ != "VERB" or token.dep_ in {"amod", "compound"}
        )

    def _behind(self, name: Name) -> tuple[int, list[Role], str, tuple[str, ...]]:
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
            role = self.role(verb.i + 1, end, CLAUSE)
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
        if doc[start:end].text.lower() in kinds().heads:
            return self.role(start, end, APPOSITION)
        if (
            start >= end
            or first.pos_ in {"VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PRON"}
            and first.tag_ != "PRP$"
        ):
            return None
        role = self.role(start, end, APPOSITION)
        if role is None:
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
            (noun.pos_ == "NOUN" and noun.dep_ == "appos")
            or (noun.pos_ in _NOUNS and _opens(first))
        )
        return role if apposed else None

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


def _apposed(token: Token, name: Name) -> bool:
    """Return whether the parser made a name the apposition of the noun before it: "the agency Velpress"."""
    return token.i == name.start - 1 and any(
        child.dep_ == "appos" and name.start <= child.i < name.end for child in token.children
    )


def _opens(token: Token) -> bool:
    return token.pos_ == "DET" or token.tag_ == "PRP$"


def _office(verb: Token) -> str:
    """Return what a verb behind "who" makes of its subject, or ""."""
    return _OFFICES.get(verb.lemma_.lower()) or _OFFICES.get(verb.lower_.removesuffix("s"), "")


def _in_relative(verb: Token, start: int) -> bool:
    """Return whether a verb stands in a clause of the apposition itself: ", the engineer who built it,"."""
    relative = next((one for one in (verb, *verb.ancestors) if one.dep_ == "relcl"), None)
    return relative is not None and relative.head.i >= start
