"""A newsroom whose clock is a test's own, and the person who checks blindly."""

from itertools import count

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.access import Role
from tests.web import world
from tests.web.blind.first_check import Clock, account
from tests.web.world import World


@pytest.fixture
def newsroom(db, monkeypatch) -> World:
    """A newsroom whose clock does not depend on the machine's."""
    monkeypatch.setattr(Clock, "looks", count())
    monkeypatch.setattr(timezone, "datetime", Clock)
    return world.make(User.objects.create_superuser("maker", first_name="Mara"))


@pytest.fixture
def checker(newsroom) -> User:
    return account(Role.EDITOR)
