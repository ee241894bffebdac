"""Roles and what each may do."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User

from claims.access import PERMISSIONS, Role, require, role_of, signed_in
from claims.errors import NotAllowedError


def test_each_role_may_do_all_that_the_one_before_may():
    reader, editor, chief = (
        set(PERMISSIONS[role]) for role in (Role.READER, Role.EDITOR, Role.CHIEF)
    )
    assert reader < editor < chief


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (Role.READER, "claims.export_report", "claims.decide_claim"),
        (Role.EDITOR, "claims.decide_claim", "claims.publish_report"),
        (Role.CHIEF, "claims.publish_report", "auth.change_user"),
    ],
)
def test_a_role_ends_where_the_next_begins(db, role, may, may_not):
    account = User.objects.create_user("nina")
    account.groups.add(Group.objects.get(name=role.value))
    require(account, may, what="do this")
    with pytest.raises(NotAllowedError):
        require(account, may_not, what="do this")


def test_of_two_roles_the_higher_one_counts(db):
    account = User.objects.create_user("nina")
    assert role_of(account) is None
    account.groups.add(*Group.objects.filter(name__in=("reader", "chief")))
    assert role_of(account) == Role.CHIEF
    account.is_superuser = True
    assert role_of(account) == Role.ADMINISTRATOR


def test_nobody_is_not_an_account():
    with pytest.raises(NotAllowedError):
        signed_in(AnonymousUser())
