"""The message after an undo or a redo: what was undone, and on which claim."""

from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from claims.choices import ChangeAction, Verdict
from claims.models import Change, ChangedClaim

_LONGEST = 70
"""How many characters of a claim's statement are told."""
_ISOLATED = "\u2068{}\u2069"
"""A statement of any script, which does not turn the words around it."""


@dataclass(frozen=True)
class Undone:
    """An undo or a redo, to be reported.

    Attributes:
        change: the change that undid another one; undoing it is the next step.
        again: whether it redoes what was undone.
        words: what happened, such as "Undone: Disputed on “The bridge will …”".
    """

    change: Change
    again: bool
    words: str

    @classmethod
    def of(cls, change: Change, *, hidden: bool) -> "Undone":
        """Describe a change that undid another one. `hidden`: its reader must not know the claim's verdict."""
        rows = list(change.claims.select_related("claim").order_by("pk"))
        # A change, its undo, the undo of that: every second one is a redo.
        again = Change.objects.filter(root=change.root_id, pk__lt=change.pk).count() % 2 == 1
        what = _what(change, rows[0], again=again, hidden=hidden)
        return cls(change, again, _words(what, rows, again=again))


def _what(change: Change, row: ChangedClaim, *, again: bool, hidden: bool) -> str:
    """Return a verdict by its name, any other action as in the history."""
    if change.action == ChangeAction.DECIDE and not hidden:
        return str(Verdict((row.after if again else row.before)["verdict"]).label)
    return str(ChangeAction(change.action).label)


def _words(what: str, rows: list[ChangedClaim], *, again: bool) -> str:
    if len(rows) > 1:
        several = (
            _("Redone: %(what)s on %(number)d claims")
            if again
            else _("Undone: %(what)s on %(number)d claims")
        )
        return several % {"what": what, "number": len(rows)}
    one = _("Redone: %(what)s on “%(claim)s”") if again else _("Undone: %(what)s on “%(claim)s”")
    statement = Truncator(rows[0].claim.statement).chars(_LONGEST)
    return one % {"what": what, "claim": _ISOLATED.format(statement)}
