"""Messages reach a receiver that is up, and wait for one that is not; each is signed, and given up in the end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import replace_webhook_secret, send_again
from claims.actions.webhooks import delivering
from claims.actions.webhooks.delivering import deliver_next, enqueue_deliveries
from claims.choices import DeliveryState, Verdict
from claims.fetching import Limits
from claims.models import Task, Webhook, WebhookDelivery
from tests.actions.webhooks.receiving import decide, hook, last, problem, states, time_passes
from tests.fetching.sites import page, raw, redirect

DAYS = timedelta(days=2)
MINUTES = timedelta(minutes=20)


def test_it_arrives_once_with_what_was_answered(receiver, editor, claims, work):
    decide(editor, claims[0])
    work()
    work()
    ((message, _content),) = receiver.got()
    sent = last()
    assert (sent.message_id, sent.state, sent.attempts) == (message, "delivered", 1)
    assert (sent.status, sent.answer, sent.problem) == (200, "thanks", None)
    assert receiver.site.posted[0].headers["Content-Type"] == "application/json"


LONG = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", b"x\x00\xff", b"y" * 2_000)


def test_an_answer_that_lies_about_its_length_is_still_one(receiver, editor, claims, work):
    receiver.answers(LONG)
    decide(editor, claims[0])
    work()
    assert last().state == "delivered"
    assert last().answer == "x\ufffd\ufffd" + "y" * 997


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (page(status=503), "it answered with HTTP status 503"),
        (page(status=400), "it answered with HTTP status 400"),
        (redirect("/elsewhere"), "it answered with HTTP status 302"),
        (raw(b"220 mail ready\r\n"), "the server's reply is not valid HTTP"),
        (raw(), "the connection was lost"),
    ],
    ids=["down", "refusing", "redirecting", "mail", "hanging up"],
)
def test_what_is_not_accepted_is_sent_again_later_as_the_same_message(
    receiver, editor, claims, work, answer, why
):
    receiver.answers(answer)
    receiver.site.pages["/elsewhere"] = page()
    decide(editor, claims[0])
    work()
    work()
    assert receiver.site.asked == ["/hook"]
    assert problem() == f"127.0.0.1 has not accepted the message: {why}."
    receiver.answers(page())
    time_passes(MINUTES)
    work()
    (first, content), (second, again) = receiver.got()
    assert (first, content) == (second, again)
    assert states() == [("claim.decided", "delivered")]
    assert receiver.now().problem is None


@pytest.mark.parametrize(
    ("status", "state", "is_left_alone"),
    [
        (200, "delivered", False),
        (299, "delivered", False),
        (300, "waiting", False),
        (428, "waiting", False),
        (429, "waiting", True),
        (499, "waiting", False),
        (500, "waiting", True),
    ],
)
def test_what_an_answer_means_for_the_message_and_for_its_receiver(
    receiver, editor, claims, status, state, is_left_alone
):
    receiver.answers(page(status=status))
    decide(editor, claims[0])
    assert deliver_next(receiver.webhook.pk)
    assert (last().state, receiver.now().paused_until is not None) == (state, is_left_alone)


@pytest.mark.parametrize(("attempts", "place"), [(1, 0), (2, 1), (7, 6), (8, 6)])
def test_a_message_waits_longer_after_each_attempt(receiver, editor, claims, attempts, place):
    receiver.answers(page(status=400))
    decide(editor, claims[0])
    WebhookDelivery.objects.update(attempts=attempts - 1)
    before = timezone.now()
    assert deliver_next(receiver.webhook.pk)
    assert last().attempts == attempts
    assert before <= last().next_try_at - delivering.WAITS[place] <= timezone.now()


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 30), (1, 60), (4, 480), (5, 900), (11, 900), (999, 900)]
)
def test_a_receiver_is_left_alone_longer_after_each_failure(
    receiver, editor, claims, failures, seconds
):
    receiver.answers(page(status=503))
    decide(editor, claims[0])
    Webhook.objects.update(failures=failures)
    before = timezone.now()
    assert deliver_next(receiver.webhook.pk)
    now = receiver.now()
    assert now.failures == failures + 1
    assert before <= now.paused_until - timedelta(seconds=seconds) <= timezone.now()


def test_one_that_does_not_answer_in_time(receiver, editor, claims, work, monkeypatch):
    monkeypatch.setattr(delivering, "LIMITS", Limits(seconds=0.3))
    receiver.answers(raw(b"HTTP", again=b" ", pause=60))
    decide(editor, claims[0])
    work()
    assert problem().endswith("it took longer than 0.3 seconds.")
    assert receiver.now().paused_until > timezone.now()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_nothing_is_sent_to_a_private_address(receiver, editor, claims, work, settings, host):
    settings.FETCH_ALLOW = []
    Webhook.objects.update(address=f"http://{host}/hook")
    decide(editor, claims[0])
    work()
    assert "it is on a private network" in problem()
    assert receiver.site.posted == []


class TestOrder:
    def test_a_claims_later_message_waits_for_the_earlier_and_others_do_not(
        self, receiver, editor, claims, work
    ):
        receiver.answers(page(status=400))
        decide(editor, claims[0])
        work()
        receiver.answers(page())
        decide(editor, claims[0], Verdict.DISPUTED)
        decide(editor, claims[1])
        work()
        assert [one["data"]["claim"]["id"] for one in receiver.told()] == [
            claims[0].pk,
            claims[1].pk,
        ]
        time_passes(MINUTES)
        work()
        work()
        assert [
            (one["data"]["claim"]["id"], one["data"]["verdict"]) for one in receiver.told()[2:]
        ] == [(claims[0].pk, "verified"), (claims[0].pk, "disputed")]

    def test_it_goes_on_after_one_that_was_given_up(self, receiver, editor, claims, work):
        receiver.answers(page(status=400))
        decide(editor, claims[0])
        time_passes(DAYS)
        work()
        assert states() == [("claim.decided", "given-up")]
        receiver.answers(page())
        decide(editor, claims[0], Verdict.DISPUTED)
        work()
        assert receiver.told()[-1]["data"]["verdict"] == "disputed"

    def test_what_a_worker_is_sending_is_no_other_ones(self, receiver, editor, claims):
        decide(editor, claims[0])
        decide(editor, claims[0], Verdict.DISPUTED)
        first = WebhookDelivery.objects.earliest("pk")
        WebhookDelivery.objects.filter(pk=first.pk).update(
            attempts=1, next_try_at=timezone.now() + delivering.LEASE
        )
        assert not deliver_next(receiver.webhook.pk)
        time_passes(delivering.LEASE)
        assert deliver_next(receiver.webhook.pk)
        assert receiver.told()[0]["data"]["verdict"] == "verified"


class TestSecrets:
    def test_two_are_in_force_for_a_day(self, receiver, root, editor, claims, work):
        new = replace_webhook_secret(actor=root, webhook_id=receiver.webhook.pk)
        decide(editor, claims[0])
        work()
        assert receiver.got(new) == receiver.got(receiver.secret) != []
        time_passes(timedelta(days=1))
        receiver.site.posted.clear()
        decide(editor, claims[1])
        work()
        assert receiver.got(new)
        signatures = receiver.site.posted[0].headers["webhook-signature"].split()
        assert len(signatures) == 1

    def test_the_database_does_not_have_them(self, receiver):
        kept = Webhook.objects.values_list("secret", flat=True).get()
        assert receiver.secret not in kept
        assert receiver.secret.removeprefix("whsec_") not in kept

    def test_without_the_key_of_the_installation_nothing_is_sent(
        self, receiver, editor, claims, work, settings
    ):
        decide(editor, claims[0])
        settings.SECRET_KEY = "another"
        work()
        assert "its secret cannot be read any more" in problem()
        assert receiver.site.posted == []


def test_sent_again_it_is_the_same_message(receiver, root, editor, claims, work):
    decide(editor, claims[0])
    work()
    assert send_again(actor=root, delivery_ids=[last().pk]) == 1
    work()
    first, second = receiver.got()
    assert first == second
    assert last().state == DeliveryState.DELIVERED


@pytest.mark.usefixtures("_queued")
def test_one_task_for_each_receiver(receiver, editor, claims):
    hook(receiver.site, "/other")
    decide(editor, claims[0])
    for _worker in range(2):
        enqueue_deliveries()
    waiting = Task.objects.ready().filter(task_path=delivering.deliver_waiting.module_path)
    assert waiting.count() == 2
    assert str(waiting[0]) == "Tell other systems of events"
