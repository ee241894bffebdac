"""Many articles in one file: archives (JSON Lines, CSV, XLSX) and the messages of news agencies (ninjs, NewsML-G2).

An archive of any size is read lazily, record by record. A bad record becomes an entry with its error; reading
continues.
"""

import codecs
import csv
import json
import re
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from threading import Lock
from typing import BinaryIO
from zipfile import BadZipFile

from claims import ingest
from claims.errors import (
    NotTextError,
    Phrase,
    TooLargeError,
    UnknownFormatError,
    UnreadableFileError,
    UnreadableRecordError,
    UnreadableTableError,
    WorkbenchError,
    gettext_noop,
)
from claims.ingest import safe_zip
from claims.ingest.archive_records import article, field
from claims.ingest.decoding import decode
from claims.ingest.formats import newsml_g2, ninjs
from claims.ingest.types import Entry

MAX_LINE = 2_000_000
"""Bytes of a line: the longest body with every character escaped, and ample other fields."""

MAX_SHARED = 100_000_000
"""Bytes of the one part of an XLSX file that has to be read as a whole: the texts that its cells share."""

MAX_ROW, MAX_COLUMN = 1_048_576, 100
"""The last row that a sheet can have, and the last column that is looked at."""

_BLOCK = 65_536
_LIMITING = Lock()
_DELIMITERS = ",;\t|:^~"

_NO_TEXT_COLUMN = gettext_noop(
    "no column contains the articles' text. Name one “body”, “text” or “content” in the first row."
)
_DAMAGED = gettext_noop("it is damaged from here on.")
_NO_RECORD = gettext_noop('it must be a JSON object, such as {"headline": "…", "body": "…"}')
_EXCEL_FILE = gettext_noop("Excel file")
_STUMBLES = (
    BadZipFile,
    SyntaxError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
    zlib.error,
    EOFError,
)


def articles(stream: BinaryIO, name: str) -> Iterator[Entry]:
    """Read the articles of a file of any kind.

    Args:
        stream: the file's bytes, at its beginning; for XLSX it must be seekable. It is left open.
        name: the file's name; its extension, in either case, selects the format.

    Returns:
        Of an archive or a message one entry per record or item, in order, of another file a single one with the
        number 0; empty lines and rows are left out. The first row of a CSV or XLSX
        file has the column names, as in `archive_records.SYNONYMS`; only the first sheet of an XLSX file is
        read.

    Raises:
        UnknownFormatError: no format has that extension.
        UnreadableTableError: while it is read: there are no records, no column has the text, or the file is
            damaged from there on.
        NotAnArticleError: while it is read: it is not a message of a news agency.
        UnreadableFileError: while it is read: it is not an XLSX file, or unsafe to open.
        LockedFileError: while it is read: it is protected by a password.
        WorkbenchError: while it is read, if it is a file of one article: as in `claims.ingest.read`.
    """
    extension = name.rpartition(".")[2].lower()
    if extension in ARCHIVES:
        return _filled(ARCHIVES[extension](stream))
    if extension in ingest.EXTENSIONS:
        return (Entry(0, ingest.read(each, name=name)) for each in (stream,))
    known = ", ".join([*ingest.EXTENSIONS, *ARCHIVES])
    raise UnknownFormatError(name=extension, known=known)


def _filled(entries: Iterator[Entry]) -> Iterator[Entry]:
    is_empty = True
    for entry in entries:
        is_empty = False
        yield entry
    if is_empty:
        raise UnreadableTableError(why=gettext_noop("there are no articles in it."))


def _entry(number: int, record: Callable[[], Iterable[tuple[str, object]]]) -> Entry:
    names: tuple[str, ...] = ()
    try:
        values = list(record())
        names = tuple(name for name, _value in values)
        return Entry(number, article(values), names=names)
    except WorkbenchError as error:
        return Entry(number, error, names=names)


def _json_lines(stream: BinaryIO) -> Iterator[Entry]:
    for number, (text, error) in enumerate(_lines(stream), start=1):
        if error is not None:
            yield Entry(number, error)
        elif text.strip():
            yield _entry(number, partial(_object, text))


