"""What all errors have in common: a code, an HTTP status and a message for users."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePath
from traceback import extract_tb
from typing import Any, ClassVar


def gettext_noop(message: str) -> str:
    """Mark a message for `make translations` without translating it; this package does not know Django."""
    return message


class Phrase:
    """A part of an error's message that has parameters of its own.

    Args:
        template: the English text, with `%(name)s` parameters. Being an argument here marks it for
            translation.
        **params: the values of the parameters.
    """

    def __init__(self, template: str, **params: object) -> None:
        self.template = template
        self.params = params

    def __str__(self) -> str:
        """The English text, filled in."""
        return self.template % self.params


class WorkbenchError(Exception):
    """An error with a stable code, an HTTP status and a message for its user.

    Args:
        **params: the values of the parameters of `template`.

    Attributes:
        code: a stable identifier for scripts and tests.
        status: the matching HTTP status.
        template: the English message, with `%(name)s` parameters.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    template: ClassVar[str] = gettext_noop("Something went wrong.")

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.template % params)

    def __reduce__(self) -> tuple[Callable[[], "WorkbenchError"], tuple[()]]:
        """Make the error picklable, to pass it between processes."""
        return partial(type(self), **self.params), ()


def place_of(error: BaseException) -> str:
    """Return where an internal error was raised, for the log, without its message, which may quote an article."""
    frames = extract_tb(error.__traceback__)
    kind = type(error).__name__
    return (
        f"{kind} in {PurePath(frames[-1].filename).name}, line {frames[-1].lineno}"
        if frames
        else kind
    )


def as_data(told: WorkbenchError | Phrase) -> dict[str, object]:
    """Return an error as JSON data that can be stored and later shown in any language. `from_data` reverses it."""
    params = {
        name: as_data(value) if isinstance(value, Phrase) else value
        for name, value in told.params.items()
    }
    return {"template": told.template, "params": params}


def from_data(data: Mapping[str, Any]) -> Phrase:
    """Return the error from the data of `as_data`."""
    params = {
        name: from_data(value) if isinstance(value, dict) else value
        for name, value in data["params"].items()
    }
    template = data["template"]
    return Phrase(template, **params)
