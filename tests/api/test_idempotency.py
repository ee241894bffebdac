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


def test_a_kept_answer_is_only_for_whoever_may_ask(program, editor, claim):
    program.post("/sources", SOURCE, Idempotency_Key="a1")
    reading = program_of(editor, ["read"])
    refused = reading.post("/sources", SOURCE, Idempotency_Key="a1")
    assert (refused.status_code, refused.json()["code"]) == (403, "insufficient-scope")
    editor.groups.clear()
    assert program.post("/sources", SOURCE, Idempotency_Key="a1").status_code == 403


def test_a_kept_answer_counts_as_a_request(program, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    answers = [program.post("/sources", SOURCE, Idempotency_Key="a1") for _time in range(6)]
    assert answers[-1].status_code == 429
    again = next(one for one in answers if "Idempotency-Replayed" in one.headers)
    assert again.headers["Cache-Control"] == "no-store, private"


def test_a_request_under_way_is_not_begun_again(program, editor):
    KeptAnswer.objects.create(owner=editor, key="a1", digest="0" * 64)
    other = program.post("/articles", {"text": BODY}, Idempotency_Key="a1")
    assert (other.status_code, other.json()["code"]) == (422, "key-used-before")
    program.post("/articles", {"text": BODY}, Idempotency_Key="a2")
    KeptAnswer.objects.filter(key="a2").update(status=None)
    again = program.post("/articles", {"text": BODY}, Idempotency_Key="a2")
    assert (again.status_code, again.json()["code"]) == (409, "request-under-way")
    # Its server died.
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    known = program.post("/articles", {"text": BODY}, Idempotency_Key="a2")
    assert (known.status_code, known.json()["outcome"]) == (200, "known")


def test_a_request_that_is_too_large_says_so(program, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    for how in ({}, {"Idempotency_Key": "a1"}):
        answer = program.post("/sources", SOURCE | {"name": "x" * 2000}, **how)
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
