"""Who may be given claims, and whom comments may mention."""

import pytest
from django.contrib.auth.models import Permission, User

from claims.queries.accounts import (
    PeopleChoices,
    assignable_users,
    display_name,
    mentionable_users,
    mentioned_among,
)


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
