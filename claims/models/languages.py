"""The languages in which the newsroom publishes, and its own words in them."""

from typing import Any

from django.conf.locale import LANG_INFO
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.choices import Verdict


def known_languages() -> list[tuple[str, str]]:
    """Return the languages that can be chosen, those that Django knows: each tag with the language's name for itself."""
    named = {tag: info["name_local"] for tag, info in LANG_INFO.items() if "name_local" in info}
    return sorted(named.items(), key=lambda one: one[1].casefold())


class LanguageField(models.CharField[str, str]):
    """The tag of a language in which reports can be written."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": 35, "choices": known_languages, **options})

    def deconstruct(self) -> Any:
        """Return a plain field: migrations must not depend on what Django knows."""
        name, _path, args, options = super().deconstruct()
        options.pop("choices", None)
        return name, "django.db.models.CharField", args, options


class PublicLanguage(models.Model):
    """A language in which the newsroom publishes, with its own words in it.

    An empty field means the newsroom's details or, of verdicts, the software's words: those in this language if there are
    any, otherwise the English ones.
    """

    language = LanguageField(_("language"))
    verified = models.CharField(_("word for “verified”"), max_length=60, blank=True)
    verified_meaning = models.TextField(_("what “verified” means"), blank=True)
    disputed = models.CharField(_("word for “disputed”"), max_length=60, blank=True)
    disputed_meaning = models.TextField(_("what “disputed” means"), blank=True)
    pending = models.CharField(_("word for “pending”"), max_length=60, blank=True)
    pending_meaning = models.TextField(_("what “pending” means"), blank=True)
    method = models.TextField(_("method"), blank=True)
    funding = models.TextField(_("funding"), blank=True)
    contact = models.TextField(_("contact"), blank=True)
    corrections = models.TextField(_("corrections"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("public language")
        verbose_name_plural = _("public languages")
        ordering = ["language", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(language=""), name="public_language_named"),
            models.UniqueConstraint(
                fields=["language"],
                name="public_language_once",
                violation_error_message=_("This language has already been added."),
            ),
        ]

    def __str__(self) -> str:
        """The language's name for itself."""
        return str(self.get_language_display())

    def word_for(self, verdict: Verdict) -> str:
        """Return the newsroom's word for a verdict, or ""."""
        return str(getattr(self, verdict.value))

    @property
    def words(self) -> set[str]:
        """All its words for verdicts, and what it says that they mean."""
        return {
            each
            for verdict in Verdict
            for each in (self.word_for(verdict), self.meaning_of(verdict))
            if each
        }

    def meaning_of(self, verdict: Verdict) -> str:
        """Return what the newsroom says that a verdict means, or ""."""
        return str(getattr(self, f"{verdict.value}_meaning"))
