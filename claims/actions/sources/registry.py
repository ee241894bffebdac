"""From the speakers of an article to the sources of the registry."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from operator import attrgetter, itemgetter

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from simple_history.utils import bulk_create_with_history

from claims.actions.base import action
from claims.actions.named_records import get_or_save
from claims.choices import SourceKind
from claims.errors import InvalidValueError
from claims.extraction.types import Speaker
from claims.models import Alias, Article, Claim, DistinctSources, Revision, Source
from claims.models.sources import last_name_key
from claims.queries.sources.similarity import PEOPLE, plain_role

LATELY = timedelta(days=365)
"""How far from an article a role must have been stated to be the same person's there: offices change hands."""
_NEWEST = 50
"""Among how many of a source's claims of that time its roles are looked for."""


def find_or_make(actor: User, name: str, kind: str, article: Article | None) -> Source:
    """Return the source with that name or alias, kind and article; create it in the actor's name if there is none.

    For a merged source, return the one it was merged into.
    """
    existing = Source.objects.called(name).filter(article=article, kind=kind).first()
    found = existing or get_or_save(
        actor, Source(name=name, kind=kind, article=article), article=article, kind=kind
    )
    return found.current()


class SourceRegistry:
    """Finds the sources for the speakers of new articles, and creates those that are missing.

    A person or body with a name is the same source in every article, found by exact name or alias in any case.
    Unnamed groups ("officials") and bare surnames belong to their article alone, so that no one is mistaken for
    someone else by a guess. A bare surname is a known source only if it can be no one else: see `_bearer`. In all
    other cases the page of possible duplicates asks an editor.

    Sources that it creates count at once, and are written by `save`.

    Args:
        actor: in whose name sources are created.
        names: names that will be needed: these are looked up together, others one by one.
        fresh: articles that have just been created, and so have no sources of their own yet.
    """

    def __init__(
        self, *, actor: User, names: Iterable[str] = (), fresh: Iterable[Article] = ()
    ) -> None:
        self._actor = actor
        self._resolved: dict[tuple[int, str, str], Source] = {}
        self._new: list[Source] = []
        self._claims: dict[int, list[Claim]] = defaultdict(list)
        self._loaded: dict[int, Source] = {}
        # The source for each name: among the sources of all articles, and among those of one.
        self._shared: dict[str, list[Source]] = {}
        self._own: dict[int, dict[str, list[Source]]] = {
            article.pk: defaultdict(list) for article in fresh
        }
        self._bearers: dict[tuple[str, str], list[Source]] = {}
        self._look_up({_fitting(name).casefold() for name in names})

    def resolve(self, speaker: Speaker, article: Article) -> Source:
        """Return the source for a speaker of an article."""
        name = _fitting(speaker.name)
        key = (article.pk, name.casefold(), speaker.kind)
        if key not in self._resolved:
            self._resolved[key] = self._find_or_make(name, speaker, article)
        return self._resolved[key]

    def remember(self, claims: Iterable[Claim]) -> None:
        """Take new claims into account, in their order of writing: their roles identify bare surnames."""
        for claim in claims:
            if claim.source:
                self._claims[id(claim.source)].append(claim)

    def save(self) -> None:
        """Write what was created, in a fixed order, so that two imports with the same people cannot deadlock.

        Raises:
            django.db.IntegrityError: if someone else has created one of them in the meantime.
        """
        self._new.sort(
            key=lambda source: (" " not in source.name_key, source.name_key, source.kind)
        )
        bulk_create_with_history(self._new, Source, batch_size=500, default_user=self._actor)
        self._new = []

    def _find_or_make(self, name: str, speaker: Speaker, article: Article) -> Source:
        if not _is_the_same_everywhere(name, speaker):
            return self._bearer(name, speaker, article) or self._make(name, speaker.kind, article)
        found = [each for each in self._called(name, None) if each.merged_into_id is None]
        same_kind = [source for source in found if source.kind == speaker.kind]
        if len(same_kind) == 1:
            return same_kind[0]
        if len(found) == 1:
            return found[0]
        return self._make(name, speaker.kind, article if found else None)

    def _make(self, name: str, kind: str, article: Article | None) -> Source:
        """Return the source with that name or alias, kind and article, or the one it was merged into; or a new one."""
        called = self._called(name, article)
        existing = [source for source in called if source.kind == kind]
        if existing:
            first = min(existing, key=attrgetter("name"))
            return self._same(first.current())
        source = Source(name=name, kind=kind, article=article)
        source.fold()
        called.append(source)
        self._new.append(source)
        return source

    def _bearer(self, name: str, speaker: Speaker, article: Article) -> Source | None:
        """Return the only known person with that surname, if this article gives them the role that others recently did.

        The role needs more than one word, because there are many ministers, and no editor may have marked the two
        as different.
        """
        role = plain_role(speaker.role)
        if not speaker.named or " " in name or speaker.kind not in PEOPLE or " " not in role:
            return None
        name_key = name.casefold()
        found = self._bearing(last_name_key(name), name_key)
        if len(found) != 1 or found[0].kind != speaker.kind or _are_apart(found[0], name_key):
            return None
        at = article.published_at or article.imported_at
        return found[0] if role in self._roles(found[0], at) else None

    def _bearing(self, word: str, name_key: str) -> list[Source]:
        """Return known people whose names end in this surname but are longer; at most two."""
        if (word, name_key) not in self._bearers:
            known = Source.objects.known().filter(last_name_key=word, kind__in=PEOPLE)
            found = known.exclude(name_key=name_key)[:2]
            self._bearers[word, name_key] = [self._same(source) for source in found]
        coming = [
            source
            for source in self._new
            if source.last_name_key == word
            and source.name_key != name_key
            and source.kind in PEOPLE
            and source.article is None
        ]
        return self._bearers[word, name_key] + coming

    def _roles(self, source: Source, at: datetime) -> set[str]:
        """Return the roles that a source's newest claims give it around a time."""
        first, last = at - LATELY, at + LATELY
        written = Claim.objects.filter(source=source.pk, listed_at__range=(first, last))
        newest = written.order_by("-listed_at", "-pk").values_list("listed_at", "role")[:_NEWEST]
        coming = [
            (claim.listed_at, claim.role)
            for claim in reversed(self._claims[id(source)])
            if first <= claim.listed_at <= last
        ]
        # Sorting is stable among equal times: what is still to be written is newer.
        stated = sorted([*coming, *newest], key=itemgetter(0), reverse=True)
        return {plain_role(role) for _, role in stated[:_NEWEST]}

    def _called(self, name: str, article: Article | None) -> list[Source]:
        """Return sources with this name or alias, of all articles or of one, including merged ones."""
        name_key = name.casefold()
        if article is None:
            if name_key not in self._shared:
                self._look_up([name_key])
            return self._shared[name_key]
        if article.pk not in self._own:
            self._own[article.pk] = defaultdict(list)
            self._add(self._own[article.pk], _names_of(article))
        return self._own[article.pk][name_key]

    def _look_up(self, name_key: Collection[str]) -> None:
        if name_key:
            self._shared |= {name: [] for name in name_key}
            self._add(self._shared, _names_of(None, name_key))

    def _add(self, to: dict[str, list[Source]], names: Iterable[tuple[str, Source]]) -> None:
        for name, source in names:
            same = self._same(source)
            if same not in to[name]:
                to[name].append(same)

    def _same(self, source: Source) -> Source:
        """Return the one copy of a source held here."""
        return self._loaded.setdefault(source.pk, source) if source.pk else source


