"""Import articles from files and folders, splitting each into claims."""

import os
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError

from claims.actions import COMMAND, COMMAND_UPDATE
from claims.errors import WorkbenchError
from claims.management.base import WorkbenchCommand
from claims.management.bulk_import import import_all
from claims.management.failures import NO_FOLDER, in_words
from claims.management.files import READ, Place, files_of, is_archive, records, size_of
from claims.management.outcomes import ArrivalOutcome, OutcomeLine
from claims.management.progress import ProgressLine, SkipReport
from claims.management.splitter_pool import Splitters

GOES_ON = "Everything imported so far is complete. Run the same command again to continue."


class Command(WorkbenchCommand):
    """Each article is saved completely or not at all; one that is already here is left alone.

    So the command can be stopped and started again. Exit status 0: all are imported. 1: some could not be read, each
    reported on standard error with the reason, and the rest are imported; or it could not continue. 2: nothing to do.
    130: stopped with Ctrl+C.
    """

    help = (
        "Import articles from files or folders and split them into claims. Articles already here are skipped, so a "
        "command that was stopped continues where it left off when you run it again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Paths, and what to do with new versions of known articles."""
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="PATH",
            help=f"a file or a folder of files: {', '.join(sorted(READ))}",
        )
        parser.add_argument(
            "--update",
            action="store_true",
            help="add a new version where the article at an address has a different text; its claims are carried over",
        )
        parser.add_argument(
            "--processes",
            type=_several,
            default=os.cpu_count() or 1,
            metavar="N",
            help="split in N processes, each of which takes 300 MB (default: %(default)s, the number of processors of this "
            "machine). A few articles are split in this process",
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE",
            help="write a CSV file that lists every line that was skipped or could not be imported, and why",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import file by file, reporting the result for each, or the progress of an archive."""
        files = list(files_of(options["paths"]))
        if not files:
            raise CommandError(
                "No articles found. Name a file or a folder that contains some.", returncode=2
            )
        progress = ProgressLine(
            self.stdout,
            total=sum(map(size_of, files)),
            quiet=not options["verbosity"] or not any(map(is_archive, files)),
        )
        with _opened(options["report"]) as file:
            try:
                self._import(files, progress, SkipReport(file), options)
            except KeyboardInterrupt:
                told = f"{progress.end()}\nStopped. {GOES_ON}"
                raise CommandError(told, returncode=130) from None
            except BrokenProcessPool:
                why = "A splitting process was killed; there may be too little memory for so many of them."
                raise CommandError(f"{progress.end()}\n{why} {GOES_ON}", returncode=1) from None
            except WorkbenchError as error:
                raise CommandError(f"{progress.end()}\n{error}", returncode=1) from error
        told, failed = progress.end(), progress.counts[ArrivalOutcome.FAILED]
        if not progress.quiet:
            self.stdout.write(told)
        if failed:
            whole = progress.counts.total()
            raise CommandError(f"{failed} of {whole} articles could not be imported.", returncode=1)

    def _import(
        self,
        files: Sequence[Path],
        progress: ProgressLine,
        report: SkipReport,
        options: dict[str, Any],
    ) -> None:
        with Splitters(options["processes"]) as splitters:
            policy = COMMAND_UPDATE if options["update"] else COMMAND
            for place, line in import_all(records(files), splitters=splitters, policy=policy):
                progress.count(place, line)
                report.add(place, line)
                if _is_told(place, line, options["verbosity"]):
                    progress.clear()
                    failed = line.outcome == ArrivalOutcome.FAILED
                    out = self.stderr if failed else self.stdout
                    out.write(f"[{place.file}/{len(files)}] {place}: {line}")


def _opened(report: Path | None) -> AbstractContextManager[TextIO | None]:
    """Open the file for the report, empty; None if none is wanted."""
    try:
        return report.open("w", encoding="utf-8", newline="") if report else nullcontext()
    except OSError as error:
        raise CommandError(
            f"{report} could not be written: {in_words(error, missing=NO_FOLDER)}."
        ) from error


def _is_told(place: Place, line: OutcomeLine, verbosity: int) -> bool:
    """Whether an article has a line of its own. In an archive only what somebody may want to do something about."""
    if line.outcome == ArrivalOutcome.FAILED:
        return True
    usual = line.outcome in {ArrivalOutcome.IMPORTED, ArrivalOutcome.HERE}
    return verbosity > 1 or (verbosity == 1 and not (usual and place.line))


def _several(number: str) -> int:
    if not number.isdecimal() or int(number) < 1:
        raise ArgumentTypeError("a whole number of at least 1 is required")
    return int(number)
