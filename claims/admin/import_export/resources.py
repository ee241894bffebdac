"""The records that can be imported and exported: their columns, and what a file may change."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions import Entry, delete_record
from claims.actions.claims.spans import LONGEST_STATEMENT
from claims.admin.import_export.base import EntryResource, refuse
from claims.admin.import_export.columns import (
    Called,
    Choice,
    Column,
    Moment,
    Names,
    Spans,
    Speaker,
    Text,
    YesNo,
)
from claims.admin.import_export.sheets import Sheet
from claims.choices import SourceKind
from claims.models import Alias, Article, Claim, Desk, Outlet, Source, Tag
from claims.models.base.named import NamedModel
from claims.models.claims.blind import hidden_from
from claims.queries import exports
from claims.renderers.data import columns

_NO_OUTLET = gettext_lazy(
    "There is no outlet “%(name)s”. Add the outlet first, or correct the name."
)
_NO_DESK = gettext_lazy("There is no desk “%(name)s”. Add the desk first, or correct the name.")
_WORDS = gettext_lazy(
    "This column cannot be changed here: the exact words of a claim are set on the review page. Leave the cell as exported."
)
_VERDICT = gettext_lazy(
    "This column cannot be changed here: verdicts are set on the review page. Leave the cell as exported."
)
_HOME = gettext_lazy("This column cannot be changed here. Leave the cell as exported.")


class NamedResource(EntryResource):
    """Records with a unique name, regardless of case."""

    COLUMNS = (*EntryResource.COLUMNS, Column("name"))

    def prepare(self, sheet: Sheet) -> None:
        """Look up which names are taken."""
        super().prepare(sheet)
        names = {" ".join(cell.split()).casefold() for cell in sheet.column("name")}
        names |= {record.name_key for record in self._standing.values()}
        self._taken = {
            self.key(record): record.pk
            for record in self.model._default_manager.filter(name_key__in=names)
        }

    def key(self, record: Any) -> tuple[object, ...]:
        """The key that must be unique."""
        return (record.name.casefold(),)

    def require_unique(self, record: NamedModel) -> None:
        """Refuse a name that already exists, in the database or in the file."""
        key = self.key(record)
        if self._taken.get(key, record.pk) != record.pk:
            refuse(
                "name",
                _(
                    "“%(name)s” already exists with the number %(id)s. To change it, write this number in the column “id”; otherwise choose another name."
                )
                % {"name": record.name, "id": self._taken[key]},
            )
        self.require_once("name", key)


class OutletResource(NamedResource):
    """Outlets."""

    model = Outlet

    COLUMNS = (
        *NamedResource.COLUMNS,
        Column("url"),
        Column("country"),
        Column("note", Text()),
    )


class DeskResource(NamedResource):
    """Desks."""

    model = Desk


class TagResource(NamedResource):
    """Tags."""

    model = Tag


class Aliases(Column):
    """The aliases of a source."""

    def __init__(self) -> None:
        super().__init__("aliases", Names())

    def value(self, record: Any) -> list[str]:
        """Those from the row, or else the existing ones."""
        given: list[str] | None = vars(record).get("given_aliases")
        if given is not None:
            return given
        return [] if record._state.adding else [alias.name for alias in record.aliases.all()]

    def save(self, record: Any, cell: str) -> None:
        """Attach them to the source until it is written."""
        longest = Alias._meta.get_field("name").max_length or 0
        names = self.kind.clean(cell)
        for name in names:
            if len(name) > longest:
                raise ValueError(
                    _("“%(name)s…” is longer than %(limit)s characters.")
                    % {"name": name[:40], "limit": longest}
                )
        vars(record)["given_aliases"] = names


class SourceResource(NamedResource):
    """Sources, each with its aliases in one cell."""

    model = Source

    COLUMNS = (
        *NamedResource.COLUMNS,
        Column("kind", Choice(SourceKind)),
        Aliases(),
        Column("organisation"),
        Column("country"),
        Column("wikidata"),
        Column("links", Text()),
        Column("note", Text()),
        Column(
            "article",
            attribute="article_id",
            shown=gettext_lazy(
                "This column cannot be changed here: the article of a source is set on the source's own page. Leave the cell as exported, or empty for a new source."
            ),
        ),
        Column(
            "merged_into",
            attribute="merged_into_id",
            shown=gettext_lazy(
                "This column cannot be changed here: sources are merged on their own pages. Leave the cell as exported, or empty for a new source."
            ),
        ),
    )

    def with_cells(self, records: models.QuerySet[Source]) -> models.QuerySet[Source]:
        """Sources with their aliases."""
        return records.prefetch_related("aliases")

    def key(self, record: Source) -> tuple[object, ...]:
        """Sources of different kinds, or of different articles, may share a name."""
        return (record.name.casefold(), record.kind, record.article_id)

    def validate(self, record: Any, wrong: dict[str, Any]) -> None:
        """Refuse to remove an alias without the permission to delete one."""
        super().validate(record, wrong)
        if self._removed(record) and not self.user.has_perm("claims.delete_alias"):
            refuse(
                "aliases",
                _(
                    "Your account is allowed to add aliases, but not to remove them. Ask a chief editor."
                ),
            )

    def entries_of(self, record: Source, fields: list[str]) -> Iterable[Entry]:
        """The source and its new aliases."""
        standing = self._standing_aliases(record)
        yield Entry(record, [name for name in fields if name != "aliases"])
        for name in vars(record).get("given_aliases", ()):
            alias = standing.get(name.casefold())
            if alias is None:
                yield Entry(Alias(source=record, name=name))
            elif alias.name != name:
                alias.name = name
                yield Entry(alias, ["name"])

    def write(self, entries: list[Entry]) -> None:
        """Write the sources and their aliases, and delete those that their rows no longer have."""
        super().write(entries)
        for entry in entries:
            if isinstance(entry.record, Source):
                for alias in self._removed(entry.record):
                    delete_record(actor=self.user, record=alias)

    def _removed(self, source: Source) -> list[Alias]:
        given: list[str] | None = vars(source).get("given_aliases")
        if given is None:
            return []
        kept = {name.casefold() for name in given}
        return [
            alias
            for name_key, alias in self._standing_aliases(source).items()
            if name_key not in kept
        ]

    def _standing_aliases(self, source: Source) -> dict[str, Alias]:
        if source.pk not in self._standing:
            return {}
        return {alias.name_key: alias for alias in source.aliases.all()}


class ArticleResource(EntryResource):
    """The metadata of articles."""

    model = Article

    COLUMNS = (
        *EntryResource.COLUMNS,
        Column("headline"),
        Column("outlet", Called(Outlet, _NO_OUTLET)),
        Column("desk", Called(Desk, _NO_DESK)),
        Column("byline"),
        Column("url"),
        Column("published_at", Moment()),
        Column("embargoed_until", Moment()),
        Column("language"),
    )

    no_new = gettext_lazy(
        "New articles cannot be imported here, because they have to be split into claims: add them under “New article”. Each row here needs the number of an article."
    )

    def with_cells(self, records: models.QuerySet[Article]) -> models.QuerySet[Article]:
        """Articles with their outlets and desks."""
        return records.select_related("outlet", "desk")


class ClaimResource(EntryResource):
    """Claims: their wording and their sources. The other columns are read-only context."""

    model = Claim

    COLUMNS = (
        *EntryResource.COLUMNS,
        Column("article", attribute="revision__article_id", shown=_HOME),
        Column("headline", attribute="revision__article__headline", shown=_HOME),
        Column("quote", shown=_WORDS),
        Column("spans", Spans(), shown=_WORDS),
        Column("statement"),
        Column("source", Speaker()),
        Column("role"),
        Column("told_to"),
        Column("checkable", YesNo()),
        Column("verdict", shown=_VERDICT),
    )

    no_new = gettext_lazy(
        "New claims cannot be imported here, because a claim belongs to words in an article: create them on the review page. Each row here needs the number of a claim."
    )

    aside = frozenset({*exports.COLUMNS, *columns.COLUMNS})

    def with_cells(self, records: models.QuerySet[Claim]) -> models.QuerySet[Claim]:
        """Claims with their articles and sources, without texts."""
        return records.select_related("source", "revision__article").defer("revision__body")

    def validate(self, record: Any, wrong: dict[str, Any]) -> None:
        """Refuse a statement that the review page would refuse."""
        super().validate(record, wrong)
        if len(record.statement) > LONGEST_STATEMENT:
            refuse("statement", _("the statement is longer than 10,000 characters."))

    def table_of(self, records: Any) -> Iterator[list[str]]:
        """Leave out the verdicts that this person must not know yet."""
        self._hidden = hidden_from(self.user, records)
        return super().table_of(records)

    def prepare(self, sheet: Sheet) -> None:
        """Look up which verdicts this person must not know yet."""
        super().prepare(sheet)
        self._hidden = hidden_from(self.user, Claim.objects.filter(pk__in=self._standing))

    def cell(self, column: Column, record: Claim) -> str:
        """Leave a verdict empty that this person must not know yet."""
        hidden = column.name == "verdict" and record.pk in self._hidden
        return "" if hidden else super().cell(column, record)
