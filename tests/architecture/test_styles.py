"""Stylesheets and scripts: each is used, no rule is dead, and every colour is defined once."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from claims.choices import Verdict
from tests.architecture.test_house import ROOT

STATIC = ROOT / "claims" / "static" / "claims"
TOKENS = STATIC / "tokens.css"
STYLESHEETS = sorted(STATIC.rglob("*.css"))
SCRIPTS = sorted(STATIC.rglob("*.js"))
REPORT = next((ROOT / "templates").rglob("report.css"))
"""The style of exported reports, which stand alone: it cannot link to the tokens, and repeats them."""


def name_in(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def selectors_of(path: Path) -> list[str]:
    heads = re.findall(r"([^{};]*)\{", without_comments(path))
    return [head.strip() for head in heads if not head.strip().startswith("@")]


def declarations_of(path: Path) -> list[tuple[str, str]]:
    return re.findall(r"(?<=[{;\s])(--[\w-]+|[a-z-]+):\s([^;{}]+)[;}]", without_comments(path))


@cache
def _named() -> tuple[set[str], tuple[str, ...]]:
    """The classes that pages name in full, and the beginnings of those that they put together."""
    tokens = {token for words in _class_words() for token in words.split()}
    whole = {token for token in tokens if not re.search(r"[{\0$]", token)}
    begun = {re.split(r"[{\0$]", token)[0] for token in tokens - whole}
    return whole | begun, tuple(beginning for beginning in begun if beginning.endswith("-"))


def _class_words() -> Iterator[str]:
    django = Path(find_spec("django").origin).parent
    tables = Path(find_spec("django_tables2").origin).parent
    for folder in (
        ROOT / "templates",
        django / "contrib" / "admin" / "templates",
        django / "forms" / "templates",
        tables / "templates",
    ):
        for path in folder.rglob("*.html"):
            source = path.read_text()
            yield from re.findall(r"\{% block bodyclass %\}([^{]*)\{%", source)
            # A value in a class name is a gap in it, a tag around some words is none.
            text = re.sub(r"\{\{.*?\}\}|\{%-? *cycle.*?%\}", "\0", source, flags=re.DOTALL)
            yield from re.findall(
                r"""class=["']([^"']*)["']""",
                re.sub(r"\{[%#].*?[%#]\}", " ", text, flags=re.DOTALL),
            )
    for path in (ROOT / "claims" / "web").rglob("*.py"):
        text = path.read_text()
        yield from re.findall(r'class="([^"]*)"', text)
        yield from re.findall(r'"class": "([^"]*)"', text)
        # A variant of a block, "mark mark--inner", is put together in Python.
        yield from re.findall(r'"([^"\n]*\w--[^"\n]*)"', text)
    for path in SCRIPTS:
        yield from re.findall(r'(?:className = |classList\.\w+\()"([^"]*)"', path.read_text())
    # The report gives these to a macro of its own, or takes them from the verdict.
    yield " ".join(["paired", *Verdict.values])
    # Forms draw their errors in Python, and Django's admin its fields; htmx marks requests in progress.
    yield "errorlist vTextField vURLField htmx-request"


@pytest.mark.parametrize("path", [*STYLESHEETS, REPORT], ids=name_in)
def test_every_class_is_on_some_page(path):
    whole, begun = _named()
    assert {"button", "row__about", "mark--inner", "is-current"} <= whole
    named = {
        found
        for selector in selectors_of(path)
        for found in re.findall(r"\.([a-zA-Z][\w-]*)", selector)
    }
    assert {each for each in named if each not in whole and not each.startswith(begun)} == set()


@pytest.mark.parametrize("path", STYLESHEETS, ids=name_in)
def test_every_custom_property_is_a_token(path):
    tokens = {name for name, _value in declarations_of(TOKENS)}
    set_by_scripts = set(
        re.findall(r'setProperty\("(--[\w-]+)"', "".join(map(Path.read_text, SCRIPTS)))
    )
    used = set(re.findall(r"var\((--[\w-]+)", without_comments(path)))
    # The tokens themselves may lean on the admin's fonts.
    lent = {"--font-family-primary", "--font-family-monospace"} if path == TOKENS else set()
    assert used - tokens - set_by_scripts - lent == set()


def test_tokens_are_custom_properties_and_each_is_used():
    names = [name for name, _value in declarations_of(TOKENS)]
    assert len(names) > 60
    assert [name for name in names if not name.startswith("--")] == []
    admin = Path(find_spec("django").origin).parent / "contrib/admin/static/admin/css/base.css"
    of_admin = set(re.findall(r"(--[\w-]+):", admin.read_text()))
    used = {
        name for path in STYLESHEETS for name in re.findall(r"var\((--[\w-]+)", path.read_text())
    }
    ours = {name for name in names if not name.startswith("--document-")} - of_admin
    assert ours - used == set()


COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color)\("
    r"|\b(?:white|black|gr[ae]y|silver|red|maroon|green|lime|blue|navy|yellow|orange|purple|teal|pink|brown)\b"
)


@pytest.mark.parametrize("path", [each for each in STYLESHEETS if each != TOKENS], ids=name_in)
def test_colours_stand_among_the_tokens(path):
    literals = [f"{name}: {value}" for name, value in declarations_of(path) if COLOUR.search(value)]
    assert literals == []


@pytest.mark.parametrize("value", ["#fff", "1px solid #c4c7cc", "rgb(0 0 0 / 20%)", "black"])
def test_the_colours_that_this_is_about_are_found(value):
    assert COLOUR.search(value)


def palette() -> dict[str, tuple[str, str]]:
    """Each colour of documents, light and dark."""
    found = re.findall(r"--document-(\w+): light-dark\((#\w{6}), (#\w{6})\);", TOKENS.read_text())
    assert len(found) == 10
    return {name: (light, dark) for name, light, dark in found}


class TestReports:
    """An exported report repeats the palette of its public page, and names no other colour."""

    ALONE = {"#000000"}
    """Ink on paper."""

    def test_the_palettes_agree(self):
        roots = re.findall(r":root \{(.*?)\}", without_comments(REPORT), flags=re.DOTALL)
        light, dark, _print = (dict(re.findall(r"--(\w+): (#\w{6})", root)) for root in roots)
        assert {name: (light[name], dark[name]) for name in light} == palette()

    def test_no_colour_is_of_its_own(self):
        known = {colour for pair in palette().values() for colour in pair} | self.ALONE
        assert set(re.findall(r"#[0-9a-f]{6}\b", without_comments(REPORT))) - known == set()

    def test_colours_are_used_by_their_names(self):
        used = [
            f"{name}: {value}"
            for name, value in declarations_of(REPORT)
            if not name.startswith("--") and COLOUR.search(value)
        ]
        assert used == []


class TestFiles:
    @pytest.mark.parametrize(("kind", "tag"), [("css", "stylesheets"), ("js", "scripts")])
    def test_pages_load_what_is_there_and_nothing_lies_about(self, kind, tag):
        loaded = {
            name
            for path in (ROOT / "templates").rglob("*.html")
            for names in re.findall(rf"{{% {tag} ([^%]*) %}}", path.read_text())
            for name in re.findall(r'"([^"]+)"', names)
        }
        imported = {
            (path.parent / name).resolve().relative_to(STATIC).with_suffix("").as_posix()
            for path in SCRIPTS
            if kind == "js"
            for name in re.findall(r'(?:from|import) "([^"]+)"', path.read_text())
        }
        there = {
            path.relative_to(STATIC).with_suffix("").as_posix()
            for path in STATIC.rglob(f"*.{kind}")
        }
        assert len(there) > 15
        assert loaded | imported == there

    @pytest.mark.parametrize("path", [*STYLESHEETS, *SCRIPTS], ids=name_in)
    def test_no_file_is_long(self, path):
        assert len(path.read_text().splitlines()) <= 200
