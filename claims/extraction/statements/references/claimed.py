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
            The noun ("claim"), and the clause to put behind it; None where it is not sure which claim is meant.
        """
        noun = next((one for one in content if one.head == cue), None)
        if cue.lemma_ not in _REJECTING or noun is None or not _is_bare(noun):
            return None
        place = passage.places[noun.i][0]
        near = [one for one in self._made if place - _FAR < one.place < place]
        near.sort(key=lambda one: one.place)
        others = [one for one in near[-_BACK:] if one.speaker != speaker]
        cues = _OWN_CUES.get(noun.lemma_, frozenset())
        if cues:
            others = [one for one in others if one.cue in cues]
        elif noun.lemma_ not in _ANY_CUE:
            return None
        if not others or not _is_plain(others[-1]):
            return None
        clause = _clause(others[-1])
        return noun, clause if noun == content[-1] or others[-1].quoted else f"[{clause}]"


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
