"""Merging sources that turn out to be the same, taking a merge back, and telling apart those that are not."""

from operator import attrgetter

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.bulk_changes import go, take_back
from claims.actions.locking import delete_as, save_as
from claims.choices import Deed, Progress
from claims.errors import NotPossibleError
from claims.models import Alias, Batch, Claim, Source, SourcesApart
from claims.queries.accounts import name_of
from claims.queries.sources.merges import names_given

_MAY = "claims.change_source"


@action(_MAY, what=gettext_noop("merge sources"))
def merge_sources(*, actor: User, source: Source, into: Source) -> Batch:
    """Make one source of two. The first one's record stays, and says what it is now.

    The other one gets its name and aliases, where it hasn't them, and its claims, as a bulk change: each article's
    in a step of its own in the log; at once where they are few, else in the background.

    Args:
        actor: who merges them.
        source: the one that goes.
        into: the one that stays.

    Returns:
        The bulk change.

    Raises:
        NotPossibleError: if they are one already, one of them was merged before, one that belongs to a single
            article would get the claims of others, or claims are still on their way to or from the one that goes.
    """
    source, into = _locked(source, into)
    _require_two(source, into)
    _require_settled(source)
    names = names_given(source, into)
    batch = Batch.objects.create(
        deed=Deed.UNIFY,
        fields={"source_id": into.pk},
        total=Claim.objects.filter(source=source).count(),
        progress=Progress.WAITING,
        actor=actor,
        actor_name=name_of(actor),
    )
    for name in names:
        save_as(actor, Alias(source=into, name=name, merged_from=source))
    source.merged_into, source.moved_by = into, batch
    save_as(actor, source, fields=["merged_into", "moved_by"])
    go(batch)
    return batch


@action(_MAY, what=gettext_noop("merge sources"))
def part_sources(*, actor: User, source: Source) -> Batch:
    """Take a merge back: the source is one of its own again, with its claims. A merge under way stops.

    Claims whose source someone changed since stay as they are. The names that came with the source go with it,
    but for those that another merged source brings as well.

    Args:
        actor: who takes it back.
        source: the one that was merged.

    Returns:
        The bulk change that gives its claims back.

    Raises:
        NotPossibleError: if it is not merged, into a source that was merged itself, or into one whose own claims
            are still on their way back.
    """
    source, into = _locked(source, source.merged_into or source)
    if source.moved_by_id is None or source.merged_into_id != into.pk:
        raise NotPossibleError(why=_("this source has not been merged."))
    if into.merged_into_id is not None:
        raise NotPossibleError(
            why=_("“%(name)s” has itself been merged. Undo that merge first.") % {"name": into.name}
        )
    if into.moved_by is not None and not into.moved_by.ended:
        raise NotPossibleError(why=_on_their_way(into))
    merge = Batch.objects.select_for_update().get(pk=source.moved_by_id)
    if not merge.ended:
        merge.progress = Progress.STOPPED
        merge.save(update_fields=["progress"])
    batch = take_back(actor, merge)
    source.merged_into, source.moved_by = None, batch
    save_as(actor, source, fields=["merged_into", "moved_by"])
    for alias in into.aliases.filter(merged_from=source):
        _leave(actor, alias, source, into)
    go(batch)
    return batch


@action(_MAY, what=gettext_noop("mark sources as different"))
def tell_apart(*, actor: User, source: Source, other: Source) -> SourcesApart:
    """Keep that two sources that look alike are not the same: nobody is asked about them again.

    Raises:
        NotPossibleError: if they are one and the same.
    """
    if source.pk == other.pk:
        raise NotPossibleError(why=_("choose another source."))
    first, second = sorted((source, other), key=attrgetter("pk"))
    said, _made = SourcesApart.objects.get_or_create(
        first=first, second=second, defaults={"said_by": actor}
    )
    return said


def _locked(*sources: Source) -> list[Source]:
    """Sources as they stand now, locked until the transaction ends.

    Always in the same order, so that no two wait for each other.
    """
    ids = [source.pk for source in sources]
    found = {
        one.pk: one for one in Source.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    return [found[pk] for pk in ids]


def _require_two(source: Source, into: Source) -> None:
    """Raise `NotPossibleError` unless one may be merged into the other.

    Only what was not merged merges, and only into what was not: so no merge ever leads back to where it began.
    """
    if source.pk == into.pk:
        raise NotPossibleError(why=_("choose another source."))
    for one in (source, into):
        if one.merged_into_id is not None:
            raise NotPossibleError(
                why=_("“%(name)s” has already been merged. Choose the source it was merged into.")
                % {"name": one.name}
            )
    if into.article_id is not None and into.article_id != source.article_id:
        raise NotPossibleError(
            why=_("“%(name)s” exists only in one article. Merge them the other way round.")
            % {"name": into.name}
        )


def _require_settled(source: Source) -> None:
    """Raise `NotPossibleError` while claims are on their way to or from a source that is to be merged.

    They would arrive at a source that is another one by then, and an un-merge would not find them.
    """
    moving = Batch.objects.filter(
        deed=Deed.UNIFY, progress__in=[Progress.WAITING, Progress.RUNNING]
    )
    here = Q(fields__source_id=source.pk) | Q(undoes__fields__source_id=source.pk)
    if moving.filter(here | Q(pk=source.moved_by_id)).exists():
        raise NotPossibleError(why=_on_their_way(source))


def _on_their_way(source: Source) -> str:
    return _("claims of “%(name)s” are still being moved. Try again in a few minutes.") % {
        "name": source.name
    }


def _leave(actor: User, alias: Alias, source: Source, into: Source) -> None:
    """Take a name away that came with a merged source, or leave it to another one that brings it, too."""
    same = Q(folded=alias.folded) | Q(aliases__folded=alias.folded)
    other = into.merged.filter(same).exclude(pk=source.pk).order_by("pk").first()
    if other:
        alias.merged_from = other
        save_as(actor, alias, fields=["merged_from"])
    else:
        delete_as(actor, alias)
