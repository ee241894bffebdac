"""Reads the demo's life from the files of the folder `life`: the people, and what each of them did when."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

LIFE = Path(__file__).parent / "life"
_PACE = 4
"""Minutes from one claim of a step to the next."""


@dataclass(frozen=True, slots=True)
class Person:
    """One of the invented people.

    Attributes:
        username: the login name.
        name: first and last name.
        role: the account's role, as in `Role`.
    """

    username: str
    name: tuple[str, str]
    role: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that one person did.

    Attributes:
        file: the file that it is in, for messages.
        at: when, as `Timetable` reads it.
        minutes: how many minutes after that.
        who: the person's first name.
        do: a function of `step_kinds`, by its name.
        told: the function's keyword arguments.
        above: defaults from the top of its file, for arguments that the step does not give.
    """

    file: str
    at: str
    who: str
    do: str
    told: Mapping[str, Any]
    above: Mapping[str, Any] = field(default_factory=dict)
    minutes: int = 0

    def __str__(self) -> str:
        """Where it is, for messages."""
        return f"{self.file}, {self.at}: {self.who}, {self.do}"


def people() -> list[Person]:
    """Return the invented people in the order of the file."""
    return [
        Person(one["username"], (one["first_name"], one["last_name"]), one["role"])
        for one in _read(LIFE / "people.toml")["people"]
    ]


def steps() -> list[Step]:
    """Return all steps, file by file.

    A step with a table `claims` is one step for each claim: its words and the reason, or the reason and the title and
    address of a document that supports it.
    """
    found: list[Step] = []
    for path in sorted(LIFE.glob("*.toml")):
        content = _read(path)
        above = {name: value for name, value in content.items() if name not in {"steps", "people"}}
        for told in content.get("steps", []):
            found += _singly(path.name, told, above)
    return found


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _singly(file: str, told: dict[str, Any], above: Mapping[str, Any]) -> Iterator[Step]:
    at, who, do = (told.pop(name) for name in ("at", "who", "do"))
    step = Step(file, at, who, do, told, above)
    if not isinstance(told.get("claims"), dict):
        yield step
        return
    claims = told.pop("claims")
    for place, (claim, words) in enumerate(claims.items()):
        reason, *document = [words] if isinstance(words, str) else words
        one = {"claim": claim, "reason": reason}
        if document:
            title, url = document
            one["evidence"] = {"title": title, "url": url, "primary": True}
        yield replace(step, told=told | one, minutes=place * _PACE)
