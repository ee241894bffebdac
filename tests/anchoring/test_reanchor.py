"""Re-anchoring claims in an edited text: typical edits of newsrooms, one by one, and random ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.anchoring import Anchor, Outcome, Proposal, reanchor_claims

TEXT = (
    "OSTREY – The bridge over the Olm will stay closed until May, the minister, Ada Venn, said on Monday.\n\n"
    "“We found cracks in two pillars,” she told Radio Ostrey. “Nobody was hurt.”\n\n"
    "Officials said at least three boats were damaged and two piers flooded.\n\n"
    "Café owner Zoë Brandt lost 4,000 crowns in a day.\n\n"
    "The bridge was built in 1931. It carries 9,000 cars a day.\n"
)
CLAIMS = {
    "closed": (
        "The bridge over the Olm will stay closed until May",
        "the minister, Ada Venn",
        "said",
    ),
    "cracks": ("We found cracks in two pillars", "she", "told"),
    "hurt": ("Nobody was hurt.", "she", "told"),
    "boats": ("at least three boats were damaged", "Officials", "said"),
    "café": ("Café owner Zoë Brandt lost 4,000 crowns in a day", "", ""),
    "built": ("The bridge was built in 1931", "", ""),
    "cars": ("It carries 9,000 cars a day", "", ""),
}
KEPT, CHANGED, ORPHAN, WITHDRAWN = Outcome.KEPT, Outcome.CHANGED, Outcome.ORPHAN, Outcome.WITHDRAWN


def spans(text: str, words: str, after: int = 0) -> tuple[tuple[int, int], ...]:
    if not words:
        return ()
    start = text.index(words, after)
    return ((start, start + len(words)),)


def _paragraph(words: str) -> int:
    return TEXT.rfind("\n\n", 0, TEXT.index(words)) + 1


def anchors() -> list[Anchor]:
    return [
        Anchor(number, *(spans(TEXT, words, _paragraph(told[0])) for words in told))
        for number, told in enumerate(CLAIMS.values())
    ]


def states(new: str, proposals: list[Proposal] | None = None) -> dict[str, Outcome]:
    found = reanchor_claims(TEXT, new, anchors(), proposals or []).found
    return {name: one.state for name, one in zip(CLAIMS, found, strict=True)}


def but(**others: Outcome) -> dict[str, Outcome]:
    return dict.fromkeys(CLAIMS, KEPT) | others


EDITS = {
    "nothing": (TEXT, but()),
    "a paragraph on top": ("Updated at noon.\n\n" + TEXT, but()),
    "a note at the end": (
        TEXT + "\nCorrection: the minister spoke on Monday, not Sunday.\n",
        but(),
    ),
    "an emoji before all": ("🌉🌉 " + TEXT, but(closed=CHANGED)),
    "Windows line ends": (TEXT.replace("\n", "\r\n"), but()),
    "one line end between paragraphs": (TEXT.replace("\n\n", "\n"), but()),
    "three line ends between paragraphs": (TEXT.replace("\n\n", "\n\n\n"), but()),
    "straight quotation marks": (TEXT.replace("“", '"').replace("”", '"'), but()),
    "German quotation marks": (TEXT.replace("“", "„").replace("”", "“"), but()),
    "another dash": (TEXT.replace("–", "—"), but()),
    "hard blanks": (TEXT.replace("4,000 crowns", "4,000\u00a0crowns"), but()),
    "two blanks": (TEXT.replace("built in", "built  in"), but()),
    "accents in two characters": (TEXT.replace("é", "e\u0301").replace("ë", "e\u0308"), but()),
    "a soft hyphen": (TEXT.replace("damaged", "dam\u00adaged"), but()),
    "the last paragraph first": (
        "\n\n".join([*TEXT.strip().split("\n\n")[-1:], *TEXT.strip().split("\n\n")[:-1]]),
        but(),
    ),
    "a paragraph between": (TEXT.replace("\n\nOfficials", "\n\nRain fell.\n\nOfficials"), but()),
    "another sentence in the paragraph": (
        TEXT.replace("in 1931. It", "in 1931. It is long. It"),
        but(),
    ),
    "a number": (TEXT.replace("two pillars", "three pillars"), but(cracks=CHANGED, hurt=CHANGED)),
    "a year": (TEXT.replace("1931", "1932"), but(built=CHANGED)),
    "a negation": (TEXT.replace("will stay", "will not stay"), but(closed=CHANGED)),
    "a month": (TEXT.replace("until May", "until June"), but(closed=CHANGED)),
    "a word": (TEXT.replace("were damaged", "were destroyed"), but(boats=CHANGED)),
    "a typo mended": (TEXT.replace("crowns in a day", "crowns in one day"), but(café=CHANGED)),
    "the speaker": (TEXT.replace("Ada Venn", "Bo Tarn"), but(closed=CHANGED)),
    "the cue": (TEXT.replace("Officials said", "Officials denied"), but(boats=CHANGED)),
    "the dateline": (TEXT.replace("OSTREY", "MARROW QUAY"), but(closed=CHANGED)),
    "a name": (TEXT.replace("Zoë Brandt", "Zoë Brand"), but(café=CHANGED)),
    "a paragraph gone": (
        TEXT.replace(
            "Officials said at least three boats were damaged and two piers flooded.\n\n", ""
        ),
        but(boats=WITHDRAWN),
    ),
    "a sentence gone": (TEXT.replace(" It carries 9,000 cars a day.", ""), but(cars=WITHDRAWN)),
    "a sentence twice": (TEXT + "\nThe bridge was built in 1931.\n", but(built=ORPHAN)),
    "a quotation twice": (TEXT + "\n“Nobody was hurt.”\n", but()),
    "everything else": (
        "Snow fell on the hills of Velmora all night.",
        dict.fromkeys(CLAIMS, WITHDRAWN),
    ),
    "nothing left": ("", dict.fromkeys(CLAIMS, WITHDRAWN)),
    "another alphabet around": ("تحديث: الجسر مغلق.\n\n" + TEXT + "\nनदी शांत है।\n", but()),
    "fell for rose": (TEXT.replace("lost 4,000", "won 4,000"), but(café=CHANGED)),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_becomes_of_each_claim(edit):
    new, expected = EDITS[edit]
    assert states(new) == expected


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_kept_has_its_words_in_the_new_text(edit):
    new, _expected = EDITS[edit]
    found = reanchor_claims(TEXT, new, anchors(), []).found
    taken = [one.spans for one in found if one.spans]
    assert len(taken) == len(set(taken))
    for one in found:
        assert bool(one.spans) == (one.state in {KEPT, CHANGED})
        last = 0
        for start, end in one.spans:
            assert last <= start < end <= len(new)
            last = end
        if one.state == KEPT and new in {TEXT, EDITS["a paragraph on top"][0]}:
            words = " ".join(new[start:end] for start, end in one.spans)
            assert words == list(CLAIMS.values())[one.id][0]


def test_a_changed_claim_takes_the_words_of_the_proposal_and_shows_what_changed():
    new = TEXT.replace("two pillars", "three pillars")
    words = "We found cracks in three pillars"
    found = reanchor_claims(TEXT, new, anchors(), [Proposal(spans(new, words), spans(new, "she"))])
    cracks = found.found[1]
    assert (cracks.state, cracks.spans, cracks.proposal) == (CHANGED, spans(new, words), 0)
    assert [(piece.kind, piece.text) for piece in cracks.difference] == [
        ("equal", "We found cracks in "),
        ("removed", "two"),
        ("added", "three"),
        ("equal", " pillars"),
    ]
    assert found.new == ()


def test_a_proposal_that_is_no_claim_of_the_old_text_is_new():
    new = TEXT + "\nA ferry sails instead.\n"
    ferry = Proposal(spans(new, "A ferry sails instead"))
    built = Proposal(spans(new, "The bridge was built in 1931"))
    assert reanchor_claims(TEXT, new, anchors(), [built, ferry]).new == (1,)


def test_of_a_sentence_that_stands_nothing_is_proposed_again_however_it_is_cut_now():
    new = TEXT + "\nA ferry sails instead.\n"
    other_cut = Proposal(spans(new, "lost 4,000 crowns in a day"))
    assert reanchor_claims(TEXT, new, anchors(), [other_cut]).new == ()
    assert reanchor_claims(TEXT, new, [], [other_cut]).new == (0,)


def test_all_proposals_are_new_where_there_was_no_claim():
    assert reanchor_claims("", TEXT, [], [Proposal(spans(TEXT, "Nobody was hurt."))]).new == (0,)


def test_the_same_words_of_another_speaker_have_changed():
    claim = Anchor(1, spans(TEXT, "Nobody was hurt."), speaker="Ada Venn")
    same, other = (
        Proposal(spans(TEXT, "Nobody was hurt."), speaker=name) for name in ("Ada Venn", "Bo Tarn")
    )
    assert reanchor_claims(TEXT, TEXT, [claim], [same]).found[0].state == KEPT
    assert reanchor_claims(TEXT, TEXT, [claim], [other]).found[0].state == CHANGED


@pytest.mark.parametrize(
    "edit", ["an emoji before all", "the dateline"], ids=lambda name: name.replace(" ", "-")
)
def test_what_changes_around_it_in_its_sentence_keeps_it_where_the_splitter_reads_the_same(edit):
    new, _expected = EDITS[edit]
    words, source, cue = CLAIMS["closed"]
    claim = Anchor(0, *(spans(TEXT, each) for each in CLAIMS["closed"]), speaker="Ada Venn")
    same = Proposal(spans(new, words), spans(new, source), spans(new, cue), "Ada Venn")
    (found,) = reanchor_claims(TEXT, new, [claim], [same]).found
    assert (found.state, found.spans, found.source) == (KEPT, same.spans, same.source)
    denied = Proposal(same.spans, same.source, spans(new, "on Monday"), "Ada Venn")
    assert reanchor_claims(TEXT, new, [claim], [denied]).found[0].state == CHANGED


def test_words_in_two_parts_stay_in_two_parts():
    text = "“The river,” she said, “is calm.” Rain fell."
    claim = Anchor(1, (*spans(text, "The river"), *spans(text, "is calm")), spans(text, "she"))
    new = "Update. " + text
    (found,) = reanchor_claims(text, new, [claim], []).found
    assert found.state == KEPT
    assert [new[start:end] for start, end in found.spans] == ["The river", "is calm"]


def test_a_second_claim_of_a_sentence_that_is_one_claim_now_waits_for_somebody():
    old = "Nine boats sank in the storm and four piers broke in the harbour."
    new = "Nine boats sank in the flood, four piers broke at the harbour."
    claims = [
        Anchor(1, spans(old, "Nine boats sank in the storm")),
        Anchor(2, spans(old, "four piers broke in the harbour")),
    ]
    found = reanchor_claims(old, new, claims, [Proposal(((0, len(new) - 1),))]).found
    assert [one.state for one in found] == [CHANGED, ORPHAN]


ALIKE = "The gate is shut."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # The first one went: the others prove which one is left, and nothing proves what the first one is.
        (["Rain.", ALIKE, "Snow.", ALIKE, "Hail."], ["Rain.", "Snow.", ALIKE, "Hail."], "ok"),
        (["Rain.", ALIKE, "Snow.", ALIKE, "Hail."], ["Rain.", ALIKE, "Snow.", "Hail."], "ko"),
        # Side by side nothing proves which one went.
        (["Rain.", ALIKE, ALIKE, "Hail."], ["Rain.", ALIKE, "Hail."], "oo"),
        # Both are there, and more came between.
        (["Rain.", ALIKE, "Snow.", ALIKE], ["Rain.", "Fog.", ALIKE, "Snow.", ALIKE], "kk"),
        ([ALIKE, ALIKE], ["Fog.", ALIKE, ALIKE], "kk"),
        # One moved: which one, nobody knows.
        (["Rain.", ALIKE, "Snow.", ALIKE], ["Rain.", "Snow.", ALIKE, ALIKE], "oo"),
    ],
    ids=str,
)
def test_of_sentences_alike_none_takes_the_place_of_another(old, new, expected):
    before = "\n".join(old)
    first = spans(before, ALIKE)
    claims = [Anchor(1, first), Anchor(2, spans(before, ALIKE, first[0][1]))]
    found = reanchor_claims(before, "\n".join(new), claims, []).found
    assert "".join(one.state.value[0] for one in found) == expected


PARTS = TEXT.strip().split("\n\n")
NOISE = st.text(st.sampled_from("abc XYZ.!?\n“”é🙂\u0301\u05e9\u05dc\u05dd"), max_size=60)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(NOISE, min_size=len(PARTS) + 1, max_size=len(PARTS) + 1))
def test_edits_outside_a_claims_paragraph_never_change_it(noise):
    """Whatever is put between the paragraphs."""
    pieces = [noise[0]]
    for part, other in zip(PARTS, noise[1:], strict=True):
        pieces += [part, other]
    new = "\n\n".join(pieces)
    found = reanchor_claims(TEXT, new, anchors(), []).found
    for (words, *_rest), one in zip(CLAIMS.values(), found, strict=True):
        assert one.state == KEPT
        assert "".join(new[start:end] for start, end in one.spans) == words


@pytest.mark.parametrize(
    ("speakers", "state"), [(["Ada Venn", "Bo Tarn"], KEPT), (["Bo Tarn", "Ada Venn"], CHANGED)]
)
def test_of_two_proposals_with_the_same_words_the_first_one_counts(speakers, state):
    words = spans(TEXT, CLAIMS["hurt"][0])
    claim = Anchor(1, words, speaker="Ada Venn")
    proposals = [Proposal(words, speaker=name) for name in speakers]
    (found,) = reanchor_claims(TEXT, TEXT, [claim], proposals).found
    assert (found.state, found.proposal) == (state, 0)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(NOISE, st.integers(0, len(TEXT)), st.integers(0, 40))
def test_any_edit_gives_the_same_again_and_places_inside_the_text(noise, at, gone):
    new = TEXT[:at] + noise + TEXT[at + gone :]
    proposals = [Proposal(((0, min(5, len(new))),))] if new else []
    matching = reanchor_claims(TEXT, new, anchors(), proposals)
    assert matching == reanchor_claims(TEXT, new, anchors(), proposals)
    places = [one.spans for one in matching.found if one.spans]
    assert len(places) == len(set(places))
    assert all(0 <= start < end <= len(new) for place in places for start, end in place)
    kept = {one.proposal for one in matching.found} | set(matching.new)
    assert set(range(len(proposals))) <= kept | {None} or not proposals or places


def test_a_long_text_of_one_sentence_is_answered():
    """Compared pair by pair, its sentences would take hours."""
    old, new = " ".join([ALIKE] * 20_000), " ".join([ALIKE] * 19_000)
    step = len(ALIKE) + 1
    claims = [
        Anchor(number, ((number * step, number * step + 5),)) for number in range(0, 20_000, 100)
    ]
    assert {one.state for one in reanchor_claims(old, new, claims, []).found} == {ORPHAN}
