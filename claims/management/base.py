"""What the commands have in common: a short help, and a quick start."""

from argparse import SUPPRESS
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class WorkbenchCommand(BaseCommand):
    """A command whose help leaves out Django's general options, and which starts at once.

    Settings come from the environment, as docs/running.md says, and not from options.
    """

    requires_system_checks = ()
    """No checks: Django's are about the code, which no installation changes, and take a third of a command's start.

    The tests run them, and so do `manage.py check` and `manage.py migrate`. A wrong setting still stops every command.
    """

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        """Return Django's parser; `--settings` and `--pythonpath` still work, but are not listed."""
        parser = super().create_parser(prog_name, subcommand, **options)
        for action in parser._actions:  # noqa: SLF001 - argparse gives no other way to an option that is there
            if {"--settings", "--pythonpath"} & set(action.option_strings):
                action.help = SUPPRESS
        return parser
