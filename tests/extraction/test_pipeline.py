"""What holds for every text, however odd."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import ModelMissingError
from claims.extraction import VERSION, Claim, extract, extract_many
from claims.extraction.text import parsing
from claims.extraction.text.segments import has_words, passages, sentences
from claims.extraction.types import Spans

PIECES = st.sampled_from(
    [
        "The minister said",
        " that the dam leaks",
        "he told Reuters",
        "according to police",
        " who ",
        "Oona Harl",
        "9 boats",
        " and ",
        ", ",
        ". ",
        "? ",
        ": ",
        " — ",
        "“",
        "”",
        '"',
        "‘",
        "’",
        "'",
        "``",
        "''",
        "\n",
        "\r\n",
        "\u2028",
        "\u00a0",
        "\u3000",
        "\t",
        "e\u0301",
        "👩‍🚒",
        "قال",
        "\u202e",
        "\x00",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)


def places(claim: Claim) -> Iterator[Spans]:
    yield from (claim.content, claim.source, claim.cue)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(TEXTS)
def test_places_are_sound_for_any_text(text: str):
    claims = extract(text)
    assert claims or not has_words(text)
    for claim in claims:
        assert claim.content
        assert claim.statement
        assert 0 <= claim.checkworthiness <= 1
        for spans in places(claim):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(one[1] <= other[0] for one, other in pairwise(spans))
            words = [text[start:end] for start, end in spans]
            assert words == [word.strip() for word in words]
    numbers = [claim.attribution for claim in claims]
    assert numbers == sorted(numbers)
    assert sorted(set(numbers)) == list(range(len(set(numbers))))


@settings(deadline=None, derandomize=True, max_examples=100)
@given(TEXTS)
def test_every_paragraph_with_words_is_touched(text: str):
    touched = [span for claim in extract(text) for spans in places(claim) for span in spans]
    for start, end in passages(text):
        assert any(one < end and start < other for one, other in touched)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(TEXTS)
def test_only_reports_have_sources_and_narration_has_none(text: str):
    claims = extract(text)
    assert claims or not has_words(text)
    for claim in claims:
        if claim.quotation == "narration":
            assert (claim.source, claim.cue, claim.speaker, claim.told_to) == ((), (), None, "")
        assert (claim.speaker is None) == (not claim.source)
        if claim.within is not None:
            assert claim.within < claim.attribution


PARAGRAPHS = st.lists(
    st.sampled_from(
        [
            "The dam leaks. Oona Harl said it was built in haste.",
            "“It leaks,” she said. “Nobody looked.”",
            "It rained for nine days, and the river rose.",
            "Two men drowned and nine were missing, police said.",
            "Harl, who built the first dam, left. She gave no reason.",
            "The mayor wrote:",
            "“We will rebuild. We have no choice.”",
        ]
    ),
    max_size=6,
)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(PARAGRAPHS)
def test_every_sentence_of_an_article_is_touched(paragraphs: list[str]):
    text = "\n\n".join(paragraphs)
    touched = [span for claim in extract(text) for spans in places(claim) for span in spans]
    for start, end in passages(text):
        for first, last in sentences(text, start, end):
            assert any(one < last and first < other for one, other in touched), text[first:last]


def test_same_text_gives_the_same_claims():
    text = "“It leaks,” Oona Harl said. Two men drowned and nine were missing, police said."
    assert extract(text) == extract(text)


def test_many_articles_come_lazily_and_in_order():
    def texts() -> Iterator[str]:
        yield "Police said nine boats sank."
        yield ""
        yield "It rained."
        raise AssertionError("read too far ahead")

    split = extract_many(texts())
    assert [len(next(split)) for _ in range(3)] == [1, 0, 1]


def test_several_processes_read_only_a_little_ahead():
    read = 0

    def texts() -> Iterator[str]:
        nonlocal read
        for number in range(200):
            read += 1
            yield f"Police said {number} boats sank."

    split = extract_many(texts(), processes=2)
    assert next(split)[0].statement == "0 boats sank"
    assert read < 50
    split.close()


WORKING = """
import os, sys
from claims.extraction import workers

if __name__ == "__main__":
    print(workers(1).submit(os.getpid).result(), flush=True)
    sys.stdin.read()
"""


def test_processes_end_with_the_one_that_began_them_even_where_it_is_killed(tmp_path):
    script = tmp_path / "working.py"
    script.write_text(WORKING)
    with subprocess.Popen(
        [sys.executable, script],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        worker = int(process.stdout.readline())
        assert worker != process.pid
        process.kill()
        # The worker holds the other end of this pipe as long as it lives.
        assert process.communicate(timeout=300)[0] == ""
    assert process.returncode == -signal.SIGKILL


TASKS = Path("/proc/self/task")
SPLITTING = f"""
import os
from claims.extraction import extract
extract("The harbour reopened on Monday, the mayor said. " * 40, engine="rules")
print(len(os.listdir("{TASKS}")))
"""


@pytest.mark.skipif(not TASKS.exists(), reason="only Linux tells the threads of a process")
def test_rules_take_one_thread_so_that_each_process_keeps_to_its_processor():
    # The variable would be inherited from here.
    bare = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    command = [sys.executable, "-c", SPLITTING]
    threads = subprocess.run(command, env=bare, capture_output=True, text=True, check=True).stdout
    assert int(threads) == 1


def test_model_that_reads_no_grammar_is_refused(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelMissingError, match="has no parser"):
        extract("It rained.", model=str(tmp_path / "blank"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        '"' * 5_000,
        "“" * 5_000,
        "a" * 200_000,
        "abc.def," * 20_000,
        "\n" * 100_000 + "It rained.",
        "’tis " * 1_000,
        "“a” " * 1_000,
        "A: " * 500,
    ],
    ids=lambda text: f"{text[:3]!r}x{len(text)}",
)
def test_odd_texts_are_split(text: str):
    claims = extract(text)
    assert bool(claims) == any(character.isalnum() for character in text)


def test_long_article_is_split_to_its_end():
    text = "Police said nine boats sank. It rained.\n" * 300
    claims = extract(text)
    assert len(claims) == 600
    assert claims[-1].content[0][1] == len(text) - 2


def test_line_ends_and_wide_characters_do_not_shift_places():
    text = "\ufeff😀 It rained.\r\n\r\n“E\u0301 vero,” said 👩‍🚒 Oona Harl.\rثم. Police said it rained."
    found = [text[start:end] for claim in extract(text) for start, end in claim.content]
    assert "“E\u0301 vero,”" in found
    assert found[-1] == "it rained"


def test_version_is_told():
    assert VERSION


def test_memory_of_words_does_not_grow_with_articles():
    extract("It rained.")
    strings = parsing.load(parsing.MODEL).vocab.strings
    known = len(strings)
    for number in range(20):
        extract(
            f"Mayor Harlo{number}wen Dulmere{number}burg said the Aune{number}th dyke had broken."
        )
    assert len(strings) <= known


def test_two_threads_split_at_once():
    texts = [f"The mill {number} burned, Oona Harl said." for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(extract, texts)) == [extract(text) for text in texts]
