"""Checking the logs from the command line, also against hashes that were noted elsewhere."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.actions import decide_claim
from claims.actions.maintenance import note_head
from claims.choices import Verdict
from claims.models import Decision
from claims.models.claims.log_chain import LogLink
from tests.conftest import version_of
from tests.models import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(editor):
    revision = rows.revision(editor)
    return [rows.claim(revision, number) for number in range(3)]


@pytest.fixture
def decide(editor, claims):
    def decide(number: int) -> Decision:
        return decide_claim(
            actor=editor, **version_of(claims[number]), verdict=Verdict.VERIFIED, reason="Seen."
        )

    return decide


def said(*arguments: object) -> str:
    told = StringIO()
    call_command("verify_log", *map(str, arguments), stdout=told, stderr=told)
    return told.getvalue()


def test_an_empty_log_is_whole():
    assert "0 links are whole" in said()


def test_a_whole_log_is_told_with_what_proves_it(decide):
    decide(0)
    told = said()
    assert "3 links are whole, 0 of them noted before" in told
    assert bytes(LogLink.objects.head().hash).hex() in told


def test_the_head_is_noted_once_a_day_and_compared(decide, tmp_path):
    path = tmp_path / "heads.txt"
    note_head(path)
    assert not path.exists()
    decide(0)
    note_head(path)
    decide(1)
    note_head(path)
    (line,) = path.read_text().splitlines()
    noted = bytes(LogLink.objects.get(position=3).hash).hex()
    assert line.split()[1:] == ["3", noted]
    # As if that had been another day.
    path.write_text(line.replace(line[:4], "2020") + "\n")
    note_head(path)
    assert [each.split()[1] for each in path.read_text().splitlines()] == ["3", "6"]
    assert "6 links are whole, 2 of them noted before" in said("--heads", path)
    path.write_text(path.read_text().replace(noted, noted[::-1]))
    with pytest.raises(CommandError, match=r"2 links are whole\. Link 3 is not the one"):
        said("--heads", path)


def test_the_first_fault_is_named(decide):
    decide(0)
    decision = decide(1)
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER claims_decision_no_update"
            if connection.vendor == "sqlite"
            else "DROP TRIGGER append_only ON claims_decision"
        )
        cursor.execute("UPDATE claims_decision SET reason = 'Forged.' WHERE id = %s", [decision.pk])
    with pytest.raises(CommandError, match=rf"5 links are whole\. The decision {decision.pk} was"):
        said()


def test_what_is_no_file_of_hashes_is_told(tmp_path):
    path = tmp_path / "heads.txt"
    with pytest.raises(CommandError, match="could not be read: there is no such file"):
        said("--heads", path)
    path.write_text("something else\n")
    with pytest.raises(CommandError, match="is not a file of noted hashes"):
        said("--heads", path)
