"""Articles in from files and folders."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.actions import decide, workbench_account
from claims.choices import Verdict
from claims.models import Article, Claim, Revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two articles, one of them in a folder within, and a file of another kind."""
    (tmp_path / "a-rain.md").write_text("---\nheadline: Rain\n---\nRain fell, Ada Venn said.\n")
    (tmp_path / "older").mkdir()
    (tmp_path / "older" / "b-snow.TXT").write_text("Snow in Ostrey\n\nSnow fell, officials said.\n")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    return tmp_path


class Run:
    """One run of the command: what it said where, and its exit status."""

    def __init__(self, *paths: Path, **options: object) -> None:
        out, err = StringIO(), StringIO()
        self.status, self.end = 0, ""
        try:
            call_command("import_articles", *map(str, paths), stdout=out, stderr=err, **options)
        except CommandError as error:
            self.status, self.end = error.returncode, str(error)
        self.out, self.err = out.getvalue(), err.getvalue()


def _headlines() -> list[str]:
    return sorted(Article.objects.values_list("headline", flat=True))


def test_a_folder_is_imported_with_those_within(folder):
    run = Run(folder)
    assert (run.status, run.err) == (0, "")
    assert _headlines() == ["Rain", "Snow in Ostrey"]
    assert Claim.objects.count() >= 2
    assert run.out.splitlines() == [
        f"[1/2] {folder / 'a-rain.md'}: imported",
        f"[2/2] {folder / 'older' / 'b-snow.TXT'}: imported",
    ]


def test_files_are_imported_in_the_name_of_the_command_line(folder):
    run = Run(folder / "older" / "b-snow.TXT", folder / "a-rain.md")
    assert run.status == 0
    assert {article.imported_by for article in Article.objects.all()} == {workbench_account()}


def test_a_second_run_imports_nothing(folder):
    Run(folder)
    claims = list(Claim.objects.values())
    run = Run(folder)
    assert run.status == 0
    assert run.out.count("already here") == 2
    assert ": imported" not in run.out
    assert list(Claim.objects.values()) == claims
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("b.md", b"---\nheadline: [\n---\nText.", "front matter"),
        ("b.txt", b"\x00\x01\x02\x03" * 50, "does not look like text"),
        ("b.md", b"---\nheadline: Empty\n---\n", "no text to split"),
        ("b.md", b"---\nurl: nowhere\n---\nText.", "no web address"),
    ],
    ids=["front matter", "binary", "empty", "address"],
)
def test_a_bad_file_is_named_and_the_good_ones_are_in(folder, name, content, said):
    (folder / name).write_bytes(content)
    run = Run(folder)
    assert run.status == 1
    assert _headlines() == ["Rain", "Snow in Ostrey"]
    (line,) = run.err.splitlines()
    assert f"{folder / name}: " in line
    assert said in line
    assert run.end == "1 of 3 articles could not be imported."


@pytest.mark.parametrize(("name", "said"), [("gone.md", "No such file"), ("photo.jpg", "jpg")])
def test_a_file_named_that_cannot_be_read_is_said(folder, name, said):
    run = Run(folder / name, folder / "a-rain.md")
    assert run.status == 1
    assert said in run.err
    assert _headlines() == ["Rain"]


def test_a_folder_without_articles_is_nothing_to_do(tmp_path):
    run = Run(tmp_path)
    assert run.status == 2
    assert "No article found" in run.end


def test_at_verbosity_0_it_is_quiet(folder):
    run = Run(folder, verbosity=0)
    assert (run.status, run.out, run.err) == (0, "", "")
    assert Article.objects.count() == 2


def test_an_archive_comes_in_line_by_line_and_says_which_ones_did_not(tmp_path):
    path = tmp_path / "archive.jsonl"
    path.write_text(
        '{"headline": "Rain", "body": "Rain fell, Ada Venn said."}\n'
        "no JSON\n"
        '{"title": "Snow", "text": "Snow fell, officials said.", "link": "https://c.example.org/snow"}\n'
    )
    run = Run(path)
    assert (run.status, run.end) == (1, "1 of 3 articles could not be imported.")
    assert f"{path}, line 2: " in run.err
    assert _headlines() == ["Rain", "Snow"]
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
    assert _headlines() == ["Rain"]


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
    assert (run.status, f"left alone: article {article.pk}" in run.out) == (0, True)
    assert article.current_revision().body == _FIRST


def test_with_update_its_claims_are_found_again(tmp_path, editor):
    Run(_archive(tmp_path / "a.jsonl", _FIRST))
    for claim in Claim.objects.all():
        decide(actor=editor, claim_id=claim.pk, verdict=Verdict.VERIFIED, version=claim.version)
    assert Claim.objects.count() == 2
    run = Run(_archive(tmp_path / "b.jsonl", _LATER), update=True)
    assert run.status == 0
    assert "1 of 2 claims unchanged, 0 withdrawn, 1 to look at, 0 new" in run.out
    verdicts = {claim.statement[:4]: claim.verdict for claim in Claim.objects.all()}
    assert verdicts == {"Rain": Verdict.VERIFIED, "The ": Verdict.PENDING}


def test_an_archive_of_both_texts_can_be_imported_again(tmp_path):
    archive = _archive(tmp_path / "a.jsonl", _FIRST, _LATER)
    assert Run(archive, update=True).status == 0
    again = Run(archive, update=True)
    assert "2 already here" in again.out
    assert list(Revision.objects.order_by("number").values_list("body", flat=True)) == [
        _FIRST,
        _LATER,
    ]
