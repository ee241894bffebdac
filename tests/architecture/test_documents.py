"""The project's documents agree with it: the README, the manual in docs/ and the pages beside them."""

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from claims.access import Role
from claims.renderers import FORMATS
from tests.architecture.test_house import ROOT
from tests.markdown import anchors, code, commands, fences, links, rows, tokens

DOCS = ROOT / "docs"
MANUAL = sorted(DOCS.glob("*.md"))
DOCUMENTS = sorted(
    [
        *MANUAL,
        *ROOT.glob("*.md"),
        *(ROOT / ".github").rglob("*.md"),
        ROOT / "claims" / "extraction" / "weights" / "MODEL_CARD.md",
        ROOT / "claims" / "matching" / "weights" / "MODEL_CARD.md",
    ]
)
MAKEFILE = (ROOT / "Makefile").read_text()


def name_of(path: Path) -> str:
    """Its path in the project."""
    return path.relative_to(ROOT).as_posix()


PROGRAMS = {
    "make",
    "python",
    "python3",
    "gunicorn",
    "workbench",
    "docker",
    "export",
    "echo",
    "curl",
}
"""What blocks of commands may begin with; each is checked here, in tests/management/test_manual.py, in tests/api/test_manual.py or in
test_installing.py."""

OF_THE_SYSTEM = {
    *("apt-get", "chmod", "cp", "install", "ln", "nginx", "setpriv", "systemctl", "useradd"),
}
"""What they may also begin with, on the page for whoever sets up a machine."""

COMMAND = r"(?:\bmanage\.py|^workbench|/bin/workbench) ([a-z_]+)([^&|>]*)"
"""A command of manage.py with what it is given, also as docs/installing/workbench runs it."""


def options_of(name: str) -> set[str]:
    """The options of a command of manage.py."""
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    return {option for action in parser._actions for option in action.option_strings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
class TestEveryPage:
    def test_links_lead_somewhere(self, document):
        for target in links(document):
            if target.startswith("https://"):
                continue
            name, _, anchor = target.partition("#")
            place = document.parent / name if name else document
            assert place.exists(), target
            assert not anchor or anchor in anchors(place), target

    def test_places_are_there(self, document):
        rooms = r"(?:claims|workbench|templates|tests|seeds|docs|\.ci)/[\w./-]*"
        named = {word for each in code(document) for word in each.split()}
        places = {word for word in named if re.fullmatch(rooms, word)}
        assert {place for place in places if not (ROOT / place).exists()} == set()

    def test_columns_of_tables_have_names(self, document):
        blocks = tokens(document)
        heads = [words.content for head, words in pairwise(blocks) if head.type == "th_open"]
        assert "" not in heads

    def test_targets_of_make_are_there_and_take_what_they_are_given(self, document):
        targets = set(re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[1].split())
        for each in code(document):
            for name, given in re.findall(r"\bmake ([a-z][a-z-]*)((?: [A-Z]+=\S+)*)", each):
                assert name in targets, each
                for variable in re.findall(r"([A-Z]+)=", given):
                    assert f"$({variable})" in MAKEFILE or f"{variable} ?=" in MAKEFILE, each

    def test_commands_of_manage_are_there_with_their_options(self, document):
        for each in code(document):
            for name, rest in re.findall(COMMAND, each):
                assert name in get_commands(), each
                given = set(re.findall(r"(?<!\S)--[a-z-]+", rest))
                assert given <= options_of(name), each

    def test_blocks_of_commands_begin_with_what_the_tests_know(self, document):
        begin = {shlex.split(line)[0] for line in commands(document)}
        if document.stem == "installing":
            begin = {each for each in begin if not each.startswith("/opt/")} - OF_THE_SYSTEM
        assert begin <= PROGRAMS


@pytest.mark.parametrize("page", [ROOT / "README.md", *MANUAL], ids=name_of)
def test_every_block_of_code_says_in_which_language_it_is(page):
    """Blocks of commands are run by the tests, the others compared."""
    blocks = [token for token in tokens(page) if token.type in {"fence", "code_block"}]
    assert {token.info for token in blocks} <= {
        "sh",
        "text",
        "json",
        "python",
        "toml",
        "html",
        "php",
    }


def test_the_readme_is_a_screen_and_a_half():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 100


def test_each_figure_of_the_readme_stands_on_the_page_that_it_links_to():
    checked = 0
    for name, here, beside in rows(ROOT / "README.md", "| figure | Claim Workbench |"):
        figure, target = re.fullmatch(r"\[(.+)\]\((.+)\)", here).groups()
        page = (ROOT / target.partition("#")[0]).read_text()
        for number in [figure, *re.findall(r"\d[\d.,]*\d", beside)]:
            assert re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d])", page), f"{name}: {number}"
            checked += 1
    assert checked >= 10


