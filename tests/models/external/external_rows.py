"""Other newsrooms' fact-checks for tests that need some without reading any. The newsrooms are invented."""

from typing import Any

from claims.models import Claim, ExternalCheck, ExternalMatch, ExternalSource
from claims.models.external.checks import check_key


def source(**fields: Any) -> ExternalSource:
    """A data feed that is to be read now."""
    values = {"address": "https://kettle.example.org/checks.json", "kind": "feed"}
    return ExternalSource.objects.create(**values | fields)


def check(statement: str = "Ostrey has nine bridges", **fields: Any) -> ExternalCheck:
    """A fact-check of The Kettle."""
    values = {
        "statement": statement,
        "publisher": "The Kettle",
        "rating": "Half-baked",
        "url": f"https://kettle.example.org/checks/{ExternalCheck.objects.count() + 1}",
        "language": "en",
    } | fields
    return ExternalCheck.objects.create(
        key=check_key(str(values["url"]), str(values["statement"])), **values
    )


def match(claim: Claim, external: ExternalCheck | None = None, **fields: Any) -> ExternalMatch:
    """A match as the worker proposes it."""
    external = external or check()
    return ExternalMatch.objects.create(
        **{"claim": claim, "external": external, "score": 0.9} | fields
    )
