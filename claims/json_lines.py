"""One line of JSON Lines, as the command lines of the pure packages read it."""

import json
from collections.abc import Sequence
from typing import Any


class BadLineError(Exception):
    """A line that is not what was expected; its message says why."""


def parse_line(line: bytes, texts: Sequence[str]) -> dict[str, Any]:
    """Parse one line.

    Args:
        line: in UTF-8.
        texts: the fields that must be there beside "id", and be strings.

    Raises:
        BadLineError: it is not a JSON object with these fields.
    """
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLineError(f"not UTF-8 ({error.reason} at byte {error.start + 1})") from error
    except json.JSONDecodeError as error:
        raise BadLineError(f"not JSON ({error.msg} at character {error.pos + 1})") from error
    except RecursionError as error:
        raise BadLineError("not JSON that can be read (nested too deeply)") from error
    if not isinstance(row, dict):
        fields = ", ".join(f'"{name}": ...' for name in ("id", *texts))
        raise BadLineError(f"expected an object {{{fields}}}")
    if "id" not in row:
        raise BadLineError('"id" is missing')
    for name in texts:
        if not isinstance(row.get(name), str):
            raise BadLineError(f'"{name}" is missing or not a string')
    return row
