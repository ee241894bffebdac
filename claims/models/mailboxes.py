"""The mailbox to which articles are mailed, and what became of each mail."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.choices import MailStatus
from claims.models.articles import Article


class Mailbox(models.Model):
    """A mailbox that workers read, as they found it last. Which one that is, the settings say."""

    address = models.CharField(_("address"), max_length=700, unique=True)
    uid_validity = models.BigIntegerField(
        _("validity of its numbers"),
        default=0,
        help_text=_("If the server changes it, the numbers of mails begin anew."),
    )
    last_uid = models.BigIntegerField(_("number of the last mail"), default=0)
    checked_at = models.DateTimeField(_("last check"), null=True, blank=True)
    next_check_at = models.DateTimeField(_("next check"), default=timezone.now)
    failures = models.PositiveIntegerField(_("consecutive failures"), default=0)
    error = models.JSONField(_("error"), null=True, blank=True)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        ordering = ["pk"]

    def __str__(self) -> str:
        """Its address."""
        return self.address


class MailQuerySet(models.QuerySet["Mail"]):
    """Queries for mails."""

    def expired(self) -> Self:
        """Mails that are due for deletion here. In the mailbox they stay."""
        kept_for = timedelta(days=settings.KEEP_DAYS["inbox"])
        return self.filter(created_at__lt=timezone.now() - kept_for)


class Mail(models.Model):
    """A mail that came to the mailbox, and what became of it. Its text is in its articles."""

    mailbox = models.ForeignKey(
        Mailbox, on_delete=models.CASCADE, related_name="mails", verbose_name=_("mailbox")
    )
    uid_validity = models.BigIntegerField(_("validity of its number"))
    uid = models.BigIntegerField(_("number"))
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    sender = models.CharField(_("sender"), max_length=320, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    identity = models.CharField(
        _("identity"),
        max_length=64,
        blank=True,
        help_text=_("SHA-256 of its Message-ID and its sender."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=MailStatus, default=MailStatus.READING
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    error = models.JSONField(_("error"), null=True, blank=True)
    marked = models.BooleanField(_("marked as read"), default=False)
    accepted = models.BooleanField(
        _("accepted"), default=False, help_text=_("Somebody had it taken, whoever sent it.")
    )

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "uid_validity", "uid"], name="mail_came_in_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=MailStatus.values), name="mail_status_known"
            ),
        ]
        indexes = [
            models.Index(fields=["identity"], condition=~Q(identity=""), name="mail_by_identity"),
            models.Index(
                fields=["mailbox", "uid"],
                condition=Q(status="reading") | Q(status="taken", marked=False),
                name="mail_to_finish",
            ),
            models.Index(fields=["created_at"], name="mail_by_arrival"),
        ]

    def __str__(self) -> str:
        """Its subject."""
        return self.subject or gettext("mail without a subject")


class MailedArticle(models.Model):
    """An article of a mail, or an attachment that could not be read."""

    mail = models.ForeignKey(
        Mail, on_delete=models.CASCADE, related_name="articles", verbose_name=_("mail")
    )
    name = models.CharField(
        _("name"), max_length=300, blank=True, help_text=_("Of the attachment; empty for the mail.")
    )
    article = models.ForeignKey(
        Article,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("article"),
    )
    created = models.BooleanField(_("new"), default=False)
    error = models.JSONField(_("error"), null=True, blank=True)

    class Meta:
        verbose_name = _("mailed article")
        verbose_name_plural = _("mailed articles")
        ordering = ["pk"]

    def __str__(self) -> str:
        """The attachment's name, or the article's headline."""
        return self.name or (self.article.headline if self.article else gettext("the mail’s text"))
