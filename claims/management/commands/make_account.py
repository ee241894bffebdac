"""Create an account with a generated password."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from claims.access import Role, role_of
from claims.actions import (
    create_account,
    remove_second_factor,
    reset_password,
    set_role,
    workbench_account,
)
from claims.errors import WorkbenchError
from claims.management.base import WorkbenchCommand
from claims.queries.accounts import second_factors


class Command(WorkbenchCommand):
    """Prints the password, once. An existing account is left alone unless a new password is requested."""

    help = (
        "Create an account with a generated password, or reset the password of an existing account."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who and what."""
        parser.add_argument("username")
        parser.add_argument(
            "--role",
            choices=Role.values,
            help="what the account is allowed to do (default for a new account: editor)",
        )
        parser.add_argument(
            "--reset-password",
            action="store_true",
            help="reset the password of the existing account, and change its role if one is given",
        )
        parser.add_argument(
            "--remove-second-factor",
            action="store_true",
            help="with --reset-password: also remove its second factor, if it has one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print user name, role and password, separated by tabs."""
        role = Role(options["role"]) if options["role"] else None
        username, lost = options["username"], options["remove_second_factor"]
        try:
            if options["reset_password"]:
                account, password = _reset(username, role, lost=lost)
            else:
                account, password = _make(username, role)
        except WorkbenchError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{account.username}\t{role_of(account) or ''}\t{password}")


def _make(username: str, role: Role | None) -> tuple[User, str]:
    if User.objects.filter(username=username).exists():
        raise CommandError(
            f"The account “{username}” already exists. Reset its password with --reset-password, "
            "or choose another name."
        )
    return create_account(actor=workbench_account(), username=username, role=role or Role.EDITOR)


def _reset(username: str, role: Role | None, *, lost: bool) -> tuple[User, str]:
    account = User.objects.filter(username=username).first()
    if account is None:
        raise CommandError(
            f"There is no account “{username}”. Leave out --reset-password to create it."
        )
    if lost and second_factors(account).exists():
        remove_second_factor(actor=workbench_account(), account=account)
    password = reset_password(actor=workbench_account(), account=account)
    if role:
        set_role(actor=workbench_account(), account=account, role=role)
    return account, password