def _names_of(
    article: Article | None, name_key: Collection[str] | None = None
) -> Iterator[tuple[str, Source]]:
    """Return the sources of all articles or of one, by name and alias; only some names, if given."""
    sources = Source.objects.filter(article=article)
    aliases = Alias.objects.filter(source__article=article).select_related("source")
    if name_key is not None:
        sources, aliases = (
            sources.filter(name_key__in=name_key),
            aliases.filter(name_key__in=name_key),
        )
    yield from ((source.name_key, source) for source in sources)
    yield from ((alias.name_key, alias.source) for alias in aliases)


def _is_the_same_everywhere(name: str, speaker: Speaker) -> bool:
    return speaker.named and (" " in name or speaker.kind not in PEOPLE)


def _are_apart(source: Source, name_key: str) -> bool:
    """Return whether an editor has marked a source and someone of that name as different."""
    if source._state.adding:
        return False
    apart = Q(first=source, second__name_key=name_key) | Q(second=source, first__name_key=name_key)
    return DistinctSources.objects.filter(apart).exists()


def _fitting(name: str) -> str:
    return name[: Source._meta.get_field("name").max_length]


def follow_merges(revisions: Collection[Revision]) -> None:
    """Replace sources in new texts' claims by those they were merged into while the texts were being split."""
    merged = Claim.objects.filter(revision__in=revisions, source__merged_into__isnull=False)
    for claim in merged.select_related("source"):
        if claim.source:
            claim.source = claim.source.current()
            claim.source_kind = claim.source.kind
            claim.save(update_fields=["source", "source_kind"])


@action("claims.add_source", what=gettext_noop("create sources"))
def create_source(*, actor: User, name: str, kind: SourceKind, article: Article | None) -> Source:
    """Find the source with that name and kind, or create it.

    Args:
        actor: who creates it.
        name: as typed by an editor.
        kind: its kind.
        article: for a source without a name of its own, its article.

    Raises:
        InvalidValueError: if the name is empty or too long.
    """
    name = " ".join(name.split())
    if not name or len(name) > (Source._meta.get_field("name").max_length or 0):
        raise InvalidValueError(why=_("a source needs a name of at most 300 characters."))
    return find_or_make(actor, name, kind, article)
