"""What is typed, chosen or ticked in the panel and not yet saved is never lost silently."""

import re

import pytest
from playwright.sync_api import Page, expect

from claims.actions import decide_claim
from claims.choices import Verdict
from claims.models import Comment, Decision
from tests.browser.review.panel import all_saved, heading
from tests.conftest import claims_of

FIELDS = """panel => {
    const places = [];
    for (const field of panel.querySelectorAll("input, select, textarea")) {
        const bare = ["hidden", "submit", "button", "search"].includes(field.type) || field.matches("[data-fixed]");
        const first = field.type !== "radio" || field === field.form.elements[field.name][0];
        if (!bare && first) places.push([new URL(field.form.action).pathname, field.name, field.type]);
    }
    return places;
}"""
"""Every field of the panel that someone can fill and that saves something: the address of its form, its name, its type."""

TYPED = {
    "text": "Typed and not saved",
    "textarea": "Typed and not saved",
    "url": "https://example.org/typed",
    "date": "2026-01-02",
}


@pytest.fixture
def review(page, desk, editor, chief, article, log_in):
    """The article's first claim, which the chief has decided, so that every form of the panel is there."""
    first = claims_of(article)[0]
    decide_claim(actor=chief, claim_id=first.pk, version=first.version, verdict=Verdict.VERIFIED)
    log_in(page, editor).goto(desk + article.get_absolute_url())
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    return page


def field(page: Page, action: str, name: str):
    return page.locator(f'#claim form[action^="{action}"] [name="{name}"]')


def other_option(chosen) -> str:
    return chosen.evaluate(
        "select => [...select.options].find((one) => !one.selected && !one.defaultSelected).value"
    )


def fill(page: Page, action: str, name: str, kind: str) -> None:
    """Change one field as a person would."""
    found = field(page, action, name).first
    for fold in reversed(found.locator("xpath=ancestor::details").all()):
        fold.evaluate("fold => { fold.open = true; }")
    if kind == "select-one":
        found.select_option(other_option(found))
    elif kind == "radio":
        field(page, action, name).last.press("Space")
    elif kind == "checkbox":
        found.set_checked(not found.is_checked())
    elif kind == "file":
        found.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"words"})
    else:
        found.fill(TYPED[kind])


def values(page: Page, fields) -> dict[tuple[str, str], object]:
    read = """field => field.type === "checkbox" ? field.checked
        : field.type === "radio" ? field.form.elements[field.name].value
        : field.type === "file" ? [...field.files].map((one) => one.name) : field.value"""
    return {
        (action, name): field(page, action, name).first.evaluate(read) for action, name, _ in fields
    }


@pytest.fixture
def filled(review):
    """The first claim with something in every field of its panel, and what that is."""
    fields = review.locator("#claim").evaluate(FIELDS)
    served = values(review, fields)
    for place in fields:
        fill(review, *place)
    typed = values(review, fields)
    assert {name for name in typed if typed[name] == served[name]} == set()
    return fields, typed


def on_the_next_claim(page: Page) -> None:
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))


def back_on_the_first(page: Page) -> None:
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))


def all_that_was_typed_is_there(page: Page, filled) -> None:
    fields, typed = filled
    assert values(page, fields) == typed
    for action, name, _kind in fields:
        expect(field(page, action, name).first).to_be_visible()
    for words in (
        "Reason not saved yet",
        "Evidence not saved yet",
        "Wording not saved yet",
        "Source not saved yet",
        "Assignment not saved yet",
        "Second check not requested yet",
        "Not sent back yet",
        "Comment not saved yet",
    ):
        expect(page.locator("#claim .draft", has_text=words)).to_be_visible()


def test_the_panel_has_all_kinds_of_fields(filled):
    fields, _typed = filled
    kinds = {kind for _action, _name, kind in fields}
    assert kinds == {"text", "textarea", "url", "date", "select-one", "radio", "checkbox", "file"}
    assert len({action for action, _name, _kind in fields}) == 7


