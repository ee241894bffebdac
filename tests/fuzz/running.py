"""How fuzzers run: a few examples, always the same ones, with all tests; others for as long as FUZZ_SECONDS says."""

import os
import sys
from collections.abc import Callable
from time import monotonic
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.strategies import SearchStrategy

SECONDS = int(os.environ.get("FUZZ_SECONDS") or 0)
"""How long each fuzzer runs; 0 with all tests."""

_AT_ONCE = 500
_HEALTHY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def fuzz(example: SearchStrategy[Any], check: Callable[[Any], None], *, few: int) -> None:
    """Check examples until one fails, which is made as small as it can be, or until the time is over.

    Args:
        example: what is made.
        check: fails or raises for what is wrong.
        few: how many examples are checked with all tests.
    """
    if not SECONDS:
        _run(example, check, max_examples=few, derandomize=True)
        return
    number, end, failed = 0, monotonic() + SECONDS, False

    def timed(made: Any) -> None:
        nonlocal number, failed
        # The rest of a batch is left out, except that what failed is made smaller to the end.
        if failed or monotonic() < end:
            number += 1
            try:
                check(made)
            except BaseException:
                failed = True
                raise

    while monotonic() < end:
        _run(example, timed, max_examples=_AT_ONCE, derandomize=False)
    sys.stdout.write(f"{number:,} examples in {SECONDS:,} s\n")


def _run(example: SearchStrategy[Any], check: Callable[[Any], None], **options: Any) -> None:
    run = settings(
        deadline=None,
        database=None,
        suppress_health_check=_HEALTHY,
        phases=[Phase.generate, Phase.shrink],
        verbosity=Verbosity.normal,
        **options,
    )(given(example)(check))
    run()
