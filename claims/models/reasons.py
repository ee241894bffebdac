"""A newsroom's own templates for the reasons of verdicts."""

import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.choices import Verdict
from claims.models.base.named import NamedModel

_PLACE = re.compile(r"\{[^{}\n]{1,60}\}")


def places(text: str) -> list[str]:
    """Return the places to fill in a text, with their braces, in order: "{figure}"."""
    return _PLACE.findall(text)


class ReasonTemplate(NamedModel):
    """A sentence that editors often give as a reason, with places to fill such as “{figure}”."""

    verdict = models.CharField(
        _("verdict"),
        max_length=10,
        choices=Verdict,
        blank=True,
        help_text=_("The verdict that the reason is for. Empty for any."),
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Offered to whoever uses the workbench in this language. Empty for all."),
    )
    text = models.TextField(
        _("text"),
        help_text=_(
            "As readers will see it. Put what differs each time in braces, such as {figure} or {source}; the desk asks for each."
        ),
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Templates with a lower number are offered first.")
    )
    active = models.BooleanField(
        _("active"), default=True, help_text=_("Off for templates that are no longer offered.")
    )

    history = HistoricalRecords(excluded_fields=["name_key"])

    class Meta:
        verbose_name = _("reason template")
        verbose_name_plural = _("reason templates")
        ordering = ["order", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="reason_template_has_name"),
            models.CheckConstraint(condition=~Q(text=""), name="reason_template_has_text"),
            models.CheckConstraint(
                condition=Q(verdict__in=["", *Verdict.values]),
                name="reason_template_verdict_known",
            ),
            models.UniqueConstraint(
                fields=["language", "name_key"],
                name="reason_template_once",
                violation_error_message=_("This language already has a template with this name."),
            ),
        ]
