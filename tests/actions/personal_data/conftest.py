"""An editor who did everything, and left, and the words by which their name is found again."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from axes.models import AccessFailureLog
from django.contrib.auth.models import User
from django.db import transaction

from claims.actions import ACTIONS
from claims.models import Claim, Source
from claims.models.accounts.erasures import tables
from tests.actions.test_every_action import DRIVEN

NAMES = ("quillfeather", "zebulina")
"""Parts of the editor's user name, name and address, in lower case. They stand nowhere else."""


@pytest.fixture
def leaver(claim: Claim, settings, tmp_path) -> User:
    """Somebody whose account is closed, and who before did whatever there is to be done, each with a log entry."""
    settings.DATA_DIR = tmp_path
    account = User.objects.create_superuser(
        "quillfeather",
        "zebulina@desk.example.org",
        "a fresh horse in May",
        first_name="Zebulina",
        last_name="Quillfeather",
    )
    done = 0
    for name, driven in DRIVEN.items():
        if not name.startswith("erase"):
            # Some ask for what others have made impossible.
            with suppress(Exception), transaction.atomic():
                ACTIONS[name](actor=account, **driven.keywords(claim))
                done += 1
    assert done > 40
    AccessFailureLog.objects.create(username=account.username, ip_address="192.0.2.1")
    account.is_active = False
    account.save()
    Claim.objects.filter(assigned_to=account).update(assigned_to=None)
    return account


def texts() -> Iterator[tuple[str, str, str]]:
    """Yield every value in the database with its table and its column, as text in lower case."""
    for model in tables():
        for row in model._default_manager.values():
            for column, value in row.items():
                yield model._meta.label, column, str(value).casefold()


def found(*words: str) -> set[tuple[str, str]]:
    """The tables and columns in which one of some words stands."""
    return {(table, column) for table, column, text in texts() if any(w in text for w in words)}


def indexed(word: str) -> bool:
    """Whether the search finds a source by a word of its names."""
    return Source.objects.search(word).exists()


def rows_by_id() -> dict[tuple[str, Any], dict[str, Any]]:
    """Every row of the database by its table and its id."""
    return {
        (model._meta.label, row[model._meta.pk.attname]): row
        for model in tables()
        for row in model._default_manager.values()
    }
