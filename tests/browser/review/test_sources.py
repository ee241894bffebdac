"""A wrong speaker, mended by a few keys; a new one created; a queue gone through by source."""

import re

import pytest
from playwright.sync_api import Page, expect

from claims.choices import SourceKind
from claims.models import Change, Claim, Source
from tests.browser.layout import violations
from tests.browser.review.panel import heading
from tests.conftest import claims_of


class Keys:
    """The keys that are pressed on a page, without what is typed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed: list[str] = []

    def press(self, key: str) -> None:
        self.pressed.append(key)
        self.page.keyboard.press(key)


@pytest.fixture
def boats(article) -> Claim:
    return next(claim for claim in claims_of(article) if "boats" in claim.quote)


def sources_of(*words: str) -> list[str]:
    """Whose claims those with some words are."""
    return [Claim.objects.get(quote__contains=word).source.name for word in words]


def test_four_keys_and_a_name_mend_all_claims_of_a_sentence(review, article, boats):
    page = review(article, f"?claim={boats.pk}")
    keys = Keys(page)
    keys.press("s")
    expect(page.get_by_role("textbox", name="Source")).to_be_hidden()
    field = page.get_by_role("combobox", name="Source")
    page.keyboard.type("ada v")
    # Before the answer is there: Enter takes what it brings.
    keys.press("Enter")
    expect(field).to_have_value("Ada Venn")
    expect(page.get_by_label("This claim only")).to_be_focused()
    expect(page.get_by_label("Role as stated")).to_have_value("the transport minister")
    keys.press("ArrowDown")
    expect(page.get_by_label("All claims of this sentence")).to_be_checked()
    keys.press("Enter")
    expect(page.locator("#notice")).to_contain_text("2 claims")
    assert sources_of("boats", "piers") == ["Ada Venn", "Ada Venn"]
    assert Change.objects.count() == 1
    assert len(keys.pressed) == 4
    page.keyboard.press("Control+z")
    expect(page.locator("#notice")).to_contain_text("Undone: Changed the source on 2 claims")
    assert sources_of("boats", "piers") == ["officials", "officials"]


def test_the_list_is_a_combobox_for_keyboard_screen_reader_and_mouse(
    review, article, boats, problems
):
    page = review(article, f"?claim={boats.pk}")
    page.keyboard.press("s")
    field = page.get_by_role("combobox", name="Source")
    page.keyboard.press("ArrowDown")
    # Nothing is typed: those of the article.
    options = page.get_by_role("listbox", name="Source").get_by_role("option")
    expect(options.filter(has_text="Ada Venn")).to_contain_text("the transport minister")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert violations(page) == ""
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_be_focused()
    page.keyboard.type("Dorian")
    expect(page.get_by_text("Create “Dorian” as …")).to_be_visible()
    first = options.first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", re.compile("source-kind-other"))
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    options.filter(has_text="Witness").click()
    expect(page.get_by_label("Kind", exact=True)).to_have_value("witness")
    page.keyboard.press("Enter")
    expect(page.locator("#claim .facts")).to_contain_text("Dorian Witness")
    assert Source.objects.get(name="Dorian").kind == SourceKind.WITNESS
    assert problems == []


def test_a_name_typed_to_its_end_without_a_choice_is_the_one_that_is_known(review, article, boats):
    page = review(article, f"?claim={boats.pk}")
    page.keyboard.press("s")
    page.keyboard.type("ADA VENN")
    page.get_by_role("button", name="Change the source").click()
    expect(page.locator("#claim .facts")).to_contain_text("Ada Venn Minister")
    assert Source.objects.filter(name__iexact="ada venn").count() == 1


def test_a_key_leaves_the_claims_of_a_source_alone_and_brings_all_back(review, article):
    number = Claim.objects.filter(source__name="Ada Venn").count()
    page = review(article)
    page.keyboard.press("o")
    expect(heading(page)).to_have_text(f"Claim 1 of {number}")
    expect(page.locator(".filters__source summary")).to_contain_text("Ada Venn")
    page.keyboard.press("j")
    expect(heading(page)).to_have_text(f"Claim 2 of {number}")
    page.keyboard.press("o")
    expect(heading(page)).to_have_text(f"Claim 2 of {len(claims_of(article))}")
