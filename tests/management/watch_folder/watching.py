"""Files for a watched folder, and what stands in it."""

from pathlib import Path

RAIN = "---\nheadline: Rain\n---\nRain fell, Ada Venn said.\n"
SNOW = "---\nheadline: Snow\n---\nSnow fell, officials said.\n"
EMPTY = "---\nheadline: Nothing\n---\n"
RECORDS = (
    '{"headline": "Rain", "body": "Rain fell, Ada Venn said."}\n'
    "no JSON\n"
    '{"headline": "Snow", "body": "Snow fell, officials said."}\n'
)


def files(folder: Path) -> list[str]:
    """Where the files of a folder are, sorted."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
