"""Malicious files are read or refused with a message, within the limits; and the next article is read."""

import io
import re

import pytest

from claims.ingest.sandbox import Sandbox
from tests.architecture.test_house import ROOT
from tests.ingest.hostile import FILES, read


@pytest.fixture(scope="module")
def sandbox():
    made = Sandbox()
    yield made
    made.close()


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_becomes_what_it_should_and_the_next_one_is_read(name, sandbox):
    assert read(sandbox, FILES[name]) == FILES[name].outcome
    found = sandbox.read(io.BytesIO(b"Bridge closed\n\nNobody knows why."), name="a.txt")
    assert found.headline == "Bridge closed"


def test_there_are_files_of_every_kind():
    kinds = {file.name.rpartition(".")[2] for file in FILES.values()}
    assert kinds >= {
        "eml",
        "html",
        "pdf",
        "docx",
        "md",
        "txt",
        "xlsx",
        "jsonl",
        "json",
        "xml",
        "csv",
        "feed",
        "rows",
    }
    assert len(FILES) >= 25


def test_the_manual_says_what_each_took_and_what_became_of_it():
    manual = (ROOT / "docs" / "performance.md").read_text()
    rows = re.findall(
        r"^\| (.+) \| [\d.]+ \| \d+ \| (?:refused: )?([a-z-]+) \|$", manual, re.MULTILINE
    )
    assert rows == [(name, file.outcome) for name, file in FILES.items()]
