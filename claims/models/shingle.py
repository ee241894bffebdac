"""By what articles with nearly the same text are found."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.matching import sketch
from claims.models.article import Article


class ShingleQuerySet(models.QuerySet["Shingle"]):
    """Questions asked of the shingles."""

    def alike(self, text: str, most: int) -> list[int]:
        """The ids of articles whose sketches share something with a text's, those that share most first.

        They are only candidates: what the whole texts have in common is for `claims.matching.near_duplicates` to say.
        """
        shared = self.filter(value__in=sketch(text)).values("article")
        by_number = shared.annotate(number=models.Count("pk")).order_by("-number", "-article")
        return [row["article"] for row in by_number[:most]]

    def hold(self, texts: Sequence[tuple[Article, str]]) -> None:
        """Make the sketches of articles those of their texts."""
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
    """One of the shingles that are the sketch of an article's newest text."""

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
