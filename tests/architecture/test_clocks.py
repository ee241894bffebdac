"""No test depends on a clock, because its result would depend on the machine's speed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

CLOCKS = {
    "time": {
        *("time", "monotonic", "perf_counter", "process_time", "thread_time", "sleep"),
        *("time_ns", "monotonic_ns", "perf_counter_ns", "process_time_ns", "thread_time_ns"),
    },
    "signal": {"alarm", "setitimer", "sigtimedwait"},
    "asyncio": {"sleep"},
}

MAY = {
    # It compares the processor time of two sizes, several times over, and takes the least.
    "bounds.py": {"time.thread_time"},
    # Fuzzers run for as long as somebody says; with all tests, they try so many examples.
    "fuzz/running.py": {"time.monotonic"},
}
"""The exceptions. Measuring is what `tests/bench` and `tests/soak` are for."""


def clocks(source: str) -> Iterator[str]:
    """The functions of `CLOCKS` that a module takes, as "time.sleep"."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name in CLOCKS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            taken = {alias.name for alias in node.names} & CLOCKS.get(node.module or "", set())
            yield from (f"{node.module}.{name}" for name in taken)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = names.get(node.value.id, "")
            if node.attr in CLOCKS.get(module, ()):
                yield f"{module}.{node.attr}"
        elif isinstance(node, ast.Attribute) and node.attr == "wait_for_timeout":
            yield "playwright.wait_for_timeout"


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.sleep(1)",
        "import time as clock\nbegan = clock.monotonic()",
        "from time import perf_counter",
        "def test():\n    import signal\n    signal.alarm(3)",
        "from time import perf_counter as now",
    ],
)
def test_a_clock_is_seen(source):
    assert len(set(clocks(source))) == 1


def test_no_test_looks_at_a_clock():
    found = {
        f"{path.relative_to(TESTS)}: {clock}"
        for path in TESTS.rglob("*.py")
        if {"bench", "soak"}.isdisjoint(path.parts)
        for clock in set(clocks(path.read_text())) - MAY.get(str(path.relative_to(TESTS)), set())
    }
    assert found == set()
