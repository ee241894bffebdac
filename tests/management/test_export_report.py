"""Reports out, to a file or to standard output."""

import json

import pytest
from django.core.management import CommandError, call_command

from claims import exports

BEGINS = {"html": b"<!doctype html>", "pdf": b"%PDF-", "csv": b"\xef\xbb\xbf", "json": b"{"}
"""How a file of each format begins."""


@pytest.fixture(params=list(exports.FORMATS))
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
    assert written.err == b""


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
        call_command("export_report", str(article.pk), "--format=docx")


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
