"""Answers that a library would read whole, however long they are: only their beginning is kept.

The library has a name of its own for `requests`, and what that name stands for is replaced in its module alone.
"""

from contextlib import closing
from functools import partial
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import Any

MOST = 1_000_000
"""Bytes of an answer that are kept, unpacked. Chats answer with some thousands at the most."""

_PIECE = 65_536
_ASKING = frozenset({"get", "post", "put", "request"})


class _Bounded:
    """Stands for `requests`: all is as there, but of an answer no more than its beginning is read."""

    def __init__(self, real: Any) -> None:
        self._real = real
        # Not at the top: few processes send to chats, and loading it takes long.
        self._cut_off = import_module("urllib3.exceptions").HTTPError

    def __getattr__(self, name: str) -> Any:
        """Return what `requests` has by a name."""
        found = getattr(self._real, name)
        return partial(self._beginning, found) if name in _ASKING else found

    def _beginning(self, ask: Any, *args: Any, **options: Any) -> Any:
        """Ask, and return the answer with the beginning of its body."""
        with closing(ask(*args, **options | {"stream": True})) as answer:
            body = bytearray()
            try:
                for piece in answer.raw.stream(_PIECE, decode_content=True):
                    body += piece
                    if len(body) >= MOST:
                        break
            except self._cut_off as error:
                raise self._real.RequestException(request=answer.request) from error
        answer.raw = BytesIO(body[:MOST])
        return answer


def bound_answers(module: ModuleType) -> None:
    """Have a module of another library read no more than the beginning of any answer. Doing so again changes nothing."""
    found: Any = module
    if not isinstance(found.requests, _Bounded):
        found.requests = _Bounded(found.requests)
