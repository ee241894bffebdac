"""Runs of the command that imports articles, and archives for them."""

import json
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command


class Run:
    """One run of the command: what it said where, and its exit status."""

    def __init__(self, *paths: Path, out: StringIO | None = None, **options: object) -> None:
        out, err = out or StringIO(), StringIO()
        self.status, self.end = 0, ""
        try:
            call_command("import_articles", *map(str, paths), stdout=out, stderr=err, **options)
        except CommandError as error:
            self.status, self.end = error.returncode, str(error)
        self.out, self.err = out.getvalue(), err.getvalue()


def rain(path: Path, articles: int) -> Path:
    """An archive of so many small articles."""
    lines = [
        {"headline": f"Rain {number}", "body": f"Rain fell {number} times, Ada Venn{number} said."}
        for number in range(articles)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path
