"""A folder to watch."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder
