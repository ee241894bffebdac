"""Addresses of pages, and the keys by which the same page is found again however its address is written."""

import hashlib
from typing import Any

from django.db import models

from claims.fetching.addresses import of_page


def address_key(url: str) -> str:
    """Return a key that all addresses of one page share: SHA-256 in hex, or "" without an address."""
    return hashlib.sha256(of_page(url).encode(errors="replace")).hexdigest() if url else ""


class AddressKeyField(models.CharField[str, str]):
    """The key of the address in the row's `url`, which it follows wherever the row itself is written."""

    def pre_save(self, row: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - as Django calls it
        """Make it anew."""
        key = address_key(row.url)  # type: ignore[attr-defined]  # whatever model it is put into has one
        setattr(row, self.attname, key)
        return key

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """For migrations it is an ordinary text field."""
        name, _path, arguments, keywords = super().deconstruct()
        return name, "django.db.models.CharField", arguments, keywords
