"""The `--help` texts of the commands."""

from argparse import SUPPRESS
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class OwnHelp(BaseCommand):
    """A command whose help leaves out Django's general options.

    Settings come from the environment, as docs/running.md says, and not from options.
    """

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        """Return Django's parser; `--settings` and `--pythonpath` still work, but are not listed."""
        parser = super().create_parser(prog_name, subcommand, **options)
        for action in parser._actions:  # noqa: SLF001 - argparse gives no other way to an option that is there
            if {"--settings", "--pythonpath"} & set(action.option_strings):
                action.help = SUPPRESS
        return parser
