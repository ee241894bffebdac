"""The command line: JSON Lines in, JSON Lines out."""

import gzip
import io
import json
import subprocess
import sys

import pytest

from claims.matching.__main__ import main

CLAIMS = [
    {"id": 1, "text": "The bridge over the Olm will stay closed until May."},
    {"id": "two", "text": "Unemployment in Ostrey fell to four percent."},
]


@pytest.fixture
def collection(tmp_path):
    path = tmp_path / "claims.jsonl"
    path.write_text("".join(json.dumps(claim) + "\n" for claim in CLAIMS))
    return path


def run(arguments, *lines):
    out, problems = io.StringIO(), io.StringIO()
    given = io.BytesIO(
        b"".join(
            (one if isinstance(one, bytes) else json.dumps(one).encode()) + b"\n" for one in lines
        )
    )
    status = main([str(one) for one in arguments], given, out, problems)
    return status, [json.loads(line) for line in out.getvalue().splitlines()], problems.getvalue()


def test_it_finds_claims_of_the_collection_best_first(collection):
    status, rows, problems = run(
        ["--collection", collection], {"id": "q", "text": "The jobless rate in Ostrey dropped"}
    )
    assert (status, problems) == (0, "")
    (row,) = rows
    assert row["id"] == "q"
    assert [match["id"] for match in row["matches"]] == ["two", 1]
    assert row["matches"][0].keys() == {"id", "score", "relation", "why"}


def test_no_more_than_asked_for(collection):
    _status, (row,), _problems = run(
        ["--collection", collection, "--top", 1], {"id": 1, "text": "The bridge"}
    )
    assert len(row["matches"]) == 1


def test_bad_lines_are_named_and_the_rest_goes_on(collection):
    with collection.open("a") as file:
        file.write('not json\n\n{"id": 3}\n')
    status, rows, problems = run(
        ["--collection", collection],
        b"\xff",
        {"text": "no id"},
        b"",
        {"id": 9, "text": "The bridge"},
        ["a list"],
    )
    assert status == 1
    assert [row["id"] for row in rows] == [9]
    assert [line.split(": ")[0] for line in problems.splitlines()] == [
        "claims.jsonl line 3",
        "claims.jsonl line 5",
        "line 1",
        "line 2",
        "line 5",
    ]


def test_a_compressed_collection(collection):
    packed = collection.with_name("claims.jsonl.gz")
    packed.write_bytes(gzip.compress(collection.read_bytes()))
    status, (row,), _problems = run(["--collection", packed], {"id": 1, "text": "The Olm bridge"})
    assert (status, row["matches"][0]["id"]) == (0, 1)


def test_a_collection_that_is_not_there(tmp_path):
    status, rows, problems = run(["--collection", tmp_path / "none.jsonl"])
    assert (status, rows) == (2, [])
    assert "none.jsonl" in problems


def test_pairs():
    same = "The bridge over the Olm is closed."
    dated = {"a_date": "2026-03-01", "b_date": "2026-03-02T10:00:00Z", "b_source": "Ada Venn"}
    status, rows, problems = run(
        ["--pairs"],
        {"id": 1, "a": same, "b": "Milk prices rose by a tenth last year.", **dated},
        {"id": 2, "a": same},
        {"id": 3, "a": same, "b": same, "a_date": "yesterday"},
        {"id": 4, "a": same, "b": same, "a_date": None, "a_source": None},
    )
    assert status == 1
    assert [row["id"] for row in rows] == [1, 4]
    assert all(row.keys() == {"id", "relation", "score", "why"} for row in rows)
    assert rows[0]["relation"] == "none"
    assert rows[1]["relation"] != "none"
    assert problems.splitlines() == [
        'line 2: "b" is missing or not a string',
        'line 3: "a_date" is not a date such as "2026-03-01"',
    ]


def test_one_of_both_must_be_chosen():
    done = subprocess.run(
        [sys.executable, "-m", "claims.matching"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "--collection" in done.stderr
