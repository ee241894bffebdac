"""What newcomers read agrees with the code."""

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from tests.architecture.test_house import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / ".github").rglob("*.md")])


def pure_packages() -> list[Path]:
    """The folders of the packages that may not import Django; a single module has none."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    (pure,) = (each for each in contracts if each["name"] == "Pure packages know no Django")
    specs = [find_spec(name) for name in pure["source_modules"]]
    return [
        Path(place) for spec in specs if spec for place in spec.submodule_search_locations or ()
    ]


def test_pure_packages_tell_others_that_they_have_types():
    packages = pure_packages()
    assert packages
    assert [place.name for place in packages if not (place / "py.typed").exists()] == []


def test_every_supported_python_is_tested():
    prefix = "Programming Language :: Python :: "
    named = [
        each.removeprefix(prefix)
        for each in PROJECT["project"]["classifiers"]
        if each.startswith(prefix)
    ]
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == named
    assert PROJECT["project"]["requires-python"] == f">={named[0]}"


def test_hooks_run_the_tools_that_are_pinned():
    """A hook with a version of its own would find other mistakes than `make lint`."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert {each["repo"] for each in hooks["repos"]} == {"local"}
    tools = [hook["entry"].split()[0] for each in hooks["repos"] for hook in each["hooks"]]
    assert tools
    assert all(tool.startswith(".venv/bin/") for tool in tools)


def test_the_changelog_knows_the_version():
    version = re.escape(PROJECT["project"]["version"])
    assert re.search(
        rf"^## \[{version}\] - \d{{4}}-\d\d-\d\d$",
        (ROOT / "CHANGELOG.md").read_text(),
        re.MULTILINE,
    )


def anchors(document: Path) -> set[str]:
    """The names that GitHub gives to a document's headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def code(text: str) -> list[str]:
    """What a document shows as code, within lines and as lines of their own."""
    found = re.finditer(r"`([^`\n]+)`|^ {4}(\S.*)$", text, re.MULTILINE)
    return [each[1] or each[2] for each in found]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
class TestDocuments:
    def test_links_lead_somewhere(self, document):
        for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text()):
            if target.startswith("https://"):
                continue
            name, _, anchor = target.partition("#")
            place = document.parent / name if name else document
            assert place.exists(), target
            assert not anchor or anchor in anchors(place), target

    def test_places_are_there(self, document):
        rooms = r"(?:claims|workbench|templates|tests|seeds|\.ci)/[\w./-]*"
        named = {word for each in code(document.read_text()) for word in each.split()}
        places = {word for word in named if re.fullmatch(rooms, word)}
        assert {place for place in places if not (ROOT / place).exists()} == set()

    def test_targets_of_make_are_there(self, document):
        targets = set(
            re.findall(r"^([\w-]+(?: [\w-]+)*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        )
        known = {name for line in targets for name in line.split()}
        named = {
            name
            for each in code(document.read_text())
            for name in re.findall(r"\bmake ([a-z][a-z-]*)", each)
        }
        assert named <= known
