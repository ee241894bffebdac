"""`manage.py verify_report`: what can be checked of a report's JSON file, signed PDF or evidence, without asking anybody."""

import base64
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import is_zipfile

from django.conf import settings
from django.core.management.base import CommandError

from claims.capturing.manifest import NotAWaczError, faults_of, file_in, number_of_files, one_line
from claims.errors import TimestampError
from claims.fetching.timestamps import verify_timestamp
from claims.management.base import WorkbenchCommand
from claims.management.failures import in_words
from claims.management.verifying import HOLDS, UNCHECKED, WRONG, Said, as_known_here, of_pdf
from claims.models import Report
from claims.queries.captures.archive import REPORT
from claims.queries.reports.editions import both_editions
from claims.renderers.canonical_json import canonical_json
from claims.renderers.digest import digest


class Command(WorkbenchCommand):
    """Exit status 0: all that could be checked holds. 1: something is wrong, or the file cannot be read."""

    help = (
        "Check a report's JSON file: that its digest is that of its data, that its timestamp confirms the digest, and"
        " that this installation published it. Of a PDF, check the signature: that it is of the whole file, by whom and"
        " when it was signed, and that the certificate is this newsroom's. Of a file with all its evidence (WACZ), check"
        " each file in it against the manifest, and the report's data. It works offline, and lists whatever it could not"
        " check."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and by what its timestamp is trusted."""
        parser.add_argument(
            "file",
            type=Path,
            help="the report as JSON or PDF, or its evidence as WACZ, in either edition",
        )
        parser.add_argument(
            "--certificates",
            type=Path,
            help="a PEM file with the certificates by which the timestamp authority is trusted"
            " (default: those of TIMESTAMP_CERTIFICATES)",
        )
        parser.add_argument(
            "--save-timestamp",
            type=Path,
            help="write the authority's response in a JSON file to this file, for openssl ts -verify",
        )

    def handle(self, **options: Any) -> None:
        """Check one thing after the other, and say what was found."""
        path: Path = options["file"]
        is_wacz = is_zipfile(path)
        data = _report_in(path) if is_wacz else _bytes_of(path)
        certificates = (
            _bytes_of(options["certificates"])
            if options["certificates"]
            else settings.TIMESTAMP_CERTIFICATES
        )
        if data.startswith(b"%PDF-"):
            said = list(of_pdf(data, certificates))
        else:
            said = list(_manifest(path)) if is_wacz else []
            found = _read(data, path)
            said.append(_digest(found))
            try:
                said += _timestamp(found, certificates, options["save_timestamp"])
            except OSError as error:
                raise CommandError(in_words(error)) from error
            said.append(as_known_here(partial(_published, found)))
        for verdict, what in said:
            self.stdout.write(f"{verdict:12} {one_line(what)}")
        if any(verdict == WRONG for verdict, _what in said):
            raise CommandError("The file is not what it claims to be.")


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {in_words(error)}") from error


def _manifest(path: Path) -> Iterator[Said]:
    """Check each file in a WACZ file against its manifest."""
    try:
        faults = list(faults_of(path))
    except (NotAWaczError, OSError) as error:
        raise CommandError(f"{path}: {error}") from error
    yield from ((WRONG, fault) for fault in faults)
    if not faults:
        number = number_of_files(path)
        yield HOLDS, f"each of the {number} files in it is as its manifest says"


def _report_in(path: Path) -> bytes:
    """Return the JSON file of the report in a file with all its evidence."""
    try:
        return file_in(path, REPORT)
    except NotAWaczError as error:
        raise CommandError(f"{path}: {error}") from error
    except OSError as error:
        raise CommandError(f"{path}: {in_words(error)}") from error


def _read(data: bytes, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (RecursionError, ValueError) as error:
        raise CommandError(
            f"{path} is neither JSON nor PDF. Of a report's other formats only the digest can be compared by eye."
        ) from error
    if not isinstance(found, dict) or not isinstance(found.get("report"), dict):
        raise CommandError(f"{path} is not a report's JSON file.")
    return found


def _computed(found: dict[str, Any]) -> str:
    """Return the digest of a file's data, as `claims.renderers.digest` says."""
    return digest(canonical_json(found["report"]).encode(errors="surrogatepass"))


def _digest(found: dict[str, Any]) -> Said:
    computed, told = _computed(found), found.get("digest")
    if computed == told:
        return HOLDS, f"the digest is that of the data: {computed}"
    return WRONG, f"the file names the digest {told}, but that of its data is {computed}"


def _timestamp(found: dict[str, Any], certificates: bytes, save_to: Path | None) -> Iterator[Said]:
    stamp = found.get("timestamp")
    if not isinstance(stamp, dict):
        yield UNCHECKED, "the file has no timestamp"
        return
    try:
        response = base64.b64decode(str(stamp.get("response")), validate=True)
    except ValueError:
        yield WRONG, "the timestamp in the file is not valid base64"
        return
    if save_to:
        save_to.write_bytes(response)
    authority = str(stamp.get("authority"))
    confirmed = stamp.get("digest")
    first = confirmed == found.get("published_digest")
    if confirmed != _computed(found) and not first:
        yield WRONG, f"the timestamp is for a different digest: {confirmed}"
        return
    if not certificates:
        yield (
            UNCHECKED,
            f"the timestamp by {authority}: name a file of certificates with --certificates",
        )
        return
    try:
        at = verify_timestamp(
            response,
            digest=bytes.fromhex(str(confirmed)),
            certificates=certificates,
            host=urlsplit(authority).hostname or authority,
        )
    except (TimestampError, ValueError) as error:
        yield WRONG, f"the timestamp: {error}"
        return
    if first:
        # Anybody could have written the digest of another report into the file.
        said = f"{authority} confirms other data, which the file says was first published"
        yield (
            UNCHECKED,
            f"{said}, at {at.isoformat()}; whether that is so, only its publisher can say",
        )
        return
    yield HOLDS, f"{authority} confirms that this digest existed at {at.isoformat()}"


def _published(found: dict[str, Any]) -> Said:
    number = found.get("number")
    report = (
        Report.objects.published().filter(pk=number).first() if isinstance(number, int) else None
    )
    if report is None:
        return UNCHECKED, "this installation has not published a report with this number"
    computed, (internal, public) = _computed(found), both_editions(report)
    if computed in {internal.digest, public.digest}:
        return HOLDS, f"it is report {number} as this installation published it"
    if computed == public.published_digest:
        since = "documents have been withheld from it since"
        return HOLDS, f"it is report {number} as this installation first published it; {since}"
    return WRONG, f"this installation published report {number} with other data"
