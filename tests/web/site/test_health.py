"""What the server says of its health."""

import pytest
from django.core.management import call_command


class TestHealth:
    def test_ok_when_all_is_applied(self, client, db):
        assert client.get("/healthz").json() == {"status": "ok"}

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.usefixtures("_log_can_be_flushed")
    def test_says_that_migrations_wait(self, client):
        call_command("migrate", "sessions", "zero", verbosity=0)
        try:
            answer = client.get("/healthz")
        finally:
            call_command("migrate", "sessions", verbosity=0)
        assert answer.status_code == 503
        assert answer.json()["status"] == "migrations waiting"

    def test_says_that_the_disk_is_full(self, client, db, settings):
        settings.DISK_RESERVE = 1 << 80
        answer = client.get("/healthz")
        assert answer.status_code == 503
        assert answer.json()["status"] == "disk full"
