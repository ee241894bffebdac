"""JSON in the one form that digests are computed from."""

import json
from typing import Any


def canonical_json(value: Any, *, allow_nan: bool = True) -> str:
    """Return JSON in its only form: keys sorted, no spaces, and only those characters escaped that have to be.

    Digests are kept for years and computed elsewhere: if a single byte changed here, no report, log or backup could be verified any more.

    Args:
        value: anything that JSON can express.
        allow_nan: whether NaN and infinity may be in it, which JSON does not have: a checker has to read any file.

    Raises:
        ValueError: a number is not finite, and that is not allowed.
    """
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, allow_nan=allow_nan, separators=(",", ":")
    )
