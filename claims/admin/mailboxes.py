"""The mailbox to which articles are mailed, and what became of each mail."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.access import signed_in
from claims.actions import take_mails
from claims.admin.logs import ReadOnly, failure
from claims.models import Mail, Mailbox, MailedArticle


@admin.register(Mailbox)
class MailboxAdmin(ReadOnly, admin.ModelAdmin[Mailbox]):
    """Mailboxes that workers read, or read before the settings were changed."""

    list_display = ["address", "checked_at", "next_check_at", "what_went_wrong"]
    fields = ["address", "checked_at", "next_check_at", "what_went_wrong"]

    @admin.display(description=_("error"))
    def what_went_wrong(self, mailbox: Mailbox) -> str:
        """The error of the last check, and how many checks in a row have failed."""
        return failure(mailbox.error, mailbox.failures)


class MailedArticleInline(ReadOnly, admin.TabularInline[MailedArticle, Mail]):
    """The articles of a mail, and attachments that could not be read."""

    model = MailedArticle
    fields = ["name", "on_the_desk", "created", "what_went_wrong"]
    readonly_fields = ["name", "on_the_desk", "created", "what_went_wrong"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[MailedArticle]:
        """Each with its article."""
        return super().get_queryset(request).select_related("article")

    @admin.display(description=_("article"))
    def on_the_desk(self, mailed: MailedArticle) -> SafeString | str:
        """The article that it is now, or the one that was here already."""
        article = mailed.article
        if article is None:
            return ""
        return format_html('<a href="{}">{}</a>', article.get_absolute_url(), article.headline)

    @admin.display(description=_("error"))
    def what_went_wrong(self, mailed: MailedArticle) -> str:
        """The error."""
        return failure(mailed.error)


@admin.register(Mail)
class MailAdmin(ReadOnly, admin.ModelAdmin[Mail]):
    """Mails to the mailbox: which were taken, which were put aside, and why. Those can be taken after all."""

    list_display = ["__str__", "sender", "created_at", "status", "what_went_wrong"]
    list_filter = ["status"]
    search_fields = ["sender", "subject"]
    show_full_result_count = False
    fields = ["subject", "sender", "created_at", "mailbox", "status", "what_went_wrong"]
    inlines = [MailedArticleInline]
    actions = ["take"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        """Each with what it brought."""
        return super().get_queryset(request).prefetch_related("articles")

    @admin.display(description=_("error"))
    def what_went_wrong(self, mail: Mail) -> str:
        """Why it was put aside, or could not be read, and of which attachments."""
        parts = [
            f"{part.name}: {failure(part.error)}" if part.name else failure(part.error)
            for part in mail.articles.all()
            if part.error
        ]
        return " ".join(filter(None, [failure(mail.error), *parts]))

    @admin.action(description=_("Take after all, whoever sent them"), permissions=["take"])
    def take(self, request: HttpRequest, mails: QuerySet[Mail]) -> None:
        """Have the selected mails read that were put aside or that failed."""
        ids = list(mails.values_list("pk", flat=True))
        number = take_mails(actor=signed_in(request.user), mail_ids=ids)
        told = ngettext(
            "%d mail will be taken within a minute.",
            "%d mails will be taken within a minute.",
            number,
        )
        self.message_user(request, told % number, messages.SUCCESS if number else messages.WARNING)

    def has_take_permission(self, request: HttpRequest) -> bool:
        """Return whether the viewer may have mails taken."""
        return request.user.has_perm("claims.change_mail")
