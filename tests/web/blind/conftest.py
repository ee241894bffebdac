"""A newsroom whose clock is a test's own, and the person who checks blindly."""

import shutil
from itertools import count
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.access import Role
from tests.web import world
from tests.web.blind.first_check import Clock, account
from tests.web.world import World


@pytest.fixture
def newsroom(db, monkeypatch) -> World:
    """A newsroom whose clock and whose room on the disk do not depend on the machine's."""
    usage = SimpleNamespace(total=1 << 40, free=1 << 39)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    monkeypatch.setattr(Clock, "looks", count())
    monkeypatch.setattr(timezone, "datetime", Clock)
    return world.make(User.objects.create_superuser("maker", first_name="Mara"))


@pytest.fixture
def checker(newsroom) -> User:
    return account(Role.EDITOR)
