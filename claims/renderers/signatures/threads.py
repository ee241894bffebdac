"""pyHanko runs an event loop of its own. A thread that has one already, as under ASGI, does not let it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Result = TypeVar("_Result")


def in_own_thread(call: Callable[[], _Result]) -> _Result:
    """Return what a call returns, or raise what it raises, in a thread that lives as long as the call."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call).result()
