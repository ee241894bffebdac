"""The rules of the code base as a whole."""

import importlib.resources
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from django.core.management import call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from claims.choices import Detail, Quotation, SourceKind, Verdict
from claims.extraction import types as extraction_types
from claims.extraction.text import details as extraction_details

ROOT = Path(__file__).resolve().parents[2]


def _tracked(*patterns: str) -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this copy of the project is no git checkout")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


class TestPlaces:
    ROOMS = frozenset({"workbench", "claims", "seeds", "templates", "tests", "docs"})
    OUTSIDE = frozenset(
        {
            ".ci/audit",
            ".ci/requirements.txt",
            ".ci/run",
            ".editorconfig",
            ".github/ISSUE_TEMPLATE/bug.yml",
            ".github/ISSUE_TEMPLATE/feature.yml",
            ".github/ISSUE_TEMPLATE/wrong-split.yml",
            ".github/PULL_REQUEST_TEMPLATE.md",
            ".github/workflows/ci.yml",
            ".gitignore",
            ".pre-commit-config.yaml",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "Dockerfile",
            "LICENSE",
            "Makefile",
            "README.md",
            "SECURITY.md",
            "compose.yaml",
            "manage.py",
            "pyproject.toml",
            "requirements-dev.txt",
            "requirements.txt",
        }
    )
    """Everything that is not in a room."""

    def test_nothing_stands_outside_the_rooms_of_the_house(self):
        names = {path.relative_to(ROOT) for path in _tracked()}
        assert {str(name) for name in names if name.parts[0] not in self.ROOMS} == self.OUTSIDE

    def test_claims_can_be_imported_without_anything(self):
        """Its `__init__` needs the standard library alone, so that the splitter runs without Django."""
        code = "import sys, claims; print(*{name.split('.')[0] for name in sys.modules})"
        command = [sys.executable, "-S", "-c", code]
        imported = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        others = set(imported.stdout.split()) - sys.stdlib_module_names
        assert others == {"__main__", "claims"}

    def test_there_is_no_room_for_odds_and_ends(self):
        names = {path.stem for path in _tracked("*.py")}
        assert names.isdisjoint({"utils", "util", "helpers", "misc", "common"})


class TestSizes:
    """What a person can look over: a file on a few screens, a folder in one."""

    LINES = 350
    FILES = 15
    OF_ONE_KIND = frozenset(
        {
            "claims/extraction/languages",
            "claims/management/commands",
            "claims/migrations",
            "docs",
            "seeds",
            "tests/extraction/passages",
            "tests/ingest/files",
            "tests/ingest/pages",
        }
    )
    """Folders of data: a language, a passage, an article, a page of the manual each; and commands and migrations,
    each of which Django looks for in one folder."""

    def test_no_file_is_too_long(self):
        code = [path for path in _tracked("*.py") if path.parent.name != "migrations"]
        assert code
        lines = {
            path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in code
        }
        assert {name: number for name, number in lines.items() if number > self.LINES} == {}

    def test_no_folder_holds_too_much(self):
        files = Counter(path.parent.relative_to(ROOT).as_posix() for path in _tracked())
        full = {folder for folder, number in files.items() if number > self.FILES}
        assert full == self.OF_ONE_KIND


class TestExceptions:
    """What checkers are told to pass over: little, each rule by its name, and each with its reason."""

    MOST = 30
    READ_TOGETHER = frozenset(
        {
            "claims/models/claims/blind.py",
            "claims/queries/claims/records.py",
            "claims/web/claims/bulk_forms.py",
            "claims/web/claims/cells.py",
            "claims/web/claims/listing.py",
            "claims/web/review/bulk.py",
            "claims/web/review/page.py",
        }
    )
    """Where records carry what was read together with them, and forms what they offer: one reason for all."""

    @staticmethod
    def _found(mark: str) -> list[tuple[str, str, str]]:
        """Where the mark stands, the line, and the one above."""
        return [
            (f"{path.relative_to(ROOT).as_posix()}:{number}", line, above)
            for path in _tracked("claims/*.py", "workbench/*.py")
            for lines in [path.read_text().splitlines()]
            for number, (above, line) in enumerate(pairwise(["", *lines]), 1)
            if re.search(rf"# {mark}\b", line)
        ]

    @pytest.mark.parametrize("mark", ["type: ignore", "noqa"])
    def test_they_are_few_and_say_why(self, mark):
        found = self._found(mark)
        assert 0 < len(found) <= self.MOST
        rules = (
            r"\[[\w-]+(?:,[\w-]+)*\]" if mark == "type: ignore" else r": [A-Z]+\d+(?:, [A-Z]+\d+)*"
        )
        unreasoned = {
            place
            for place, line, above in found
            if not re.search(rf"# {mark}{rules}(?: - |  # (?!noqa|type:))\w", line)
            and not (re.search(rf"# {mark}{rules}", line) and above.strip().startswith("#"))
        }
        assert {place.rpartition(":")[0] for place in unreasoned} <= self.READ_TOGETHER


