"""Who may be given claims, and whom comments may mention; what accounts log in with, and where they are logged in."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.backends.db import SessionStore

from claims.access import role_of
from claims.queries.accounts import (
    ACTIVE,
    PeopleChoices,
    assignable_users,
    display_name,
    lacks_second_factor,
    mentionable_users,
    mentioned_among,
    open_sessions,
    publishers,
    second_factors,
)
from tests.orders import is_total


@pytest.fixture
def people(reader, editor, chief) -> None:
    """Those of the roles; someone whose own permission it is; one who left, a superuser, and nobody in particular."""
    own = User.objects.create_user("Olga", first_name="Anna")
    own.user_permissions.set(
        Permission.objects.filter(codename__in=["decide_claim", "view_comment"])
    )
    left = User.objects.create_user("left", is_active=False)
    left.groups.set(editor.groups.all())
    User.objects.create_superuser("root")
    User.objects.create_user("nobody")


def names(accounts) -> list[str]:
    return [one.username for one in accounts]


def test_claims_go_to_those_who_may_decide_by_first_name(people):
    assert names(assignable_users()) == ["Olga", "carl", "edda"]


def test_those_who_read_comments_may_be_mentioned(people, reader):
    assert names(mentionable_users()) == ["root", "Olga", "carl", "edda", "rita"]
    assert mentioned_among(["olga", "nobody", "left"]) == [User.objects.get(username="Olga").pk]


def test_a_name_is_the_full_one_or_else_the_user_name():
    assert display_name(User(username="edda", first_name="Edda", last_name="Low")) == "Edda Low"
    assert display_name(User(username="edda")) == "edda"


def test_people_follow_the_first_choices(editor):
    choices = PeopleChoices([("me", "Me")], lambda: [editor])
    assert list(choices) == [("me", "Me"), (str(editor.pk), "Edda")]


def test_reports_are_published_by_chief_editors_and_superusers(people):
    assert names(publishers()) == ["root", "carl"]


def session(account: User, active: int | None = None) -> UserSession:
    """A session of an account, with when its person last did something."""
    store = SessionStore()
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    if active:
        store[ACTIVE] = active
    store.create()
    return UserSession.objects.create(
        user=account, session_key=store.session_key, ip="192.0.2.1", user_agent="Firefox"
    )


class TestSessions:
    def test_the_current_one_comes_first_and_then_the_one_used_last(self, editor, chief):
        early, own = session(editor, 1_000), session(editor, 500)
        # Their keys are random: few of them would be in the right order by chance.
        late = [session(editor, 2_000) for _each in range(7)]
        session(chief)
        found = open_sessions(editor, own.session_key)
        assert [one.pk for one in found] == [one.pk for one in (own, *reversed(late), early)]
        assert [one.is_current for one in found] == [True] + [False] * 8
        assert found[0].used_at == datetime.fromtimestamp(500, UTC)

    def test_one_in_which_nothing_was_done_was_used_when_it_began(self, editor):
        made = session(editor)
        (found,) = open_sessions(editor)
        assert found.used_at == found.began_at == made.created_at

    def test_one_with_an_earlier_password_is_not_open(self, editor):
        session(editor)
        editor.set_password("another horse")
        assert open_sessions(editor) == []


class TestSecondFactors:
    def test_recovery_codes_alone_are_none(self, editor, chief, settings):
        settings.REQUIRE_SECOND_FACTOR = []
        assert not lacks_second_factor(editor)
        settings.REQUIRE_SECOND_FACTOR = [role_of(editor)]
        assert lacks_second_factor(editor)
        assert not lacks_second_factor(chief)
        kinds = Authenticator.Type
        Authenticator.objects.create(user=editor, type=kinds.RECOVERY_CODES, data={})
        assert lacks_second_factor(editor)
        app = Authenticator.objects.create(user=editor, type=kinds.TOTP, data={})
        assert not lacks_second_factor(editor)
        assert list(second_factors(editor)) == [app]

    def test_their_order_is_total(self, editor):
        assert is_total(second_factors(editor).query)
