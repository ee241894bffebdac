"""A receiver that is down is left alone, and gets all of it when it is back; one that says that it is gone gets no more."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.http import http_date

from claims.actions import change_webhook, create_webhook, send_again
from claims.actions.webhooks.delivering import deliver_next
from claims.choices import WebhookEvent
from claims.errors import InvalidValueError
from claims.models import Webhook, WebhookDelivery
from tests.actions.webhooks.receiving import decide, hook, last, problem, states, time_passes
from tests.fetching.sites import page

DAYS = timedelta(days=2)
MINUTES = timedelta(minutes=20)


def in_two_hours() -> str:
    """That moment as an HTTP date."""
    return http_date((timezone.now() + timedelta(hours=2)).timestamp())


class TestAReceiverThatIsDown:
    def test_it_is_asked_once_and_then_left_alone_longer_each_time(
        self, receiver, editor, claims, work
    ):
        receiver.answers(page(status=503))
        for claim in claims[:3]:
            decide(editor, claim)
        pauses = []
        for times in range(1, 4):
            work()
            assert len(receiver.site.posted) == times
            pauses.append(receiver.now().paused_until - timezone.now())
            Webhook.objects.update(paused_until=None)
            time_passes(MINUTES)
        assert pauses[0] < pauses[1] < pauses[2] <= timedelta(minutes=15)

    @pytest.mark.parametrize("status", [429, 503])
    @pytest.mark.parametrize(
        ("asked", "waits"),
        [
            ("3600", timedelta(hours=1)),
            (in_two_hours, timedelta(hours=2)),
            ("0", timedelta(seconds=30)),
            ("999999999", timedelta(hours=6)),
        ],
        ids=["seconds", "date", "at once", "years"],
    )
    def test_it_says_itself_when_it_wants_the_next(
        self, receiver, editor, claims, work, status, asked, waits
    ):
        for claim in claims[:2]:
            decide(editor, claim)
        before = timezone.now()
        told = asked() if callable(asked) else asked
        receiver.answers(page(status=status, headers={"Retry-After": told}))
        work()
        assert len(receiver.site.posted) == 1
        # A date has whole seconds.
        assert before + waits - timedelta(seconds=1) <= receiver.now().paused_until
        assert receiver.now().paused_until <= timezone.now() + waits
        receiver.answers(page())
        time_passes(waits)
        work()
        assert [state for _event, state in states()] == ["delivered"] * 2

    @pytest.mark.parametrize(
        ("status", "asked"), [(503, "soon"), (503, "-5"), (500, "86400"), (400, "86400")]
    )
    def test_what_it_says_otherwise_counts_for_nothing(
        self, receiver, editor, claims, work, status, asked
    ):
        receiver.answers(page(status=status, headers={"Retry-After": asked}))
        decide(editor, claims[0])
        work()
        receiver.answers(page())
        time_passes(MINUTES)
        work()
        assert last().state == "delivered"

    def test_when_it_is_back_it_gets_all_of_it(self, receiver, editor, claims, work):
        receiver.answers(page(status=503))
        for claim in claims[:3]:
            decide(editor, claim)
        work()
        receiver.answers(page())
        time_passes(MINUTES)
        work()
        assert [state for _event, state in states()] == ["delivered"] * 3
        assert receiver.now().failures == 0

    def test_after_a_day_or_so_what_waits_is_given_up(self, receiver, editor, claims, work):
        receiver.answers(page(status=503))
        for claim in claims[:2]:
            decide(editor, claim)
        work()
        time_passes(DAYS)
        decide(editor, claims[2])
        work()
        assert [state for _event, state in states()] == ["given-up", "given-up", "waiting"]

    @pytest.mark.parametrize("status", [400, 503])
    @pytest.mark.parametrize(("hours", "state"), [(27.9, "waiting"), (28.1, "given-up")])
    def test_a_message_is_given_up_when_it_fails_after_28_hours(
        self, receiver, editor, claims, status, hours, state
    ):
        receiver.answers(page(status=status))
        decide(editor, claims[0])
        WebhookDelivery.objects.update(queued_at=timezone.now() - timedelta(hours=hours))
        assert deliver_next(receiver.webhook.pk)
        assert last().state == state

    def test_others_are_served_meanwhile(self, receiver, editor, claims, work):
        other = hook(receiver.site, "/other")
        receiver.answers(page(status=503))
        decide(editor, claims[0])
        work()
        assert len(other.told()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"events": []},
        {"events": ["claim.sung"]},
        {"events": ["claim.decided", "claim.sung"]},
        {"name": " "},
        {"address": "ftp://site.example.org/"},
    ],
    ids=str,
)
def test_what_is_not_valid_is_not_set_up(root, wrong):
    values = {"name": "site", "address": "https://site.example.org/", "events": ["claim.decided"]}
    with pytest.raises(InvalidValueError):
        create_webhook(actor=root, **values | wrong)
    assert Webhook.objects.count() == 1


def test_what_is_switched_off_is_sent_nothing_again(receiver, root, editor, claims, work):
    decide(editor, claims[0])
    work()
    Webhook.objects.update(active=False)
    assert send_again(actor=root, delivery_ids=[last().pk]) == 0
    assert last().state == "delivered"


class TestGone:
    def test_410_switches_the_webhook_off(self, receiver, editor, claims, work):
        decide(editor, claims[0])
        decide(editor, claims[1])
        receiver.answers(page(status=410))
        work()
        assert len(receiver.site.posted) == 1
        assert not receiver.now().active
        assert [state for _event, state in states()] == ["given-up"] * 2
        assert "wants no more messages" in problem()
        decide(editor, claims[2])
        assert len(states()) == 2

    def test_an_administrator_can_switch_it_on_again(self, receiver, root, editor, claims, work):
        receiver.answers(page(status=410))
        decide(editor, claims[0])
        work()
        change_webhook(
            actor=root,
            webhook_id=receiver.webhook.pk,
            name="site",
            address=receiver.webhook.address,
            events=WebhookEvent.values,
            includes_texts=False,
            active=True,
        )
        receiver.answers(page())
        assert send_again(actor=root, delivery_ids=[last().pk]) == 1
        work()
        assert states() == [("claim.decided", "delivered")]
        assert receiver.now().problem is None
