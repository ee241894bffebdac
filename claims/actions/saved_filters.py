"""Filters of the list of claims, saved under a name, for oneself or for the newsroom."""

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import SavedFilter

_MAY = "claims.view_claim"
_WHAT = gettext_noop("save filters")


@action(_MAY, what=_WHAT)
def save_filter(*, actor: User, name: str, query: str, shared: bool) -> SavedFilter:
    """Save a filter under a name. It replaces any of the actor's own with the same name.

    Args:
        actor: who it belongs to.
        name: its name.
        query: the filter as in the list's address, without the question mark.
        shared: whether everyone in the newsroom sees it.

    Raises:
        InvalidValueError: if the name is empty, or the name or the filter is too long.
    """
    name = " ".join(name.split())
    if not name:
        raise InvalidValueError(why=gettext_noop("give the filter a name."))
    kept = SavedFilter(name=name, query=query, owner=actor)
    try:
        kept.clean_fields()
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    kept, made = SavedFilter.objects.update_or_create(
        owner=actor, name=name, defaults={"query": query, "shared": shared}
    )
    LogEntry.objects.log_actions(
        actor.pk, [kept], ADDITION if made else CHANGE, change_message=query, single_object=True
    )
    return kept


@action(_MAY, what=_WHAT)
def delete_filter(*, actor: User, filter_id: int) -> None:
    """Delete a saved filter. A second click does nothing.

    Raises:
        NotPossibleError: if it belongs to someone else.
    """
    kept = SavedFilter.objects.filter(pk=filter_id).first()
    if kept is None:
        return
    if kept.owner_id != actor.pk:
        raise NotPossibleError(why=_("this filter belongs to someone else."))
    LogEntry.objects.log_actions(actor.pk, [kept], DELETION, single_object=True)
    kept.delete()
