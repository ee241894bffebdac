#!/usr/bin/env python3
"""Django's command line for the workbench."""

import gc
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> int:
    """Run the command of `sys.argv`. A setting that is missing or wrong is one line, not a traceback."""
    # What is imported stays until the end: to search it for garbage again and again takes a fifth of a command's start.
    gc.set_threshold(100_000, 20, 20)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings.base")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        print(f"Configuration: {error}", file=sys.stderr)  # noqa: T201
        return 78  # EX_CONFIG of sysexits.h
    return 0


if __name__ == "__main__":
    sys.exit(main())
