"""The workbench's command line as an administrator runs it: another process, a database of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SECRET_KEY = "a text for tests that is longer than fifty characters and different 0123456789"


def environment(**variables: str) -> dict[str, str]:
    """That of a production machine with these variables, and none of the tests' own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONUNBUFFERED": "1", **variables}


def on_file(database: Path) -> dict[str, str]:
    """The environment of a workbench that keeps its database in that file."""
    return environment(SECRET_KEY=SECRET_KEY, DATABASE_URL=f"sqlite:///{database}")


def manage(*arguments: str | Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
