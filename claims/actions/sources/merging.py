"""Merging sources that are the same, undoing a merge, and marking sources as different."""

from operator import attrgetter

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.bulk_changes import prepare_undo, run_or_enqueue
from claims.actions.locking import delete_as, save_as
from claims.choices import ChangeAction, JobStatus
from claims.errors import NotPossibleError
from claims.models import Alias, BulkChange, Claim, DistinctSources, Source
from claims.queries.accounts import display_name
from claims.queries.sources.merges import names_given

_MAY = "claims.change_source"


@action(_MAY, what=gettext_noop("merge sources"))
def merge_sources(*, actor: User, source: Source, into: Source) -> BulkChange:
    """Merge a source into another one. The merged source's record stays, and refers to the other.

    The other source gets the merged one's name and aliases, if it lacks them. It also gets its claims, as a bulk
    change with one log entry per article: at once if they are few, else in the background.

    Args:
        actor: who merges them.
        source: the source to merge.
        into: the source that remains.

    Returns:
        The bulk change.

    Raises:
        NotPossibleError: if they are already one, or one of them has been merged before, or a source of a single
            article would get claims of others, or claims of the merged one are still being moved.
    """
    source, into = _locked(source, into)
    _require_two(source, into)
    _require_settled(source)
    names = names_given(source, into)
    bulk_change = BulkChange.objects.create(
        action=ChangeAction.MERGE_SOURCES,
        fields={"source_id": into.pk},
        total=Claim.objects.filter(source=source).count(),
        status=JobStatus.WAITING,
        actor=actor,
        actor_name=display_name(actor),
    )
    for name in names:
        save_as(actor, Alias(source=into, name=name, merged_from=source))
    source.merged_into, source.merge_job = into, bulk_change
    save_as(actor, source, fields=["merged_into", "merge_job"])
    run_or_enqueue(bulk_change)
    return bulk_change


@action(_MAY, what=gettext_noop("merge sources"))
def unmerge_sources(*, actor: User, source: Source) -> BulkChange:
    """Undo a merge: the source is separate again, with its claims. A merge that is still running stops.

    Claims whose source has been changed since stay as they are. The names that came with the source go back
    with it, except those that another merged source also has.

    Args:
        actor: who undoes it.
        source: the merged source.

    Returns:
        The bulk change that moves its claims back.

    Raises:
        NotPossibleError: if it is not merged, or is merged into a source that has itself been merged, or into
            one whose own claims are still being moved back.
    """
    source, into = _locked(source, source.merged_into or source)
    if source.merge_job_id is None or source.merged_into_id != into.pk:
        raise NotPossibleError(why=_("this source has not been merged."))
    if into.merged_into_id is not None:
        raise NotPossibleError(
            why=_("“%(name)s” has itself been merged. Undo that merge first.") % {"name": into.name}
        )
    if into.merge_job is not None and not into.merge_job.ended:
        raise NotPossibleError(why=_on_their_way(into))
    merge = BulkChange.objects.select_for_update().get(pk=source.merge_job_id)
    if not merge.ended:
        merge.status = JobStatus.STOPPED
        merge.save(update_fields=["status"])
    bulk_change = prepare_undo(actor, merge)
    source.merged_into, source.merge_job = None, bulk_change
    save_as(actor, source, fields=["merged_into", "merge_job"])
    for alias in into.aliases.filter(merged_from=source):
        _leave(actor, alias, source, into)
    run_or_enqueue(bulk_change)
    return bulk_change


@action(_MAY, what=gettext_noop("mark sources as different"))
def mark_distinct(*, actor: User, source: Source, other: Source) -> DistinctSources:
    """Mark two similar sources as different, so that they are not suggested again.

    Raises:
        NotPossibleError: if they are the same source.
    """
    if source.pk == other.pk:
        raise NotPossibleError(why=_("choose another source."))
    first, second = sorted((source, other), key=attrgetter("pk"))
    said, _made = DistinctSources.objects.get_or_create(
        first=first, second=second, defaults={"marked_by": actor}
    )
    return said


def _locked(*sources: Source) -> list[Source]:
    """Return sources in their current state, locked until the transaction ends.

    Always in the same order, to avoid deadlocks.
    """
    ids = [source.pk for source in sources]
    found = {
        one.pk: one for one in Source.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    return [found[pk] for pk in ids]


def _require_two(source: Source, into: Source) -> None:
    """Raise `NotPossibleError` unless one source may be merged into the other.

    Neither of them may have been merged, so merges cannot form a circle.
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
    """Raise `NotPossibleError` while claims of a source to be merged are still being moved.

    They would arrive at a source that has been merged by then, and undoing the merge would not find
    them.
    """
    moving = BulkChange.objects.filter(
        action=ChangeAction.MERGE_SOURCES, status__in=[JobStatus.WAITING, JobStatus.RUNNING]
    )
    here = Q(fields__source_id=source.pk) | Q(undoes__fields__source_id=source.pk)
    if moving.filter(here | Q(pk=source.merge_job_id)).exists():
        raise NotPossibleError(why=_on_their_way(source))


def _on_their_way(source: Source) -> str:
    return _("claims of “%(name)s” are still being moved. Try again in a few minutes.") % {
        "name": source.name
    }


def _leave(actor: User, alias: Alias, source: Source, into: Source) -> None:
    """Remove a name that came with a merged source, or leave it to another merged source that also has it."""
    same = Q(name_key=alias.name_key) | Q(aliases__name_key=alias.name_key)
    other = into.merged.filter(same).exclude(pk=source.pk).order_by("pk").first()
    if other:
        alias.merged_from = other
        save_as(actor, alias, fields=["merged_from"])
    else:
        delete_as(actor, alias)
