"""Importing archives: each record, new texts of an address, and the report of what was skipped."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from claims.actions import decide_claim
from claims.choices import Verdict
from claims.models import Article, Claim, Revision
from tests.conftest import headlines
from tests.management.importing import Run, rain

pytestmark = pytest.mark.django_db


def test_an_archive_comes_in_line_by_line_and_says_which_ones_did_not(tmp_path):
    path = tmp_path / "archive.jsonl"
    path.write_text(
        '{"headline": "Rain", "body": "Rain fell, Ada Venn said."}\n'
        "no JSON\n"
        '{"title": "Snow", "text": "Snow fell, officials said.", "link": "https://c.example.org/snow"}\n'
    )
    run = Run(path)
    assert (run.status, run.end) == (1, "1 of 3 articles could not be imported.")
    assert f"{path}, line 2: This line cannot be read: it must be a JSON object" in run.err
    assert headlines() == ["Rain", "Snow"]
    assert Article.objects.get(headline="Snow").url == "https://c.example.org/snow"
    again = Run(path)
    assert "2 already here, 1 not imported" in again.out
    assert Article.objects.count() == 2


def test_an_archive_that_is_damaged_keeps_what_came_before(tmp_path):
    path = tmp_path / "archive.csv"
    path.write_text("headline,body\nRain,Rain fell.\n")
    (tmp_path / "broken.xlsx").write_bytes(b"PK broken")
    run = Run(tmp_path)
    assert run.status == 1
    assert "broken.xlsx: " in run.err
    assert headlines() == ["Rain"]


def test_a_workbook_is_an_archive_like_any_other(tmp_path, monkeypatch):
    monkeypatch.setattr("claims.management.progress.EVERY", 1)
    book = Workbook()
    for row in (["headline", "body"], ["Rain", "Rain fell."], ["Snow", ""], ["Hail", "It hailed."]):
        book.active.append(row)
    book.save(tmp_path / "archive.xlsx")
    run = Run(tmp_path / "archive.xlsx")
    assert (run.status, headlines()) == (1, ["Hail", "Rain"])
    assert "archive.xlsx, line 3: " in run.err
    assert run.out.splitlines()[-1].startswith("2 imported, 1 not imported; ")


_FIRST = "Rain fell in Ostrey, Ada Venn said.\n\nThe ferry is safe, minister Bo Lind said."
_LATER = "Rain fell in Ostrey, Ada Venn said.\n\nThe ferry is closed, minister Bo Lind said."


def _archive(path: Path, *texts: str) -> Path:
    lines = [
        {"headline": "Ferry", "url": "https://c.example.org/ferry", "body": text} for text in texts
    ]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n")
    return path


def test_another_text_of_an_address_is_left_alone_and_said(tmp_path):
    Run(_archive(tmp_path / "a.jsonl", _FIRST))
    run = Run(_archive(tmp_path / "b.jsonl", _LATER))
    article = Article.objects.get()
    assert (run.status, f"left unchanged: article {article.pk}" in run.out) == (0, True)
    assert article.current_revision().body == _FIRST


def test_with_update_its_claims_are_found_again(tmp_path, editor):
    Run(_archive(tmp_path / "a.jsonl", _FIRST))
    for claim in Claim.objects.all():
        decide_claim(
            actor=editor, claim_id=claim.pk, verdict=Verdict.VERIFIED, version=claim.version
        )
    assert Claim.objects.count() == 2
    run = Run(_archive(tmp_path / "b.jsonl", _LATER), update=True)
    assert run.status == 0
    assert "1 of 2 claims unchanged, 0 withdrawn, 1 to review, 0 new" in run.out
    verdicts = {claim.statement[:4]: claim.verdict for claim in Claim.objects.all()}
    assert verdicts == {"Rain": Verdict.VERIFIED, "The ": Verdict.PENDING}


def test_with_update_another_headline_of_the_same_text_is_taken_over_once(tmp_path):
    Run(_archive(tmp_path / "a.jsonl", _FIRST))
    later = _archive(tmp_path / "b.jsonl", _FIRST)
    later.write_text(later.read_text().replace('"Ferry"', '"Ferry is safe"'))
    assert "1 already here" in Run(later).out
    run = Run(later, update=True)
    article = Article.objects.get()
    assert f"article {article.pk} has a new headline" in run.out
    assert (article.headline, article.revisions.count()) == ("Ferry is safe", 1)
    for archive in ("a.jsonl", "b.jsonl"):
        assert "1 already here" in Run(tmp_path / archive, update=True).out
    assert Article.objects.get().headline == "Ferry is safe"


def test_an_archive_of_both_texts_can_be_imported_again(tmp_path):
    archive = _archive(tmp_path / "a.jsonl", _FIRST, _LATER)
    assert Run(archive, update=True).status == 0
    again = Run(archive, update=True)
    assert "2 already here" in again.out
    assert list(Revision.objects.order_by("number").values_list("body", flat=True)) == [
        _FIRST,
        _LATER,
    ]


def test_of_an_archive_each_record_is_told_only_if_it_is_asked_for(tmp_path):
    path = rain(tmp_path / "rain.jsonl", 3)
    run = Run(path)
    (line,) = run.out.splitlines()
    assert line.startswith("3 imported; ")
    assert line.endswith("articles a second")
    told = Run(path, verbosity=2).out.splitlines()
    assert told[:3] == [f"[1/1] {path}, line {line}: already here" for line in (1, 2, 3)]


def test_a_report_says_what_was_skipped_by_line_and_why(tmp_path):
    Run(_archive(tmp_path / "a.jsonl", _FIRST))
    path = _archive(tmp_path / "=b.jsonl", _FIRST, _LATER)
    path.write_text(path.read_text() + 'no JSON\n{"headline": "Rain", "body": "It rained."}\n')
    run = Run(path, report=tmp_path / "report.csv")
    assert run.status == 1
    with (tmp_path / "report.csv").open(newline="") as file:
        here, left, failed = csv.DictReader(file)
    article = str(Article.objects.get(headline="Ferry").pk)
    assert here == {
        "file": str(path),
        "line": "1",
        "outcome": "already here",
        "why": "",
        "article": article,
    }
    assert (left["line"], left["outcome"], left["article"]) == ("2", "left unchanged", article)
    assert "a different text" in left["why"]
    assert (failed["line"], failed["outcome"], failed["article"]) == ("3", "not imported", "")
    assert "must be a JSON object" in failed["why"]


def test_a_report_that_cannot_be_written_is_said_before_anything_is_done(tmp_path):
    path = rain(tmp_path / "rain.jsonl", 1)
    run = Run(path, report=tmp_path / "missing" / "report.csv")
    assert "report.csv could not be written: there is no such folder" in run.end
    assert not Article.objects.exists()
