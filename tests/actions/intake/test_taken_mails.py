"""A chief takes mails after all that were put aside, or has those read again that failed."""

from django.contrib.admin.models import LogEntry

from claims.actions import take_mails
from claims.actions.intake import mailbox as mailbox_actions
from claims.choices import MailStatus
from claims.models import Article, Mail
from tests.actions.intake.mail_server import mail
from tests.models import rows


def test_a_mail_that_was_put_aside_becomes_an_article(server, check, work, chief):
    server.deliver(mail(sender="other@ostrey.example"), mail("Also."))
    check()
    aside = Mail.objects.get(status=MailStatus.ASIDE)
    assert take_mails(actor=chief, mail_ids=[mail.pk for mail in Mail.objects.all()]) == 1
    # The mailbox is looked at at once, whenever it would have been next.
    work()
    aside.refresh_from_db()
    assert (aside.status, aside.error) == (MailStatus.TAKEN, None)
    assert [part.article.headline for part in aside.articles.all()] == ["Bridge closed"]
    assert LogEntry.objects.get(user=chief).object_id == str(aside.pk)
    assert server.unread == 0


def test_it_is_known_under_the_number_that_the_server_gives_it_meanwhile(server, check, chief):
    there = mail(sender="other@ostrey.example")
    server.deliver(there)
    check()
    assert take_mails(actor=chief, mail_ids=[Mail.objects.get().pk]) == 1
    server.renumber(there)
    check()
    assert Article.objects.count() == 1


def test_others_of_its_sender_are_still_put_aside(server, check, chief):
    server.deliver(mail(sender="other@ostrey.example"))
    check()
    take_mails(actor=chief, mail_ids=[Mail.objects.get().pk])
    server.deliver(mail(sender="other@ostrey.example", number="<2@ostrey.example>"))
    check()
    assert [one.status for one in Mail.objects.order_by("uid")] == [
        MailStatus.TAKEN,
        MailStatus.ASIDE,
    ]


def test_one_that_failed_is_read_again(server, check, chief, monkeypatch):
    with monkeypatch.context() as smaller:
        smaller.setattr(mailbox_actions, "MAX_BYTES", 100)
        server.deliver(mail())
        check()
    failed = Mail.objects.get()
    assert failed.status == MailStatus.FAILED
    assert take_mails(actor=chief, mail_ids=[failed.pk]) == 1
    check()
    assert Article.objects.count() == 1


def test_nothing_of_another_mailbox_is_taken(server, check, chief):
    check()
    assert take_mails(actor=chief, mail_ids=[rows.mail(mailbox=rows.mailbox()).pk]) == 0


def test_a_later_one_with_its_identity_is_put_aside(server, check, chief, monkeypatch):
    with monkeypatch.context() as smaller:
        smaller.setattr(mailbox_actions, "MAX_BYTES", 100)
        server.deliver(mail(sender="other@ostrey.example"))
        check()
        take_mails(actor=chief, mail_ids=[Mail.objects.get().pk])
        check()
    server.deliver(mail("Another story.", sender="other@ostrey.example"))
    check()
    statuses = [one.status for one in Mail.objects.order_by("uid")]
    assert statuses == [MailStatus.FAILED, MailStatus.ASIDE]
    assert not Article.objects.exists()
