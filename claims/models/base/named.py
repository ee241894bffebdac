"""Models with a name that is unique and found regardless of case."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class NamedModel(models.Model):
    """A model whose name is unique and found regardless of case.

    `name_key` is the name in folded case: the databases do not agree on the case of accented letters.
    """

    name = models.CharField(_("name"), max_length=300)
    # Folding may turn one character into three.
    name_key = models.CharField(_("normalised name"), max_length=900, editable=False)

    # The fields that are derived from the name and saved along with it.
    of_name: ClassVar[tuple[str, ...]] = ("name_key",)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """The name."""
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Update the derived fields when the name is saved."""
        self.fold()
        fields = kwargs.get("update_fields")
        if fields is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, *self.of_name}
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Set the fields that are derived from the name."""
        self.name_key = self.name.casefold()

    def clean(self) -> None:
        """Fold the name before the constraints are checked."""
        self.fold()

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Validate the derived fields whenever the name is validated, and report errors on the name.

        A form can only report errors on its own fields: it has the name, but not the derived fields.
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
        """Name the field that users know in the message about a duplicate."""
        shown = tuple(map(self._shown, unique_check))
        return super().unique_error_message(model_class, shown)

    def _shown(self, field: str) -> str:
        """Return the field on which users see the errors of another one."""
        return "name" if field in self.of_name else field
