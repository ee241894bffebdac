import io
import json
import subprocess
import sys

import pytest

from claims.extraction.__main__ import main

ARTICLE = {"id": "a", "text": "It rained. Police said that Oona Harl had said that the dam leaks."}
KEYS = {
    "content",
    "source",
    "cue",
    "statement",
    "quotation",
    "attribution",
    "speaker",
    "told_to",
    "mood",
    "unresolved",
    "checkable",
    "checkworthiness",
    "reasons",
    "language",
}


def run(lines: bytes, *arguments: str) -> tuple[int, list[dict], str]:
    out, problems = io.StringIO(), io.StringIO()
    status = main(arguments, io.BytesIO(lines), out, problems)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    return status, rows, problems.getvalue()


def line(**article: object) -> bytes:
    return json.dumps(article).encode() + b"\n"


def test_article_comes_back_as_its_claims():
    status, (row,), problems = run(line(**ARTICLE))
    assert (status, problems, row["id"]) == (0, "", "a")
    rain, outer, inner = row["claims"]
    assert set(rain) == set(outer) == KEYS
    assert set(inner) == KEYS | {"within"}
    assert (rain["quotation"], rain["speaker"]) == ("narration", None)
    assert outer["speaker"] == {
        "name": "Police",
        "kind": "police-military",
        "role": "",
        "mention": "Police",
        "named": False,
        "confidence": 1.0,
    }
    assert inner["within"] == outer["attribution"]
    assert outer["content"] == [[28, 65]]


def test_attributed_only_leaves_out_narration_and_inner_reports():
    _, (row,), _ = run(line(**ARTICLE), "--attributed-only")
    assert [ARTICLE["text"][a:b] for one in row["claims"] for a, b in one["source"]] == ["Police"]


def test_quotation_without_a_source_is_not_attributed():
    _, (row,), _ = run(line(id=1, text="“The dam leaks.”"), "--attributed-only")
    assert row["claims"] == []


def test_bad_lines_are_told_by_number_and_the_rest_goes_on():
    status, rows, problems = run(
        b"{nonsense\n"
        + line(id="b", text="It rained.")
        + b"\n"
        + line(text="x")
        + line(id="c")
        + b"[1]\n"
        + b'"\xff"\n'
        + line(id="d", text="")
    )
    assert status == 1
    assert [row["id"] for row in rows] == ["b", "d"]
    assert [problem.split(":")[0] for problem in problems.splitlines()] == [
        "line 1",
        "line 4",
        "line 5",
        "line 6",
        "line 7",
    ]


def test_several_processes_keep_the_order_and_say_what_is_wrong():
    lines = [line(id=number, text=f"Police said {number} boats sank.") for number in range(30)]
    status, rows, problems = run(b"".join([*lines[:20], b"[1]\n", *lines[20:]]), "--processes", "2")
    assert (status, problems.split(":")[0]) == (1, "line 21")
    assert [row["id"] for row in rows] == list(range(30))
    assert [row["claims"][0]["statement"] for row in rows[::29]] == [
        "0 boats sank",
        "29 boats sank",
    ]


def test_missing_model_is_told_with_what_to_do():
    status, rows, problems = run(line(**ARTICLE), "--model", "en_core_web_nowhere")
    assert (status, rows) == (2, [])
    assert "“en_core_web_nowhere” is not installed" in problems
    assert "spacy download en_core_web_nowhere" in problems


def test_number_of_processes_is_a_number(capsys):
    with pytest.raises(SystemExit, match="2"):
        run(b"", "--processes", "0")
    assert "whole number" in capsys.readouterr().err


def test_command_streams_and_needs_no_django():
    command = [
        sys.executable,
        "-c",
        "import runpy, sys; sys.modules['django'] = None; runpy.run_module('claims.extraction')",
    ]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "claims.extraction"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for name in ("a", "b"):
        process.stdin.write(line(id=name, text="It rained."))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == name
    process.stdin.close()
    assert process.wait() == 0
    process.stdout.close()


def test_a_headline_beside_the_text_is_read_with_it():
    text = "The harbour is safe, Ms Brenkovar said on Monday."
    _, (row,), _ = run(line(id=1, text=text, headline="Minister Ilsa Brenkovar rules out new pier"))
    assert [one["speaker"]["name"] for one in row["claims"]] == ["Ilsa Brenkovar"]
    assert [text[a:b] for a, b in row["claims"][0]["content"]] == ["The harbour is safe"]
