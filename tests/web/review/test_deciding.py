"""Giving a claim a verdict and evidence, without a browser: what is saved, and what is refused."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from claims.actions import decide_claim
from claims.choices import Verdict
from claims.models import Decision, Evidence
from claims.web.review.forms import CLAIM_ACTION_FORMS


class TestDeciding:
    def test_disputed_without_a_reason_changes_nothing(self, desk, claim):
        answer = desk.post(
            reverse("decide", args=[claim.pk]), {"version": 1, "verdict": "disputed", "reason": " "}
        )
        assert answer.status_code == 400
        assert "Say why this claim is disputed" in answer.content.decode()
        assert not Decision.objects.exists()

    def test_a_stale_version_changes_nothing_and_keeps_the_words(self, desk, chief, claim):
        decide_claim(
            actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED, reason="Theirs"
        )
        answer = desk.post(
            reverse("decide", args=[claim.pk]),
            {"version": 1, "verdict": "disputed", "reason": "Mine"},
        )
        assert answer.status_code == 409
        assert "Theirs" in answer.content.decode()
        assert "Mine" in answer.content.decode()
        assert Decision.objects.get().reason == "Theirs"

    @pytest.mark.parametrize(
        ("name", "word", "fields"),
        [
            ("decide", "", {"verdict": "verified", "evidence-url": "no address"}),
            ("decide", "", {"verdict": "maybe", "reason": "Mine"}),
            ("decide", "", {"verdict": "disputed", "reason": ""}),
            ("add-evidence", "", {"evidence-url": "no address"}),
            ("add-evidence", "", {}),
            ("change-claim", "reword", {"statement": ""}),
        ],
    )
    def test_that_somebody_else_changed_the_claim_comes_before_what_is_wrong_with_the_form(
        self, desk, chief, claim, name, word, fields
    ):
        decide_claim(
            actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED, reason="Theirs"
        )
        address = reverse(name, args=[claim.pk, word] if word else [claim.pk])
        answer = desk.post(address, {"version": 1, **fields})
        assert answer.status_code == 409
        assert "Your changes have not been saved yet" in answer.content.decode()
        assert Decision.objects.get().reason == "Theirs"

    def test_a_reader_is_refused_and_told_whom_to_ask(self, client, reader, claim):
        client.force_login(reader)
        answer = client.post(
            reverse("decide", args=[claim.pk]), {"version": 1, "verdict": "verified"}
        )
        assert answer.status_code == 403
        assert "Ask an administrator" in answer.content.decode()
        assert not Decision.objects.exists()

    def test_a_reader_sees_no_buttons(self, client, reader, article):
        client.force_login(reader)
        assert 'name="verdict"' not in client.get(article.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"version": 1},
            {"version": 1, "verdict": "maybe"},
            {"version": "x", "verdict": "verified"},
        ],
    )
    def test_a_form_without_its_parts_is_refused(self, desk, claim, fields):
        assert desk.post(reverse("decide", args=[claim.pk]), fields).status_code == 400
        assert not Decision.objects.exists()

    def test_a_wrong_link_saves_neither_evidence_nor_verdict(self, desk, claim):
        answer = desk.post(
            reverse("decide", args=[claim.pk]),
            {
                "version": 1,
                "verdict": "verified",
                "evidence-url": "javascript:alert(1)",
                "evidence-stance": "for",
                "evidence-looked_up": "2026-01-01",
            },
        )
        assert answer.status_code == 400
        assert not Decision.objects.exists()
        assert not Evidence.objects.exists()

    def test_a_double_click_decides_once(self, desk, claim):
        for _click in range(2):
            answer = desk.post(
                reverse("decide", args=[claim.pk]), {"version": 1, "verdict": "verified"}
            )
            assert answer.status_code == 302
        assert Decision.objects.count() == 1

    def test_a_double_click_adds_one_document(self, desk, claim):
        fields = {
            "version": 1,
            "evidence-url": "https://example.org/a",
            "evidence-stance": "for",
            "evidence-looked_up": "2026-01-01",
        }
        for _click in range(2):
            assert desk.post(reverse("add-evidence", args=[claim.pk]), fields).status_code == 302
        assert Evidence.objects.count() == 1

    def test_the_verdict_in_force_again_is_no_second_decision(self, desk, claim):
        for version in (1, 2):
            fields = {"version": version, "verdict": "verified", "reason": "As the log says"}
            assert desk.post(reverse("decide", args=[claim.pk]), fields).status_code == 302
        assert Decision.objects.count() == 1

    def test_evidence_without_a_link_says_so(self, desk, claim):
        fields = {"version": 1, "reason": "Typed", "evidence-stance": "for"}
        answer = desk.post(
            reverse("add-evidence", args=[claim.pk]), fields | {"evidence-looked_up": "2026-01-01"}
        )
        assert answer.status_code == 400
        assert "the document is missing" in answer.content.decode()
        assert "Typed" in answer.content.decode()

    def test_evidence_on_a_stale_claim_is_kept_in_the_form(self, desk, chief, claim):
        decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        fields = {
            "version": 1,
            "evidence-url": "https://example.org/mine",
            "evidence-stance": "for",
            "evidence-looked_up": "2026-01-01",
        }
        answer = desk.post(reverse("add-evidence", args=[claim.pk]), fields)
        assert answer.status_code == 409
        assert "https://example.org/mine" in answer.content.decode()
        assert not Evidence.objects.exists()

    def test_an_undo_after_somebody_elses_change_is_refused(self, desk, chief, claim):
        decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        first = claim.changed.get().change
        decide_claim(actor=chief, claim_id=claim.pk, version=2, verdict=Verdict.PENDING)
        answer = desk.post(reverse("undo", args=[first.pk]))
        assert answer.status_code == 409
        assert "someone has changed the claim since" in answer.content.decode()
        assert Decision.objects.count() == 2

    def test_a_second_click_on_undo_undoes_once(self, desk, claim):
        desk.post(reverse("decide", args=[claim.pk]), {"version": 1, "verdict": "verified"})
        change = claim.changed.get().change
        for _click in range(2):
            assert desk.post(reverse("undo", args=[change.pk])).status_code == 302
        assert [one.verdict for one in claim.decisions.newest_first()] == ["pending", "verified"]

    @pytest.mark.parametrize("name", ["decide", "add-evidence"])
    def test_a_form_without_a_version_is_refused(self, desk, claim, name):
        answer = desk.post(reverse(name, args=[claim.pk]), {"verdict": "verified"})
        assert answer.status_code == 400
        assert not Decision.objects.exists()

    def test_an_expired_login_answers_htmx_with_a_notice(self, client, claim):
        answer = client.post(
            reverse("decide", args=[claim.pk]), {"version": 1}, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 401
        assert answer["HX-Retarget"] == "#notice"
        assert "Your login has expired" in answer.content.decode()

    def test_a_refusal_answers_htmx_with_a_notice(self, client, reader, claim):
        client.force_login(reader)
        answer = client.post(
            reverse("decide", args=[claim.pk]),
            {"version": 1, "verdict": "verified"},
            headers={"HX-Request": "true"},
        )
        assert answer.status_code == 403
        assert answer["HX-Retarget"] == "#notice"

    def test_only_posts_change_anything(self, desk, claim):
        for name in ("decide", "add-evidence"):
            assert desk.get(reverse(name, args=[claim.pk])).status_code == 405
        for word in CLAIM_ACTION_FORMS:
            assert desk.get(reverse("change-claim", args=[claim.pk, word])).status_code == 405

    def test_forms_need_their_token(self, editor, claim):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)
        answer = client.post(
            reverse("decide", args=[claim.pk]), {"version": 1, "verdict": "verified"}
        )
        assert answer.status_code == 403
        assert "opened before you last logged in" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "typed", "what"),
    [
        (("decide",), {"verdict": "verified"}, "Decided · Verified · {claim}"),
        (("change-claim", "source"), {"name": "Bo Venn"}, "Changed the source · {claim}"),
        (
            ("change-claim", "source"),
            {"name": "Bo Venn", "others": "speaker"},
            "Changed the source · 3 claims",
        ),
        (
            ("change-claim", "checkable"),
            {"checkable": "no"},
            "Marked as checkable or not checkable",
        ),
    ],
)
def test_the_notice_says_what_was_saved_and_nothing_more(desk, claim, address, typed, what):
    name, *rest = address
    answer = desk.post(
        reverse(name, args=[claim.pk, *rest]),
        {"version": claim.version, **typed},
        headers={"HX-Request": "true"},
    )
    (notice,) = re.findall(r"<span data-unheard>(.*?)</span>\n", answer.content.decode())
    said = " ".join(strip_tags(notice).split())
    assert re.sub(r"\d\d:\d\d", "…", said) == f"Saved at …: {what.format(claim=claim.statement)}"
