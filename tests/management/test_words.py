"""The messages of commands: about formats, about files that the system refuses, and their help texts."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from claims.management.files import READ

OWN = sorted(name for name, app in get_commands().items() if app == "claims")


def said(name: str, *arguments: object) -> str:
    """All that a run of a command says."""
    out, err = StringIO(), StringIO()
    try:
        call_command(name, *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue() + err.getvalue()


@pytest.mark.django_db
def test_a_file_of_no_known_kind_is_answered_with_every_kind_that_is_read(tmp_path):
    path = tmp_path / "x.odt"
    path.write_text("<a/>")
    told = said("import_articles", path)
    assert f"{path}: There is no format “odt”. Choose one of: " in told
    named = told.partition("Choose one of: ")[2].partition(".")[0].split(", ")
    assert sorted(named) == sorted(READ)
    assert {"txt", "md", "html", "docx", "pdf", "eml", "jsonl", "csv", "xlsx"} <= set(named)


def _nowhere(folder: Path) -> Path:
    return folder / "x.txt"


def _in_no_folder(folder: Path) -> Path:
    return folder / "none" / "x.csv"


def _a_folder(folder: Path) -> Path:
    (folder / "sub").mkdir()
    return folder / "sub"


def _below_a_file(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file" / "x.csv"


COMMANDS = {
    "import_articles": lambda path: [path],
    "import_articles --report": lambda path: [path.parent, "--report", path],
    "export_report": lambda path: [
        "--filter",
        "verdict=verified",
        "--format",
        "csv",
        "--output",
        path,
    ],
    "watch_folder": lambda path: [path, "--once", "--every", "0.1"],
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("command", "place", "why"),
    [
        ("import_articles", _nowhere, "there is no such file"),
        ("import_articles", _below_a_file, "part of its path is not a folder"),
        ("import_articles --report", _a_folder, "it is a folder"),
        ("export_report", _a_folder, "it is a folder"),
        ("export_report", _below_a_file, "part of its path is not a folder"),
        ("watch_folder", _nowhere, "there is no such folder"),
        ("export_report", _in_no_folder, "there is no such folder"),
    ],
)
def test_what_the_system_refuses_is_said_in_words(tmp_path, editor, command, place, why):
    (tmp_path / "a.md").write_text("---\nheadline: Rain\n---\nRain fell.\n")
    path = place(tmp_path)
    told = said(command.split()[0], *COMMANDS[command](path))
    assert str(path) in told
    assert why in told
    for system in ("Errno", os.strerror(2), os.strerror(20), os.strerror(21)):
        assert system not in told


@pytest.mark.parametrize("name", OWN)
def test_a_commands_help_speaks_of_this_workbench(name):
    told = load_command_class("claims", name).create_parser("manage.py", name).format_help()
    assert "myproject" not in told
    assert "--verbosity" in told


def test_there_are_commands_to_ask():
    assert {"import_articles", "work", "export_report"} <= set(OWN)
