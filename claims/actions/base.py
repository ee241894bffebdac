"""What every action shares: keywords only, the permission check first, one transaction, one log entry."""

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
    """Make a function an action: `actor` and everything else are keywords.

    Args:
        permission: what the actor must hold, or a function of the keywords that says so: one, or several.
        what: the deed in words, for "Your account may not …".
        atomic: whether the whole action is one transaction. An action with slow work before it writes
            says False and opens its own.

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


def in_one_transaction(deed: Callable[[], R]) -> R:
    """Do something whole or not at all that finds rows or makes them.

    Raises:
        django.db.IntegrityError: also when tried again, when it finds what someone else made in the same moment.
    """
    for _time in range(_TRIES - 1):
        try:
            with transaction.atomic():
                return deed()
        except IntegrityError:
            continue
    with transaction.atomic():
        return deed()
