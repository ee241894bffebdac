"""Places of words in a text, and what becomes of a claim there."""

from claims.anchoring import Anchor, Outcome, Proposal, reanchor_claims

KEPT, CHANGED, ORPHAN = Outcome.KEPT, Outcome.CHANGED, Outcome.ORPHAN


def places(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    """Where words stand in a text, one after another."""
    found, end = [], 0
    for each in words:
        start = text.index(each, end)
        end = start + len(each)
        found.append((start, end))
    return tuple(found)


def becomes(old: str, new: str, *words: str) -> Outcome:
    """What becomes of a claim that the splitter proposes again in just its words."""
    claim, proposal = Anchor(1, places(old, *words)), Proposal(places(new, *words))
    return reanchor_claims(old, new, [claim], [proposal]).found[0].state


PARAGRAPHS = (
    "Ada Venn opened the fair. She praised the ferry.\n"
    "The bridge was built in 1931. It carries 9,000 cars a day. Bo Tarn said it will close.\n"
    "Rain fell in Velmora."
)
CARS, CLOSE = "It carries 9,000 cars a day.", "Bo Tarn said it will close."
