"""How much of a mailbox a worker takes: so many mails at once, of so many bytes, and each begun so often."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions.intake import mailbox as mailbox_actions
from claims.choices import MailStatus
from claims.models import Article, Mail, Mailbox
from tests.actions.intake.mail_server import MailServer, mail, stories


def mailbox_sizes(server: MailServer) -> list[int]:
    """How many bytes each mail of the mailbox has."""
    account = mailbox_actions.mailboxes.Account(**server.account)
    with mailbox_actions.mailboxes.opened(account) as box:
        return [box.size(uid) for uid in box.after(0, most=10)]


def test_more_mails_than_one_check_takes_all_come_in_one_check_after_the_other(
    server, work, monkeypatch
):
    monkeypatch.setattr(mailbox_actions, "AT_ONCE", 2)
    server.deliver(*stories(5))
    for number in (2, 4, 5, 5):
        work()
        assert Article.objects.count() == number
    assert server.unread == 0
    server.deliver(mail())
    work()
    assert server.unread == 1
    wait = Mailbox.objects.get().next_check_at - timezone.now()
    assert timedelta(seconds=0) < wait <= timedelta(minutes=1)


@pytest.mark.parametrize(("attempts", "status"), [(2, MailStatus.TAKEN), (3, MailStatus.FAILED)])
def test_a_mail_is_begun_three_times(server, check, attempts, status):
    server.deliver(mail())
    check()
    Article.objects.all().delete()
    Mail.objects.update(status=MailStatus.READING, attempts=attempts)
    check()
    assert Mail.objects.get().status == status


def test_a_mail_may_have_so_many_bytes(server, check, monkeypatch):
    server.deliver(mail())
    check()
    (size,) = mailbox_sizes(server)
    for limit, status in ((size, MailStatus.TAKEN), (size - 1, MailStatus.FAILED)):
        monkeypatch.setattr(mailbox_actions, "MAX_BYTES", limit)
        Mail.objects.all().delete()
        Mailbox.objects.update(last_uid=0)
        check()
        assert Mail.objects.get().status == status
