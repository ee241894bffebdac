"""What people do to their own accounts, what administrators do to others, and what the log says of it."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User

from claims.actions import (
    agree_to_byline,
    end_sessions,
    remove_second_factor,
    set_active,
    withdraw_byline,
)
from claims.errors import NotAllowedError, NotPossibleError
from claims.models import Byline


@pytest.fixture
def boss(db) -> User:
    return User.objects.create_superuser("sam")


def logged() -> list[tuple[int, str]]:
    """What the log says was done, oldest first."""
    entries = LogEntry.objects.order_by("pk")
    return [(one.action_flag, one.change_message) for one in entries]


def test_a_byline_is_given_once_changed_and_withdrawn(editor):
    for name in ("Edda Pell", " Edda  M. Pell "):
        agree_to_byline(actor=editor, name=name, about="")
    assert Byline.objects.get().name == "Edda M. Pell"
    withdraw_byline(actor=editor)
    assert not Byline.objects.exists()
    assert [flag for flag, _words in logged()] == [ADDITION, CHANGE, DELETION]
    with pytest.raises(NotPossibleError, match="do not name you"):
        withdraw_byline(actor=editor)


def test_an_account_is_closed_and_opened_again(boss, editor):
    for active in (False, True):
        set_active(actor=boss, account=editor, active=active)
        editor.refresh_from_db()
        assert editor.is_active == active
    assert [words for _flag, words in logged()] == ["closed", "opened"]


def test_an_account_without_a_second_factor_has_none_to_lose(boss, editor):
    with pytest.raises(NotPossibleError, match="no second factor"):
        remove_second_factor(actor=boss, account=editor)
    assert logged() == []


class TestSessions:
    @pytest.fixture
    def sessions(self, editor) -> list[UserSession]:
        return [
            UserSession.objects.create(
                user=editor, session_key=key, ip="192.0.2.1", user_agent="Browser"
            )
            for key in ("desk", "phone", "train")
        ]

    def test_people_end_their_own_one_by_one_or_all_but_one(self, editor, sessions):
        assert end_sessions(actor=editor, account=editor, only=sessions[0].pk) == 1
        assert end_sessions(actor=editor, account=editor, keep="train") == 1
        assert UserSession.objects.get().session_key == "train"
        assert [words for _flag, words in logged()] == ["sessions ended: 1"] * 2

    def test_those_of_somebody_else_are_ended_by_administrators(
        self, boss, reader, editor, sessions
    ):
        with pytest.raises(NotAllowedError):
            end_sessions(actor=reader, account=editor)
        assert end_sessions(actor=boss, account=editor) == 3

    def test_where_there_are_none_nothing_is_logged(self, editor):
        assert end_sessions(actor=editor, account=editor) == 0
        assert logged() == []