def test_the_figures_that_are_measured_anew_stand_between_their_marks():
    page = (DOCS / "performance.md").read_text()
    figures = page.partition("<!-- figures -->")[2].partition("<!-- /figures -->")[0]
    assert figures.count("\n|") > 3


def test_the_manual_names_every_target_of_make():
    targets = set(re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[1].split())
    named = {
        name
        for page in MANUAL
        for each in code(page)
        for name in re.findall(r"\bmake ([a-z][a-z-]*)", each)
    }
    assert targets - named == set()


def test_the_page_of_commands_names_every_command():
    named = {
        name
        for each in code(DOCS / "commands.md")
        for name in re.findall(r"\bmanage\.py ([a-z_]+)", each)
    }
    own = {name for name, app in get_commands().items() if app == "claims"}
    assert own
    assert own - named == set()


def test_options_that_the_page_of_commands_explains_are_options():
    explained = {each for each in code(DOCS / "commands.md") if re.fullmatch(r"--[a-z-]+", each)}
    own = [name for name, app in get_commands().items() if app == "claims"]
    assert explained
    assert explained <= set().union(*map(options_of, own))


def test_the_formats_of_reports_are_those_of_the_product():
    listed = [
        (label, key.strip("`"), table == "yes")
        for label, key, _for, table in rows(DOCS / "reports.md", "| format | `--format` |")
    ]
    assert listed == [(each.label, each.key, bool(each.table)) for each in FORMATS.values()]


def test_the_roles_are_those_of_the_product():
    section = (DOCS / "accounts.md").read_text().partition("## Roles")[2].partition("## ")[0]
    named = re.findall(r"^- an? \*([\w ]+)\*", section, re.MULTILINE)
    assert [name.capitalize() for name in named] == [str(role.label) for role in Role]


def test_every_page_and_picture_of_the_manual_is_used():
    index = {(DOCS / target.partition("#")[0]).resolve() for target in links(DOCS / "README.md")}
    assert set(MANUAL) - index == {DOCS / "README.md"}
    shown = {
        (document.parent / target).resolve()
        for document in DOCUMENTS
        for target in links(document)
        if "pictures/" in target
    }
    there = set((DOCS / "pictures").iterdir())
    assert shown == there
    script = (ROOT / "tests" / "browser" / "pictures" / "__main__.py").read_text()
    taken = set(re.findall(r'_take\(\w+, "(\w+)"\)', script))
    pictures = [path for path in there if path.suffix == ".png"]
    assert taken == {path.stem for path in pictures}
    assert max(path.stat().st_size for path in pictures) <= 300_000


@pytest.mark.parametrize(("language", "kind"), [("python", "py"), ("toml", "toml")])
def test_code_that_the_manual_shows_is_in_the_project(language, kind):
    """Line by line, since comments are left out."""
    sources = [
        path.read_text().splitlines()
        for folder in ("claims", "tests")
        for path in (ROOT / folder).rglob(f"*.{kind}")
    ]
    blocks = [block for page in MANUAL for block in fences(page, language)]
    assert blocks
    for block in blocks:
        wanted = {line for line in block.splitlines() if line}
        assert any(wanted <= set(lines) for lines in sources), block
