"""Finds what "the allegation" that somebody denies says: what another one has just alleged."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from claims.extraction.statements.references.words import words
from claims.extraction.text.parsing import Passage

_REJECTING = words("rejecting")
_OWN_CUES = {
    "allegation": frozenset({"allege", "accuse", "claim", "charge"}),
    "accusation": frozenset({"accuse", "allege", "claim", "charge"}),
    "suggestion": frozenset({"suggest"}),
    "warning": frozenset({"warn"}),
    "prediction": frozenset({"predict", "forecast"}),
    "finding": frozenset({"find", "say", "show", "conclude"}),
}
"""Nouns that tell with which verb the claim was made."""
_ANY_CUE = frozenset({"claim", "assertion", "idea", "notion", "contention"})
_FIGURES = frozenset({"figure", "number", "total", "estimate", "sum", "count", "toll"})
_POINTING = frozenset({"this", "that", "it"})
_BACK = 3
"""Claims that may stand between."""
_FAR = 700
"""Characters. Further back, another claim may be meant."""
_LONGEST = 30
"""Words."""
_OPENERS = frozenset({"the", "that", "this"})


@dataclass(frozen=True, slots=True)
class Made:
    """A claim that somebody has made.

    Attributes:
        place: where its words start.
        cue: the base form of the verb that ties it to the speaker, or "".
        speaker: the speaker's name.
        statement: the claim in words that read alone, or "" where it is none to deny.
        quoted: it is in the speaker's own words.
        exact: the article's words.
    """

    place: int
    cue: str
    speaker: str
    statement: str
    quoted: bool
    exact: str


class Claimed:
    """The claims of an article up to some point, in their order."""

    def __init__(self) -> None:
        self._made: list[Made] = []

    def note(self, made: Made) -> None:
        """Add a claim."""
        self._made.append(made)

    def rejected(
        self, passage: Passage, cue: Token, content: Sequence[Token], speaker: str
    ) -> tuple[Token, str] | None:
        """Find what a claim says that somebody rejects.

        Args:
            passage: the passage of the rejection.
            cue: its verb.
            content: what is rejected.
            speaker: who rejects it.

        Returns:
            The noun ("claim") or pronoun ("rejected this"), and the clause to put behind it; None where it is not sure which
            claim is meant.
        """
        noun = next((one for one in content if one.head == cue), None)
        if cue.lemma_ not in _REJECTING or noun is None:
            return None
        place = passage.places[noun.i][0]
        near = [one for one in self._made if place - _FAR < one.place < place]
        near.sort(key=lambda one: one.place)
        if noun.lower_ in _POINTING and noun.pos_ == "PRON":
            # Of several claims it is not sure which one "this" is.
            last = [one for one in near if "\n" not in passage.text[one.place : place]]
            made = last[-1] if len(last) == 1 and last[0].speaker != speaker else None
        else:
            made = _meant(noun, [one for one in near[-_BACK:] if one.speaker != speaker])
        if made is None or not _is_plain(made):
            return None
        clause = _clause(made)
        return noun, clause if noun == content[-1] or made.quoted else f"[{clause}]"


def rejects(cue: Sequence[Token]) -> bool:
    """Return whether a cue says that a claim of somebody else is not so."""
    return any(one.lemma_ in _REJECTING for one in cue)


def _meant(noun: Token, others: Sequence[Made]) -> Made | None:
    """Return the claim that a noun means: the last one made with its verb, of "the figure" the only one with a figure."""
    if not _is_bare(noun):
        return None
    if noun.lemma_ in _FIGURES:
        others = [one for one in others if any(sign.isdigit() for sign in one.statement)]
        return others[-1] if len({one.speaker for one in others}) == 1 else None
    cues = _OWN_CUES.get(noun.lemma_, frozenset())
    if noun.lemma_ not in _ANY_CUE and not cues:
        return None
    others = [one for one in others if not cues or one.cue in cues]
    return others[-1] if others else None


def _is_bare(noun: Token) -> bool:
    """Return whether a noun is one thing with "the" or "that", and nothing tells which one; several are mostly more than one claim."""
    # The parser may take "as gossip" of "dismissed the claim as gossip" for the noun's.
    children = [one.lower_ for one in noun.children if not one.is_punct and one.lower_ != "as"]
    return noun.tag_ == "NN" and len(children) == 1 and children[0] in _OPENERS


def _is_plain(made: Made) -> bool:
    return 0 < len(made.statement.split()) <= _LONGEST and not (
        "“" in made.statement and made.quoted
    )


def _clause(made: Made) -> str:
    if made.quoted:
        return f"[“{made.statement}”]"
    first = made.statement.split(maxsplit=1)[0]
    small = first.lower()
    return f"that {small + made.statement[len(first) :] if small in made.exact.split() else made.statement}"
