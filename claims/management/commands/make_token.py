"""Create an access token for the API."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from claims.actions import create_token, workbench_account
from claims.choices import TokenScope
from claims.errors import WorkbenchError
from claims.management.base import WorkbenchCommand


class Command(WorkbenchCommand):
    """Prints the token, once. It stands nowhere else."""

    help = "Create an access token for the API, with which a program acts for an account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For whom, what for, and what it allows."""
        parser.add_argument("username", help="the account for which the program acts")
        parser.add_argument("--name", required=True, help="what the token is for")
        parser.add_argument(
            "--scope",
            action="append",
            choices=TokenScope.values,
            help="what it allows; can be repeated (default: read)",
        )
        parser.add_argument(
            "--system",
            action="store_true",
            help="credentials for OAuth 2.0, with which a system gets tokens for an hour",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the token; for a system, its client ID and its secret, separated by a tab."""
        owner = User.objects.filter(username=options["username"]).first()
        if owner is None:
            raise CommandError(f"There is no account “{options['username']}”.")
        try:
            token, secret = create_token(
                actor=workbench_account(),
                owner=owner,
                name=options["name"],
                scopes=options["scope"] or [TokenScope.READ.value],
                system=options["system"],
            )
        except WorkbenchError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\t".join(filter(None, [token.client_id, secret])))
