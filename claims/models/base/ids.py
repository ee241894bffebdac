"""The ids of records, as forms and addresses bring them."""

_MOST_DIGITS = 18
"""All numbers of so many digits fit into the database's column."""

MOST = 10**_MOST_DIGITS - 1
"""The largest of them."""


def id_of(typed: str) -> int | None:
    """Return the id that a text is, or None if it is not one that a record can have."""
    return int(typed) if typed.isdecimal() and len(typed) <= _MOST_DIGITS else None


def ids_of(typed: list[str]) -> list[int]:
    """Return the ids among several texts. Those that no record can have are ignored."""
    return [pk for pk in map(id_of, typed) if pk is not None]
