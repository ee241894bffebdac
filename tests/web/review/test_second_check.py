"""Second checks from the panel, without a browser: asked, hidden from the checker, confirmed or sent back."""

from django.contrib.auth.models import User
from django.urls import reverse

from claims.actions import ask_second_check, decide_claim
from claims.choices import ReviewStatus, Verdict


def test_a_blind_check_hides_verdict_reason_and_history_from_the_checker(
    client, do, claim, chief, article
):
    decide_claim(
        actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.DISPUTED, reason="Secret reason"
    )
    ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=True)
    address = f"{article.get_absolute_url()}?claim={claim.pk}"
    page = client.get(address)
    assert "Secret reason" not in page.content.decode()
    assert page.context["queue"].verdict_counts.disputed == 0
    assert "mark--disputed" not in page.content.decode()
    assert page.context["source_record"].disputed == 0
    history = reverse("article-history", args=[article.pk])
    assert "Secret reason" not in client.get(history).content.decode()
    client.force_login(chief)
    assert "Secret reason" in client.get(history).content.decode()
    assert "Secret reason" in client.get(address).content.decode()


def test_the_second_check_confirms_or_sends_back(do, claim, chief):
    decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    ask_second_check(actor=chief, claim_id=claim.pk, version=2)
    page = do("check", status=400, verdict="disputed", reason="")
    assert "Say why this claim is disputed" in page
    do("check", verdict="disputed", reason="The register says April")
    assert (claim.review_status, claim.verdict) == (ReviewStatus.SENT_BACK, Verdict.VERIFIED)
    ask_second_check(actor=chief, claim_id=claim.pk, version=claim.version)
    do("check", verdict="verified")
    assert claim.review_status == ReviewStatus.CHECKED


def test_the_panel_asks_everyone_but_the_decider_and_does_not_tell_whether_they_agree(
    client, editor, chief, claim
):
    def panel(user: User) -> str:
        client.force_login(user)
        address = f"{reverse('claim', args=[claim.pk])}?show=verified"
        return client.get(address, headers={"HX-Request": "true"}).content.decode()

    check, send_back = (
        f'action="{reverse("change-claim", args=[claim.pk, word])}'
        for word in ("check", "send-back")
    )
    assert check not in panel(editor)
    assert send_back not in panel(editor)
    decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    assert send_back in panel(editor)
    assert check not in panel(editor)
    ask_second_check(actor=chief, claim_id=claim.pk, version=2)
    asked, own = panel(editor), panel(chief)
    assert check in asked
    assert 'data-keeps="verified disputed pending"' in asked
    assert check not in own
    assert send_back not in own
    assert 'data-keeps="verified"' in own


def test_nobody_checks_their_own_verdict(do, claim, editor):
    decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    do("ask")
    assert "Someone else" in do("check", status=409, verdict="verified")


def test_histories_keep_a_blind_check_blind(client, do, claim, chief, editor):
    decide_claim(
        actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.DISPUTED, reason="Secret"
    )
    ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=True)
    pages = [
        reverse("claim-history", args=[claim.pk]),
        reverse("source-history", args=[claim.source_id]),
    ]
    for page in pages:
        assert "Secret" not in client.get(page).content.decode()
    client.force_login(chief)
    for page in pages:
        assert "Secret" in client.get(page).content.decode()
