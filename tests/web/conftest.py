"""What many tests of pages start from."""

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    """A browser, as far as the test client is one, in which an editor has logged in."""
    client.force_login(editor)
    return client
