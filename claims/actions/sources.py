"""From the speakers of an article to the sources of the registry."""

import re
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Q

from claims.actions.registry import find_or_save
from claims.choices import SourceKind
from claims.extraction.types import Speaker
from claims.models import Article, Claim, Revision, Source, SourcesApart
from claims.models.source import last_word

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

LATELY = timedelta(days=365)
"""How far from an article a role must have been stated to be the same person's there: offices change hands."""
_NEWEST = 50
"""Among how many of a source's claims of that time its roles are looked for."""
_ARTICLES = re.compile(r"^(?:the|a|an|der|die|das|le|la|les|el|los|las)\s+", re.IGNORECASE)


def plain_role(role: str) -> str:
    """A role as stated, without its case and its article: “the interior minister” and “Interior Minister” are one."""
    return _ARTICLES.sub("", " ".join(role.casefold().split()))


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
    somebody else on a guess. A bare surname is somebody known only where it can be nobody else: see `_bearer`. In
    all other cases the page of sources that look alike asks an editor.
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
            return self._bearer(name, speaker) or self._make(name, speaker.kind, self._article)
        found = list(Source.objects.known().called(name)[:10])
        same_kind = [source for source in found if source.kind == speaker.kind]
        if len(same_kind) == 1:
            return same_kind[0]
        if len(found) == 1:
            return found[0]
        return self._make(name, speaker.kind, self._article if found else None)

    def _make(self, name: str, kind: str, article: Article | None) -> Source:
        return find_or_make(self._actor, name, kind, article)

    def _bearer(self, name: str, speaker: Speaker) -> Source | None:
        """The one person known with that surname, if this article gives them just the role that others did lately.

        The role needs more than one word, for there are many ministers; and nobody may have told the two apart.
        """
        role = plain_role(speaker.role)
        if not speaker.named or " " in name or speaker.kind not in PEOPLE or " " not in role:
            return None
        folded = name.casefold()
        bearers = Source.objects.known().filter(last_word=last_word(name), kind__in=PEOPLE)
        found = list(bearers.exclude(folded=folded)[:2])
        if len(found) != 1 or found[0].kind != speaker.kind:
            return None
        apart = Q(first=found[0], second__folded=folded) | Q(second=found[0], first__folded=folded)
        if SourcesApart.objects.filter(apart).exists():
            return None
        at = self._article.published_at or self._article.imported_at
        lately = Claim.objects.filter(source=found[0], listed_at__range=(at - LATELY, at + LATELY))
        stated = lately.order_by("-listed_at", "-pk").values_list("role", flat=True)[:_NEWEST]
        return found[0] if role in map(plain_role, stated) else None

    @staticmethod
    def _is_the_same_everywhere(name: str, speaker: Speaker) -> bool:
        return speaker.named and (" " in name or speaker.kind not in PEOPLE)


def follow_merges(revision: Revision) -> None:
    """Give a new text's claims the sources that theirs are by now: one may have been merged while they came in."""
    merged = Claim.objects.filter(revision=revision, source__merged_into__isnull=False)
    for claim in merged.select_related("source"):
        if claim.source:
            claim.source = claim.source.current()
            claim.source_kind = claim.source.kind
            claim.save(update_fields=["source", "source_kind"])
