"""Parts of the review page keep their places: the verdicts, the queue, the source's record."""

import re

import pytest
from playwright.sync_api import Page, expect

from claims.actions import COMMAND, SplitArticle, receive_articles
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim
from tests.browser.review.panel import all_saved, heading
from tests.conftest import proposed

LONG = "the council counted " + ", ".join(
    f"{number} barns of red brick near the village of Lower Olm" for number in range(2, 28)
)
"""More words than any window shows at once."""

BODY = "\n\n".join(
    [
        f"The harbour master, Ada Venn, said that {LONG}.",
        *(f"Bridge {number} was built in {1900 + number}, Ada Venn said." for number in range(12)),
        f"{LONG[0].upper()}{LONG[1:]}.",
        "Nobody was hurt, officials said.",
    ]
)

SIZES = [(1440, 900), (1280, 720), (1000, 768), (390, 844)]


@pytest.fixture
def barns(editor) -> Article:
    """An article of very long claims and of short ones, most of them by one source."""
    draft = ArticleDraft(headline="Barns and bridges of Olm (fiction) " * 2, body=BODY)
    split = SplitArticle(draft, proposed(BODY))
    (imported,) = receive_articles(actor=editor, articles=[split], policy=COMMAND)
    return imported.article


@pytest.fixture
def review(page, desk, editor, barns, log_in):
    """Open the article in a window of some size, as someone who has been here before."""

    def review(size: tuple[int, int]) -> Page:
        page.add_init_script("localStorage.setItem('hint:review', 'seen')")
        page.set_viewport_size({"width": size[0], "height": size[1]})
        log_in(page, editor).goto(desk + barns.get_absolute_url())
        expect(page.locator("#claim h2")).to_have_text(re.compile("Claim 1 of"))
        return page

    return review


def each_claim(page: Page, barns: Article):
    """Go through the queue with J; the number of the claim at each step."""
    number = Claim.objects.of_article(barns).active().count()
    for place in range(1, number + 1):
        expect(page.locator("#claim h2")).to_have_text(f"Claim {place} of {number}")
        yield place
        if place < number:
            page.keyboard.press("j")


BOXES = """() => Object.fromEntries(["verified", "disputed", "pending"].map((verdict) => {
    const box = document.querySelector(`[name=verdict][value=${verdict}]`).getBoundingClientRect();
    return [verdict, [box.x, box.y, box.width, box.height].map(Math.round)];
}))"""


@pytest.mark.parametrize("size", SIZES)
def test_the_verdicts_have_one_place_whatever_the_claim(review, barns, size):
    page = review(size)
    places = {}
    lengths = set()
    for place in each_claim(page, barns):
        places[place] = page.evaluate(BOXES)
        lengths.add(len(page.locator("#claim .words").inner_text()))
        last = page.locator("[name=verdict][value=pending]")
        box = last.bounding_box()
        assert box["y"] + box["height"] <= size[1], place
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        assert last.evaluate(
            "(one, [x, y]) => one.contains(document.elementFromPoint(x, y))", [x, y]
        )
    assert max(lengths) > 30 * min(lengths)
    assert len(places) > 12
    assert {str(place) for place in places.values()} == {str(places[1])}


def test_the_verdicts_stay_where_they_are_when_something_is_wrong(review, barns):
    page = review((1440, 900))
    before = page.evaluate(BOXES)
    page.keyboard.press("2")
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.keyboard.type("One line\nand another\nand a third")
    assert page.evaluate(BOXES) == before
    page.keyboard.press("Control+Enter")
    expect(page.locator("#claim h2")).to_have_text(re.compile("Claim 2 of"))
    assert page.evaluate(BOXES) == before


@pytest.mark.parametrize("size", SIZES)
def test_what_was_saved_floats_beside_the_verdicts(review, size):
    page = review(size)
    page.keyboard.press("1")
    all_saved(page)
    expect(heading(page)).to_contain_text("Claim 2 of")
    expect(page.locator("#notice")).to_contain_text("Saved")
    notice = page.locator("#notice").bounding_box()
    for verdict in ("verified", "disputed", "pending"):
        box = page.locator(f"[name=verdict][value={verdict}]").bounding_box()
        beside = notice["x"] + notice["width"] <= box["x"]
        assert beside or notice["y"] + notice["height"] <= box["y"], verdict


