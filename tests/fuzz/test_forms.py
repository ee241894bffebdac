"""Whatever is sent to an address of the desk: no error of the server, and where it is refused, nothing is written."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from hypothesis import note

from tests.actions.database import everything
from tests.fuzz.forms import Question, found_in, known_names, questions
from tests.fuzz.running import fuzz
from tests.web import world

_REFUSED = frozenset({400, 403, 404, 405, 409, 413, 422})

_BESIDE = ("IntakeItem", "LogEntry")
"""What is written when an article is refused: the item in the inbox says why."""


@pytest.mark.usefixtures("_untraced")
def test_no_form_breaks_the_server_or_is_half_taken(db, settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path
    maker = User.objects.create_superuser("maker", first_name="Mara")
    client = Client()
    client.force_login(maker)
    found = found_in(client, world.make(maker))
    assert sum(bool(form.fields) for form in found) > 30
    before = everything()

    def is_answered(question: Question) -> None:
        note(str(question))
        cookies = client.cookies.copy()
        with transaction.atomic():
            send = client.post if question.method == "POST" else client.get
            response = send(question.path, question.sent())
            if response.streaming:
                b"".join(response.streaming_content)
            after = everything() if response.status_code in _REFUSED else before
            transaction.set_rollback(True)
        client.cookies = cookies
        assert response.status_code < 500
        assert after == before, "something was written, and refused"

    fuzz(questions(found, known_names()), is_answered, few=60)
