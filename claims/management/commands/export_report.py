"""Export the verification report of an article."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import exports
from claims.actions import report_of, workbench_account
from claims.models import Article


class Command(BaseCommand):
    """Exit status 0: written. 1: it could not be written, or there is no such article."""

    help = "Export the verification report of an article to a file or to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The article, the format, the place."""
        parser.add_argument("article", type=int, help="the article's number, as in its address")
        parser.add_argument("--format", choices=list(exports.FORMATS), default="html")
        parser.add_argument(
            "--output", type=Path, help="the file to write; standard output without it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the report. A file is there whole or not at all."""
        try:
            article = Article.objects.get(pk=options["article"])
        except Article.DoesNotExist:
            raise CommandError(f"There is no article {options['article']}.") from None
        report = report_of(actor=workbench_account(), article=article)
        pieces = exports.get(options["format"]).write(report)
        output: Path | None = options["output"]
        if output is None:
            sys.stdout.buffer.writelines(pieces)
            return
        try:
            _write(output.absolute(), pieces)
        except OSError as error:
            raise CommandError(f"{output} could not be written: {error.strerror}.") from error
        self.stderr.write(f"{len(report.lines)} claims written to {output}")


def _write(output: Path, pieces: Iterable[bytes]) -> None:
    unfinished = output.with_name(f".{output.name}.unfinished")
    file = unfinished.open("wb")
    try:
        with file:
            file.writelines(pieces)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
