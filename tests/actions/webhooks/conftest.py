"""A receiver, and who administers its webhook."""

import pytest
from django.contrib.auth.models import User

from tests.actions.webhooks.receiving import Hook, hook


@pytest.fixture
def receiver(claims, site) -> Hook:
    """It is told of nothing before the test itself decides claims."""
    return hook(site)


@pytest.fixture
def root(receiver) -> User:
    return User.objects.get(username="root")
