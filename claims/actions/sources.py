"""From the speakers of an article to the sources of the registry."""

from django.contrib.auth.models import User

from claims.actions.registry import find_or_save
from claims.choices import SourceKind
from claims.extraction.types import Speaker
from claims.models import Article, Source

PEOPLE = frozenset(
    {
        SourceKind.MINISTER,
        SourceKind.SPOKESPERSON,
        SourceKind.OFFICIAL,
        SourceKind.POLICE_MILITARY,
        SourceKind.LAWMAKER,
        SourceKind.EXPERT,
        SourceKind.WITNESS,
        SourceKind.OTHER,
    }
)
"""Kinds whose single names are surnames: shared by too many to be the same person elsewhere."""


def find_or_make(actor: User, name: str, kind: str, article: Article | None) -> Source:
    """The source of that name or alias, kind and article; a new one in the actor's name if there is none.

    Who was merged into another source is that other one.
    """
    existing = Source.objects.called(name).filter(article=article, kind=kind).first()
    found = existing or find_or_save(
        actor, Source(name=name, kind=kind, article=article), article=article, kind=kind
    )
    return found.current()


class SourceRegistry:
    """Finds or makes the source of each speaker of one article, looking each up once.

    Who has a name of their own is the same source in every article: found by exact name or alias, in any
    case. Unnamed groups ("officials") and bare surnames belong to their article alone: nobody is taken for
    somebody else on a guess.
    """

    def __init__(self, *, article: Article, actor: User) -> None:
        self._article = article
        self._actor = actor
        self._known: dict[tuple[str, str], Source] = {}

    def resolve(self, speaker: Speaker) -> Source:
        """The speaker's source."""
        name = speaker.name[: Source._meta.get_field("name").max_length]
        key = (name.casefold(), speaker.kind)
        if key not in self._known:
            self._known[key] = self._find_or_make(name, speaker)
        return self._known[key]

    def _find_or_make(self, name: str, speaker: Speaker) -> Source:
        if not self._is_the_same_everywhere(name, speaker):
            return self._make(name, speaker.kind, self._article)
        found = list(Source.objects.known().called(name)[:10])
        same_kind = [source for source in found if source.kind == speaker.kind]
        if len(same_kind) == 1:
            return same_kind[0]
        if len(found) == 1:
            return found[0]
        return self._make(name, speaker.kind, self._article if found else None)

    def _make(self, name: str, kind: str, article: Article | None) -> Source:
        return find_or_make(self._actor, name, kind, article)

    @staticmethod
    def _is_the_same_everywhere(name: str, speaker: Speaker) -> bool:
        return speaker.named and (" " in name or speaker.kind not in PEOPLE)
