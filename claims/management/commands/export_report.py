"""Verification reports and lists of claims, to a file, a folder or standard output."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sized
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims import renderers
from claims.actions import workbench_account
from claims.errors import WorkbenchError
from claims.management.base import WorkbenchCommand
from claims.management.failures import NO_FOLDER, in_words
from claims.models import Article, Report
from claims.queries.claims.filters import ClaimFilter
from claims.queries.exports import Rows
from claims.queries.reports.editions import (
    edition_of,
    file_of,
    public_edition_of,
    report_of,
)
from claims.renderers.held_back import held_back
from claims.renderers.public import for_public
from claims.renderers.types import INTERNAL_EDITION, PUBLIC_EDITION, Edition

ALL = "all"


class Command(WorkbenchCommand):
    """Exit status 0: written. 1: it could not be written, or there is no such article or report."""

    help = (
        "Export a verification report: of an article as it is now, an existing report, or the claims that match a "
        "filter. With a filter, the table formats can hold any number of claims."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, in which format, where."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "article", type=int, nargs="?", help="the article's number, as in its address"
        )
        what.add_argument("--report", type=int, help="the number of an existing report")
        what.add_argument(
            "--filter",
            help='as in the address of the list of claims: "verdict=disputed&kind=minister"',
        )
        parser.add_argument(
            "--format",
            choices=[*renderers.FORMATS, ALL],
            default="html",
            help=f"{ALL}: one file per format",
        )
        parser.add_argument(
            "--edition",
            choices=[INTERNAL_EDITION, PUBLIC_EDITION],
            default=INTERNAL_EDITION,
            help="internal: everything; public: what everyone may read (default: internal)",
        )
        parser.add_argument(
            "--output",
            type=Path,
            help="the file to write, or a folder for one file per format (default: standard output)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it. Each file is written completely or not at all."""
        key: str = options["format"]
        output: Path | None = options["output"]
        if key == ALL and output is None:
            raise CommandError("Name a folder for the files: --output reports/")
        try:
            if options["filter"] is not None and key in renderers.TABLES:
                rows = Rows(self._filter(options["filter"]).qs, workbench_account())
                self._put(renderers.writer_of_tables(key)(rows.table()), rows, output)
            elif key == ALL:
                self._put_all(self._edition(options), output or Path())
            else:
                edition = self._edition(options)
                self._put(file_of(edition, renderers.get(key)), edition.report.lines, output)
        except WorkbenchError as error:
            raise CommandError(str(error)) from error

    def _edition(self, options: dict[str, Any]) -> Edition:
        if options["edition"] == PUBLIC_EDITION and options["report"] is not None:
            return public_edition_of(actor=workbench_account(), report=self._report(options))
        edition = self._internal(options)
        if options["edition"] == PUBLIC_EDITION:
            return for_public(edition)
        # Before the first byte: whoever hands the file on should know.
        only = held_back(edition)
        self.stderr.write(
            f"Internal edition: it holds {len(only.names)} names of newsroom staff and "
            f"{len(only.documents)} confidential documents. --edition public leaves them out."
        )
        return edition

    def _internal(self, options: dict[str, Any]) -> Edition:
        actor = workbench_account()
        if options["report"] is not None:
            return edition_of(actor=actor, report=self._report(options))
        if options["filter"] is not None:
            chosen = self._filter(options["filter"])
            return report_of(
                actor=actor,
                claims=chosen.qs,
                title="Claims matching a filter",
                scope=chosen.in_words,
            )
        article = Article.objects.filter(pk=options["article"]).first()
        if article is None:
            raise CommandError(f"There is no article {options['article']}.")
        return report_of(actor=actor, article=article)

    def _report(self, options: dict[str, Any]) -> Report:
        report = Report.objects.filter(pk=options["report"]).first()
        if report is None:
            raise CommandError(f"There is no report {options['report']}.")
        return report

    def _filter(self, query: str) -> ClaimFilter:
        return ClaimFilter.of_query(query, workbench_account()).understood()

    def _put_all(self, edition: Edition, folder: Path) -> None:
        """Write a file in each format.

        Formats that cannot represent the report are reported, and the rest are written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(
                f"{folder} could not be created: {in_words(error, missing=NO_FOLDER)}."
            ) from error
        for export in renderers.FORMATS.values():
            # Some formats are of the public edition alone.
            written = for_public(edition) if export.public else edition
            name = export.file_name(f"report-{_in_names(written)}")
            try:
                self._put(file_of(written, export), written.report.lines, folder / name)
            except WorkbenchError as error:
                self.stderr.write(f"{export.label}: {error}")

    def _put(self, pieces: Iterable[bytes], claims: Sized, output: Path | None) -> None:
        if output is None:
            sys.stdout.buffer.writelines(pieces)
            return
        try:
            _write(output.absolute(), pieces)
        except OSError as error:
            raise CommandError(
                f"{output} could not be written: {in_words(error, missing=NO_FOLDER)}."
            ) from error
        self.stderr.write(f"{len(claims)} claims written to {output}")


def _in_names(edition: Edition) -> str:
    """Return what files' names have of an edition: in capitals, where a mistake would do harm."""
    return edition.kind if edition.kind == PUBLIC_EDITION else edition.kind.upper()


def _write(output: Path, pieces: Iterable[bytes]) -> None:
    unfinished = output.with_name(f".{output.name}.unfinished")
    file = unfinished.open("wb")
    try:
        with file:
            file.writelines(pieces)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
