"""Figures, dates, names and quotations that nothing covers."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.extraction.text.details import uncovered


def found(text: str, kind: str, **options) -> list[str]:
    return [text[one.start : one.end] for one in uncovered(text, (), **options) if one.kind == kind]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It costs 40 % more.", ["40 %"]),
        ("It costs 12.5% and 3 per cent.", ["12.5%", "3 per cent"]),
        ("A loan of $1.3 million was paid.", ["$1.3 million"]),
        ("It took Rs 50,000 and US$20 from them.", ["Rs 50,000", "US$20"]),
        ("Some 10 000 people walked 12 km.", ["10 000 people", "12 km"]),
        ("Three boats sank, and dozens were hurt.", ["Three", "dozens"]),
        ("Sie kostet 3,5 Millionen Euro.", ["3,5 Millionen"]),
        ("قتل ٢٢ شخصا", ["٢٢"]),
        ("The G20 met on the A4 in room b12.", []),
    ],
)
def test_figures_with_their_units(text, figures):
    assert found(text, "figure") == figures


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("It opened on 12 March 2024 at noon.", ["12 March 2024"]),
        ("It opened on March 12, 2024, at noon.", ["March 12, 2024"]),
        ("It opened in August 2021, on a Friday.", ["August 2021", "Friday"]),
        ("It was built in 1931.", ["1931"]),
        ("Es begann am 12. März 2024.", ["12. März 2024"]),
        ("It began on 2024-03-12.", ["2024-03-12"]),
        ("May they go?", []),
    ],
)
def test_dates(text, dates):
    assert found(text, "date") == dates


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then the minister, Ada Venn, left Ostrey.", ["Ada Venn", "Ostrey"]),
        ("Ada Venn left.", ["Ada Venn"]),
        ("Yesterday she left. Nobody came.", []),
        ("The bridge fell. The Senate knew of the plan.", ["Senate"]),
        ("It was the Bank of England’s.", ["Bank of England"]),
        ("She met Dr. J. K. O’Hara-Łągiew there.", ["Dr. J. K. O’Hara-Łągiew"]),
        ("So I went, and I’m here.", []),
        ("ALDMERE – Nobody came.", []),
    ],
)
def test_names_are_large_words_that_do_not_merely_begin_a_sentence(text, names):
    assert found(text, "name") == names


def test_where_every_noun_is_large_one_word_is_no_name():
    text = "Gestern sah der Minister die Brücke mit Ada Venn."
    assert found(text, "name", language="de") == ["Ada Venn"]


def test_a_known_name_is_found_however_it_is_written():
    assert found("قال أحمد علي ذلك", "name", names=["أحمد علي"]) == ["أحمد علي"]
    assert found("The adavenn and ada venn.", "name", names=["ada venn"]) == ["ada venn"]


def test_a_quotation_is_seen_by_its_sentences_and_hides_what_is_in_it():
    text = "“It cost 40 %. Nobody paid,” she said."
    assert uncovered(text, ()) == [(0, 14, "quotation"), (15, 28, "quotation")]


def test_what_shares_a_character_with_a_covered_place_is_covered():
    text = "“It cost 40 %. Nobody paid in 1931,” she said."
    assert uncovered(text, [(1, 3), (15, 26)]) == [(9, 13, "figure"), (30, 34, "date")]


WORDS = st.sampled_from(
    [
        "Ada",
        "Venn",
        "the",
        "The",
        "40",
        "%",
        "million",
        "March",
        "1931",
        "“",
        "”",
        '"',
        ".",
        ",",
        "\n",
        "of",
        "🎉",
        "é",
    ]
)
TEXT = st.lists(st.one_of(WORDS, st.text(max_size=3)), max_size=30).map(" ".join)


@given(TEXT, st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=6), TEXT)
@example("Ada Venn", [(3, 3)], "")
def test_sorted_inside_the_text_with_words_and_apart_from_what_is_covered(text, places, name):
    covered = [(min(pair), min(max(pair), len(text))) for pair in places]
    covered = [(start, end) for start, end in covered if start < end]
    details = uncovered(text, covered, names=[name])
    last = 0
    for start, end, _kind in details:
        assert last <= start < end <= len(text)
        assert text[start:end].strip()
        assert all(end <= first or last_ <= start for first, last_ in covered)
        last = end
