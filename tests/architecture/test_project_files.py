"""What newcomers read agrees with the code."""

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from tests.architecture.test_house import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


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


@pytest.mark.parametrize("kind", ["databases", "alike"])
def test_what_the_second_database_runs_and_skips_is_there(kind):
    """A test that has moved would run on one database only, or on both again, and nobody would notice."""
    named = re.search(
        rf"^{kind}=\((.*?)\)", (ROOT / ".ci" / "run").read_text(), re.MULTILINE | re.DOTALL
    )[1]
    for place in named.split():
        assert (ROOT / place).exists(), place
