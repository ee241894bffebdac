"""The matcher's words, which are data: one file for each kind of list. Written from general knowledge of news."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Return the list in a file of this folder, read once per process: `lexicon("cues")`."""
    return tomllib.loads((_HERE / f"{name}.toml").read_text("utf-8"))
