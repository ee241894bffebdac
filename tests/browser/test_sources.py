"""Sources in a browser: one is merged into another and separated again; how the pages look."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from claims.actions import decide_claim, enter_record, merge_sources
from claims.choices import Quotation, SourceKind, Verdict
from claims.models import Alias, Claim, Outlet, Source
from tests.browser.layout import violations
from tests.browser.screens import on_screens
from tests.models import rows

MINISTER = SourceKind.MINISTER
STATEMENTS = (
    "The bridge over the Olm will stay closed until May",
    "Two pillars have cracks",
    "Nobody was hurt",
)


@pytest.fixture
def sources(desk, editor, chief) -> dict[str, Source]:
    """Two records of one minister, each with claims, among others of some weeks, outlets and kinds."""
    outlets = [
        enter_record(actor=chief, record=Outlet(name=name))
        for name in ("The Ostrey Courier (fiction)", "Olm Radio and Evening Telegraph (fiction)")
    ]
    found = {
        name: enter_record(actor=chief, record=Source(name=name, kind=kind, **fields))
        for name, kind, fields in (
            (
                "Ada Venn",
                MINISTER,
                {
                    "organisation": "Ministry of Transport",
                    "country": "Ostrey",
                    "wikidata": "Q42",
                    "links": "https://venn.example.org/" + "a" * 60,
                    "note": "Answers on Mondays, by telephone only.",
                },
            ),
            ("A. Venn", MINISTER, {}),
            ("Bo Tarn", SourceKind.WITNESS, {}),
            ("Institute of Bridges and Waterways of the Eastern Olm", SourceKind.EXPERT, {}),
        )
    }
    enter_record(actor=chief, record=Alias(source=found["Ada Venn"], name="The Iron Engineer"))
    for number, (source, age) in enumerate(
        (source, age)
        for age in range(0, 70, 7)
        for source in (*found.values(), None, found["Ada Venn"])
        if source is None or age % (7 * (1 + source.pk % 3)) == 0
    ):
        article = rows.article(
            editor,
            headline=f"Bridge over the Olm closed, day {number}",
            outlet=(*outlets, None)[number % 3],
            published_at=timezone.now() - timedelta(days=age),
        )
        claim = rows.claim(
            rows.revision(editor, article=article),
            source=source,
            statement=STATEMENTS[number % 3],
            role="the transport minister" if source and source.kind == MINISTER else "",
            quotation=Quotation.INDIRECT if source else Quotation.NARRATION,
        )
        verdict = (Verdict.VERIFIED, Verdict.PENDING, Verdict.VERIFIED, Verdict.DISPUTED)[
            number % 4
        ]
        if verdict != Verdict.PENDING:
            decide_claim(
                actor=chief, claim_id=claim.pk, version=1, verdict=verdict, reason="Notice"
            )
    return found


def test_two_are_merged_and_come_apart_again(page, desk, editor, log_in, problems, sources):
    ada, short = sources["Ada Venn"], sources["A. Venn"]
    own = {one.pk: set(one.claims.values_list("pk", flat=True)) for one in (ada, short)}
    log_in(page, editor).goto(desk + reverse("dashboard"))
    page.get_by_role("link", name="Sources", exact=True).click()
    page.get_by_role("link", name="Possible duplicates").click()
    proposal = page.get_by_role("listitem").filter(has_text="A. Venn")
    expect(proposal).to_contain_text("the same surname and compatible first names")
    proposal.get_by_role("link", name="Merge").click()
    expect(page.get_by_text("Claims to be moved")).to_be_visible()
    expect(page.locator("dl.merging")).to_contain_text("Claims to be moved")
    page.get_by_role("button", name="Merge").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Venn")
    expect(page.locator(".messagelist")).to_contain_text(
        "“A. Venn” has been merged into “Ada Venn”."
    )
    expect(page.get_by_text("from A. Venn")).to_be_visible()
    expect(page.locator("table.list tbody tr")).to_have_count(len(own[ada.pk] | own[short.pk]))
    assert set(ada.claims.values_list("pk", flat=True)) == own[ada.pk] | own[short.pk]

    page.get_by_role("link", name="A. Venn", exact=True).first.click()
    expect(page.get_by_text("This source has been merged into Ada Venn.")).to_be_visible()
    page.get_by_role("button", name="Undo the merge").focus()
    page.keyboard.press("Enter")
    number = len(own[short.pk])
    expect(page.locator(".messagelist")).to_contain_text(
        f"is a separate source again, with {number} claims."
    )
    expect(page.locator("table.list tbody tr")).to_have_count(number)
    page.goto(desk + ada.get_absolute_url())
    expect(page.locator("table.list tbody tr")).to_have_count(len(own[ada.pk]))
    assert {one.pk: set(one.claims.values_list("pk", flat=True)) for one in (ada, short)} == own
    expect(page.get_by_role("heading", name="Possible duplicates")).to_be_visible()
    page.get_by_role("button", name="Mark as different").click()
    expect(page.locator(".messagelist")).to_contain_text("are marked as different")
    expect(page.get_by_role("heading", name="Possible duplicates")).to_have_count(0)
    assert problems == []


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "de")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    page, desk, editor, log_in, problems, sources, scheme, language
):
    page.set_extra_http_headers({"Accept-Language": language})
    log_in(page, editor)
    ada, short, third = (sources[name] for name in ("Ada Venn", "A. Venn", "Bo Tarn"))
    addresses = {
        "sources": reverse("sources"),
        "nothing found": reverse("sources") + "?name=zzz",
        "source": ada.get_absolute_url(),
        "alike": reverse("source-duplicates"),
        "find": reverse("merge-source", args=[short.pk]) + "?name=ada",
        "merge": reverse("merge-source", args=[short.pk]) + f"?into={ada.pk}",
        "statistics": reverse("statistics"),
        "figures of a year": reverse("statistics") + "?weeks=52",
        "merged": third.get_absolute_url(),
    }
    merge_sources(actor=editor, source=third, into=ada)
    assert not Claim.objects.filter(source=third).exists()
    found = {}
    for name, address in addresses.items():
        page.goto(desk + address)
        for screen in on_screens(page, schemes=[scheme]):
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{name} is {wide} px wider than the screen: {screen}"
            found[f"{name}, {screen}"] = violations(page)
    assert "".join(found.values()) == "", found
    assert problems == []
