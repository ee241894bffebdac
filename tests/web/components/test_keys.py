"""One list of keys: the scripts do what it holds, and the manual, the dialog and the help page show it."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from claims.web.components.keys import KEYS, keys_of, powers_of
from tests.architecture.test_house import ROOT
from tests.markdown import rows

SCRIPT = ROOT / "claims" / "static" / "claims" / "pages" / "review" / "keys.js"
CHORDS = {"Ctrl+Enter", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+K", "Enter", "Escape", "/"}
"""Keys that scripts ask for otherwise than in the table of single ones."""

COMMANDS = [command for group in KEYS for command in group.commands]


def test_no_key_has_two_meanings():
    pressed = [command.pressed for command in COMMANDS]
    assert len(pressed) == len(set(pressed))


def test_the_single_keys_of_the_list_are_those_of_the_script():
    table = re.search(r"^const KEYS = \{\n(.*?)^\};", SCRIPT.read_text(), re.MULTILINE | re.DOTALL)
    keys = set(re.findall(r'^  "?([^\s":]+)"?: ', table[1], re.MULTILINE))
    assert {command.keys[-1] for command in COMMANDS if command.pressed not in CHORDS} == keys


def test_the_manual_names_each_key():
    named = {
        key
        for keys, _action in rows(ROOT / "docs" / "editor.md", "| key | action |")
        for key in re.findall(r"`([^`]+)`", keys) + re.findall(r"\b(Enter)\b", keys)
    }
    shown = {"+".join(command.caps).replace("Escape", "Esc") for command in COMMANDS}
    assert shown == named


def test_a_person_is_shown_only_what_they_may_do(reader, editor):
    def words(viewer) -> set[str]:
        return {str(one.words) for group in keys_of(powers_of(viewer)) for one in group.commands}

    assert words(reader) < words(editor)
    assert "Comment" not in words(reader)
    assert "Next claim" in words(AnonymousUser())


@pytest.mark.parametrize("address", ["help-keys", "article"])
def test_the_dialog_and_the_help_page_show_the_same(desk, article, editor, address):
    path = article.get_absolute_url() if address == "article" else reverse(address)
    page = desk.get(path).content.decode()
    shown = re.findall(r'<div data-pressed="([^"]+)"', page)
    assert shown == [one.pressed for group in keys_of(powers_of(editor)) for one in group.commands]
