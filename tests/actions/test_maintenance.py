"""What workers do for the logs from time to time."""

import pytest

from claims.actions import decide_claim
from claims.actions.maintenance import note_head
from claims.choices import Verdict
from claims.models import LogLink
from tests.conftest import version_of

pytestmark = pytest.mark.django_db


def test_of_an_empty_log_nothing_is_noted(tmp_path):
    path = tmp_path / "heads.txt"
    note_head(path)
    assert not path.exists()


def test_the_head_of_the_log_is_noted_once_a_day(tmp_path, claims, editor):
    def decide(number):
        version = version_of(claims[number])
        decide_claim(actor=editor, **version, verdict=Verdict.VERIFIED, reason="Seen.")

    path = tmp_path / "heads.txt"
    decide(0)
    note_head(path)
    first = path.read_text()
    decide(1)
    note_head(path)
    assert path.read_text() == first
    # As if that had been another day.
    path.write_text(first.replace(first[:4], "2020"))
    note_head(path)
    (_day, before, _), (_today, now, _) = map(str.split, path.read_text().splitlines())
    assert int(before) < int(now) == LogLink.objects.head().position
