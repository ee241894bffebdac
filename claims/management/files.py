"""Reads the articles of files and folders, one after another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims import ingest
from claims.errors import WorkbenchError
from claims.ingest import archives, sandbox
from claims.ingest.types import ArticleDraft

READ = {*ingest.EXTENSIONS, *archives.ARCHIVES}
"""The extensions of files that articles come in."""


Found = ArticleDraft | WorkbenchError | OSError
"""An article, or why there is none."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article was read.

    Attributes:
        file: the number of its file, counting from 1.
        path: its file.
        line: its line in an archive; None if the file is a single article, or cannot be read at all.
        reached: how many bytes of all files had been read by then.
    """

    file: int
    path: Path
    line: int | None
    reached: int

    def __str__(self) -> str:
        """The place in words."""
        return f"{self.path}, line {self.line}" if self.line else str(self.path)


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    """Return the named files, and those in the named folders that can be read, in order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                each for each in path.rglob("*") if each.is_file() and _extension(each) in READ
            )
        else:
            yield path


def is_archive(path: Path) -> bool:
    """Return whether a file contains many articles."""
    return _extension(path) in archives.ARCHIVES


def size_of(path: Path) -> int:
    """Return a file's size in bytes; 0 if it cannot be read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def records(files: Sequence[Path]) -> Iterator[tuple[Place, Found]]:
    """Read files record by record, however large they are."""
    before = 0
    for number, path in enumerate(files, start=1):
        size = size_of(path)
        for line, found, reached in _records_of(path):
            yield Place(number, path, line, before + min(reached, size)), found
        before += size


def _records_of(path: Path) -> Iterator[tuple[int | None, Found, int]]:
    """Yield each record with its line, and how far the file has been read."""
    try:
        with path.open("rb") as stream:
            for entry in sandbox.articles(stream, path.name):
                yield entry.number or None, entry.found, entry.reached
    except (WorkbenchError, OSError) as error:
        yield None, error, size_of(path)


def _extension(path: Path) -> str:
    return path.suffix.lower().lstrip(".")
