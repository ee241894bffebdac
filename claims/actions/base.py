"""What all actions share: keyword arguments, the permission check first, one transaction, one log entry."""

import functools
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import IntegrityError, transaction

from claims.access import require
from claims.errors import InvalidValueError
from claims.queries.reports.public_version import forget_public_version

P = ParamSpec("P")
R = TypeVar("R")

_NO_NULL = ProhibitNullCharactersValidator()

ACTIONS: dict[str, Callable[..., Any]] = {}
"""Every action by its name. The tests drive each of them and look for its log entry."""


def action(
    permission: str | Collection[str] | Callable[..., str | Collection[str]],
    *,
    what: str,
    atomic: bool = True,
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
        InvalidValueError: when called, if a text has a null character in it.
    """

    def register(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Any = kwargs["actor"]
            needed = permission(**kwargs) if callable(permission) else permission
            for each in (needed,) if isinstance(needed, str) else needed:
                require(actor, each, what=what)
            for value in kwargs.values():
                _require_no_null(value)
            with transaction_of_action() if atomic else nullcontext():
                result = function(*args, **kwargs)
                # Whatever was done, it may have changed what is public.
                transaction.on_commit(forget_public_version)
            return result

        ACTIONS[function.__name__] = run
        return run

    return register


def _require_no_null(value: object) -> None:
    """PostgreSQL keeps no text with a null character, and SQLite would."""
    if isinstance(value, str):
        try:
            _NO_NULL(value)
        except ValidationError as error:
            raise InvalidValueError(why=error.messages[0]) from None
    elif isinstance(value, (list, tuple)):
        for one in value:
            _require_no_null(one)


_TRIES = 3


def in_one_transaction(action: Callable[[], R]) -> R:
    """Run something that finds or creates rows, completely or not at all.

    Raises:
        django.db.IntegrityError: also when tried again, when it finds what someone else made in the same moment.
    """
    for _time in range(_TRIES - 1):
        try:
            with transaction_of_action():
                return action()
        except IntegrityError:
            continue
    with transaction_of_action():
        return action()


_AT_THE_END: ContextVar[list[Callable[[], None]] | None] = ContextVar("at_the_end", default=None)
"""What is still to be done in the transaction of the action that is running."""


@contextmanager
def transaction_of_action() -> Iterator[None]:
    """One transaction, at whose end `at_the_end` does what waits. One within another is a part of it."""
    waiting = _AT_THE_END.get()
    if waiting is not None:
        before = len(waiting)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            # What was rolled back needs no end.
            del waiting[before:]
            raise
        return
    token = _AT_THE_END.set(waiting := [])
    try:
        with transaction.atomic():
            yield
            for step in waiting:
                step()
    finally:
        _AT_THE_END.reset(token)


def at_the_end(step: Callable[[], None]) -> None:
    """Do something as the last thing of the action's transaction; at once if no action is running.

    For what makes others wait until the transaction ends: they wait as briefly as possible, and nobody who waits for it
    holds anything that this transaction still needs.
    """
    waiting = _AT_THE_END.get()
    if waiting is None:
        step()
    else:
        waiting.append(step)