class TestImports:
    def test_the_layers_hold(self):
        lint = Path(sys.executable).with_name("lint-imports")
        done = subprocess.run(
            [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    @pytest.mark.parametrize(
        "package",
        [
            "anchoring",
            "extraction",
            "ingest",
            "renderers",
            "matching",
            "networks",
            "fetching",
            "errors",
        ],
    )
    def test_a_pure_package_runs_without_django(self, package):
        code = (
            f"import sys, claims.{package}; "
            "print(*(name for name in sys.modules if name.split('.')[0] == 'django'))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr

    @pytest.mark.parametrize(
        "path",
        sorted((ROOT / "claims" / "models").rglob("*.py")),
        ids=lambda path: path.relative_to(ROOT).as_posix(),
    )
    def test_models_know_no_form_table_or_view(self, path):
        imported = re.findall(r"^\s*(?:from|import) ([\w.]+)", path.read_text(), re.MULTILINE)
        words = {word for name in imported for word in name.split(".")}
        assert words.isdisjoint({"forms", "views", "tables", "filters", "web", "admin", "actions"})


class TestWords:
    def test_the_splitters_source_kinds_are_the_desks(self):
        kinds = importlib.resources.files("claims.extraction").joinpath(
            "lexicons", "source_kinds.toml"
        )
        told = {entry["value"] for entry in tomllib.loads(kinds.read_text())["kind"]}
        assert told
        assert told <= set(SourceKind.values)

    def test_every_kind_that_the_splitters_code_or_data_names_is_the_desks(self):
        """Kinds stand beside cues as well, and as defaults in the code."""
        named = set()
        for path in (ROOT / "claims" / "extraction").iterdir():
            if path.suffix in {".py", ".toml"}:
                named |= set(re.findall(r'\bkind\s*=\s*"([^"]*)"', path.read_text()))
        assert named <= {"", *SourceKind.values}

    def test_the_splitters_quotation_types_are_the_desks(self):
        assert set(get_args(extraction_types.Quotation)) == set(Quotation.values)

    def test_the_details_that_are_found_are_the_desks(self):
        assert set(get_args(extraction_details.Kind)) == set(Detail.values)

    def test_verdicts_are_three(self):
        assert Verdict.values == ["verified", "disputed", "pending"]


DOCUMENTS = ROOT / "templates" / "documents"
"""Those of the exported files, which stand alone: no server gives them a style sheet."""

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


class TestTemplates:
    """Nothing that the content security policy forbids, and nothing from another machine."""

    @staticmethod
    def found(*patterns: str) -> dict[str, list[str]]:
        """What the patterns match in each template, but where they match nothing."""
        everywhere = {
            path.relative_to(ROOT).as_posix(): [
                words for pattern in patterns for words in re.findall(pattern, path.read_text())
            ]
            for path in TEMPLATES
        }
        return {name: words for name, words in everywhere.items() if words}

    def test_no_style_of_its_own(self):
        assert self.found(r"<[^>]*\sstyle\s*=") == {}
        styles = self.found(r"<style\b")
        assert {name for name, words in styles.items() if len(words) > 1} == set()
        assert {name for name in styles if not (ROOT / name).is_relative_to(DOCUMENTS)} == set()

    def test_no_script_of_its_own(self):
        # JSON-LD is data that no browser runs.
        scripts = r"<script\b(?! type=\"application/ld\+json\">)(?![^>]*\ssrc\s*=)[^>]*>"
        assert self.found(scripts, r"<[^>]*\s(?:on\w+|hx-on[:\w-]*)\s*=", "javascript:") == {}

    def test_nothing_is_fetched_from_elsewhere(self):
        fetching = r"<(?:link|script|img|source|iframe|use|image)\b[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//"
        assert self.found(fetching) == {}


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted([*(ROOT / "claims" / "static").rglob("*"), DOCUMENTS / "report.css"])
        if path.suffix in {".css", ".js", ".svg"}
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_static_files_fetch_nothing_from_elsewhere(path):
    text = path.read_text()
    assert not re.findall(r"(?:url\(|@import|import |from |fetch\()\s*[\"']?(?:https?:)?//", text)


@pytest.mark.django_db
def test_every_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_a_squashed_migration_makes_the_same_tables_as_those_that_it_replaces():
    loader = MigrationLoader(None, replace_migrations=False)
    squashed = {name: one for name, one in loader.disk_migrations.items() if one.replaces}
    own = [(name, one) for name, one in squashed.items() if name[0] == "claims"]
    assert own
    for name, one in own:
        at_once, step_by_step = (loader.project_state([node]) for node in (name, one.replaces[-1]))
        assert MigrationAutodetector(at_once, step_by_step).changes(loader.graph) == {}


def test_no_migration_imports_what_changes_after_it():
    """A migration that runs on an old database must do what it did when it was written."""
    migrations = ROOT / "claims" / "migrations"
    found = [
        (path.name, name)
        for path in sorted(migrations.glob("*.py"))
        for name in re.findall(
            r"^\s*(?:from|import) ((?:claims|workbench)\b[\w.]*)", path.read_text(), re.MULTILINE
        )
        if not name.startswith("claims.migrations")
    ]
    assert list(migrations.glob("0*.py"))
    assert found == []
