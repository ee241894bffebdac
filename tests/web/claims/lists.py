"""What a list of claims shows."""

from django.test import Client

from claims.models import Claim

LIST = "/claims/"


def shown(client: Client, **query) -> list[int]:
    """The ids of the listed claims, in their order."""
    page = client.get(LIST, query)
    assert page.status_code == 200
    return [claim.pk for claim in page.context["table"].keyset.object_list]


def numbers(client: Client, **query) -> dict[str, tuple[int, bool]]:
    """How many claims of each verdict the list counts, and whether that is the exact number."""
    page = client.get(LIST, query)
    return {one.verdict: tuple(one.count) for one in page.context["counts"]}


def ids(*claims: Claim) -> list[int]:
    """The ids of claims, in this order."""
    return [claim.pk for claim in claims]
