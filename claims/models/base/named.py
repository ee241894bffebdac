"""What has a name that is found whatever its case."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """Something with a name that is found, and is there once, whatever the name's case.

    `folded` is the name without its case: the databases do not agree on the case of letters with accents.
    """

    name = models.CharField(_("name"), max_length=300)
    # Folding may make three characters of one.
    folded = models.CharField(_("normalised name"), max_length=900, editable=False)

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
        """Look at what is written down of the name wherever the name is looked at, and tell what is wrong there.

        A form can only say something of the fields that it asked about: it has the name, and nothing of the rest.
        """
        left_out = set(exclude or ())
        if "name" in left_out:
            super().validate_constraints(exclude=left_out | set(self.of_name))
            return
        try:
            super().validate_constraints(exclude=left_out - set(self.of_name))
        except ValidationError as error:
            raise ValidationError(
                {self._shown(field): wrong for field, wrong in error.error_dict.items()}
            ) from None

    def unique_error_message(
        self, model_class: type[models.Model], unique_check: Sequence[str]
    ) -> ValidationError:
        """Call what is there already by the field that people know."""
        shown = tuple(map(self._shown, unique_check))
        return super().unique_error_message(model_class, shown)

    def _shown(self, field: str) -> str:
        """The field in which people see what is wrong with another."""
        return "name" if field in self.of_name else field
