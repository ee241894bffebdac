"""Everything from outside is read in the sandbox."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CLAIMS = Path(__file__).resolve().parents[2] / "claims"

ALLOWED = {
    "claims.ingest": {"EXTENSIONS", "FORMATS", "archives", "draft", "sandbox"},
    "claims.ingest.archive_records": {"field"},
    "claims.ingest.archives": {"ARCHIVES", "MESSAGES", "TABLES"},
    "claims.ingest.documents": {"KINDS"},
    "claims.ingest.drafts": {"MAX_BODY"},
    "claims.ingest.fact_checks.types": {"CheckDraft", "CheckEntry"},
    "claims.ingest.types": {"ArticleDraft", "DocumentText", "Entry", "Fields"},
    "claims.ingest.workbooks": {"Cell", "LONGEST_CELL"},
}
"""What others may take from the readers: data, and what reads nothing. The sandbox itself may be used as it is."""


def taken(source: str) -> Iterator[tuple[str, str]]:
    """What a module takes from the readers: the module's name, and the name within it."""
    names: dict[str, str] = {}
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("claims"):
            continue
        for each in node.names:
            whole = f"{node.module}.{each.name}"
            if whole in ALLOWED:
                names[each.asname or each.name] = whole
            if node.module.startswith("claims.ingest"):
                yield node.module, each.name
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in names
        ):
            yield names[node.value.id], node.attr


def test_nobody_reads_what_comes_from_outside_but_in_the_sandbox():
    found = {
        (str(path.relative_to(CLAIMS)), module, name)
        for path in CLAIMS.rglob("*.py")
        if path.parts[len(CLAIMS.parts)] != "ingest"
        for module, name in taken(path.read_text())
        if module != "claims.ingest.sandbox" and name not in ALLOWED.get(module, set())
    }
    assert found == set()


def test_what_reads_by_itself_would_be_found():
    source = "from claims import ingest\nfrom claims.ingest import feeds\ningest.read(x)\ningest.draft(y)"
    assert set(taken(source)) == {
        ("claims.ingest", "feeds"),
        ("claims.ingest", "read"),
        ("claims.ingest", "draft"),
    }


READERS = {"PIL", "email", "feedparser", "lxml", "pypdf", "pypdfium2", "trafilatura", "xml", "yaml"}
"""The libraries that parse what comes from outside."""


def parsing(source: str) -> Iterator[str]:
    """What a module takes of them, and of openpyxl, with which workbooks are written, too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            names = []
        yield from (name for name in names if name.partition(".")[0] in READERS)
        if "load_workbook" in {getattr(node, "attr", ""), getattr(node, "name", "")}:
            yield "load_workbook"


@pytest.mark.parametrize(
    "source",
    [
        "import lxml.etree",
        "from trafilatura.core import extract",
        "def read():\n    from PIL import Image",
        "from openpyxl import load_workbook",
        "import openpyxl\nopenpyxl.load_workbook(stream)",
    ],
)
def test_a_library_that_parses_would_be_found(source):
    assert list(parsing(source))


def test_no_other_library_reads_files_from_outside():
    """Only the readers know the libraries that parse."""
    found = {
        str(path.relative_to(CLAIMS)): names
        for path in CLAIMS.rglob("*.py")
        if path.parts[len(CLAIMS.parts)] != "ingest" and (names := set(parsing(path.read_text())))
    }
    assert found == {}
