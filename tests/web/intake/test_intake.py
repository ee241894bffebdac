"""Adding articles as files, by address and pasted: the inbox, the preview, and what happens to each."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claims.actions import ask_second_check, decide_claim, request_fetch
from claims.choices import DuplicateReason, JobStatus, Verdict
from claims.models import Article, Claim, IntakeItem
from tests.fetching.sites import Site, page, redirect

STORY = """---
headline: Ferry to Marrow Quay
url: https://courier.example.org/ferry
published: 2026-03-04 05:06+00:00
---
The ferry will sail on Monday, officials said.
"""

LONG = """Rain fell on Ostrey for nine days, and the Olm rose by two metres, the weather office said.

It will fall until Friday, and no ferry will sail before that, officials said."""


def send(browser, *files: tuple[str, str], **headers):
    sent = [SimpleUploadedFile(name, content.encode()) for name, content in files]
    return browser.post(reverse("bring-files"), {"files": sent}, **headers)


def keep(browser, intake: IntakeItem, **fields: str):
    """Keep an article from its preview, with what was changed there."""
    typed = {"language": "en", "headline": intake.headline, "text": intake.draft["body"]}
    known = {name: intake.draft[name] for name in ("url", "outlet", "byline")}
    sent = {**typed, **known, "step": "keep", **fields}
    return browser.post(reverse("intake", args=[intake.pk]), sent)


def words_of(page) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", page.content.decode()).split())


def test_several_files_lie_in_the_tray_and_nothing_is_saved_before_it_was_looked_at(desk):
    page = send(desk, ("ferry.md", STORY), ("rain.txt", "Rain fell.\n\nIt fell on Ostrey."))
    assert page.status_code == 200
    assert not Article.objects.exists()
    for intake in IntakeItem.objects.all():
        assert reverse("intake", args=[intake.pk]) in page.content.decode()
    assert [one.headline for one in IntakeItem.objects.order_by("pk")] == [
        "Ferry to Marrow Quay",
        "Rain fell.",
    ]


def test_a_preview_shows_the_claims_and_what_is_changed_there_is_kept(desk):
    send(desk, ("ferry.md", STORY))
    intake = IntakeItem.objects.get()
    page = desk.get(reverse("intake", args=[intake.pk]))
    assert "1 claim found from 1 source" in words_of(page)
    assert 'href="#claim-1"' in page.content.decode()
    answer = keep(desk, intake, headline="Ferry again", outlet="The Courier (fiction)")
    article = Article.objects.get()
    assert answer["Location"] == article.get_absolute_url()
    assert (article.headline, article.outlet.name) == ("Ferry again", "The Courier (fiction)")
    assert Claim.objects.of_article(article).count() == 1
    intake.refresh_from_db()
    assert (intake.status, intake.article, intake.draft) == (JobStatus.DONE, article, None)
    address = reverse("intake", args=[intake.pk])
    assert desk.get(address)["Location"] == article.get_absolute_url()
    # As if the article had been deleted since.
    IntakeItem.objects.update(article=None)
    assert desk.get(address)["Location"] == reverse("new-article")


def test_a_preview_can_be_looked_at_again_with_another_text(desk):
    send(desk, ("ferry.md", STORY))
    intake = IntakeItem.objects.get()
    more = intake.draft["body"] + "\n\nTwo piers flooded, the harbour master said."
    page = keep(desk, intake, text=more, step="look")
    assert "2 claims found from 2 sources" in words_of(page)
    assert not Article.objects.exists()
    intake.refresh_from_db()
    assert intake.draft["body"] == more


def test_what_is_wrong_in_a_preview_is_said_and_what_was_typed_stays(desk):
    send(desk, ("ferry.md", STORY))
    page = keep(desk, IntakeItem.objects.get(), text=" ", headline="Typed anew")
    assert page.status_code == 400
    assert "There is no text to split" in page.content.decode()
    assert 'value="Typed anew"' in page.content.decode()
    assert not Article.objects.exists()


def test_what_was_typed_lies_in_the_tray_until_it_is_kept(desk):
    fields = {"language": "en", "headline": "Rain", "text": "It rained, officials said."}
    answer = desk.post(reverse("new-article"), {**fields, "step": "look"})
    intake = IntakeItem.objects.get()
    assert answer["Location"] == reverse("intake", args=[intake.pk])
    assert "Rain" in desk.get(reverse("new-article")).content.decode()
    desk.post(reverse("discard-item", args=[intake.pk]))
    assert not IntakeItem.objects.exists()
    assert not Article.objects.exists()


def test_pasted_at_once_it_is_kept_unless_something_like_it_is_here(desk):
    fields = {"language": "en", "headline": "Rain", "text": LONG}
    desk.post(reverse("new-article"), fields)
    article = Article.objects.get()
    answer = desk.post(
        reverse("new-article"), {**fields, "text": f"{LONG} More rain came.", "headline": "Rain 2"}
    )
    page = desk.get(answer["Location"]).content.decode()
    assert "Nothing has been saved yet" in page
    assert "Nearly the same text" in page
    assert "% of the shorter text" in page
    assert article.get_absolute_url() in page
    assert Article.objects.get() == article


def test_a_duplicate_does_not_tell_a_verdict_that_is_to_be_checked_blind(
    client, desk, editor, chief, article, claim
):
    decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=True)
    send(desk, ("again.md", f"# Again\n\n{article.current_revision().body}"))
    total = Claim.objects.active().of_article(article).count()
    page = desk.get(reverse("intake", args=[IntakeItem.objects.get().pk]))
    assert f"0 of {total} claims decided" in words_of(page)
    # The person who set the verdict may know it.
    client.force_login(chief)
    send(client, ("again.md", f"# Again\n\n{article.current_revision().body}"))
    page = client.get(reverse("intake", args=[IntakeItem.objects.get(actor=chief).pk]))
    assert f"1 of {total} claims decided" in words_of(page)


def test_all_that_is_new_is_kept_by_the_worker(desk, work):
    send(desk, ("ferry.md", STORY), ("rain.txt", LONG))
    ready = IntakeItem.objects.to_look_at()
    shown = list(ready.values_list("pk", flat=True))
    page = desk.get(reverse("new-article")).content.decode()
    assert page.count('form="accept-inbox"') == 2
    answer = desk.post(reverse("accept-inbox"), {"intake": shown}, follow=True)
    assert "2 articles are being split." in answer.content.decode()
    assert not Article.objects.exists()
    assert answer.content.decode().count('hx-trigger="every 1s"') == 2
    work()
    assert Article.objects.count() == 2
    assert desk.get(reverse("new-article")).content.decode().count("Accepted:") == 2


def test_a_line_is_written_anew_only_when_it_says_something_new(desk, work):
    send(desk, ("ferry.md", STORY))
    intake = IntakeItem.objects.get()
    desk.post(reverse("accept-inbox"), {"intake": [intake.pk]})
    page = desk.get(reverse("new-article")).content.decode()
    asks = html.unescape(re.search(r'hx-get="([^"]*seen[^"]*)"', page)[1])
    assert desk.get(asks, HTTP_HX_REQUEST="true").status_code == 204
    work()
    line = desk.get(asks, HTTP_HX_REQUEST="true").content.decode()
    assert "Accepted:" in line
    assert "hx-trigger" not in line


def test_one_that_cannot_be_read_says_why_and_the_others_come_in(desk):
    page = send(desk, ("empty.txt", " "), ("picture.gif", "GIF89a"), ("ferry.md", STORY))
    said = page.content.decode()
    assert "There is no text to split" in said
    assert "There is no format “gif”" in said
    assert IntakeItem.objects.get().headline == "Ferry to Marrow Quay"


def test_the_same_file_again_lies_there_once_and_is_the_same_article(desk):
    for _time in range(2):
        send(desk, ("ferry.md", STORY))
    keep(desk, IntakeItem.objects.get())
    article = Article.objects.get()
    page = send(desk, ("ferry again.md", STORY))
    assert "Same text" in page.content.decode()
    again = IntakeItem.objects.to_look_at().get()
    assert (again.article, again.duplicate_reason) == (article, DuplicateReason.TEXT)
    assert keep(desk, again)["Location"] == article.get_absolute_url()
    assert Article.objects.count() == 1


def test_a_duplicate_says_how_far_its_claims_are(desk, editor):
    send(desk, ("ferry.md", STORY))
    keep(desk, IntakeItem.objects.get())
    claim = Claim.objects.get()
    decide_claim(actor=editor, claim_id=claim.pk, version=claim.version, verdict=Verdict.VERIFIED)
    send(desk, ("ferry.md", STORY))
    page = desk.get(reverse("intake", args=[IntakeItem.objects.to_look_at().get().pk]))
    assert "1 of 1 claim decided" in page.content.decode()


def test_another_text_of_the_same_address_is_no_second_article_but_can_be_compared(desk):
    send(desk, ("ferry.md", STORY))
    keep(desk, IntakeItem.objects.get())
    changed = STORY.replace("Monday", "Tuesday")
    page = send(desk, ("ferry.md", changed)).content.decode()
    assert "Same address, different text" in page
    assert 'form="accept-inbox"' not in page
    article = Article.objects.get()
    page = desk.get(reverse("intake", args=[IntakeItem.objects.to_look_at().get().pk]))
    assert reverse("update-article", args=[article.pk]) in page.content.decode()
    sent = {"text": "The ferry will sail on Tuesday, officials said.", "step": "look"}
    look = desk.post(reverse("update-article", args=[article.pk]), sent)
    assert "What happens to the claims" in look.content.decode()


def test_a_tray_is_its_persons_alone(desk, chief):
    send(desk, ("ferry.md", STORY))
    intake = IntakeItem.objects.get()
    other = Client()
    other.force_login(chief)
    assert "Marrow Quay" not in other.get(reverse("new-article")).content.decode()
    assert other.get(reverse("intake", args=[intake.pk])).status_code == 404
    for action in ("accept", "retry", "discard"):
        assert other.post(reverse(f"{action}-item", args=[intake.pk])).status_code == 404
    other.post(reverse("accept-inbox"), {"intake": [intake.pk]})
    assert "Marrow Quay" not in other.get("/admin/claims/intakeitem/").content.decode()
    intake.refresh_from_db()
    assert intake.status == JobStatus.PREVIEW


def test_htmx_gets_the_lines_alone(desk):
    part = send(desk, ("ferry.md", STORY), HTTP_HX_REQUEST="true").content.decode()
    assert part.strip().startswith("<li")
    assert "<html" not in part


def test_no_file_is_an_empty_tray(desk):
    assert "Your inbox is empty" in desk.post(reverse("bring-files")).content.decode()


def test_a_reader_brings_nothing_in(client, reader):
    client.force_login(reader)
    assert send(client, ("ferry.md", STORY)).status_code == 403
    assert not IntakeItem.objects.exists()


def test_files_are_sent_and_not_asked_for(desk):
    assert desk.get(reverse("bring-files")).status_code == 405


def test_a_hostile_name_stays_text(desk):
    page = send(desk, ("<img src=x onerror=alert(1)>.txt", " ")).content.decode()
    assert "<img src=x" not in page


PAGE = """<!doctype html><html lang="en"><head><title>Ferry to Marrow Quay</title>
<meta property="og:site_name" content="The Ostrey Courier (fiction)"></head><body><nav>Home News Sport</nav>
<article><h1>Ferry to Marrow Quay</h1>
<p>The ferry will sail on Monday, officials said, and every hour from then on.</p>
<p>Nobody had expected it before the summer, the harbour master said on Friday evening.</p></article></body></html>"""


@pytest.fixture
def site(site) -> Site:
    """A page, and an address that leads to it."""
    html = {"Content-Type": "text/html; charset=utf-8"}
    site.pages |= {"/ferry": page(PAGE.encode(), headers=html), "/moved": redirect("/ferry")}
    return site


def fetch(browser, address: str) -> str:
    return browser.post(reverse("bring-address"), {"address": address}).content.decode()


class TestAddress:
    def test_its_article_comes_in_with_its_address(self, desk, site):
        assert "Ferry to Marrow Quay" in fetch(desk, site.at("/moved"))
        keep(desk, IntakeItem.objects.get())
        article = Article.objects.get()
        assert (article.headline, str(article.outlet)) == (
            "Ferry to Marrow Quay",
            "The Ostrey Courier (fiction)",
        )
        assert article.url == site.at("/ferry")
        body = article.current_revision().body
        assert "harbour master" in body
        assert "Sport" not in body
        assert "Same text" in fetch(desk, site.at("/ferry"))

    def test_a_private_address_is_refused_unless_it_is_allowed(self, desk, site, settings):
        settings.FETCH_ALLOW = ()
        said = fetch(desk, site.at("/ferry"))
        assert "127.0.0.1" in said
        assert 'class="problem"' in said
        assert not Article.objects.exists()

    def test_what_is_not_there_is_said(self, desk, site):
        assert "there is nothing at this address" in fetch(desk, site.at("/gone"))

    @pytest.mark.parametrize(
        "address", ["", "ferry", "file:///etc/passwd", "http://a:b@example.org/"]
    )
    def test_what_is_no_address_is_said(self, desk, address):
        assert "This address cannot be fetched" in fetch(desk, address)
        assert not Article.objects.exists()

    def test_of_very_many_the_first_are_asked_for_and_the_others_stay_typed(self, desk, work):
        typed = "\n".join(f"https://courier.example.org/{number}" for number in range(60))
        page = desk.post(reverse("bring-address"), {"address": typed}, HTTP_HX_REQUEST="true")
        assert IntakeItem.objects.count() == 50
        assert "At most 50 at a time" in page.content.decode()
        field = re.search(r"<textarea[^>]*>([^<]*)<", page.content.decode())[1]
        assert field.split() == [f"https://courier.example.org/{n}" for n in range(50, 60)]

    def test_a_reader_fetches_nothing(self, client, reader, site):
        client.force_login(reader)
        assert (
            client.post(reverse("bring-address"), {"address": site.at("/ferry")}).status_code == 403
        )


def test_the_inbox_says_who_sees_what_of_it_and_data_entry_keeps_to_that(
    client, desk, editor, chief
):
    words = desk.get(reverse("new-article")).content.decode()
    assert "Only you can read its contents" in words
    assert "chief editors and administrators can see which addresses are being fetched" in words
    send(desk, ("ferry.md", STORY))
    request_fetch(actor=editor, address="https://courier.example.org/ferry")
    client.force_login(chief)
    seen = client.get(reverse("admin:claims_intakeitem_changelist")).content.decode()
    assert "https://courier.example.org/ferry" in seen
    assert seen.count('class="field-__str__"') == 1