def test_what_was_typed_survives_j_and_k(review, article, filled):
    row = review.locator(f"#row{claims_of(article)[0].pk}")
    review.keyboard.press("Escape")
    review.keyboard.press("j")
    on_the_next_claim(review)
    expect(row).to_contain_text("Source not saved yet")
    expect(review.locator("#claim .draft")).to_have_count(0)
    review.keyboard.press("c")
    review.keyboard.type("On the second")
    review.keyboard.press("Escape")
    review.keyboard.press("k")
    back_on_the_first(review)
    all_that_was_typed_is_there(review, filled)
    review.locator("#claim h2").focus()
    review.keyboard.press("j")
    on_the_next_claim(review)
    expect(review.get_by_label("Comment")).to_have_value("On the second")


def test_what_was_typed_survives_a_click_on_another_claim(review, article, filled):
    first, second, *_rest = claims_of(article)
    review.locator(f"#row{second.pk} a").click()
    on_the_next_claim(review)
    expect(review.locator(f"#row{first.pk}")).to_contain_text("Evidence not saved yet")
    review.locator(f".mark[data-claims~='{first.pk}']").first.click()
    back_on_the_first(review)
    all_that_was_typed_is_there(review, filled)


def test_a_reload_warns_of_the_file_and_keeps_all_else(review, filled):
    fields, typed = filled
    asked = []
    review.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    review.reload()
    back_on_the_first(review)
    assert asked == ["beforeunload"]
    expect(review.locator(".draft", has_text="Evidence")).to_contain_text(
        "Choose the file again: a.txt"
    )
    kept = {
        place: value for place, value in values(review, fields).items() if "file" not in place[1]
    }
    assert kept == {place: value for place, value in typed.items() if "file" not in place[1]}


def test_what_was_typed_survives_an_expired_login(review, article, filled):
    review.context.clear_cookies(name="sessionid")
    review.locator(f"#row{claims_of(article)[-1].pk} a").click()
    expect(review.locator("#notice")).to_contain_text("Your login has expired")
    fields, typed = filled
    assert values(review, fields) == typed
    review.on("dialog", lambda dialog: dialog.accept())
    review.reload()
    review.get_by_label("Username").fill("edda")
    review.get_by_label("Password").fill("correct horse")
    review.get_by_role("button", name="Log in").click()
    back_on_the_first(review)
    kept = {
        place: value for place, value in values(review, fields).items() if "file" not in place[1]
    }
    assert kept == {place: value for place, value in typed.items() if "file" not in place[1]}


def test_a_verdict_saves_the_open_forms_of_the_claim_and_leaves_what_is_said_to_others(
    review, article, filled
):
    first = claims_of(article)[0]
    review.keyboard.press("Escape")
    review.locator("#claim h2").focus()
    review.keyboard.press("2")
    on_the_next_claim(review)
    row = review.locator(f"#row{first.pk}")
    expect(row).to_contain_text("Comment not saved yet")
    expect(row).not_to_contain_text("Source not saved yet")
    all_saved(review)
    first.refresh_from_db()
    assert first.verdict == Verdict.DISPUTED
    assert first.statement == "Typed and not saved"
    assert (first.source.name, first.role) == ("Typed and not saved", "Typed and not saved")
    assert first.assigned_to is not None
    (evidence,) = first.evidence.all()
    assert (evidence.title, evidence.file.read()) == ("Typed and not saved", b"words")
    assert first.decisions.newest_first()[0].reason == "Typed and not saved"
    assert not Comment.objects.exists()
    review.keyboard.press("k")
    back_on_the_first(review)
    expect(review.locator("#claim .draft")).to_have_text(
        [re.compile("Not sent back yet|Second check|Comment")] * 2
    )


