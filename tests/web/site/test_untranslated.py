"""No page has untranslated texts: in a test language with every text in brackets, none is outside them."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from claims.actions import (
    EvidenceDraft,
    ask_second_check,
    assign_claims,
    comment,
    decide_claim,
    dismiss_claims,
    import_article,
    mark_checkable,
    send_back,
    undo_change,
)
from claims.choices import AnchorStatus, JobStatus, Verdict
from claims.errors import UnreachableError, as_data, gettext_noop
from claims.ingest.types import ArticleDraft
from claims.models import BulkChange, Change, Claim, IntakeItem, SavedFilter, Tag
from claims.web.claims.tables import ClaimTable
from claims.web.components import template_tags
from claims.web.review.forms import CLAIM_ACTION_FORMS
from claims.web.review.parts import forms, steps
from tests.models import rows
from tests.web.site.brackets import left_in_english, nothing_is_left_in
from tests.web.site.busy_pages import of_links, of_reports, of_sources

COLUMNS = list(ClaimTable.base_columns)


@pytest.fixture
def brackets(monkeypatch):
    """Every translation is its English text in brackets; what a page keeps between requests is drawn anew."""
    _forget()
    catalogue = translation._trans
    translation.gettext("")  # the catalogue is chosen at the first call
    monkeypatch.setattr(catalogue, "gettext", lambda text: f"⟦{text}⟧" if text else "")
    monkeypatch.setattr(catalogue, "pgettext", lambda _context, text: f"⟦{text}⟧")
    monkeypatch.setattr(
        catalogue, "ngettext", lambda one, many, number: f"⟦{one if number == 1 else many}⟧"
    )
    monkeypatch.setattr(
        catalogue,
        "npgettext",
        lambda _context, one, many, number: f"⟦{one if number == 1 else many}⟧",
    )
    yield
    _forget()


def _forget() -> None:
    cache.clear()
    for module in (template_tags, forms, steps):
        for one in vars(module).values():
            if hasattr(one, "cache_clear") and not isinstance(one, type):
                one.cache_clear()


@pytest.fixture
def busy(article, editor, chief) -> list[Claim]:
    """The article's claims, in every state that a page shows."""
    claims = list(Claim.objects.of_article(article).in_reading_order())
    first, second, third, fourth, *_rest = claims
    evidence = EvidenceDraft(
        title="T",
        url="https://example.org/",
        primary=True,
        interest="I",
        archive_url="https://example.org/a",
    )
    decide_claim(
        actor=editor,
        claim_id=first.pk,
        version=1,
        verdict=Verdict.DISPUTED,
        reason="R",
        evidence=evidence,
    )
    send_back(actor=chief, claim_id=first.pk, version=2, comment="C")
    comment(actor=chief, claim_id=first.pk, text="C")
    decide_claim(actor=editor, claim_id=second.pk, version=1, verdict=Verdict.VERIFIED)
    ask_second_check(actor=editor, claim_id=second.pk, version=2, blind=True)
    assign_claims(actor=chief, versions={third.pk: 1}, to=editor)
    mark_checkable(actor=editor, claim_id=third.pk, version=2, checkable=False)
    undo_change(actor=editor, change_id=Change.objects.newest_first()[0].pk)
    undo_change(actor=editor, change_id=Change.objects.newest_first()[0].pk)
    dismiss_claims(actor=editor, versions={fourth.pk: 1})
    return claims


