"""What was saved last, and what can be undone: kept, and filled in with the change."""

from typing import Any

from django.template import Context
from django.utils.formats import time_format
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import ngettext

from claims.choices import ChangeAction
from claims.models import Change
from claims.web.components.template_tags import label, time_ago
from claims.web.site.kept import Kept

_OF_CLAIM = 70
"""How many characters of the changed claim's statement are shown."""
_WITH_VERDICT = frozenset({ChangeAction.DECIDE, ChangeAction.TAKE_OVER})


def undo_steps(context: Context, *, oob: bool = False) -> SafeString:
    """Return the buttons that undo and redo a change: they say what it was, and when, which may be days ago."""
    undoable, redoable = context["steps"]
    values = {**_usual(context), **_told("undo", undoable), **_told("redo", redoable)}
    return _STEPS.draw((oob, context["request"].user.has_perm("claims.decide_claim")), values)


def saved_change(context: Context) -> SafeString:
    """Return what was saved, with a button that undoes it."""
    saved, changed = context["saved"], context.get("changed")
    has_others = saved.action == ChangeAction.SOURCE and context.get("whole")
    number = saved.claims.count() if has_others else 0
    values = {
        **_usual(context),
        "pk": saved.pk,
        "time": time_format(localtime(saved.created_at), "H:i"),
        "action": label(saved.action, "action"),
        "number": ngettext("%(number)s claim", "%(number)s claims", number) % {"number": number}
        if number
        else "",
        "statement": changed and Truncator(changed.statement).chars(_OF_CLAIM),
    }
    verdict = changed.verdict if changed and saved.action in _WITH_VERDICT else ""
    return _SAVED.draw(verdict, values)


def _usual(context: Context) -> dict[str, Any]:
    return {"query": context["queue"].query, "csrf_token": str(context["csrf_token"])}


def _told(name: str, change: Change | None) -> dict[str, Any]:
    if change is None:
        return {}
    return {
        name: change.pk,
        f"{name}_what": label(change.action, "action"),
        f"{name}_when": time_ago(change.created_at),
    }


_STEPS = Kept(
    "review/undo.html", lambda state, marks: {**marks, "oob": state[0], "may_undo": state[1]}
)
_SAVED = Kept("review/saved_change.html", lambda state, marks: {**marks, "verdict": state})
