"""The number of a record has one spelling in addresses, and one that no record can have leads nowhere."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.web import walk, world

pytestmark = pytest.mark.django_db


def _addresses(number: str) -> Iterator[str]:
    """Every address outside the admin that has a number, with this one."""
    for name, pattern in walk.names():
        if pattern.converters.keys() & {"pk", "claim", "other"} and not name.startswith("admin:"):
            numbered = re.sub(r"<[a-z]+:(pk|claim|other)>", number, str(pattern))
            yield "/" + re.sub(r"<slug:\w+>", "json", numbered)


@pytest.mark.parametrize("number", ["01", "0", "-1", "99999999999999999999", "9" * 5000])
def test_what_is_no_number_of_a_record_is_no_address(number):
    world.make(User.objects.create_superuser("maker"))
    browser = Client()
    browser.force_login(User.objects.create_superuser("sam"))
    addresses = list(_addresses(number))
    assert len(addresses) > 60
    for address in addresses:
        assert browser.get(address).status_code == 404, address[:80]