def _object(text: str) -> Iterable[tuple[str, object]]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableRecordError(
            why=Phrase(
                'it must be a JSON object, such as {"headline": "…", "body": "…"}; the error is at character %(place)s (%(problem)s)',
                problem=error.msg,
                place=error.pos + 1,
            ),
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableRecordError(why=_NO_RECORD) from error
    if not isinstance(found, dict):
        raise UnreadableRecordError(why=_NO_RECORD)
    return found.items()


def _csv(stream: BinaryIO) -> Iterator[Entry]:
    lines = _TextLines(_lines(stream))
    heading = next((line for line in lines if line.strip()), "")
    if problem := lines.taken_problem():
        raise problem
    # Excel's own way to declare the delimiter.
    if noted := re.fullmatch(r"sep=(.)\s*", heading):
        heading = next(lines, "")
    delimiter = noted[1] if noted else max(_DELIMITERS, key=lambda each: _known(heading, each))
    names = _cells(heading, delimiter)
    _check_columns(names)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        number = lines.number + 1
        try:
            row = _next(reader)
        except csv.Error as error:
            yield Entry(
                number,
                UnreadableRecordError(
                    why=Phrase("it is not valid CSV (%(problem)s)", problem=error)
                ),
            )
            continue
        if row is None:
            return
        if problem := lines.taken_problem():
            yield Entry(number, problem)
        elif any(cell.strip() for cell in row):
            yield _entry(number, partial(_named, names, row))


class _TextLines(Iterator[str]):
    """Lines for `csv.reader`, which accepts only strings.

    Attributes:
        number: how many have been read.
    """

    def __init__(self, lines: Iterator[tuple[str, WorkbenchError | None]]) -> None:
        self.number = 0
        self._problem: WorkbenchError | None = None
        self._lines = lines

    def __next__(self) -> str:
        text, problem = next(self._lines)
        self.number += 1
        self._problem = self._problem or problem
        return f"{text}\n"

    def taken_problem(self) -> WorkbenchError | None:
        """Return the first error since the last call, once."""
        problem, self._problem = self._problem, None
        return problem


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    """Return the next row. The limit of a field's length is global to the process, so it is restored for others."""
    with _LIMITING:
        usual = csv.field_size_limit(MAX_LINE)
        try:
            return next(reader, None)
        finally:
            csv.field_size_limit(usual)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _known(line: str, delimiter: str) -> int:
    return sum(bool(field(name)) for name in _cells(line, delimiter))


def _check_columns(names: list[str]) -> None:
    if "body" not in map(field, names):
        raise UnreadableTableError(why=_NO_TEXT_COLUMN)


def _named(names: list[str], row: list[str]) -> Iterable[tuple[str, object]]:
    if any(cell.strip() for cell in row[len(names) :]):
        raise UnreadableRecordError(
            why=Phrase(
                "the row has %(cells)s cells, but the first row has %(names)s column names; put texts that contain the delimiter in quotes",
                cells=len(row),
                names=len(names),
            ),
        )
    return zip(names, row, strict=False)


def _xlsx(stream: BinaryIO) -> Iterator[Entry]:
    # It takes a fifth of a second to import, and few processes read archives.
    from openpyxl import load_workbook

    with safe_zip.opened(stream, what=_EXCEL_FILE) as archive:
        shared = [
            each for each in archive.infolist() if each.filename.endswith("sharedStrings.xml")
        ]
        if any(each.file_size > MAX_SHARED for each in shared):
            raise UnreadableFileError(why=gettext_noop("it would be far too large when unpacked"))
    try:
        with warnings.catch_warnings():
            # What openpyxl leaves out of a workbook is never part of an article.
            warnings.simplefilter("ignore")
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            rows = book.worksheets[0].iter_rows(
                max_row=MAX_ROW, max_col=MAX_COLUMN, values_only=True
            )
    except _STUMBLES as error:
        raise UnreadableFileError(
            why=Phrase("it is not a valid %(what)s, or it is damaged", what=_EXCEL_FILE)
        ) from error
    try:
        yield from _sheet(enumerate(rows, start=1))
    except _STUMBLES as error:
        raise UnreadableTableError(why=_DAMAGED) from error
    finally:
        book.close()


def _sheet(rows: Iterator[tuple[int, tuple[object, ...]]]) -> Iterator[Entry]:
    # Counting is fast: a damaged file can have a million empty rows.
    filled = ((number, row) for number, row in rows if row.count(None) < len(row))
    _, heading = next(filled, (0, ()))
    names = [str(name or "") for name in heading]
    _check_columns(names)
    for number, row in filled:
        yield _entry(number, partial(zip, names, row, strict=False))


def _lines(stream: BinaryIO) -> Iterator[tuple[str, WorkbenchError | None]]:
    """Yield each line, decoded, with its error if there is one."""
    for line in _raw_lines(stream):
        if len(line) > MAX_LINE:
            yield (
                "",
                TooLargeError(limit=MAX_LINE // 1_000_000, unit=gettext_noop("MB")),
            )
            continue
        try:
            yield decode(line).removesuffix("\r"), None
        except NotTextError as error:
            yield line.decode(errors="replace"), error


def _raw_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Split a stream at its newlines. Of a line that is too long, only the beginning is kept."""
    rest = b""
    for block in _blocks(stream):
        *whole, rest = (rest + block).split(b"\n")
        yield from whole
        rest = rest[: MAX_LINE + 1]
    if rest:
        yield rest


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Read a stream in blocks; UTF-16 is converted to UTF-8, where a newline is a single byte."""
    mark = stream.read(2)
    encoding = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}.get(mark)
    if encoding is None:
        yield mark
        yield from iter(partial(stream.read, _BLOCK), b"")
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for block in iter(partial(stream.read, _BLOCK), b""):
        yield decoder.decode(block).encode(errors="replace")


TABLES: dict[str, Callable[[BinaryIO], Iterator[Entry]]] = {
    "jsonl": _json_lines,
    "ndjson": _json_lines,
    "csv": _csv,
    "xlsx": _xlsx,
}
"""What reads an archive of any length, by its file's extension."""

MESSAGES: dict[str, Callable[[BinaryIO], Iterator[Entry]]] = {
    module.EXTENSION: module.entries for module in (ninjs, newsml_g2)
}
"""What reads a message of a news agency, by its file's extension."""

ARCHIVES = TABLES | MESSAGES
"""Both."""
