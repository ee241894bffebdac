"""The log of persons whose names were removed, and where the database keeps names."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import PersonKind


def fields_of(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Yield each field of a model that names an account, and the field beside it with a copy of the name; "" if none."""
    there = {field.name for field in model._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        if field.related_model is User:
            beside = f"{field.name}_name"
            yield field.name, beside if beside in there else ""


def tables() -> list[type[models.Model]]:
    """Return every model with a table of its own, the histories included."""
    return [model for model in apps.get_models() if not model._meta.proxy]


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Queries for erasures."""

    def of(self, kind: PersonKind, number: int) -> "Erasure | None":
        """Return the erasure of a person, or None if they were not erased."""
        return self.filter(kind=kind, number=number).first()

    def former_editors(self) -> dict[int, str]:
        """Return what erased accounts are called now, by their ids."""
        return dict(self.filter(kind=PersonKind.ACCOUNT).values_list("number", "pseudonym"))


class Erasure(models.Model):
    """A person whose names were removed. It is never changed or deleted, and has a link in the chain of the logs.

    With it, the logs prove that a name in them was removed by the workbench, and that nothing else was.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=PersonKind)
    number = models.PositiveBigIntegerField(
        _("number"), help_text=_("The id of the account or the source.")
    )
    pseudonym = models.CharField(
        _("pseudonym"), max_length=100, help_text=_("What the person is called from then on.")
    )
    comments_emptied = models.BooleanField(_("comments emptied"), default=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("erased by"),
    )
    erased_at = models.DateTimeField(_("erased"), default=timezone.now)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure of a person")
        verbose_name_plural = _("erasures of persons")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="erasure_once"),
            models.CheckConstraint(
                condition=Q(kind__in=PersonKind.values), name="erasure_kind_known"
            ),
        ]

    def __str__(self) -> str:
        """The pseudonym."""
        return self.pseudonym
