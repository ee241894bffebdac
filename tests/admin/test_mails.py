"""Mails in data entry: the list says what became of each one, and why."""

from html import unescape

import pytest
from django.urls import reverse

from claims.errors import EmptyArticleError, as_data
from tests.models import rows

pytestmark = pytest.mark.ignore_template_errors


def test_the_list_says_which_attachment_could_not_be_read_and_why(client, chief):
    error = EmptyArticleError()
    rows.mailed_article(
        name="bridge.docx",
        mail=rows.mail(uid=2, status="failed"),
        error={"code": error.code, **as_data(error)},
    )
    client.force_login(chief)
    page = unescape(client.get(reverse("admin:claims_mail_changelist")).content.decode())
    assert "bridge.docx: There is no text to split." in page


def test_a_chief_takes_what_was_put_aside(client, chief, settings):
    box = rows.mailbox()
    settings.MAILBOX = {"host": "courier.example", "port": 993, "user": "desk@courier.example"}
    settings.MAILBOX["password"] = "secret"
    aside = rows.mail(mailbox=box)
    client.force_login(chief)
    address = reverse("admin:claims_mail_changelist")
    form = {"action": "take", "_selected_action": [aside.pk]}
    page = client.post(address, form, follow=True).content.decode()
    assert "1 mail will be taken within a minute." in page
    aside.refresh_from_db()
    assert (aside.status, aside.accepted) == ("reading", True)
