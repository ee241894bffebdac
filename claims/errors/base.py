"""What every error of the workbench has: a code, a status, and words for a person."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePath
from traceback import extract_tb
from typing import Any, ClassVar


def gettext_noop(message: str) -> str:
    """Mark a message for `make translations` without translating it; this module knows no Django."""
    return message


class Phrase:
    """A part of an error's message that has named places itself.

    Args:
        template: the English words, with `%(name)s` places. Being an argument here marks them for
            translation.
        **params: what fills the places.
    """

    def __init__(self, template: str, **params: object) -> None:
        self.template = template
        self.params = params

    def __str__(self) -> str:
        """The English words."""
        return self.template % self.params


class WorkbenchError(Exception):
    """An error with a stable code, an HTTP status and a message for its user.

    Args:
        **params: what fills the named places of `template`.

    Attributes:
        code: a stable word for scripts and tests.
        status: the HTTP status that says the same.
        template: the English message, with `%(name)s` places.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    template: ClassVar[str] = gettext_noop("Something went wrong.")

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.template % params)

    def __reduce__(self) -> tuple[Callable[[], "WorkbenchError"], tuple[()]]:
        """As one process hands it to another."""
        return partial(type(self), **self.params), ()


def place_of(error: BaseException) -> str:
    """Where an error arose that is a fault of the workbench: for a log, and without what it says, which may quote."""
    frames = extract_tb(error.__traceback__)
    kind = type(error).__name__
    return (
        f"{kind} in {PurePath(frames[-1].filename).name}, line {frames[-1].lineno}"
        if frames
        else kind
    )


def as_data(told: WorkbenchError | Phrase) -> dict[str, object]:
    """What an error says, as JSON can keep it until somebody reads it, in their language. `from_data` gives it back."""
    params = {
        name: as_data(value) if isinstance(value, Phrase) else value
        for name, value in told.params.items()
    }
    return {"template": told.template, "params": params}


def from_data(data: Mapping[str, Any]) -> Phrase:
    """What an error said, from what `as_data` made of it."""
    params = {
        name: from_data(value) if isinstance(value, dict) else value
        for name, value in data["params"].items()
    }
    template = data["template"]
    return Phrase(template, **params)
