"""What all actions share: keyword arguments, the permission check first, one transaction, one log entry."""

import functools
from collections.abc import Callable, Collection
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, transaction

from claims.access import require

P = ParamSpec("P")
R = TypeVar("R")

ACTIONS: dict[str, Callable[..., Any]] = {}
"""Every action by its name. The tests drive each of them and look for its log entry."""


def action(
    permission: str | Callable[..., str | Collection[str]], *, what: str, atomic: bool = True
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action: `actor` and all other arguments are keywords.

    Args:
        permission: what the actor needs: one or several permissions, or a function of the keywords that
            returns them.
        what: the action in words, for "Your account is not allowed to …".
        atomic: whether the whole action is one transaction. An action with slow work before it writes
            passes False and opens its own.

    Raises:
        NotAllowedError: when called, if the actor lacks the permission.
    """

    def register(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Any = kwargs["actor"]
            needed = permission if isinstance(permission, str) else permission(**kwargs)
            for each in (needed,) if isinstance(needed, str) else needed:
                require(actor, each, what=what)
            if not atomic:
                return function(*args, **kwargs)
            with transaction.atomic():
                return function(*args, **kwargs)

        ACTIONS[function.__name__] = run
        return run

    return register


_TRIES = 3


def in_one_transaction(action: Callable[[], R]) -> R:
    """Run something that finds or creates rows, completely or not at all.

    Raises:
        django.db.IntegrityError: also when tried again, when it finds what someone else made in the same moment.
    """
    for _time in range(_TRIES - 1):
        try:
            with transaction.atomic():
                return action()
        except IntegrityError:
            continue
    with transaction.atomic():
        return action()
