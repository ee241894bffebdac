"""The learned model: windows, decoding, the choice among candidates, and the shipped weights."""

import hashlib
import itertools
import re
from pathlib import Path

import numpy as np
import pytest

import claims.extraction
from claims.extraction.encoder import choosing, postprocessing
from claims.extraction.encoder.decoding import Candidate, candidates
from claims.extraction.encoder.labels import CueTag, Role
from claims.extraction.encoder.model import Model, Reading
from claims.extraction.encoder.reading import attributions
from claims.extraction.encoder.windows import LIMIT, NOWHERE, Piece, Window, blocks, windows
from tests.extraction.reading import words

WEIGHTS = Path(claims.extraction.__file__).parent / "weights"


@pytest.fixture(scope="module")
def model():
    return Model(WEIGHTS)


def candidate(cue, source, content, speech=0.9):
    return Candidate(cue, source, content, speech=speech, cued=0.9, sure=0.9, named=0.9)


class TestWindows:
    def test_short_text_is_one_window(self, model):
        text = "The bridge is shut.\n\nIt will open in May."
        (window,) = windows(blocks(model.tokenizer, text))
        assert window.own == (0, len(text) + 1)
        assert [piece.start for piece in window.pieces].count(NOWHERE) == 3
        assert window.pieces[1][1:3] == (0, 3)

    @pytest.mark.parametrize("overlap", [0, 1, 2])
    def test_own_stretches_are_the_text(self, model, overlap):
        text = "\n".join(f"Paragraph {n}. " + "The bridge is shut. " * (n % 40) for n in range(90))
        found = windows(blocks(model.tokenizer, text), overlap=overlap)
        assert found[0].own[0] == 0
        assert found[-1].own[1] > len(text.rstrip())
        assert all(one.own[1] == two.own[0] for one, two in itertools.pairwise(found))
        assert max(len(one.pieces) for one in found) <= LIMIT

    @pytest.mark.parametrize("text", ["", "\n \n", "x" * 5000, "one two " * 3000, "…" * 1000])
    def test_any_text_will_do(self, model, text):
        found = windows(blocks(model.tokenizer, text))
        assert all(2 < len(one.pieces) <= LIMIT for one in found)


class TestDecoding:
    def test_cue_source_and_content(self):
        text = "Rain fell , she said"
        places = [(one.start(), one.end()) for one in re.finditer(r"\S+", text)]
        inside = [Piece(9, *place, opens=True, paragraph=0) for place in places]
        mark = Piece(101, NOWHERE, NOWHERE, opens=True, paragraph=0)
        tags = [CueTag.NONE] * 5 + [CueTag.SPEECH, CueTag.NONE]
        roles = [Role.NONE, Role.CONTENT, Role.IN_CONTENT, Role.NONE, Role.SOURCE, *[Role.NONE] * 2]

        class Told:
            def rows(self, reading, cues):
                assert cues == [(5, 6)]
                return np.log(np.eye(len(Role), dtype=np.float32)[roles] * 0.9 + 0.02)[None]

        scores = np.log(np.eye(len(CueTag), dtype=np.float32)[tags] * 0.9 + 0.02)
        reading = Reading(Window((mark, *inside, mark), (0, len(text))), scores, scores)
        (found,) = candidates(Told(), [reading])
        assert text[slice(*found.cue)] == "said"
        assert text[slice(*found.source)] == "she"
        assert words(text, found.content) == "Rain fell"
        assert found.confidence > 0.8


class TestChoosing:
    def test_of_two_that_tell_the_same_words_the_likelier_stays(self):
        weak = candidate((30, 34), (26, 29), ((0, 20),), speech=0.6)
        strong = candidate((40, 44), (36, 39), ((0, 24),))
        other = candidate((90, 94), (86, 89), ((60, 80),))
        assert choosing.choose([weak, strong, other]) == [strong, other]

    def test_unlikely_ones_go(self):
        assert not choosing.choose([candidate((30, 34), None, ((0, 20),), speech=0.1)], least=0.95)


class TestTidying:
    def test_signed_quotation(self):
        text = "“It is a long road, and a good one.” ― Lena Berg, Oslo\n\nNothing else."
        (found,) = postprocessing.signed(text, postprocessing.quoted(text))
        assert text[slice(*found.source)] == "Lena Berg, Oslo"

    def test_quotation_goes_on(self):
        text = "“It is shut,” the mayor said. “We are sorry.” It rained."
        at = text.index("said")
        one = candidate((at, at + 4), (at - 10, at - 1), ((0, 13),))
        (found,) = postprocessing.followed(text, [one], postprocessing.quoted(text))
        assert words(text, found.content) == "“It is shut,” … “We are sorry.”"

    def test_full_stop_stays_out_and_marks_come_in_pairs(self):
        text = "that it is shut. He called it “old.” Dr. Berg of Acme Inc."
        spans = ((0, 16), (30, 35), (37, len(text)))
        assert words(text, postprocessing.trimmed(text, spans)) == (
            "that it is shut … “old.” … Dr. Berg of Acme Inc."
        )


class TestWeights:
    def test_they_are_the_ones_listed(self):
        for line in (WEIGHTS / "SHA256SUMS").read_text("utf-8").splitlines():
            wanted, name = line.split()
            assert hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest() == wanted

    def test_they_read_a_split_quotation(self, model):
        text = "“The bridge is shut,” the mayor said on Friday. “It will open again in May.”"
        ((found,),) = attributions([text], model)
        assert words(text, found.content) == "“The bridge is shut,” … “It will open again in May.”"
        assert words(text, found.source) == "the mayor"
        assert found.speech

    def test_two_cues_may_share_a_source(self, model):
        text = "The minister said that taxes will fall, adding that the budget was sound."
        ((first, second),) = attributions([text], model)
        assert words(text, first.source) == words(text, second.source) == "The minister"

    def test_order_and_number_of_texts_stay(self, model):
        assert next(iter(attributions(["", "Nothing was said here", "\n"], model))) == []
