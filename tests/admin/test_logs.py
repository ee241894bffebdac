"""Logs in data entry: they are read there, and nothing else; and whose lockouts are removed."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from claims.actions import ask_second_check, decide_claim, undo_change
from claims.admin.logs import failure, moment
from claims.choices import Verdict
from claims.errors import EmptyArticleError, as_data
from claims.models import FailedLogin, LoginBrake, MailedArticle
from tests.conftest import newest, version_of
from tests.models import rows

pytestmark = pytest.mark.ignore_template_errors


def shown(client, model: str, pk: int) -> str:
    return client.get(reverse(f"admin:claims_{model}_change", args=[pk])).content.decode()


def test_a_moment_and_a_failure_that_are_none_are_nothing():
    assert moment(None) == ""
    assert "2026" in moment(datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert failure(None) == ""
    error = EmptyArticleError()
    assert failure(as_data(error)) == str(error)
    assert failure(as_data(error), 2) == f"{error} (2)"


def test_the_newest_failed_login_stands_first(client, admin_user):
    for name in ("edda", "carl"):
        FailedLogin.objects.create(username=name, ip_address="192.0.2.1", user_agent="Browser")
    client.force_login(admin_user)
    page = client.get(reverse("admin:claims_failedlogin_changelist"))
    assert [one.username for one in page.context["cl"].result_list] == ["carl", "edda"]


def test_nobody_adds_changes_or_deletes_an_entry(client, admin_user, editor, claim):
    client.force_login(admin_user)
    entry = rows.decision(claim, editor)
    assert 'name="_save"' not in shown(client, "decision", entry.pk)
    assert client.get(reverse("admin:claims_decision_add")).status_code == 403
    for name in ("change", "delete"):
        address = reverse(f"admin:claims_decision_{name}", args=[entry.pk])
        assert client.post(address, {"post": "yes"}).status_code == 403


def test_a_decision_tells_its_own_documents_from_those_of_the_one_it_took_over(
    admin, editor, claims
):
    old = {"id": 8, "stance": "for", "title": "Old notice"}
    own = {"id": 9, "stance": "against", "title": "New notice"}
    origin = rows.decision(claims[0], editor, evidence=[old])
    entry = rows.decision(claims[1], editor, evidence=[own, old], origin=origin)
    page = shown(admin, "decision", entry.pk)
    assert "Against: <bdi>New notice</bdi>" in page
    assert "rom the earlier check: <bdi>Old notice</bdi>" in page
    assert str(claims[0]) in page
    page = shown(admin, "decision", origin.pk)
    assert "For: <bdi>Old notice</bdi>" in page


@pytest.mark.parametrize("model", ["decision", "change", "changedclaim"])
def test_whoever_is_to_check_a_claim_blind_finds_no_entry_of_its_verdict(
    client, editor, chief, claim, model
):
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, reason="Zimquell.", **version_of(claim))
    for blind, number in ((False, 1), (True, 0)):
        ask_second_check(actor=editor, blind=blind, **version_of(claim))
        client.force_login(chief)
        page = client.get(reverse(f"admin:claims_{model}_changelist"))
        found = [str(one) for one in page.context["cl"].result_list]
        assert bool(found) == number, found


def test_an_undo_is_marked_in_the_log_of_changes(admin, editor, claim):
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
    undo_change(actor=editor, change_id=newest(claim).pk)
    page = admin.get(reverse("admin:claims_change_changelist")).content.decode()
    assert re.findall(r'<td class="field-is_undo[^"]*">([^<]*)</td>', page) == ["Yes", ""]


def test_a_mail_tells_what_became_of_it_and_of_its_attachments(admin, article):
    error = as_data(EmptyArticleError())
    mail = rows.mail(uid=7, status="failed")
    MailedArticle.objects.create(mail=mail, name="", error=error)
    MailedArticle.objects.create(mail=mail, name="b.docx", article=article)
    page = shown(admin, "mail", mail.pk)
    assert f'<a href="{article.get_absolute_url()}">{article.headline}</a>' in page
    listed = unescape(admin.get(reverse("admin:claims_mail_changelist")).content.decode())
    assert f'<td class="field-what_went_wrong">{EmptyArticleError()}</td>' in listed


@pytest.mark.parametrize(
    ("view", "work"),
    [
        ("view_loginbrake", "delete_loginbrake"),
        ("view_webhookdelivery", "change_webhook"),
    ],
)
def test_who_only_reads_a_list_is_offered_no_action(client, reader, view, work):
    LoginBrake.objects.create(
        username="edda", ip_address="192.0.2.1", user_agent="Browser", failures_since_start=5
    )
    rows.delivery(rows.webhook())
    model = view.removeprefix("view_")
    for codename, is_offered in ((view, False), (work, True)):
        reader.user_permissions.add(Permission.objects.get(codename=codename))
        client.force_login(reader)
        page = client.get(reverse(f"admin:claims_{model}_changelist"))
        assert page.status_code == 200
        assert ('name="action"' in page.content.decode()) is is_offered
