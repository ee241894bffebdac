"""The numbers of records in addresses: each has one spelling, and fits into the database."""

from django.urls import reverse

_EXAMPLE = 10**17


class Number:
    """Converts the number of a record in an address. It does not match another spelling ("01"), or numbers from 10^18."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return its one spelling."""
        return str(value)


def template_of(name: str) -> str:
    """Return the address of a kind of record with "{}" for the number: filling in many is faster than `reverse`.

    Args:
        name: of an address that takes a number and nothing else.
    """
    return reverse(name, args=[_EXAMPLE]).replace(str(_EXAMPLE), "{}")
