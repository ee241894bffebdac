"""Whatever the text: the splitter ends, and every place that it names is in the text."""

from itertools import pairwise

from hypothesis import strategies as st

from claims.extraction import extract
from tests.extraction.expected import passages
from tests.extraction.hostile import TEXTS
from tests.fuzz.running import fuzz

_PASSAGES = [one.text for one in passages()]
_WORDS = sorted({word for text in _PASSAGES for word in text.split()})
_MARKS = [
    *"\"'“”‘’«»„()[]{}:;,.?!—–-…/\\@#%&*\n\t",
    "\n\n",
    "\r\n",
    "\u2028",
    "\u200b",
    "\u202e",
    "\ufeff",
]
_HARD = [
    "😀",
    "e\u0301",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "ﷺ",
    "שלום",
    "مرحبا",
    "大坝",
    "\x00",
    "\x1b",
    "\u0345",
]

_pieces = st.one_of(
    st.sampled_from(_WORDS),
    st.sampled_from(_MARKS),
    st.sampled_from(["said", "told", "according to", "He", "She", "that", "“", "”", "Ms", "Dr."]),
    st.sampled_from(_HARD),
    st.text(max_size=5),
)
_ends = st.tuples(st.sampled_from(_PASSAGES), st.integers(0, 400), st.integers(0, 400)).map(
    lambda cut: cut[0][cut[1] : cut[1] + cut[2]]
)
_texts = st.one_of(
    st.lists(_pieces, max_size=60).map(" ".join),
    st.lists(_pieces, max_size=60).map("".join),
    st.lists(_ends, min_size=1, max_size=4).map("".join),
    st.sampled_from([make(1)[:3_000] for make in TEXTS.values()]),
)


def _is_sound(text: str) -> None:
    for claim in extract(text):
        for spans in (claim.content, claim.source, claim.cue):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(one[1] <= other[0] for one, other in pairwise(spans))
        assert claim.content
        assert claim.statement.strip()
        assert 0 <= claim.checkworthiness <= 1


def test_any_text_is_split_into_claims_that_are_in_it() -> None:
    fuzz(_texts, _is_sound, few=60)
