"""Webhooks in data entry: set up, given another secret, switched off; and what became of each message."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from standardwebhooks import Webhook as Verifier

from claims.actions import ask_second_check, decide_claim
from claims.choices import Verdict
from claims.models import Webhook, WebhookDelivery
from tests.conftest import version_of
from tests.fetching.sites import page
from tests.models import rows

pytestmark = pytest.mark.ignore_template_errors

LIST = "admin:claims_webhook_changelist"
DELIVERIES = "admin:claims_webhookdelivery_changelist"


@pytest.fixture
def root(client, admin_user):
    client.force_login(admin_user)
    return client


def values(site, **changed) -> dict[str, object]:
    """What the form is filled in with."""
    return {
        "name": "website",
        "address": site.at("/hook"),
        "events": ["claim.decided"],
        "active": "on",
    } | changed


def set_up(root, site) -> str:
    """Set one up. Returns the secret that the page shows."""
    site.pages["/hook"] = page(b"thanks")
    answer = root.post(reverse("admin:claims_webhook_add"), values(site), follow=True)
    return secret_on(answer)


def secret_on(answer) -> str:
    return re.findall(r"whsec_[\w+/=]+", answer.content.decode())[0]


def change(root, data):
    webhook = Webhook.objects.get()
    address = reverse("admin:claims_webhook_change", args=[webhook.pk])
    return root.post(address, data, follow=True)


def shown(root, delivery: WebhookDelivery) -> str:
    address = reverse("admin:claims_webhookdelivery_change", args=[delivery.pk])
    return root.get(address).content.decode()


def test_the_secret_is_shown_once_and_signs_the_messages(root, site, editor, claim, work):
    secret = set_up(root, site)
    for address in (reverse(LIST), reverse("admin:claims_webhook_change", args=[1])):
        assert "whsec_" not in root.get(address).content.decode()
    decide_claim(actor=editor, **version_of(claim), verdict=Verdict.VERIFIED)
    work()
    (sent,) = site.posted
    Verifier(secret).verify(sent.body, sent.headers)


def test_it_can_be_replaced(root, site):
    first = set_up(root, site)
    second = secret_on(change(root, values(site, new_secret="on")))
    assert second != first
    assert "whsec_" not in change(root, values(site, name="site")).content.decode()
    assert Webhook.objects.get().name == "site"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("address", "ftp://site.example.org/"),
        ("address", "https://user:secret@site.example.org/"),
        ("events", []),
        ("events", ["claim.sung"]),
        ("name", ""),
    ],
)
def test_what_is_not_valid_is_refused_beside_its_field(root, site, field, value):
    answer = root.post(reverse("admin:claims_webhook_add"), values(site, **{field: value}))
    assert field in answer.context["adminform"].form.errors
    assert not Webhook.objects.exists()


def test_switched_off_it_is_told_nothing(root, site, editor, claims):
    set_up(root, site)
    decide_claim(actor=editor, **version_of(claims[0]), verdict=Verdict.VERIFIED)
    data = values(site)
    del data["active"]
    assert "the webhook was switched off" in change(root, data).content.decode()
    decide_claim(actor=editor, **version_of(claims[1]), verdict=Verdict.VERIFIED)
    assert [one.state for one in WebhookDelivery.objects.all()] == ["given-up"]


def test_each_message_is_there_and_can_be_sent_again(root, site, editor, claim, work):
    set_up(root, site)
    site.pages["/hook"] = page(b"no <b>room</b>", status=503)
    decide_claim(actor=editor, **version_of(claim), verdict=Verdict.VERIFIED)
    work()
    delivery = WebhookDelivery.objects.get()
    assert "it answered with HTTP status 503" in root.get(reverse(DELIVERIES)).content.decode()
    assert "no &lt;b&gt;room&lt;/b&gt;" in shown(root, delivery)
    site.pages["/hook"] = page()
    again = {"action": "again", "_selected_action": [delivery.pk]}
    answer = root.post(reverse(DELIVERIES), again, follow=True).content.decode()
    assert "1 message will be sent again." in answer
    work()
    delivery.refresh_from_db()
    assert (delivery.state, len(site.posted)) == ("delivered", 2)


def test_an_answer_tells_no_verdict_that_the_viewer_must_not_know(root, site, editor, claim, work):
    set_up(root, site)
    site.pages["/hook"] = page(b"got verified")
    decide_claim(actor=editor, **version_of(claim), verdict=Verdict.VERIFIED)
    work()
    delivery = WebhookDelivery.objects.get()
    assert "got verified" in shown(root, delivery)
    ask_second_check(actor=editor, **version_of(claim), blind=True)
    assert "got verified" not in shown(root, delivery)


def test_a_list_takes_no_more_queries_for_many(root):
    numbers = []
    for _size in range(2):
        for _time in range(5):
            rows.delivery(rows.webhook())
        with CaptureQueriesContext(connection) as queries:
            root.get(reverse(DELIVERIES))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_only_administrators_see_them(client, chief):
    client.force_login(chief)
    made = rows.webhook()
    for name, *arguments in ((LIST,), (DELIVERIES,), ("admin:claims_webhook_change", made.pk)):
        assert client.get(reverse(name, args=arguments)).status_code == 403
