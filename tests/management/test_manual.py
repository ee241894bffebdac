"""The commands that the manual shows do what it says."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from claims.actions import decide_claim, draft_report
from claims.choices import Verdict
from claims.models import Article
from tests.conftest import claims_of, version_of
from tests.management.commands import ROOT
from tests.markdown import commands, fences

DOCS = ROOT / "docs"


def shown(page: str, begins: str) -> list[str]:
    """The commands of a page that begin with these words."""
    found = [line for line in commands(DOCS / page) if line.startswith(begins)]
    assert found, f"{page} shows no command that begins with {begins}"
    return found


def run(line: str, folder: Path) -> str:
    """What a command prints, with this Python."""
    done = subprocess.run(
        [
            "/bin/sh",
            "-c",
            re.sub(r"\bpython3? (?=-)", lambda _: f"{sys.executable} ", line),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def manage(line: str, **numbers: int) -> None:
    """Run a line of manage.py in this process.

    Args:
        line: as the manual shows it.
        numbers: replacements for the numbers in the manual's examples.
    """
    _python, _manage, name, *arguments = shlex.split(line)
    call_command(name, *(str(numbers.get(f"n{each}", each)) for each in arguments))


def test_the_splitter_answers_as_its_page_shows():
    (line,) = shown("splitter.md", "echo ")
    (answer,) = fences(DOCS / "splitter.md", "json")
    assert json.loads(run(line, ROOT)) == json.loads(answer)


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_reports_are_taken_out_and_the_digest_recomputed(folder, article, editor):
    for claim in claims_of(article):
        decide_claim(actor=editor, **version_of(claim), verdict=Verdict.DISPUTED, reason="No.")
    report = draft_report(actor=editor, title="The bridge", article=article)
    call_command("export_report", str(article.pk), format="json", output=folder / "report.json")
    (folder / "authority.pem").write_text("-----BEGIN CERTIFICATE-----\n")
    for line in shown("reports.md", "python manage.py"):
        manage(line, n5=article.pk, n3=report.pk)
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "3.docx").read_bytes().startswith(b"PK")
    (minister,) = set((folder / "disputed.csv").read_text().splitlines()[1:2])
    assert "minister" in minister
    (line,) = shown("reports.md", "python3 -c")
    assert run(line, folder).strip() == json.loads((folder / "report.json").read_text())["digest"]


def test_articles_come_in(db, folder, capsys):
    (folder / "seeds").mkdir()
    (folder / "seeds" / "ferry.txt").write_text("Ferry\n\nThe ferry will sail, officials said.")
    lines = shown("commands.md", "python manage.py import_articles")
    for line in lines:
        manage(line.replace("--processes 2", "--processes 1"))
    assert Article.objects.count() == 1
    assert (folder / "skipped.csv").exists()
    assert capsys.readouterr().out.count("already") == 1


def test_a_folder_is_watched(db, folder):
    incoming = folder / "incoming"
    incoming.mkdir()
    (line,) = shown("commands.md", "python manage.py watch_folder")
    manage(f"{line.replace('/srv/incoming', str(incoming))} --once")


def test_accounts_are_made_and_let_in_again(db, capsys):
    for page, begins in (
        ("installing.md", "workbench make_account"),
        ("accounts.md", "python manage.py make_account"),
        ("accounts.md", "python manage.py axes_reset"),
    ):
        for line in shown(page, begins):
            manage(line.replace("workbench ", "python manage.py "))
    assert {"root", "maria"} <= set(User.objects.values_list("username", flat=True))
    assert User.objects.get(username="root").is_superuser
    said = capsys.readouterr().out
    assert said.count("maria\teditor\t") == 3
