"""What the API says of itself holds, for requests that its description allows and for some that it does not."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS, load_all_checks

from tests.api.conftest import secret_of
from workbench.wsgi import application

load_all_checks()

# A description cannot say that a version is stale or a reason is missing. And of a version that is missing, the check does
# not know the status: 428.
BEYOND_A_DESCRIPTION = ["positive_data_acceptance", "missing_required_header"]

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Keep the test's own connection to the database, as the client of Django does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def authorization(_one_connection, chief, claims, settings, tmp_path) -> dict[str, str]:
    """The headers of a program that may do everything, in a newsroom with an article."""
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    settings.MEDIA_ROOT = tmp_path
    settings.ALLOWED_HOSTS = ["*"]
    return {"Authorization": f"Bearer {secret_of(chief)}"}


@schema.parametrize()
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case, authorization):
    case.call_and_validate(
        headers=authorization,
        excluded_checks=[CHECKS.get_one(name) for name in BEYOND_A_DESCRIPTION],
    )
