"""A request with a key of the program's own is carried out once, however often it is sent."""

from datetime import timedelta

from django.utils import timezone

from claims.actions.personal_data.retention import purge
from claims.models import Article, Decision, KeptAnswer, Source
from tests.api.conftest import program_of
from tests.conftest import BODY

SOURCE = {"name": "Ministry of Bridges", "kind": "organisation"}


def test_the_first_answer_comes_again(program, claim):
    path, sent = f"/claims/{claim.pk}/decisions", {"verdict": "verified"}
    first = program.post(path, sent, seen=claim.version, Idempotency_Key="a1")
    again = program.post(path, sent, seen=claim.version, Idempotency_Key="a1")
    assert first.status_code == again.status_code == 201
    assert again.json() == first.json()
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Decision.objects.count() == 1


def test_a_key_stands_for_one_request(program):
    program.post("/sources", SOURCE, Idempotency_Key="a1")
    other = program.post("/sources", SOURCE | {"name": "Another"}, Idempotency_Key="a1")
    assert (other.status_code, other.json()["code"]) == (422, "key-used-before")
    assert not Source.objects.filter(name="Another").exists()


def test_a_key_is_the_accounts_own(program, chief):
    program.post("/sources", SOURCE, Idempotency_Key="a1")
    other = program_of(chief).post("/sources", SOURCE | {"name": "Another"}, Idempotency_Key="a1")
    assert other.status_code == 201


def test_what_was_refused_can_be_sent_again(program, claim):
    path = f"/claims/{claim.pk}/decisions"
    refused = program.post(path, {"verdict": "disputed"}, seen=claim.version, Idempotency_Key="a1")
    assert (refused.status_code, refused.json()["code"]) == (400, "reason-required")
    assert not KeptAnswer.objects.exists()
    sent = {"verdict": "disputed", "reason": "Two were."}
    again = program.post(path, sent, seen=claim.version, Idempotency_Key="a1")
    assert again.status_code == 201


def test_an_article_comes_in_once(program):
    sent = {"text": BODY, "headline": "Bridge over the Olm closed"}
    first = program.post("/articles", sent, Idempotency_Key="a1")
    again = program.post("/articles", sent, Idempotency_Key="a1")
    assert first.status_code == again.status_code == 201
    assert again.json() == first.json()
    # Without a key, it is known by its text.
    known = program.post("/articles", sent)
    assert (known.status_code, known.json()["outcome"]) == (200, "known")
    assert Article.objects.count() == 1


def test_a_key_that_is_not_valid_is_refused(program):
    for key in ("x" * 201, "tab\there"):
        answer = program.post("/sources", SOURCE, Idempotency_Key=key)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid-key")
    assert not Source.objects.filter(name=SOURCE["name"]).exists()


def test_answers_are_kept_for_a_day(program):
    program.post("/sources", SOURCE, Idempotency_Key="a1")
    purge()
    assert KeptAnswer.objects.count() == 1
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    purge()
    assert not KeptAnswer.objects.exists()
