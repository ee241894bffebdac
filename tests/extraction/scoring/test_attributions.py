"""The scorer, on annotations and claims written by hand."""

import gzip
import json

import pytest

from claims.extraction import Claim
from tests.extraction.scoring.attributions import Score, read

TEXT = (
    "“Rents will fall,” Mr. Harl said Monday. “We are sure.”\n\n"
    "She warned that prices were rising. Voss hopes that rain comes.\n\n"
    "It was reported that two ships sank."
)


def span(*pieces: str) -> list[list[int]]:
    return [[TEXT.index(piece), TEXT.index(piece) + len(piece)] for piece in pieces]


def claim(content: list, source: list, cue: list) -> Claim:
    content, source, cue = (tuple(map(tuple, spans)) for spans in (content, source, cue))
    return Claim(content, "", "indirect", 0, source=source, cue=cue)


ANNOTATED = {
    "id": "a",
    "text": TEXT,
    "attributions": [
        {
            "source": span("Mr. Harl"),
            "cue": span("said"),
            "content": span("“Rents will fall,”", "“We are sure.”"),
        },
        {"source": span("She"), "cue": span("warned"), "content": span("that prices were rising")},
        {"source": span("Voss"), "cue": span("hopes"), "content": span("that rain comes")},
        {"source": [], "cue": span("was reported"), "content": span("that two ships sank")},
    ],
}
RIGHT = [
    claim(*(row[key] for key in ("content", "source", "cue"))) for row in ANNOTATED["attributions"]
]


def score(*claims: Claim) -> Score:
    counted = Score()
    counted.add(ANNOTATED, claims)
    return counted


def test_what_is_all_right_gets_all():
    assert score(*RIGHT).figures() == dict.fromkeys(
        ("precision", "recall", "headline", "statements"), 100.0
    )


def test_nothing_gets_nothing():
    assert score().figures()["headline"] == 0.0


def test_hopes_are_set_aside():
    found = score(RIGHT[2])
    assert (found.annotated, found.given, found.right) == (3, 0, 0)


def test_sentences_of_one_quotation_are_joined():
    he, said = span("Mr. Harl"), span("said")
    found = score(
        claim(span("“Rents will fall,”"), he, said), claim(span("“We are sure.”"), he, said)
    )
    assert (found.given, found.right) == (1, 1)


def test_half_of_the_words_is_enough_and_a_wrong_source_is_not():
    found = score(
        claim(span("Rents will fall"), span("Harl"), []),
        claim(span("prices were rising"), span("Voss"), []),
    )
    assert (found.fitting, found.right) == (2, 1)


def test_source_that_nobody_gave_is_wrong():
    assert score(claim(span("that two ships sank"), span("Voss"), [])).right == 0
    assert score(RIGHT[3]).right == 1


def test_one_annotation_takes_one_claim():
    cue = span("warned")
    found = score(
        claim(span("that prices"), span("She"), []),
        claim(span("that prices were rising"), span("She"), cue),
    )
    assert found.right == 1


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("direct", 1),
        ("indirect", 2),
        ("pronoun", 1),
        ("without a source", 1),
        ("around its cue", 1),
    ],
)
def test_kinds_are_counted(kind: str, number: int):
    assert score().by_kind[kind]["all"] == number


def test_articles_are_read_plain_and_compressed(tmp_path):
    lines = "".join(json.dumps({"id": number}) + "\n" for number in range(3))
    (tmp_path / "a.jsonl").write_text(lines)
    with gzip.open(tmp_path / "a.jsonl.gz", "wt") as packed:
        packed.write(lines)
    assert [row["id"] for row in read(tmp_path / "a.jsonl")] == [0, 1, 2]
    assert [row["id"] for row in read(tmp_path / "a.jsonl.gz", limit=2)] == [0, 1]
