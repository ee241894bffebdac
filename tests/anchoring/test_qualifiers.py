"""What an edit beside a claim does to it: negation, the speaker, the place."""

import pytest

from claims.anchoring import Anchor, Outcome, Proposal, reanchor_claims
from claims.anchoring.qualifiers import marks
from tests.anchoring.anchors import CHANGED, KEPT, ORPHAN, becomes, places

BUILT = "the bridge was built in 1931"
NARRATED = "In Ostrey the bridge was built in 1931, a plaque by Bo Tarn in the hall has it.\n"


@pytest.mark.parametrize(
    "beginning",
    [
        "It is not true that",
        "It isn’t true that",
        "Never believe that",
        "Nobody knows that",
        "It is no longer held that",
        "She denied on Monday that",
        "Tarn did not say that",
        "Allegedly",
        "It may be that",
        "It might be that",
        "It could be that",
        "If",
        "Unless",
        "Hardly, it seems,",
        "It was falsely told that",
        "A hoax has it that",
        "Whether",
        "Es stimmt nicht, dass",
        "Angeblich",
        "Wenn",
    ],
)
def test_a_word_that_turns_or_weakens_a_claim_brings_it_before_somebody(beginning):
    turned = NARRATED.replace("In Ostrey", beginning)
    assert becomes(NARRATED, turned, BUILT) == CHANGED
    assert becomes(turned, NARRATED, BUILT) == CHANGED


@pytest.mark.parametrize(
    "new",
    [
        NARRATED.replace("has it", "never had it"),
        NARRATED.replace("has it.", "has it?"),
        NARRATED.replace("a plaque", "unless a plaque"),
        NARRATED.replace("In Ostrey", "It is not so, Dr. Venn and E. M. Korr write, that"),
        NARRATED.replace("In Ostrey", "“Is it not so?” they ask, for"),
    ],
)
def test_it_may_stand_anywhere_in_the_sentence(new):
    assert becomes(NARRATED, new, BUILT) == CHANGED


@pytest.mark.parametrize(
    "new",
    [
        NARRATED.replace("In Ostrey", "On 3 May in Ostrey"),
        NARRATED.replace("a plaque", "a brass plaque"),
        NARRATED.replace("Bo Tarn", "Bo J. Tarn"),
        NARRATED.replace("the hall", "the knotted, notable hall of Lord May"),
        NARRATED.replace("In Ostrey", "Notably"),
        "Nobody believes it. " + NARRATED,
        NARRATED.strip() + " It is not so?\n",
    ],
)
def test_other_words_in_its_sentence_and_words_beside_it_keep_it(new):
    assert becomes(NARRATED, new, BUILT) == KEPT


def test_a_word_that_is_there_as_before_keeps_it_wherever_else_the_sentence_changed():
    old = "Nobody knows why the bridge was built in 1931, if it was."
    assert becomes(old, old.replace("knows", "in Ostrey knows"), BUILT) == KEPT
    other = "Nobody knows, if it was, why the bridge was built in 1931."
    assert becomes(old, other, BUILT) == CHANGED
    moved = "Why the bridge was built in 1931, if it was, nobody knows."
    assert becomes(old, moved, BUILT) == CHANGED


def test_between_its_parts_it_turns_it_as_well():
    old = "“The river,” she said, “is calm.”"
    new = old.replace("she said", "she never said")
    assert becomes(old, new, "The river", "is calm") == CHANGED
    assert becomes(old, old.replace("she", "she there"), "The river", "is calm") == KEPT


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It was NOT so, and cannot be.", ["not", "cannot"]),
        ("It wasn't so.", ["wasn't"]),
        ("May came; it may rain. IT MAY.", ["may", "may"]),
        ("Knots, notes, maybe denials?", ["maybe", "denials", "?"]),
        ("Es gab keine, nie.", ["keine", "nie"]),
        ("A calm day in Ostrey.", []),
    ],
)
def test_the_words_themselves(words, expected):
    assert [word for _place, word in marks(words)] == expected


def test_the_parts_of_one_sentence_are_not_looked_for_in_two():
    old = "The river rose. “The river,” she said, “is calm.”"
    new = old.replace("she said", "she said there")
    before, after = (places(text, "rose", "The river", "is calm")[1:] for text in (old, new))
    (found,) = reanchor_claims(old, new, [Anchor(1, before)], [Proposal(after)]).found
    assert (found.state, found.spans) == (KEPT, after)


def test_words_in_two_parts_may_stand_twice():
    old = "“The river,” she said, “is calm.”"
    new = "“The river,” she said there, “is calm.” “The river,” Tarn said, “is calm, is calm.”"
    (found,) = reanchor_claims(old, new, [Anchor(1, places(old, "The river", "is calm"))], []).found
    assert found.state == ORPHAN
    assert found.places == (
        places(new, "The river", "is calm"),
        places(new, "there", "The river", "is calm")[1:],
    )


def test_words_of_two_sentences_are_found_in_two():
    old = "“The river is calm,” she said. Then she said: “No boat sank.”"
    new = old.replace("she said.", "she said there.")
    words = "The river is calm", "No boat sank"
    assert becomes(old, new, *words) == KEPT
    apart = old.replace("Then", "Rain fell. Then").replace("she said.", "she said there.")
    assert reanchor_claims(old, apart, [Anchor(1, places(old, *words))], []).found[0].state != KEPT


