"""Claims whose words stand elsewhere in the new text, and where orphans would stand."""

import pytest

from claims.anchoring import Anchor, Outcome, Proposal, reanchor_claims
from tests.anchoring.anchors import CARS, CHANGED, CLOSE, KEPT, ORPHAN, PARAGRAPHS, places


class TestMoved:
    def states(self, new: str) -> list[Outcome]:
        claims = [
            Anchor(1, places(PARAGRAPHS, CARS[:-1])),
            Anchor(
                2,
                places(PARAGRAPHS, "it will close"),
                places(PARAGRAPHS, "Bo Tarn"),
                places(PARAGRAPHS, "said"),
                "Bo Tarn",
            ),
            Anchor(3, places(PARAGRAPHS, "Rain fell in Velmora")),
        ]
        return [one.state for one in reanchor_claims(PARAGRAPHS, new, claims, []).found]

    def moved(self, sentence: str, behind: str) -> str:
        without = PARAGRAPHS.replace(" " + sentence, "")
        return without.replace(behind, f"{behind} {sentence}")

    def test_a_sentence_behind_other_words_may_mean_something_else(self):
        assert self.states(self.moved(CARS, "praised the ferry.")) == [CHANGED, KEPT, KEPT]

    def test_one_that_names_its_speaker_means_the_same_there(self):
        assert self.states(self.moved(CLOSE, "opened the fair.")) == [KEPT, KEPT, KEPT]

    @pytest.mark.parametrize(
        ("source", "speaker", "expected"),
        [
            ("Bo Tarn", "", KEPT),
            ("Tarn", "Bo Tarn", KEPT),
            ("Tarn", "Bo Tarn of Ostrey", KEPT),
            ("he", "Bo Tarn", CHANGED),
            ("He", "", CHANGED),
            ("He", "Bo Tarn", CHANGED),
            ("the minister", "Bo Tarn", CHANGED),
            ("The Minister", "Bo Tarn", CHANGED),
            ("the minister", "the minister", CHANGED),
        ],
    )
    def test_a_name_beside_it_is_one_of_its_speaker(self, source, speaker, expected):
        sentence = f"{source} said the mill will close."
        if source.startswith(("he", "the")):
            sentence = f"In Velmora {sentence}"
        if (source, speaker) == ("Bo Tarn", ""):
            sentence = f"There {sentence}"
        old = f"Rain fell. {sentence}\nAda Venn opened the fair. Snow fell."
        new = f"Rain fell.\nAda Venn opened the fair. Snow fell. {sentence}"
        claim = Anchor(1, places(old, "the mill will close"), places(old, source), (), speaker)
        after = Proposal(places(new, "the mill will close"), places(new, source), (), speaker)
        assert reanchor_claims(old, new, [claim], [after]).found[0].state == expected

    def test_behind_words_that_are_new_it_may_mean_something_else(self):
        one, two, three = PARAGRAPHS.split("\n")
        assert self.states("\n".join([f"Fog rose. {three}", one, two])) == [KEPT, KEPT, CHANGED]

    def test_apart_from_what_is_no_longer_there_it_may_mean_something_else(self):
        without = PARAGRAPHS.replace(f"The bridge was built in 1931. {CARS} ", "")
        assert self.states(f"{CARS}\n{without}") == [CHANGED, KEPT, KEPT]

    def test_what_led_it_is_not_another_sentence_like_it(self):
        old = "The bridge over the Olm is red. It is long.\nRain fell.\nSnow fell."
        new = "Rain fell.\nSnow fell.\nThe bridge over the Ulm is red. It is long.{}"
        claim = Anchor(1, places(old, "It is long"))
        for also, expected in (("", KEPT), ("\nThe bridge over the Olm is red.", CHANGED)):
            (found,) = reanchor_claims(old, new.format(also), [claim], []).found
            assert found.state == expected

    def test_of_two_that_changed_places_the_second_stands_without_the_first(self):
        first = "The bridge was built in 1931."
        new = PARAGRAPHS.replace(f"{first} {CARS}", f"{CARS} {first}")
        assert self.states(new) == [CHANGED, KEPT, KEPT]

    def test_a_paragraph_takes_its_sentences_along(self):
        one, two, three = PARAGRAPHS.split("\n")
        assert self.states("\n".join([two, three, one])) == [KEPT] * 3
        assert self.states("\n".join([three, two, one])) == [KEPT] * 3

    def test_a_paragraph_of_one_sentence_joined_to_another_elsewhere_may_mean_something_else(self):
        one, two, three = PARAGRAPHS.split("\n")
        assert self.states("\n".join([f"{one} {three}", two])) == [KEPT, KEPT, CHANGED]

    def test_what_is_put_between_or_taken_away_moves_nothing(self):
        assert self.states(PARAGRAPHS.replace("It carries", "It is long. It carries")) == [KEPT] * 3
        assert self.states(PARAGRAPHS.replace("The bridge was built in 1931. ", "")) == [KEPT] * 3
        assert self.states(PARAGRAPHS.replace("\n", " ")) == [KEPT] * 3
        assert self.states(PARAGRAPHS.replace(". ", ".\n")) == [KEPT] * 3


