"""What has a name that is found whatever its case."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """Something with a name that is found, and is there once, whatever the name's case.

    `folded` is the name without its case: the databases do not agree on the case of letters with accents.
    """

    name = models.CharField(_("name"), max_length=300)
    # Folding may make three characters of one.
    folded = models.CharField(_("name without case"), max_length=900, editable=False)

    # What is written down of the name beside it, and goes with it wherever it is saved.
    of_name: ClassVar[tuple[str, ...]] = ("folded",)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """The name."""
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what is written down of the name in step with it."""
        self.fold()
        fields = kwargs.get("update_fields")
        if fields is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, *self.of_name}
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Write down what is found of the name."""
        self.folded = self.name.casefold()

    def clean(self) -> None:
        """Fold the name before the constraints are looked at."""
        self.fold()

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Look at the constraints on the folded name although no form shows it."""
        super().validate_constraints(exclude=set(exclude or ()) - {"folded"})