def test_a_part_of_a_longer_word_is_no_place():
    old, new = "In Ostrey a boat sank.", "In Ostrey a motorboat sank."
    (found,) = reanchor_claims(old, new, [Anchor(1, places(old, "boat sank"))], []).found
    assert (found.state, found.spans) == (CHANGED, ((0, len(new)),))


def test_words_in_two_parts_are_found_in_a_sentence_that_is_hardly_the_same():
    old = "“The river,” she said, “is calm.”"
    new = "Of this land “The river,” said Ada Venn after a long day on the bank, “is calm” in all."
    assert becomes(old, new, "The river", "is calm") == KEPT
    assert reanchor_claims(old, new, [Anchor(1, places(old, "The river", "is calm"))], []).found[
        0
    ].state == (CHANGED)


def test_a_claim_of_two_sentences_of_which_one_changed_has_changed():
    old = "Rain fell. Nine boats sank off Ostrey. Two piers broke in the storm. Snow fell."
    new = old.replace("Two piers", "Three piers")
    claim = Anchor(1, places(old, "Nine boats sank off Ostrey. Two piers broke in the storm"))
    (found,) = reanchor_claims(old, new, [claim], []).found
    assert found.state == CHANGED
    ((start, end),) = found.spans
    assert new[start:end] == "Nine boats sank off Ostrey. Three piers broke in the storm."


SPOKE = "Tarn spoke of the plan. Rain fell. The bridge will close, he said, in the spring.\n"


def test_a_source_in_other_words_changes_it_where_its_sentence_changed():
    old = "In Ostrey the bridge will close, Ada Venn said."
    new = "In May the bridge will close, Venn said."
    found = []
    for text, source in ((old, "Ada Venn"), (new, "Venn")):
        spans = (places(text, each) for each in ("the bridge will close", source, "said"))
        found.append(Proposal(*spans, "Ada Venn"))
    before, after = found
    claim = Anchor(1, before.spans, before.source, before.cue, before.speaker)
    assert reanchor_claims(old, new, [claim], [after]).found[0].state == CHANGED


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said on Friday", KEPT),
        ("on Friday said", KEPT),
        ("said no more", CHANGED),
        ("saw", CHANGED),
    ],
)
def test_a_date_beside_its_cue_is_no_other_cue(cue, expected):
    old, new = "The mill will close, Bo Tarn said.", f"The mill will close, Bo Tarn {cue} in Olm."
    before, after = (
        Proposal(places(text, "The mill will close"), places(text, "Bo Tarn"), places(text, each))
        for text, each in ((old, "said"), (new, cue))
    )
    (found,) = reanchor_claims(
        old, new, [Anchor(1, before.spans, before.source, before.cue)], [after]
    ).found
    assert found.state == expected
    if expected == KEPT:
        assert found.cue == places(new, "said")


class TestWhoSaysIt:
    """The claim is a cut manually: the splitter proposes it in other words, or not at all."""

    def claim(self) -> Anchor:
        words, cue = (places(SPOKE, each) for each in ("The bridge will close", "said"))
        start = SPOKE.index("he said")
        return Anchor(1, words, ((start, start + 2),), cue, speaker="Bo Tarn")

    def state(self, new: str, speaker: str | None) -> Outcome:
        start = new.index("he said")
        longer = places(new, "The bridge will close, he said, in the spring")
        found = Proposal(longer, ((start, start + 2),), places(new, "said"), speaker or "")
        return (
            reanchor_claims(SPOKE, new, [self.claim()], [found] if speaker else []).found[0].state
        )

    def test_another_speaker_of_the_same_words_changes_it(self):
        assert self.state(SPOKE.replace("Tarn", "Venn"), "Ada Venn") == CHANGED

    def test_the_same_speaker_keeps_it_whatever_changed_before(self):
        assert self.state(SPOKE.replace("Tarn spoke", "Tarn had spoken"), "Bo Tarn") == KEPT
        assert self.state("Snow. " + SPOKE, "Bo Tarn") == KEPT

    def test_where_nobody_knows_any_more_who_he_is_it_has_changed(self):
        assert self.state(SPOKE.replace("Tarn", "Venn"), None) == CHANGED

    @pytest.mark.parametrize(
        ("was", "name", "expected"),
        [
            ("Tarn", "Bo Tarn", KEPT),
            ("Bo Tarn", "Tarn", KEPT),
            ("Bo Tarn", "Ada Tarn", CHANGED),
            ("Bo Tarn", "Bo", CHANGED),
            ("Bo Tarn", "", CHANGED),
            ("", "Bo Tarn", CHANGED),
        ],
    )
    def test_a_name_given_in_full_elsewhere_is_the_same_one(self, was, name, expected):
        text = "The mill will close, Tarn said."
        spans = (places(text, each) for each in ("The mill will close", "Tarn", "said"))
        claim = Anchor(1, *spans, was)
        after = Proposal(claim.spans, claim.source, claim.cue, name)
        assert reanchor_claims(text, text, [claim], [after]).found[0].state == expected

    def test_who_is_named_beside_the_words_needs_no_splitter(self):
        old = "Rain fell. The bridge will close, Tarn said.\n"
        claim = Anchor(
            1,
            places(old, "The bridge"),
            places(old, "Tarn"),
            places(old, "said"),
            speaker="Bo Tarn",
        )
        assert reanchor_claims(old, "Snow. " + old, [claim], []).found[0].state == KEPT