def test_a_verdict_waits_while_an_open_form_cannot_be_saved(review, article):
    first = claims_of(article)[0]
    review.keyboard.press("r")
    review.keyboard.press("Control+A")
    review.keyboard.press("Delete")
    review.keyboard.press("Escape")
    review.keyboard.press("3")
    expect(review.locator("#claim").get_by_role("alert")).to_contain_text("cannot be saved")
    expect(review.locator("#notice")).to_contain_text("These keys were ignored: 3")
    back_on_the_first(review)
    assert first.decisions.count() == 1


def test_discarding_brings_back_what_the_server_has(review, article):
    first = claims_of(article)[0]
    review.keyboard.press("r")
    review.keyboard.press("Control+A")
    review.keyboard.type("Other words")
    review.keyboard.press("Escape")
    review.keyboard.press("j")
    on_the_next_claim(review)
    review.keyboard.press("k")
    line = review.locator("#claim .draft", has_text="Wording not saved yet")
    line.get_by_role("button", name="Discard").click()
    expect(line).to_have_count(0)
    expect(review.get_by_label("Statement")).to_have_value(first.statement)
    expect(review.locator(".row__unsaved")).to_have_count(0)


def test_a_claim_that_the_filter_hides_is_named_above_the_queue(review, article):
    third = claims_of(article)[2]
    review.goto(review.url.split("?")[0] + f"?claim={third.pk}&show=pending")
    review.keyboard.press("c")
    review.keyboard.type("Half a remark")
    review.keyboard.press("Escape")
    review.keyboard.press("1")
    expect(review.locator("#notice")).to_contain_text("Saved")
    expect(review.locator(f"#row{third.pk}")).to_contain_text("Comment not saved yet")
    review.reload()
    line = review.locator("#unsaved")
    expect(line).to_contain_text("Comment not saved yet")
    line.get_by_role("link").click()
    expect(review.locator("#claim .words")).to_have_text(third.quote)
    expect(review.get_by_label("Comment")).to_have_value("Half a remark")


def test_a_draft_of_what_somebody_changed_meanwhile_is_a_conflict(review, article, chief):
    first = claims_of(article)[0]
    review.keyboard.press("n")
    review.keyboard.type("My reason")
    review.keyboard.press("Escape")
    review.keyboard.press("j")
    on_the_next_claim(review)
    first.refresh_from_db()
    decide_claim(
        actor=chief,
        claim_id=first.pk,
        version=first.version,
        verdict=Verdict.DISPUTED,
        reason="The chief's",
    )
    review.keyboard.press("k")
    back_on_the_first(review)
    expect(review.locator("#id_reason")).to_have_value("My reason")
    review.keyboard.press("1")
    expect(review.locator(".conflict")).to_contain_text("The chief's")
    assert Decision.objects.filter(claim=first).count() == 2


def test_a_draft_is_its_accounts_alone(review, article, desk, chief, log_in):
    review.keyboard.press("n")
    review.keyboard.type("Between me and the desk")
    expect(review.locator(".row__unsaved")).to_have_text("Reason not saved yet")
    log_in(review, chief).goto(desk + article.get_absolute_url())
    back_on_the_first(review)
    expect(review.locator("#id_reason")).to_have_value("")
    assert "Between me" not in review.evaluate("JSON.stringify(sessionStorage)")


def test_logging_out_asks_and_discards(review, article):
    review.keyboard.press("n")
    review.keyboard.type("Between me and the desk")
    asked = []

    def say_no(dialog):
        asked.append(dialog.message)
        dialog.dismiss()

    review.once("dialog", say_no)
    review.get_by_role("button", name="Log out").click()
    assert "has not been saved" in asked[0]
    expect(review.locator("#id_reason")).to_have_value("Between me and the desk")
    review.once("dialog", lambda dialog: dialog.accept())
    review.get_by_role("button", name="Log out").click()
    expect(review.get_by_label("Username")).to_be_visible()
    assert review.evaluate("JSON.stringify(sessionStorage)") == "{}"
