"""Make an account of the desk with a generated password."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.actions import Role, make_account, workbench_account
from claims.errors import WorkbenchError


class Command(BaseCommand):
    """Prints the password, once. For an account that exists it makes a new one and sets the role."""

    help = "Make an account with a generated password, or give an account a new password and role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who and what."""
        parser.add_argument("username")
        parser.add_argument("--role", choices=Role.values, default=Role.EDITOR.value)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and print user name, role and password, parted by tabs."""
        try:
            user, password = make_account(
                actor=workbench_account(), username=options["username"], role=Role(options["role"])
            )
        except WorkbenchError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user.username}\t{options['role']}\t{password}")
