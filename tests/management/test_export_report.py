"""Exporting reports to a file or to standard output."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from claims import renderers
from claims.actions import decide_claim, draft_report, publish_report
from claims.choices import Verdict
from claims.models import Claim
from claims.queries.reports.editions import edition_of

BEGINS = {
    "html": b"<!doctype html>",
    "pdf": b"%PDF-",
    "csv": b"id,article,",
    "csv-excel": b"\xef\xbb\xbfid,article,",
    "csv-excel-semicolons": b"\xef\xbb\xbfid;article;",
    "xlsx": b"PK",
    "json": b"{",
    "jsonl": b"{",
    "docx": b"PK",
    "md": b"",
}
"""How a file of each format begins."""


@pytest.fixture(params=[key for key, each in renderers.FORMATS.items() if not each.public])
def key(request) -> str:
    return request.param


def test_each_format_goes_to_a_file(article, tmp_path, capsys, key):
    output = tmp_path / f"report.{key}"
    call_command("export_report", article.pk, format=key, output=output)
    assert output.read_bytes().lower().startswith(BEGINS[key].lower())
    assert f"claims written to {output}" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [output]


def test_each_format_goes_to_standard_output(article, capsysbinary, key):
    call_command("export_report", article.pk, format=key)
    written = capsysbinary.readouterr()
    assert written.out.lower().startswith(BEGINS[key].lower())
    # What it is, and what it holds, goes beside it.
    assert written.err.startswith(b"Internal edition: it holds 1 names of newsroom staff")
    assert written.err.count(b"\n") == 1


def test_html_is_what_one_gets_without_asking(article, capsysbinary):
    call_command("export_report", article.pk)
    assert article.headline.encode() in capsysbinary.readouterr().out


def test_the_report_is_the_articles(article, tmp_path):
    call_command("export_report", article.pk, format="json", output=tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text())
    assert article.headline in json.dumps(report, ensure_ascii=False)


def test_an_older_report_is_replaced_whole(article, tmp_path):
    output = tmp_path / "report.json"
    output.write_text("x" * 1_000_000)
    call_command("export_report", article.pk, format="json", output=output)
    json.loads(output.read_text())


@pytest.mark.parametrize("output", [None, "report.html"])
def test_an_unknown_article_is_said(db, tmp_path, output):
    with pytest.raises(CommandError, match=r"There is no article 4711\.") as refusal:
        call_command("export_report", 4711, output=output and tmp_path / output)
    assert refusal.value.returncode == 1
    assert not list(tmp_path.iterdir())


def test_an_unknown_format_is_refused_with_those_there_are(article):
    with pytest.raises(CommandError, match="html"):
        call_command("export_report", str(article.pk), "--format=odt")


@pytest.mark.parametrize(
    "place",
    ["missing/report.html", "file/report.html", "folder", "n" * 300, "."],
    ids=["no such folder", "a file for a folder", "a folder", "too long a name", "no name"],
)
def test_a_path_that_cannot_be_written_is_said_and_nothing_is_left(article, tmp_path, place):
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CommandError, match="could not be written"):
        call_command("export_report", article.pk, output=tmp_path / place)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_working_folder_is_no_file(article, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match="could not be written"):
        call_command("export_report", str(article.pk), "--output=.")


def test_claimreview_of_what_nobody_can_read_is_refused_with_what_is_missing(article, capsysbinary):
    with pytest.raises(CommandError, match="PUBLIC_URL"):
        call_command("export_report", article.pk, format="claimreview")
    assert capsysbinary.readouterr().out == b""


def test_a_published_report_comes_as_it_was_frozen(article, claim, chief, capsysbinary):
    draft = draft_report(actor=chief, title="Bridges of May", article=article)
    seen = edition_of(actor=chief, report=draft).digest
    publish_report(actor=chief, report_id=draft.pk, seen=seen)
    decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    call_command("export_report", report=draft.pk, format="json")
    read = json.loads(capsysbinary.readouterr().out)
    assert read["number"] == draft.pk
    assert read["report"]["lines"][0]["verdict"] == "pending"
    assert read["corrections"][0]["after"] == "verified"


def test_a_report_that_is_not_there_is_said(db):
    with pytest.raises(CommandError, match=r"There is no report 4711\."):
        call_command("export_report", report=4711)


def test_the_claims_under_a_filter_come_as_a_table_of_as_many_lines(article, capsysbinary):
    call_command("export_report", filter="kind=minister", format="csv")
    lines = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode())))
    wanted = Claim.objects.active().filter(source_kind="minister")
    assert {int(line["id"]) for line in lines} == set(wanted.values_list("pk", flat=True))


def test_the_claims_under_a_filter_come_as_a_report_that_says_which(article, capsysbinary):
    call_command("export_report", filter="kind=minister", format="json")
    report = json.loads(capsysbinary.readouterr().out)["report"]
    assert report["scope"] == "Source kind: Minister"
    assert len(report["lines"]) == Claim.objects.active().filter(source_kind="minister").count()


def test_a_mistyped_filter_is_refused_with_the_nearest_right_one(db, capsysbinary):
    with pytest.raises(CommandError, match=r"“verdit” is not a filter\. .*“verdict”"):
        call_command("export_report", filter="verdit=disputed&kind=minister", format="csv")
    assert capsysbinary.readouterr().out == b""


def test_a_filter_that_cannot_be_understood_is_refused(db):
    with pytest.raises(CommandError, match="verdict"):
        call_command("export_report", filter="verdict=maybe", format="csv")


def test_a_file_of_each_format(article, tmp_path, capsys):
    call_command("export_report", article.pk, format="all", output=tmp_path / "samples")
    names = {path.name for path in (tmp_path / "samples").iterdir()}
    formats = [each for each in renderers.FORMATS.values() if not each.public]
    assert names == {each.file_name("report-INTERNAL") for each in formats}
    assert len(names) == len(formats)
    assert "ClaimReview" in capsys.readouterr().err


def test_the_public_edition_leaves_out_what_is_not_for_everyone(article, tmp_path, capsys):
    output = tmp_path / "report.json"
    call_command("export_report", article.pk, format="json", edition="public", output=output)
    report = json.loads(output.read_text())
    assert report["edition"] == report["report"]["edition"] == "public"
    assert report["report"]["made_by"] == ""
    assert "Internal edition" not in capsys.readouterr().err


def test_a_file_of_each_format_needs_a_folder(article, tmp_path):
    with pytest.raises(CommandError, match="Name a folder"):
        call_command("export_report", article.pk, format="all")
    (tmp_path / "taken").write_text("kept")
    with pytest.raises(CommandError, match="could not be created"):
        call_command("export_report", article.pk, format="all", output=tmp_path / "taken")
