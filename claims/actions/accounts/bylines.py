"""Agreeing to be named on public pages, and withdrawing that."""

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import Byline

_WHAT = gettext_noop("be named on public pages")


@action("claims.decide_claim", what=_WHAT)
def agree_to_byline(*, actor: User, name: str, about: str = "") -> Byline:
    """Agree to be named on public pages from now on, or change under which name. Nobody agrees for somebody else.

    Whoever only reads has no part in what is published, and writes nothing on public pages.

    Args:
        actor: who agrees.
        name: the name that readers see.
        about: a line about the person, or "".

    Raises:
        InvalidValueError: if there is no name, or one of the two is too long.
    """
    # Two clicks at once are two changes of one byline.
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    byline = Byline.objects.filter(person=actor).first()
    flag = CHANGE if byline else ADDITION
    byline = byline or Byline(person=actor)
    byline.name, byline.about = " ".join(name.split()), " ".join(about.split())
    byline.changed_at = timezone.now()
    try:
        byline.full_clean()
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    byline.save()
    LogEntry.objects.log_actions(actor.pk, [byline], flag, single_object=True)
    return byline


@action(lambda **_keywords: (), what=_WHAT)
def withdraw_byline(*, actor: User) -> None:
    """Be named on public pages no longer.

    Raises:
        NotPossibleError: if public pages do not name the actor.
    """
    byline = Byline.objects.select_for_update(of=("self",)).filter(person=actor).first()
    if byline is None:
        raise NotPossibleError(why=_("public pages do not name you."))
    LogEntry.objects.log_actions(actor.pk, [byline], DELETION, single_object=True)
    byline.delete()
