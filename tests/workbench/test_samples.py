"""`make samples`, for someone who wants to see what a report looks like."""

import json
import subprocess
import sys
from pathlib import Path

from claims import renderers

BASE_DIR = Path(__file__).resolve().parents[2]


def test_one_file_of_each_format_is_made(tmp_path):
    command = [sys.executable, "-m", "workbench.samples", "--output", str(tmp_path / "samples")]
    subprocess.run(command, cwd=BASE_DIR, check=True, capture_output=True)
    files = {path.name: path.read_bytes() for path in (tmp_path / "samples").iterdir()}
    assert len(files) == len(renderers.FORMATS)
    assert all(files.values())
    reviews = json.loads(files["report-public.jsonld"])
    assert [review["reviewRating"]["alternateName"] for review in reviews] == [
        "Verified",
        "Disputed",
    ]
    assert reviews[0]["url"].startswith("https://desk.example.org/published/claims/")
    pairs = json.loads(files["report-INTERNAL.json"])["report"]["contradictions"]
    earlier = [pair["earlier"]["statement"].rpartition("] ")[2] for pair in pairs]
    assert "Four villagers had been arrested" in earlier
    assert "Contradictions and later figures" in files["report-INTERNAL.html"].decode()
