"""Parses robots.txt files as RFC 9309 describes.

The standard library's parser takes the first matching rule instead of the longest, and does not know
wildcards. Regular expressions could take forever on a hostile file.
"""

import math
import re
from dataclasses import dataclass

from claims.fetching.addresses import canonical

_TOKEN = re.compile(r"[a-z_-]*")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a site for one reader.

    Attributes:
        paths: each rule's path, perhaps with wildcards, and whether it may be read.
        delay: seconds between two requests, or None.
    """

    paths: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allow(self, path: str) -> bool:
        """Return whether a path may be read.

        Args:
            path: as in `Target.path`.

        Returns:
            What the longest matching rule says; of two equally long ones, the one that allows; True if
            none matches.
        """
        path = canonical(path)
        fitting = [(len(rule), may) for rule, may in self.paths if _fits(rule, path)]
        return max(fitting)[1] if fitting else True


def read_rules(text: str, agent: str) -> Rules:
    """Parse a robots.txt.

    Args:
        text: the file's text.
        agent: the reader's User-Agent, such as "ClaimWorkbench/0.1 (desk@example.org)"; its first
            word counts.

    Returns:
        The rules of all groups for that reader, or else those for everyone.
    """
    ours, everybodys = _Group(), _Group()
    found = False
    current: list[_Group] = []
    naming = False
    for key, value in _lines(text):
        if key == "user-agent":
            if not naming:
                current = []
            naming = True
            if value == "*":
                current.append(everybodys)
            elif _token(value) == _token(agent):
                current.append(ours)
                found = True
        elif key in {"allow", "disallow", "crawl-delay"}:
            naming = False
            for group in current:
                group.add(key, value)
    return (ours if found else everybodys).rules()


def _token(name: str) -> str:
    """What of a reader's name counts: its letters up to a version."""
    found = _TOKEN.match(name.lower())
    return found[0] if found else ""


class _Group:
    def __init__(self) -> None:
        self._paths: list[tuple[str, bool]] = []
        self._delay: float | None = None

    def add(self, key: str, value: str) -> None:
        if key == "crawl-delay":
            self._delay = _seconds(value) or self._delay
        elif value:
            self._paths.append((canonical(value), key == "allow"))

    def rules(self) -> Rules:
        return Rules(tuple(self._paths), self._delay)


def _lines(text: str) -> list[tuple[str, str]]:
    parted = (
        line.partition("#")[0].partition(":") for line in text.removeprefix("\ufeff").splitlines()
    )
    return [(key.strip().lower(), value.strip()) for key, _, value in parted]


def _seconds(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if seconds > 0 and math.isfinite(seconds) else None


def _fits(rule: str, path: str) -> bool:
    ends = rule.endswith("$")
    first, *others = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    if not others:
        return not ends or position == len(path)
    for part in others[:-1]:
        position = path.find(part, position)
        if position < 0:
            return False
        position += len(part)
    if ends:
        return path.endswith(others[-1]) and len(path) - len(others[-1]) >= position
    return path.find(others[-1], position) >= 0
