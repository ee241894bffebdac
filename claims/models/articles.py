"""Articles, the versions of their text, and the sketches for finding near-duplicates."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.matching import sketch
from claims.models.base.addresses import AddressKeyField, address_key
from claims.models.base.prepared import Prepared
from claims.models.newsroom import WEB_ADDRESS, Desk, Outlet
from claims.models.search import Searchable


def standing(embargo: datetime | None) -> datetime | None:
    """Return until when an embargo still stands, or None."""
    return embargo if embargo and embargo > timezone.now() else None


class ArticleQuerySet(Searchable["Article"]):
    """Queries for articles."""

    def at(self, addresses: Iterable[str]) -> Self:
        """Articles published at one of these addresses, however they are written."""
        keys = {address_key(url) for url in addresses if url}
        # Repeated because SQLite uses the index only then: it has no articles without an address.
        return self.filter(address_key__in=keys).exclude(address_key="")

    def update(self, **values: Any) -> int:
        """Update all of them; an address along with its key."""
        # `bulk_update` calls this too, with an expression, and passes the keys.
        if isinstance(values.get("url"), str):
            values["address_key"] = address_key(values["url"])
        return super().update(**values)

    def bulk_update(
        self, objs: Iterable["Article"], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Update these fields of articles; an address along with its key."""
        articles, written = list(objs), set(fields)
        if "url" in written:
            written.add("address_key")
            for article in articles:
                article.address_key = address_key(article.url)
        return super().bulk_update(articles, sorted(written), batch_size)

    def with_listed_at(self) -> Self:
        """Add `listed_at`: when the article was published or, if that is unknown, added. Lists are sorted by it."""
        return self.annotate(listed_at=Coalesce("published_at", "imported_at"))


class Article(models.Model):
    """A news article with its metadata. Its text is in its revisions."""

    headline = models.CharField(_("headline"), max_length=300)
    outlet = models.ForeignKey(
        Outlet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="articles",
        verbose_name=_("outlet"),
    )
    desk = models.ForeignKey(
        Desk,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("desk"),
    )
    byline = models.CharField(_("byline"), max_length=200, blank=True)
    url = models.CharField(_("address"), max_length=2000, blank=True, validators=[WEB_ADDRESS])
    address_key = AddressKeyField(
        _("address key"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("SHA-256 of the normalised address."),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    embargoed_until = models.DateTimeField(
        _("embargoed until"),
        null=True,
        blank=True,
        help_text=_("Nothing of the article may be published before."),
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        default="en",
        help_text=_("A language tag, such as “en” or “pt-BR”."),
    )
    fingerprint = models.CharField(
        _("fingerprint"),
        max_length=64,
        editable=False,
        help_text=_(
            "SHA-256 of the imported content. Importing the same article twice creates it only once."
        ),
    )
    imported_at = models.DateTimeField(_("imported"), default=timezone.now, editable=False)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("imported by"),
    )
    changed_at = models.DateTimeField(
        _("last change"),
        default=timezone.now,
        editable=False,
        help_text=_("When the article, one of its claims or their evidence last changed."),
    )

    history = HistoricalRecords(excluded_fields=["fingerprint", "address_key", "changed_at"])
    objects = ArticleQuerySet.as_manager()
    SEARCHED = ("headline", "byline")
    SEARCHED_THROUGH = ("revisions",)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-changed_at", "-pk"]
        permissions = [("export_report", _("Can export reports"))]
        constraints = [
            models.UniqueConstraint(fields=["fingerprint"], name="article_came_in_once"),
            models.CheckConstraint(condition=~Q(headline=""), name="article_has_headline"),
        ]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="article_by_change"),
            models.Index(
                Coalesce("published_at", "imported_at").desc(),
                models.F("id").desc(),
                name="article_by_listed",
            ),
            models.Index(fields=["headline", "id"], name="article_by_headline"),
            models.Index(fields=["outlet", "id"], name="article_by_outlet"),
            models.Index(fields=["-imported_at", "-id"], name="article_by_import"),
            models.Index(
                fields=["address_key", "id"],
                condition=~Q(address_key=""),
                name="article_by_address",
            ),
        ]

    def __str__(self) -> str:
        """The headline."""
        return self.headline

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the article; an address along with its key."""
        fields = kwargs.get("update_fields")
        if fields is not None and "url" in fields:
            kwargs["update_fields"] = {*fields, "address_key"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The article's review page."""
        return reverse("article", args=[self.pk])

    @property
    def embargo(self) -> datetime | None:
        """Until when it is still embargoed; None if it is not."""
        return standing(self.embargoed_until)

    def current_revision(self) -> "Revision":
        """The newest version of the text, in one query."""
        found = _NEWEST.first(self.pk)
        if found is None:
            raise Revision.DoesNotExist
        found.article = self
        return found


class Revision(models.Model):
    """One version of an article's body. It never changes, because the offsets of claims depend on it.

    The database itself refuses to change it.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="revisions", verbose_name=_("article")
    )
    number = models.PositiveIntegerField(_("number"), default=1)
    body = models.TextField(_("text"))
    digest = models.CharField(_("SHA-256"), max_length=64, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    SEARCHED = ("body",)
    UNCHANGED = ("article", "number", "body", "digest")

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=~Q(body=""), name="revision_has_text"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_counts_from_one"),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="revision_by_creation"),
            models.Index(fields=["digest"], name="revision_by_digest"),
        ]

    def __str__(self) -> str:
        """The revision's number, in words."""
        return gettext("revision %(number)s") % {"number": self.number}

    @staticmethod
    def digest_of(body: str) -> str:
        """Return the SHA-256 of a body in UTF-8, in hex."""
        return hashlib.sha256(body.encode()).hexdigest()


class ShingleQuerySet(models.QuerySet["Shingle"]):
    """Queries for shingles."""

    def alike(self, text: str, most: int) -> list[int]:
        """Return the ids of articles whose sketches overlap with a text's, the largest overlap first.

        They are only candidates: `claims.matching.near_duplicates` compares the whole texts.
        """
        shared = self.filter(value__in=sketch(text)).values("article")
        by_number = shared.annotate(number=models.Count("pk")).order_by("-number", "-article")
        return [row["article"] for row in by_number[:most]]

    def hold(self, texts: Sequence[tuple[Article, str]]) -> None:
        """Store the sketches of articles' texts."""
        self.filter(article__in=[article for article, _text in texts]).delete()
        self.bulk_create(
            (
                Shingle(article=article, value=value)
                for article, text in texts
                for value in sketch(text)
            ),
            batch_size=500,
        )


class Shingle(models.Model):
    """One of the shingles in the sketch of an article's newest text."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    value = models.BigIntegerField(_("hash"))

    objects = ShingleQuerySet.as_manager()

    class Meta:
        verbose_name = _("shingle")
        verbose_name_plural = _("shingles")
        constraints = [
            models.UniqueConstraint(fields=["value", "article"], name="shingle_once_an_article")
        ]

    def __str__(self) -> str:
        """The number."""
        return str(self.value)


_NEWEST = Prepared(lambda article: Revision.objects.filter(article=article).order_by("-number")[:1])