@pytest.mark.usefixtures("brackets")
class TestNoWordIsLeft:
    def test_when_an_article_has_a_new_text(self, client, editor, article):
        client.force_login(editor)
        address = reverse("update-article", args=[article.pk])
        body = article.current_revision().body
        new = body.replace("two pillars", "three pillars").replace("Nobody was hurt", "Snow fell")
        new = f"The bridge was built in 1931.\n\n{new}\n\nA ferry sails instead."
        look = client.post(address, {"text": new, "step": "look"})
        nothing_is_left_in(look)
        seen = look.context["plan"].seen
        nothing_is_left_in(client.post(address, {"text": new, "step": "do", "seen": "x"}))
        client.post(address, {"text": new, "step": "do", "seen": seen})
        for anchor_status in AnchorStatus.values:
            nothing_is_left_in(client.get(reverse("claims") + f"?state={anchor_status}"))
        for claim in Claim.objects.exclude(anchor_status=None):
            nothing_is_left_in(client.get(reverse("find-claim", args=[claim.pk]), follow=True))
        nothing_is_left_in(client.get(reverse("article-history", args=[article.pk])))
        nothing_is_left_in(client.post(address, {"text": new, "step": "look"}))

    def test_when_files_come_in(self, client, editor):
        client.force_login(editor)
        address = reverse("bring-files")
        story = "---\nheadline: Bridge over the Olm closed\nurl: https://example.org/rain\n---\nRain fell on {}."
        for name, text in (("a.txt", story.format("Ostrey")), ("b.txt", story.format("Olm"))):
            for _time in range(2):
                file = SimpleUploadedFile(name, text.encode())
                nothing_is_left_in(client.post(address, {"files": [file]}))
        bad = [SimpleUploadedFile("c.gif", b"GIF"), SimpleUploadedFile("d.txt", b" ")]
        nothing_is_left_in(client.post(address, {"files": bad}))
        nothing_is_left_in(client.post(address))
        for intake in IntakeItem.objects.to_look_at():
            nothing_is_left_in(client.get(reverse("intake", args=[intake.pk])))
            nothing_is_left_in(client.post(reverse("intake", args=[intake.pk]), {"text": " "}))
        nothing_is_left_in(client.post(reverse("accept-item", args=[intake.pk]), follow=True))
        for sent in ({}, {"intake": [one.pk for one in IntakeItem.objects.to_look_at()]}):
            nothing_is_left_in(client.post(reverse("accept-inbox"), sent, follow=True))

    def test_in_any_state_of_the_tray(self, client, editor):
        client.force_login(editor)
        error = as_data(UnreachableError(host="h", why=gettext_noop("the connection was lost")))
        for progress in ("waiting", "running", "failed", "stopped", "done"):
            rows.intake(editor, draft=None, address="h", status=progress, error=error)
        for tries in (1, 2):
            rows.intake(editor, status="waiting", attempts=tries, retry_at=timezone.now())
        rows.intake(editor, status="running")
        IntakeItem.objects.exclude(draft=None).update(
            draft={"headline": "Bridge over the Olm closed"}
        )
        nothing_is_left_in(client.get(reverse("new-article")))
        nothing_is_left_in(client.post(reverse("bring-address"), {"address": "nowhere"}))
        nothing_is_left_in(
            client.post(reverse("bring-address"), {"address": "h"}, HTTP_HX_REQUEST="true")
        )

    def test_on_the_pages_of_the_desk(self, client, editor, chief, article, busy):
        addresses = [
            reverse("dashboard"),
            reverse("articles"),
            reverse("articles") + "?waiting=1",
            reverse("new-article"),
            reverse("claims"),
            reverse("claims") + "?state=all&" + "&".join(f"columns={name}" for name in COLUMNS),
            reverse("claims") + "?verdict=verified&assigned=me&source=ada+venn&worth=0.5",
            reverse("claims") + "?verdict=perhaps",
            reverse("claims-filter") + "?assigned=me",
            reverse("claims") + "?sort=-decided&q=bridge",
            reverse("search") + "?q=olm",
            reverse("search") + "?q=nothing+such",
            reverse("change-claims") + f"?every=1&list=verdict%3Dpending&chosen={busy[0].pk}",
            f"{article.get_absolute_url()}?list=state%3Dall",
            reverse("bulk-changes"),
            reverse("article-history", args=[article.pk]),
            *(reverse("claim-history", args=[claim.pk]) for claim in busy),
            reverse("source-history", args=[busy[0].source_id]),
            *of_sources(busy[0].source, editor),
            *of_reports(article, busy[0], chief),
            *of_links(busy[0], chief),
            reverse("update-article", args=[article.pk]),
            f"{article.get_absolute_url()}?show=mine",
            *(f"{article.get_absolute_url()}?claim={claim.pk}" for claim in busy),
            "/nowhere/",
        ]
        for person in (editor, chief):
            client.force_login(person)
            found = {address: left_in_english(client.get(address), busy) for address in addresses}
            assert {address: words for address, words in found.items() if words} == {}

    def test_on_pages_without_anything(self, client, chief):
        client.force_login(chief)
        pages = (
            "dashboard",
            "articles",
            "claims",
            "search",
            "bulk-changes",
            "sources",
            "source-duplicates",
            "statistics",
            "reports",
            "broken-links",
            "corrections",
        )
        for name in pages:
            nothing_is_left_in(client.get(reverse(name)))
        empty = import_article(
            actor=chief, draft=ArticleDraft(headline="H", body="Rain fell.")
        ).article
        nothing_is_left_in(client.get(f"{empty.get_absolute_url()}?show=disputed"))
        nothing_is_left_in(client.get(reverse("article-history", args=[empty.pk])))
        nothing_is_left_in(client.get(reverse("articles") + "?waiting=1"))

    def test_on_the_login_and_its_refusal(self, client, db):
        nothing_is_left_in(client.get(reverse("login")))
        nothing_is_left_in(client.post(reverse("login"), {"username": "a", "password": "b"}))

    def test_in_what_forms_answer(self, client, editor, chief, reader, busy):
        client.force_login(editor)
        first, second, third, fourth, *_rest = busy
        for fields in (
            {},
            {"version": 1, "verdict": "verified", "reason": "Mine"},
            {"version": 3, "verdict": "disputed", "evidence-url": "no address"},
            {"version": 3, "verdict": "disputed"},
        ):
            nothing_is_left_in(client.post(reverse("decide", args=[first.pk]), fields))
        nothing_is_left_in(client.post(reverse("add-evidence", args=[first.pk]), {"version": 3}))
        nothing_is_left_in(client.post(reverse("new-article"), {"text": "", "published_at": "x"}))
        for word in CLAIM_ACTION_FORMS:
            for claim in (second, third, fourth):
                stale = {"version": 99}
                answer = client.post(reverse("change-claim", args=[claim.pk, word]), stale)
                assert answer.status_code >= 400 or word == "comment"
                nothing_is_left_in(answer)

    def test_on_the_way_of_a_bulk_change(self, client, editor, busy):
        client.force_login(editor)
        tag = Tag.objects.create(name="T").pk
        address = reverse("change-claims") + "?every=1&list=state%3Dall&back=/articles/1/"
        for fields in (
            {"what": "disputed"},
            {"what": "source"},
            {"what": "source", "source": "ada venn"},
            {"what": "add_tag"},
            {"what": "verified", "reason": "R"},
            {"what": "add_tag", "tag": tag},
            {"what": "assign", "to": editor.pk},
            {"what": "dismiss"},
            {"what": "restore"},
        ):
            answer = client.post(address, fields, follow=True)
            nothing_is_left_in(answer)
        bulk_change = BulkChange.objects.latest("pk")
        for action in ("start", "undo"):
            nothing_is_left_in(
                client.post(reverse(f"{action}-bulk-change", args=[bulk_change.pk]), follow=True)
            )
        nothing_is_left_in(client.get(reverse("bulk-changes")))
        for progress in JobStatus.values:
            BulkChange.objects.filter(pk=bulk_change.pk).update(status=progress)
            nothing_is_left_in(client.get(reverse("bulk-change", args=[bulk_change.pk])))

    def test_where_filters_are_kept(self, client, editor, chief):
        client.force_login(editor)
        for shared in ({}, {"shared": "on"}):
            typed = {"name": "Ada Venn", "query": "", **shared}
            nothing_is_left_in(client.post(reverse("save-filter"), typed, follow=True))
        nothing_is_left_in(client.post(reverse("save-filter"), {"name": ""}, follow=True))
        kept = SavedFilter.objects.get()
        client.force_login(chief)
        nothing_is_left_in(client.get(reverse("claims")))
        nothing_is_left_in(client.post(reverse("delete-filter", args=[kept.pk])))
        client.force_login(editor)
        nothing_is_left_in(client.post(reverse("delete-filter", args=[kept.pk]), follow=True))

    def test_in_the_parts_that_htmx_asks_for(self, client, editor, reader, article, busy):
        asked = {"HX-Request": "true"}
        first = busy[0]
        address = reverse("decide", args=[first.pk])
        nothing_is_left_in(client.post(address, headers=asked))
        client.force_login(reader)
        nothing_is_left_in(
            client.post(address, {"version": 3, "verdict": "verified"}, headers=asked)
        )
        client.force_login(editor)
        answer = client.post(address, {"version": 3, "verdict": "verified"}, headers=asked)
        assert answer.status_code == 200
        nothing_is_left_in(answer)
        nothing_is_left_in(client.post(reverse("presence", args=[article.pk]), headers=asked))

    def test_on_the_admins_pages_around_the_data(self, client, chief):
        client.force_login(chief)
        for name in ("index", "claims_source_add", "claims_evidence_add", "claims_alias_add"):
            nothing_is_left_in(client.get(reverse(f"admin:{name}")))

    def test_when_the_workbench_fails(self, editor, monkeypatch):
        monkeypatch.setattr("claims.web.dashboard.mine", None)
        client = Client(raise_request_exception=False)
        client.force_login(editor)
        answer = client.get(reverse("dashboard"))
        assert answer.status_code == 500
        nothing_is_left_in(answer)


def test_the_reader_of_pages_sees_what_is_left():
    class Answer:
        content = b'<p title="Left"><b>\xe2\x9f\xa6Told \xe2\x9f\xa6in\xe2\x9f\xa7\xe2\x9f\xa7</b> over <bdi>Name</bdi></p>'

    assert left_in_english(Answer) == ["Left", "over"]
