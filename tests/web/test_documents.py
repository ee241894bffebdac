"""Documents of the newsroom: found, attached to other claims, put in order, and their thumbnails."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    decide_claim,
    remove_evidence,
)
from claims.actions.thumbnails import enqueue_thumbnails
from claims.choices import Stance, Verdict
from claims.models import Claim, Evidence
from tests.conftest import claims_of, version_of
from tests.ingest.pictures import HOSTILE, png

NEW = {"evidence-url": "https://example.org/n", "evidence-looked_up": "2026-01-02"}
PART = {"HX-Request": "true"}


@pytest.fixture
def second(claims) -> Claim:
    """A claim of another sentence than the first one."""
    return claims[1]


@pytest.fixture
def piece(editor, second) -> Evidence:
    draft = EvidenceDraft(title="Register of bridges", url="https://olm.example.org/bridges")
    return add_evidence(actor=editor, evidence=draft, **version_of(second))


def panel(client, claim: Claim) -> str:
    return client.get(reverse("claim", args=[claim.pk]), headers=PART).content.decode()


@pytest.fixture
def find(desk, claim):
    def find(words: str) -> str:
        address = reverse("find-documents", args=[claim.pk])
        return desk.get(address, {"words": words}, headers=PART).content.decode()

    return find


@pytest.fixture
def attach(desk):
    def attach(piece: Evidence, to: Claim, **fields: object):
        sent = {"version": version_of(to)["version"], "document": piece.pk, **fields}
        return desk.post(reverse("attach-document", args=[to.pk]), sent)

    return attach


class TestFinding:
    @pytest.mark.parametrize("words", ["register", "bridges regi", "olm.example.org", "BRIDG"])
    def test_by_words_and_their_beginnings(self, find, piece, words):
        assert piece.title in find(words)

    def test_other_words_find_none(self, find, piece):
        assert "No document contains these words." in find("ferry")

    def test_nothing_is_sought_before_something_is_typed(self, find, piece):
        assert piece.title not in find(" ")

    def test_one_that_was_removed_everywhere_is_not_found(self, editor, find, second, piece):
        remove_evidence(actor=editor, evidence_id=piece.pk, version=version_of(second)["version"])
        assert piece.title not in find("register")

    def test_a_document_of_several_claims_is_shown_once(self, attach, find, claims, piece):
        attach(piece, claims[2])
        found = find("register")
        assert found.count("Attach here too") == 1
        assert "used for 2 claims" in found

    def test_what_the_claim_has_is_not_offered_again(self, attach, find, claim, piece):
        attach(piece, claim)
        found = find("register")
        assert "attached" in found
        assert "Attach here too" not in found

    def test_the_page_without_scripts_offers_the_same(self, desk, claim, piece):
        address = reverse("find-documents", args=[claim.pk])
        page = desk.get(address, {"words": "register"}).content.decode()
        assert "<h1>" in page
        assert "Attach here too" in page


class TestAttaching:
    def test_it_comes_back_with_the_claim(self, desk, attach, claim, piece):
        assert attach(piece, claim).status_code == 302
        assert piece.title in panel(desk, claim)

    @pytest.mark.parametrize(
        ("verdict", "stance"), [(Verdict.VERIFIED, Stance.FOR), (Verdict.DISPUTED, Stance.AGAINST)]
    )
    def test_its_stance_follows_the_verdict(self, editor, attach, claim, piece, verdict, stance):
        decide_claim(actor=editor, verdict=verdict, reason="Eight.", **version_of(claim))
        attach(piece, claim, stance="")
        assert claim.evidence.get().stance == stance

    def test_who_checks_blind_learns_nothing_by_it(self, chief, attach, claim, piece):
        decide_claim(actor=chief, verdict=Verdict.DISPUTED, reason="Eight.", **version_of(claim))
        ask_second_check(actor=chief, blind=True, **version_of(claim))
        attach(piece, claim, stance="")
        assert claim.evidence.get().stance == Stance.FOR

    def test_to_all_claims_of_a_sentence(self, desk, attach, article):
        first, other = (
            next(one for one in claims_of(article) if word in one.quote)
            for word in ("damaged", "flooded")
        )
        new = {"version": 1, "everywhere": "on", **NEW}
        desk.post(reverse("add-evidence", args=[first.pk]), new)
        assert {piece.claim for piece in Evidence.objects.all()} == {first, other}

    @pytest.mark.parametrize("way", ["add-evidence", "attach-document"])
    def test_who_checks_another_claim_of_the_sentence_blind_learns_nothing_of_the_verdict(
        self, desk, article, piece, way
    ):
        first, other = (
            next(one for one in claims_of(article) if word in one.quote)
            for word in ("damaged", "flooded")
        )
        sent = {"version": 1, "everywhere": "on", "verdict": "disputed", "document": piece.pk}
        decide_claim(
            actor=piece.added_by, verdict=Verdict.DISPUTED, reason="Eight.", **version_of(first)
        )
        desk.post(reverse(way, args=[first.pk]), {**sent, **version_of(first), **NEW})
        stances = [one.evidence.get().stance for one in (first, other)]
        assert stances == [Stance.AGAINST, Stance.CONTEXT]

    def test_one_that_is_gone_is_told(self, attach, claim, piece):
        Evidence.objects.filter(pk=piece.pk).delete()
        answer = attach(piece, claim)
        assert answer.status_code == 409
        assert "has been removed" in answer.content.decode()

    def test_a_conflict_is_told(self, desk, chief, claim, piece):
        decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(claim))
        sent = {"version": 1, "document": piece.pk}
        answer = desk.post(reverse("attach-document", args=[claim.pk]), sent)
        assert answer.status_code == 409
        assert not claim.evidence.exists()


class TestStanceOfNewEvidence:
    @pytest.mark.parametrize(
        ("verdict", "chosen", "stance"),
        [
            ("disputed", "", Stance.AGAINST),
            ("verified", "", Stance.FOR),
            ("disputed", "context", Stance.CONTEXT),
        ],
    )
    def test_it_follows_the_verdict_that_is_set_with_it(self, desk, claim, verdict, chosen, stance):
        sent = {
            "version": 1,
            "verdict": verdict,
            "reason": "Eight.",
            "evidence-stance": chosen,
            **NEW,
        }
        desk.post(reverse("decide", args=[claim.pk]), sent)
        assert claim.evidence.get().stance == stance
        assert claim.decisions.get().evidence[0]["stance"] == stance


class TestOrder:
    def test_a_button_moves_it(self, desk, editor, claim):
        for name in ("One", "Two"):
            draft = EvidenceDraft(title=name, url=f"https://example.org/{name}")
            add_evidence(actor=editor, evidence=draft, **version_of(claim))
        last = claim.evidence.get(title="Two")
        sent = {"version": version_of(claim)["version"], "to": 0}
        assert desk.post(reverse("move-evidence", args=[last.pk]), sent).status_code == 302
        shown = re.findall(r"https://example.org/(\w+)\" rel", panel(desk, claim))
        assert shown == ["Two", "One"]
        assert "Order of the evidence" in panel(desk, claim)

    def test_a_place_that_no_button_sends_is_refused(self, desk, second, piece):
        sent = {**version_of(second), "to": 10**30}
        assert desk.post(reverse("move-evidence", args=[piece.pk]), sent).status_code == 400

    def test_one_document_has_no_place_to_go(self, desk, second, piece):
        assert "Move up" not in panel(desk, second)


class TestThumbnails:
    @pytest.fixture
    def add(self, editor, claim):
        def add(words: bytes) -> str:
            draft = EvidenceDraft(title="Photo", file=SimpleUploadedFile("photo.png", words))
            added = add_evidence(actor=editor, evidence=draft, **version_of(claim))
            enqueue_thumbnails()
            return reverse("evidence-thumbnail", args=[added.pk])

        return add

    def test_a_picture_has_one_on_its_panel(self, desk, claim, add):
        address = add(png(300, 200))
        assert f'src="{address}" width="192" height="128"' in panel(desk, claim)
        answer = desk.get(address)
        assert answer["Content-Type"] == "image/png"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert b"".join(answer).startswith(b"\x89PNG")

    def test_a_hostile_file_has_a_plain_icon(self, desk, claim, add):
        address = add(HOSTILE["a drawing that a browser would run"])
        told = panel(desk, claim)
        assert address not in told
        assert "icons.svg#document" in told
        assert desk.get(address).status_code == 404

    def test_it_is_for_those_who_may_see_the_document(self, client, reader, add):
        address = add(png(30, 20))
        assert client.get(address).status_code == 302
        client.force_login(User.objects.create_user("nobody"))
        assert client.get(address).status_code == 403
        client.force_login(reader)
        assert client.get(address).status_code == 200

    def test_it_goes_with_the_document(self, desk, editor, claim, add):
        address = add(png(30, 20))
        seen = version_of(claim)["version"]
        remove_evidence(actor=editor, evidence_id=claim.evidence.get().pk, version=seen)
        assert desk.get(address).status_code == 404
