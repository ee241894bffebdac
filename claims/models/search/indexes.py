"""What has an index of words: some fields of a model, as they are or by the stems of English words."""

from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class WordIndex:
    """An index of the words in some fields of a model.

    Attributes:
        model: the model.
        fields: its searched fields, at most four.
        stems: whether "bridges" finds "bridge". Such an index knows English words only.
    """

    model: type[models.Model]
    fields: tuple[str, ...]
    stems: bool = False

    @property
    def table(self) -> str:
        """The model's table."""
        return self.model._meta.db_table

    @property
    def column(self) -> str:
        """What it is called within its table."""
        return "stems" if self.stems else "search"

    @property
    def name(self) -> str:
        """What it is called in the database."""
        return f"{self.table}_{self.column}"

    @property
    def columns(self) -> list[str]:
        """The columns of the searched fields."""
        found: list[Any] = [self.model._meta.get_field(name) for name in self.fields]
        return [field.column for field in found]


def search_index(model: Any) -> WordIndex:
    """The index of a model that has `SEARCHED`, which people search."""
    return WordIndex(model, model.SEARCHED)


def stem_index(model: Any) -> WordIndex:
    """The index of a model that has `MATCHED`, by which texts about the same thing are found."""
    return WordIndex(model, model.MATCHED, stems=True)
