"""The mailbox to which articles are mailed, on a server of its own: each mail is taken once, or put aside with a reason."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.actions.intake import mailbox as mailbox_actions
from claims.actions.personal_data.retention import purge
from claims.choices import MailStatus
from claims.errors import from_data
from claims.models import Article, Mail, Mailbox, MailedArticle
from tests.actions.intake.mail_server import PRESS, STORY, mail, running, stories
from tests.ingest.formats.messages import VERSION_1, item, message
from tests.ingest.samples import docx, html, pdf


def why(row: Mail | MailedArticle) -> str:
    return str(from_data(row.error)) if row.error else ""


def test_a_mail_becomes_an_article_and_is_marked_as_read_after_that(server, check):
    server.deliver(mail())
    check()
    article = Article.objects.get()
    assert (article.headline, article.byline) == ("Bridge closed", "Press office")
    assert article.current_revision().body == STORY
    taken = Mail.objects.get()
    assert (taken.sender, taken.subject, taken.status) == (
        PRESS,
        "Bridge closed",
        MailStatus.TAKEN,
    )
    assert [(each.article, each.created) for each in taken.articles.all()] == [(article, True)]
    assert server.unread == 0
    check()
    assert (Article.objects.count(), Mail.objects.count()) == (1, 1)


def test_a_mail_that_passes_articles_on_becomes_each_of_them(server, check):
    inner = mail("Another bridge is closed, the mayor of Ostrey said.", subject="Another")
    files = [("a.docx", docx()), ("b.pdf", pdf()), ("c.html", html()), ("d.eml", bytes(inner))]
    wire = message(
        item(), item('<inlineData contenttype="text/plain">The ferry sails.</inlineData>')
    )
    server.deliver(
        mail("Please see attached.", *files, ("wire.xml", wire.encode()), ("logo.png", b"\x89PNG"))
    )
    check()
    parts = [(each.name, each.created, why(each)) for each in MailedArticle.objects.all()]
    assert parts == [
        ("a.docx", True, ""),
        # The same words in another format.
        ("b.pdf", False, ""),
        ("c.html", False, ""),
        ("d.eml", True, ""),
        ("wire.xml", True, ""),
        ("wire.xml", True, ""),
    ]


def test_of_a_mail_whose_text_is_an_article_the_attachments_are_left_out(server, check):
    server.deliver(mail("\n\n".join([STORY] * 15), ("a.docx", docx())))
    check()
    assert [each.name for each in MailedArticle.objects.all()] == [""]


def test_an_attachment_that_cannot_be_read_is_told_and_the_others_come_in(server, check):
    server.deliver(mail("See attached.", ("a.pdf", b"%PDF-1.7 broken"), ("b.docx", docx())))
    check()
    broken, sound = MailedArticle.objects.all()
    assert (broken.name, broken.article) == ("a.pdf", None)
    assert "cannot be read" in why(broken)
    assert sound.created
    assert Mail.objects.get().status == MailStatus.TAKEN


@pytest.mark.parametrize(
    ("sender", "status"),
    [
        ("Reporter <anna@wire.example>", MailStatus.TAKEN),
        ("PRESS@Ostrey.Example", MailStatus.TAKEN),
        ("other@ostrey.example", MailStatus.ASIDE),
        ("press@sub.wire.example", MailStatus.ASIDE),
        (f"wire.example <x@evil.example>, {PRESS}", MailStatus.ASIDE),
        ("", MailStatus.ASIDE),
    ],
)
def test_only_the_senders_of_the_setting_are_taken_and_others_are_put_aside(
    server, check, sender, status
):
    server.deliver(mail(sender=sender) if sender else b"Subject: Bridge\n\n" + STORY.encode())
    check()
    kept = Mail.objects.get()
    assert kept.status == status
    assert Article.objects.exists() == (status == MailStatus.TAKEN)
    if status == MailStatus.ASIDE:
        assert "its sender is not among those" in why(kept)
        assert server.unread == 1


def test_a_hostile_mail_is_told_and_the_next_ones_come_in(server, check, monkeypatch):
    monkeypatch.setattr(mailbox_actions, "MAX_BYTES", 1_000_000)
    head = f"From: {PRESS}\nSubject: Hostile\n".encode()
    server.deliver(
        head + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 6_000,
        head + b"\n" + b"A very long line. " * 60_000,
        head + b"Content-Type: text/html\n\n" + b"<div>" * 5_000,
        b"\x00\xff\n",
        head + b"\n\n",
        mail(),
    )
    check()
    found = [(each.status, why(each)) for each in Mail.objects.order_by("uid")]
    assert [status for status, _why in found] == [MailStatus.FAILED] * 5 + [MailStatus.TAKEN]
    told = found[0][1], found[1][1], found[3][1]
    assert all(
        words in each
        for words, each in zip(("parts", "limit is 1 MB", "e-mail headers"), told, strict=True)
    )
    assert Article.objects.get().headline == "Bridge closed"


def test_mails_that_the_server_numbers_anew_are_not_taken_twice(server, check):
    mails = stories(2)
    server.deliver(*mails)
    check()
    assert Article.objects.count() == 2
    # A headline that was corrected meanwhile must not make the text look new.
    server.renumber(*mails, *stories(3)[2:])
    check()
    assert Article.objects.count() == 3
    again = Mail.objects.filter(status=MailStatus.ASIDE)
    assert [why(each) for each in again] == [
        "This was not imported: the same mail was taken before."
    ] * 2


def test_a_number_that_a_stranger_used_before_does_not_keep_a_mail_out(server, check):
    server.deliver(mail(sender="stranger@evil.example"), mail())
    check()
    assert Article.objects.count() == 1


def test_a_mail_without_a_number_of_its_sender_comes_in(server, check):
    first, second = stories(2)
    del first["Message-ID"], second["Message-ID"]
    server.deliver(first, second)
    check()
    assert Article.objects.count() == 2


class Killed(BaseException):
    """As if the process ended there."""


@pytest.mark.parametrize("place", ["receive_article", "_finish", "_mark"])
@pytest.mark.parametrize("after", [False, True])
def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(
    server, check, monkeypatch, place, after
):
    server.deliver(*stories(3))
    real, calls = getattr(mailbox_actions, place), []

    def killed(*args, **kwargs):
        calls.append(1)
        if len(calls) != 2:
            return real(*args, **kwargs)
        if after:
            real(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(mailbox_actions, place, killed)
    Mailbox.objects.get_or_create(
        address=mailbox_actions.mailboxes.Account(**server.account).address
    )
    mailbox = Mailbox.objects.get()
    with pytest.raises(Killed):
        mailbox_actions.check_mailbox.call(mailbox.pk)
    check()
    assert Article.objects.count() == 3
    assert list(Mail.objects.values_list("status", flat=True)) == [MailStatus.TAKEN] * 3
    assert MailedArticle.objects.count() == 3
    assert server.unread == 0


def test_a_mail_that_kills_its_worker_each_time_is_given_up_and_the_next_comes_in(server, check):
    server.deliver(*stories(2))
    Mailbox.objects.create(address=mailbox_actions.mailboxes.Account(**server.account).address)
    check()
    Article.objects.all().delete()
    first = Mail.objects.order_by("uid").first()
    first.articles.all().delete()
    Mail.objects.filter(pk=first.pk).update(
        status=MailStatus.READING, attempts=mailbox_actions.MAX_ATTEMPTS
    )
    server.deliver(stories(3)[2])
    check()
    first.refresh_from_db()
    assert (first.status, Article.objects.get().headline) == (MailStatus.FAILED, "Bridge 2")
    assert "the worker died each time" in why(first)


@pytest.fixture
def certificate(tmp_path) -> Path:
    """A certificate of this machine that nobody trusts, with its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", tmp_path / "key.pem", "-out", tmp_path / "certificate.pem"]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    return tmp_path


