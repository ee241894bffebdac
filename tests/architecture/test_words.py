"""One word for one thing: the words that a better one replaced are nowhere left."""

import io
import keyword
import re
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = [
    path
    for folder in ("claims", "workbench", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path != Path(__file__).resolve()
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "claims" / "static" / "claims").rglob("*.js"))

GONE = frozenset(
    [
        "Alike",
        "Became",
        "Brought",
        "Deed",
        "DeedForm",
        "DeedForms",
        "DEEDS",
        "Fate",
        "Ground",
        "Imported",
        "Known",
        "LIKE",
        "Likeness",
        "ListedClaim",
        "Named",
        "Picks",
        "Plain",
        "Process",
        "Progress",
        "Sameness",
        "Saying",
        "SourcesApart",
        "There",
        "act_on_batch",
        "act_on_intake",
        "ask_for",
        "begin_batch",
        "begun_at",
        "bring",
        "bring_in",
        "change_across",
        "chrome",
        "deed",
        "deeds",
        "discard_intake",
        "edit_intake",
        "fate",
        "find_or_save",
        "folded",
        "go_on",
        "hide_blind",
        "in_work",
        "is_news",
        "is_passing",
        "is_silent",
        "keep_all",
        "keep_claims",
        "keep_intake",
        "last_word",
        "list_batch",
        "look_at_due_feeds",
        "look_at_feed",
        "look_at_rows",
        "lookalikes",
        "made_at",
        "make_account",
        "make_claim",
        "make_source",
        "moved_by",
        "of_period",
        "of_same_address",
        "out_of_step",
        "part_source",
        "part_sources",
        "picks",
        "places_of",
        "retry_intake",
        "said_by",
        "sameness",
        "set_all",
        "sources_alike",
        "stop_batch",
        "take_back",
        "tally",
        "tell_apart",
        "tray",
        "try_again",
        "undo_batch",
        "unify",
        "upkeep",
        "upright",
    ]
)
"""Names of code."""

MODULES = frozenset(
    [
        "alike",
        "asides",
        "asking",
        "bringing",
        "connecting",
        "counts",
        "deeds",
        "drafting",
        "exporting",
        "fetched",
        "finding",
        "grammar",
        "here",
        "home",
        "keeping",
        "learned",
        "likeness",
        "listeners",
        "lookalikes",
        "many",
        "marking",
        "moments",
        "people",
        "picks",
        "problems",
        "saying",
        "shapes",
        "sides",
        "silence",
        "tally",
        "telling",
        "tidying",
        "together",
        "trees",
        "turning",
        "unify",
        "unparsed",
        "unpacking",
        "upkeep",
        "zips",
    ]
)
"""Names of modules, templates, scripts and stylesheets."""

SAID = re.compile(r"\b(?:deeds?|the tray|upkeep|sameness|lookalikes)\b", re.IGNORECASE)
"""Words of docstrings, comments and pages."""


def _names(path: Path) -> set[str]:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
    return {one.string for one in tokens if one.type == tokenize.NAME} - set(keyword.kwlist)


def _where(found: dict[Path, list[str]]) -> dict[str, list[str]]:
    """What was found, by the file, without those in which nothing was."""
    return {path.relative_to(ROOT).as_posix(): words for path, words in found.items() if words}


def test_no_name_is_an_old_word():
    assert _where({path: sorted(_names(path) & GONE) for path in CODE}) == {}


def test_no_file_is_named_by_one():
    files = [*CODE, *TEMPLATES, *SCRIPTS]
    assert [path.name for path in files if path.stem.removeprefix("test_") in MODULES] == []


def test_nothing_is_said_in_one():
    files = [*CODE, *TEMPLATES, *SCRIPTS]
    assert _where({path: SAID.findall(path.read_text()) for path in files}) == {}