class TestPlacesOfOrphans:
    def test_each_place_where_its_words_stand_is_offered_in_reading_order(self):
        old = "Rain. The gate is  shut. Snow."
        new = "The gate is shut. Rain. The gate\u00a0is shut. Snow. “The gate is shut” is a song."
        claim = Anchor(1, places(old, "The gate is  shut"))
        (found,) = reanchor_claims(old, new, [claim], []).found
        assert found.state == ORPHAN
        assert [[new[a:b] for a, b in spans] for spans in found.places] == [
            ["The gate is shut"],
            ["The gate\u00a0is shut"],
            ["The gate is shut"],
        ]
        assert list(found.places) == sorted(found.places)

    def test_no_more_than_ten_are(self):
        old = "Rain. The gate is shut."
        claim = Anchor(1, places(old, "The gate is shut"))
        (found,) = reanchor_claims(old, "The gate is shut. " * 30, [claim], []).found
        assert len(found.places) == 10

    def test_words_in_two_parts_are_offered_in_two_parts(self):
        old = "“The river,” she said, “is calm.”"
        new = f"{old}\n{old}"
        (found,) = reanchor_claims(
            old, new, [Anchor(1, places(old, "The river", "is calm"))], []
        ).found
        assert [[new[a:b] for a, b in spans] for spans in found.places] == [
            ["The river", "is calm"]
        ] * 2

    def test_a_sentence_like_two_new_ones_may_be_either(self):
        old = "Nine boats sank off the pier of Ostrey on Monday."
        new = old.replace("Nine", "Ten") + " " + old.replace("Nine", "Six")
        (found,) = reanchor_claims(old, new, [Anchor(1, places(old, old[:-1]))], []).found
        assert found.state == ORPHAN
        assert [new[a:b] for ((a, b),) in found.places] == [
            old.replace("Nine", "Ten"),
            old.replace("Nine", "Six"),
        ]

    def test_words_that_are_another_claims_now_are_offered_all_the_same(self):
        old = "Nine boats sank in the storm and four piers broke in the harbour."
        new = "Nine boats sank in the flood, four piers broke at the harbour."
        claims = [
            Anchor(1, places(old, "Nine boats sank in the storm")),
            Anchor(2, places(old, "four piers broke in the harbour")),
        ]
        found = reanchor_claims(old, new, claims, [Proposal(((0, len(new) - 1),))]).found
        assert found[1].places == (found[0].spans,)
        assert found[0].places == ()

    def test_the_second_claim_of_the_same_words_waits_for_somebody(self):
        words = places(PARAGRAPHS, "Rain fell in Velmora")
        found = reanchor_claims(
            PARAGRAPHS, f"Snow.\n{PARAGRAPHS}", [Anchor(1, words), Anchor(2, words)], []
        )
        first, second = found.found
        assert (first.state, second.state) == (KEPT, ORPHAN)
        assert second.places == (first.spans,)
