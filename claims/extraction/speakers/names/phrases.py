"""Finds the descriptions that stand around a name: before it, in apposition, in brackets, behind "who chairs"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.lexicons.titles import titles
from claims.extraction.speakers.names.appositions import Appositions, opens
from claims.extraction.speakers.names.proper import Name, titled
from claims.extraction.speakers.roles import (
    APPOSITION,
    COURTESY,
    OFFICE,
    SIGN,
    Role,
    read,
    role_at,
)
from claims.extraction.text.parsing import Passage

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
_NOUNS = frozenset({"NOUN", "ADJ", "PROPN"})
_CALLS = frozenset(
    {"as", "named", "called", "guerre", "nickname", "pseudonym", "codename", "alias"}
)
"""What stands right before what somebody is called."""
_NAMES = frozenset(
    {
        "name",
        "call",
        "know",
        "identify",
        "nom",
        "nickname",
        "pseudonym",
        "codename",
        "alias",
        "nicknamed",
    }
)
PARTIES = frozenset({"opposition", "ruling", "governing"})
"""Words before a party's name that tell where it sits, and not what it is."""
_OWNS = frozenset({"’", "'", "’s", "'s"})
_LONGEST_OFFICE = 4
_LONG = 25
"""Tokens of the longest office before a name that the lexicon has, and of the longest apposition."""


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
        self._appositions = Appositions(passage, self._starts)

    def around(self, name: Name) -> Described:
        """Return what describes a name."""
        start, before = name.start, list[Role]()
        apposed_start, apposed = self._apposed_before(name.start)
        if not apposed:
            start, before = self._before(name)
            if not before or self._doc[start].lower_ != "the":
                apposed_start, apposed = self._apposed_before(start)
        end, behind, age, alias = self._appositions.behind(name)
        titled_by = [self._title(name)] if name.titles else []
        roles = [one for one in (*apposed, *before, *titled_by, *behind) if one is not None]
        return Described(min(start, apposed_start), end, tuple(roles), age, alias)

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
        office = self._office(name.first)
        known = office < start
        first = min(first, office)
        # A capital modifier may be another name: "Harvest Party leader Ada Venn".
        if first == start:
            return start, []
        strong = name.titles and titles().is_strong(name.titles[-1:])
        role = role_at(self._passage, first, name.first if strong or known else start, OFFICE)
        if role is None:
            return start, []
        own = doc[start - 1]
        if own.lower_ in PARTIES and not known:
            return start, []
        is_role = role.what.head is not None or (
            own.pos_ == "NOUN" and own.dep_ in {"compound", "nmod"}
        )
        if not is_role and not strong:
            return start, []
        return first, [role]

    def _office(self, end: int) -> int:
        """Return where an office of several words begins that ends before a name; the parser may take "Aid" for a verb."""
        if not end or self._doc[end - 1].pos_ in _TIES:
            # "the station officer at Osk"
            return end
        for first in range(max(0, end - _LONGEST_OFFICE), end - 1):
            head = kinds().heads.get(self._doc[first:end].text.lower())
            if head is not None and not head.body:
                return first
        return end

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
        if start > 1 and doc[start - 1].text == "(":
            return self._bracketed(start)
        if start > 1 and doc[start - 1].lower_ in _CALLS:
            return self._called(start)
        comma = start - 1 - (start > 0 and doc[start - 1].lower_ == "the")
        name = self._starts.get(start)
        if name is not None and name.titles and start > 0 and doc[start - 1].pos_ in _NOUNS:
            # "Chair of the bench Mrs Farida Loxton"
            comma = start
        elif comma < 1 or doc[comma].text not in {",", ":", "("} or doc[comma].is_sent_start:
            return start, []
        elif doc[comma].text == ":":
            return self._labelled(start, comma)
        return self._described(comma, start)

    def _described(self, comma: int, start: int) -> tuple[int, list[Role]]:
        """Find the description that ends at a comma, and where it starts."""
        doc = self._doc
        first = comma
        while first > 0 and start - first < _LONG:
            if doc[first - 1].text == ")":
                first = self._opening(first - 1)
            elif self._continues(doc[first - 1]):
                first -= 1
            else:
                break
        name = self._starts.get(start)
        before = self._described_first(first, comma, name)
        if before is not None:
            return before.start, [before]
        begins = [*range(first, comma)]
        if name is not None and not name.is_person():
            # A body is what stands next to it: "a spokeswoman for the trade body, HeatCover".
            ones = [at for at in begins if doc[at : at + 2].text.lower() == "one of"]
            begins = [*ones, *reversed(begins)]
        for begin in begins:
            if not (begin == first or opens(doc[begin])) or doc[begin].pos_ in _TIES:
                continue
            other = self._starts.get(begin)
            if (
                other is not None
                and not other.titles
                and doc[other.end : other.end + 1].text not in _OWNS
            ):
                continue
            role = role_at(self._passage, begin, comma, APPOSITION)
            if role is not None and self._fits(role, start, named_the=comma < start - 1):
                return begin, [role]
        return start, []

    def _described_first(self, first: int, comma: int, name: Name | None) -> Role | None:
        """Read what opens a sentence before the subject's name: "The daughter of a clerk, Venn left"."""
        doc = self._doc
        if name is None or not doc[first].is_sent_start or doc[first].lower_ in {"one", "for"}:
            return None
        role = role_at(self._passage, first, comma, APPOSITION)
        behind = doc[name.end : name.end + 2]
        goes_on = len(behind) == 2 and behind[0].pos_ in {"VERB", "AUX"}
        if role is None or not goes_on or behind[1].text in _STOPS or name.body_kind(doc):
            return None
        # The parser may be wrong about the noun, but a relative of somebody is one whatever it says.
        related = role.what.noun in titles().relatives and role.noun >= 0
        subjects = range(name.start, name.end)
        apposed = any(one.dep_ == "appos" and one.head.i in subjects for one in doc[first:comma])
        return role if related or apposed else None

    def _bracketed(self, start: int) -> tuple[int, list[Role]]:
        """Read "The secretary of state for justice (Mrs Ines Thackery)"."""
        name = self._starts.get(start)
        closed = name is not None and self._doc[name.end : name.end + 1].text.startswith(")")
        if name is None or not closed or not name.is_person():
            return start, []
        first, roles = self._described(start - 1, start)
        return (first, roles) if first not in self._starts else (start, [])

    def _called(self, start: int) -> tuple[int, list[Role]]:
        """Read "a driver, who gave his name as Bright" and "a commander named Falcon"."""
        name = self._starts.get(start)
        above = self._doc[start].ancestors if name is not None else ()
        clause = next((one for one in above if one.dep_ in {"relcl", "acl"}), None)
        if clause is None or start - clause.head.i > _LONG or clause.head.i > start:
            return start, []
        named = clause.lemma_ in _NAMES or any(
            one.lower_ in _NAMES for one in self._doc[clause.i : start]
        )
        noun = clause.head
        role = role_at(self._passage, noun.left_edge.i, noun.i + 1, APPOSITION)
        known = named and role is not None and role.what.head is not None
        return (start, [role]) if known and role is not None else (start, [])

    def _opening(self, closing: int) -> int:
        """Find the bracket that another one closes, or the closing one itself."""
        found = (
            i for i in range(closing, max(closing - _LONG, -1), -1) if self._doc[i].text == "("
        )
        return next(found, closing)

    def _labelled(self, start: int, colon: int) -> tuple[int, list[Role]]:
        """Read "Presenter: Marcus Venn"."""
        role = role_at(self._passage, colon - 1, colon, APPOSITION)
        known = role is not None and role.what.head is not None and not role.what.head.body
        if role is not None and self._doc[colon - 1].tag_ in {"NNS", "NNPS"}:
            # "Witnesses: Ada Venn, pathologist; ..." says less of each than what stands behind the name.
            role = replace(role, text="", rank=SIGN)
        return (colon - 1, [role]) if role is not None and known else (start, [])

    def _fits(self, role: Role, start: int, *, named_the: bool) -> bool:
        """Return whether a description before a comma may be of the name that starts behind it."""
        if role.text.lower().startswith("one of "):
            return True
        head, name = role.what.head, self._starts.get(start)
        if head is None:
            # "The breeder, Agrosanta,"
            noun = self._doc[role.noun] if role.noun >= 0 else None
            return name is not None and noun is not None and self._is_apposed(noun, name)
        if head.kind == "unnamed":
            return False
        if named_the or name is None or name.is_person():
            return head.body == named_the
        # "In a statement, Ostmere Police said" is not "The operator, Norline, said".
        closed = self._doc[name.end : name.end + 1].text in _STOPS
        return closed or not (head.body or name.body_kind(self._doc))

    def _is_apposed(self, noun: Token, name: Name) -> bool:
        """Return whether a name stands between commas behind what it is, as the parser sees it."""
        opened = opens(self._doc[noun.left_edge.i]) and noun.dep_ in _ARGUMENTS
        inside = any(
            one.dep_ == "appos" and name.start <= one.i < name.end for one in noun.children
        )
        return opened and inside and self._doc[name.end : name.end + 1].text in _STOPS

    def _continues(self, token: Token) -> bool:
        if token.text in _STOPS or self._passage.masked[token.i] is not None or token.is_space:
            return False
        if token.is_sent_start and token.nbor().text == ",":
            return True
        if token.lower_ == "and":
            # "Her husband and co-author, Ada Venn" is one.
            return token.nbor().pos_ == "NOUN"
        return token.pos_ not in {"AUX", "SCONJ", "CCONJ"} and (
            token.pos_ != "VERB" or token.dep_ in {"amod", "compound"}
        )


def _apposed(token: Token, name: Name) -> bool:
    """Return whether the parser made a name the apposition of the noun before it: "the agency Velpress"."""
    return token.i == name.start - 1 and any(
        child.dep_ == "appos" and name.start <= child.i < name.end for child in token.children
    )
