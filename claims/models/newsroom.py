"""The newsroom itself, its desks, outlets and tags."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.models.base.named import NamedModel
from claims.models.languages import LanguageField

ONLY = 1
"""The primary key of the one newsroom that there is."""


class Newsroom(models.Model):
    """The newsroom that answers for the reports. There is exactly one, created with the database."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    logo = models.FileField(
        _("logo"),
        blank=True,
        help_text=_("A PNG or JPEG of at most 500 KB, shown at the top of reports."),
    )
    logo_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    language = LanguageField(
        _("public language"),
        default="en",
        help_text=_("The language of the public site, and of new reports."),
    )
    method = models.TextField(
        _("method"),
        blank=True,
        help_text=_(
            "How the newsroom works. If empty, reports describe how Claim Workbench works."
        ),
    )
    funding = models.TextField(_("funding"), blank=True)
    contact = models.TextField(
        _("contact"),
        blank=True,
        help_text=_("How readers can reach the newsroom: postal address, e-mail, phone."),
    )
    corrections = models.TextField(
        _("corrections"),
        blank=True,
        help_text=_("How to request a correction, and what happens then."),
    )

    publish_updates = models.BooleanField(
        _("publish updates"),
        default=False,
        help_text=_(
            "Claims that were published as pending and have been checked since are then updated on the public pages automatically, ten minutes after the decision, with the editor’s reason and the documents that are not confidential. Corrections are always published by a chief editor."
        ),
    )

    notices_have_texts = models.BooleanField(
        _("notices with texts"),
        default=False,
        help_text=_(
            "Notices by e-mail and in chats also have statements, headlines and titles that may not be published yet. Without this, they say only what happened."
        ),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("newsroom")
        verbose_name_plural = _("newsroom")
        constraints = [
            models.CheckConstraint(condition=Q(pk=ONLY), name="newsroom_only_one"),
            models.CheckConstraint(
                condition=Q(logo="", logo_sha256="") | (~Q(logo="") & ~Q(logo_sha256="")),
                name="newsroom_logo_has_digest",
            ),
        ]

    def __str__(self) -> str:
        """Its name, or what it is."""
        return self.name or str(_("The newsroom"))

    @staticmethod
    def current() -> "Newsroom":
        """Return the newsroom."""
        return Newsroom.objects.get(pk=ONLY)


class Desk(NamedModel):
    """A department of the newsroom that articles belong to, such as “economy”."""

    public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_(
            "Everyone can read its name on the public pages, with the published claims from its articles."
        ),
    )

    history = HistoricalRecords(excluded_fields=["name_key"])

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="desk_has_name"),
            models.UniqueConstraint(fields=["name_key"], name="desk_once"),
        ]


# Migrations refer to Django's own class, because they must not depend on this validation.
@deconstructible(path="django.core.validators.URLValidator")
class _WebAddress(URLValidator):
    def __call__(self, value: object) -> None:
        super().__call__(value)
        if "@" in urlsplit(str(value)).netloc:
            raise ValidationError(
                _(
                    "This address contains a user name or a password that anyone who sees it could use. Remove the part before the @."
                ),
                code="credentials",
            )


WEB_ADDRESS = _WebAddress(schemes=["http", "https"])
"""What may become a link: addresses of the web, and nothing that a browser would run."""


class Outlet(NamedModel):
    """A publisher of articles: a newspaper, an agency, a broadcaster."""

    url = models.CharField(_("address"), max_length=2000, blank=True, validators=[WEB_ADDRESS])
    country = models.CharField(_("country"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("For internal use only."))

    history = HistoricalRecords(excluded_fields=["name_key"])

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="outlet_has_name"),
            models.UniqueConstraint(fields=["name_key"], name="outlet_once"),
        ]


class Tag(NamedModel):
    """One of the newsroom's own labels for claims, such as “election” or “for Friday”."""

    public = models.BooleanField(
        _("public topic"),
        default=False,
        help_text=_(
            "Everyone can read its name on the public pages, as a topic with the published claims that have this tag."
        ),
    )

    history = HistoricalRecords(excluded_fields=["name_key"])

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_name"),
            models.UniqueConstraint(fields=["name_key"], name="tag_once"),
        ]