@pytest.mark.parametrize("size", SIZES[:3])
def test_the_current_row_is_in_the_top_third_of_the_queue_and_what_comes_next_below_it(
    review, barns, size
):
    page = review(size)
    fold = page.get_by_role("button", name="Claims in this article")
    if fold.is_visible():
        fold.click()
    where = """() => {
        const list = document.querySelector("#rows").getBoundingClientRect();
        const queue = document.querySelector(".queue").getBoundingClientRect();
        const [bottom, right] = [Math.min(list.bottom, queue.bottom, innerHeight), Math.min(list.right, innerWidth)];
        const top = Math.max(list.top, queue.top);
        const row = document.querySelector(".row a[aria-current]");
        const last = [...document.querySelectorAll(".row")].at(-1).getBoundingClientRect();
        const seen = (box) => box.top < bottom - 8 && document.elementFromPoint(right - 20, box.top + 8)?.closest(".row");
        const next = row.closest(".row").nextElementSibling;
        return {
            part: (row.getBoundingClientRect().top - top) / (bottom - top),
            next: !next || Boolean(seen(next.getBoundingClientRect())),
            end: last.bottom <= bottom + 1,
        };
    }"""
    for _place in each_claim(page, barns):
        # The queue is scrolled a frame after the claim is there.
        page.wait_for_function(
            f"() => {{ const {{ part, next, end }} = ({where})(); return next && (end || (0 <= part && part <= 1 / 3)); }}"
        )


@pytest.mark.parametrize("size", SIZES[:3])
def test_neither_the_queue_nor_its_filters_are_covered_wherever_anything_is_scrolled_to(
    review, barns, size
):
    page = review(size)
    look = """(share) => {
        const scrolled = [document.scrollingElement, ...document.querySelectorAll(".text, .queue, #rows, .context, .side, .claim")];
        for (const one of scrolled) one.scrollTop = share * (one.scrollHeight - one.clientHeight);
        const seen = (selector) => {
            const box = document.querySelector(selector).getBoundingClientRect();
            return [Math.max(box.top, 0), Math.min(box.bottom, innerHeight), box.left, box.right];
        };
        const [top, bottom, left, right] = seen(".queue");
        const [above, below, start, end] = seen(".context");
        const overlap = Math.min(bottom, below) - Math.max(top, above) > 1 && Math.min(right, end) - Math.max(left, start) > 1;
        const strangers = [...document.querySelectorAll("#filters a")].filter((link) => {
            const box = link.getBoundingClientRect();
            return [0.1, 0.5, 0.9].some((part) => {
                const y = box.top + box.height / 2;
                return y > 0 && y < innerHeight && document.elementFromPoint(box.left + part * box.width, y)?.closest("a") !== link;
            });
        });
        const [over, under, begin, stop] = seen("#filters");
        let shining = 0;
        for (let y = over + 1; y < under; y += 5)
            for (let x = begin + 1; x < stop; x += 5)
                shining += Boolean(document.elementFromPoint(x, y)?.closest(".row"));
        return [overlap, strangers.map((link) => link.textContent), shining];
    }"""
    last = Claim.objects.of_article(barns).filter(source__name="Ada Venn").in_reading_order().last()
    page.goto(f"{page.url}?claim={last.pk}")
    expect(page.get_by_role("heading", name="This source")).to_be_attached()
    for share in (0, 0.1, 0.25, 0.5, 0.75, 0.9, 1):
        assert page.evaluate(look, share) == [False, [], 0], share


@pytest.mark.parametrize("size", [(390, 844), (320, 568), (720, 450)])
def test_a_claims_words_and_its_verdicts_are_in_sight_at_once(review, barns, size):
    """On phones, and on a laptop at 200 %."""
    page = review(size)
    for place in each_claim(page, barns):
        top = page.locator("#claim .words").evaluate("words => words.getClientRects()[0].top")
        box = page.get_by_role("button", name="Disputed").bounding_box()
        # They begin where one looks first, and never behind the verdicts.
        assert 0 <= top <= min(500, box["y"] - 24), place
        assert box["y"] + box["height"] <= size[1]
        assert box["height"] >= 44


def test_on_a_phone_what_leads_elsewhere_opens_from_a_button(review):
    page = review((390, 844))
    expect(page.get_by_role("link", name="Sources")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Sources").click()
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Article").click()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