class TestWhatCannotBeReached:
    def test_a_mailbox_that_does_not_answer_is_left_alone_for_longer_each_time(
        self, server, check, settings
    ):
        settings.MAILBOX = server.account | {"password": "wrong"}
        for failures in (1, 2):
            check()
            mailbox = Mailbox.objects.get()
            assert mailbox.failures == failures
            wait = mailbox.next_check_at - timezone.now()
            assert timedelta(minutes=2 * failures - 1) < wait <= timedelta(minutes=2 * failures)
            assert "refuses the login" in str(from_data(mailbox.error))
            assert "wrong" not in str(mailbox.error)
        Mailbox.objects.update(failures=40)
        check()
        wait = Mailbox.objects.get().next_check_at - timezone.now()
        assert timedelta(minutes=59) < wait <= timedelta(hours=1)
        settings.MAILBOX = server.account
        server.deliver(mail())
        check()
        mailbox.refresh_from_db()
        assert (mailbox.failures, mailbox.error) == (0, None)
        assert Article.objects.count() == 1

    def test_without_the_setting_nothing_is_asked(self, server, check, settings):
        settings.MAILBOX = {}
        server.deliver(mail())
        check()
        assert not Mailbox.objects.exists()

    def test_a_certificate_that_nobody_trusts_is_refused(
        self, server, certificate, settings, check
    ):
        options = ["--cert", str(certificate / "certificate.pem")]
        with running(*options, "--key", str(certificate / "key.pem")) as port:
            settings.MAILBOX = server.account | {"port": port, "encryption": "starttls"}
            check()
        assert "certificate" in str(from_data(Mailbox.objects.get().error))


def test_chief_editors_see_what_became_of_each_mail_and_editors_do_not(
    server, check, client, chief, editor
):
    server.deliver(mail(), mail(sender="stranger@evil.example", number="<2@evil.example>"))
    check()
    client.force_login(chief)
    page = client.get(reverse("admin:claims_mail_changelist")).content.decode()
    assert "its sender is not among those whose mails are taken" in page
    assert "stranger@evil.example" in page
    taken = Mail.objects.get(status=MailStatus.TAKEN)
    assert (
        "Bridge closed"
        in client.get(reverse("admin:claims_mail_change", args=[taken.pk])).content.decode()
    )
    assert client.get(reverse("admin:claims_mailbox_changelist")).status_code == 200
    client.force_login(editor)
    assert client.get(reverse("admin:claims_mail_changelist")).status_code == 403


def test_mails_are_forgotten_here_after_the_days_of_the_inbox_and_not_taken_again(server, check):
    server.deliver(mail())
    check()
    Mail.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert purge()["mails"] == 1
    assert not Mail.objects.exists()
    check()
    assert (Article.objects.count(), Mail.objects.count()) == (1, 0)


def test_ninjs_that_is_attached_keeps_its_embargo(server, check):
    wire = f'{{"headline": "Bridge", "body_text": "{VERSION_1["body_text"]}", "embargoed": "2126-01-29T06:00:00Z"}}'
    server.deliver(mail("See attached.", ("wire.json", wire.encode())))
    check()
    assert Article.objects.get().embargoed_until.year == 2126
