"""The manual's first chapter, followed to the letter.

In its numbered steps, bold words are pressed or filled in, code is typed into the field named last, and quoted words are
seen. If a button is renamed, the manual must change with it.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

import pytest
from django.contrib.auth.models import Group, User
from markdown_it.token import Token
from playwright.sync_api import Locator, Page, expect

from claims.access import Role
from claims.models import Evidence, Report
from tests.architecture.test_house import ROOT
from tests.browser.conftest import PATIENCE
from tests.markdown import tokens

CHAPTER = ROOT / "docs" / "first-five-minutes.md"
PASSWORD = "correct horse"
FIELDS = "input:not([type=hidden]), textarea"


class Word(NamedTuple):
    """A word of a step that has a meaning: it is pressed ("press"), typed ("type") or seen ("see")."""

    what: str
    text: str


def words() -> Iterator[Word]:
    """What the numbered steps of the chapter say, in order."""
    depth = 0
    for token in tokens(CHAPTER):
        depth += {"ordered_list_open": 1, "ordered_list_close": -1}.get(token.type, 0)
        if not depth:
            continue
        if token.type == "fence":
            yield Word("type", token.content.strip())
        for is_bold, part in _runs(token.children or []):
            if is_bold and part:
                yield Word("press", part)
            elif part.startswith("`"):
                yield Word("type", part.strip("`"))
            else:
                yield from (Word("see", said) for said in re.findall("“([^”]+)”", part))


def _runs(parts: Sequence[Token]) -> Iterator[tuple[bool, str]]:
    """The words of a paragraph, with bold words separate and code in backticks. A line break is a space."""
    bold, run = False, ""
    for part in parts:
        if part.type in {"text", "softbreak"}:
            run += part.content or " "
            continue
        yield bold, run
        run = ""
        if part.type == "code_inline":
            yield False, f"`{part.content}`"
        bold = part.type == "strong_open"
    yield bold, run


def control(page: Page, name: str) -> Locator:
    """What a person would take it for: a field with this label, or else a button, a link or a fold."""
    begins = re.compile(rf"^\s*{re.escape(name)}\b")
    field = page.get_by_label(begins).and_(page.locator(FIELDS)).filter(visible=True)
    pressed = (
        page.get_by_role("button", name=begins)
        .or_(page.get_by_role("link", name=name, exact=True))
        .or_(page.locator("summary", has_text=begins))
        .filter(visible=True)
    )
    either = field.or_(pressed)
    expect(either.first).to_be_visible()
    return (field if field.count() else pressed).first


def see(page: Page, text: str) -> None:
    """The words are on the page, or in the report that it embeds, which a single locator cannot find."""
    places = (page.get_by_text(text), page.frame_locator("iframe").get_by_text(text))
    for _round in range(PATIENCE // 1000):
        for place in places:
            with suppress(AssertionError):
                expect(place.filter(visible=True).first).to_be_visible(timeout=500)
                return
    pytest.fail(f"“{text}” is not to be seen")


@pytest.fixture
def accounts(db) -> None:
    for role in (Role.READER, Role.CHIEF):
        account = User.objects.create_user(role.value, password=PASSWORD, is_staff=True)
        account.groups.set([Group.objects.get(name=role.value)])


def test_its_steps_lead_from_a_pasted_article_to_a_report_that_a_reader_reads(
    page, desk, accounts, problems
):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(desk)
    field: Locator | None = None
    done = list(words())
    assert [one.what for one in done].count("press") > 15
    for word in done:
        if word.what == "see":
            see(page, word.text)
        elif word.what == "type":
            assert field is not None, f"nothing was named that takes “{word.text}”"
            field.fill(word.text)
            field = None
        else:
            named = control(page, word.text)
            field = named if named.evaluate(f"named => named.matches({FIELDS!r})") else None
            if word.text == "Password":
                named.fill(PASSWORD)
            elif field is None:
                named.click()
    assert Evidence.objects.get().title == "Notice to mariners 12"
    assert not Report.objects.get().is_draft
    expect(page.get_by_role("button", name="Publish the report")).to_have_count(0)
    assert problems == []
