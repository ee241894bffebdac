"""The static files of the live server, kept by the browser between two pages, as on a desk."""

import mimetypes
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import get_path_info


@cache
def _contents(name: str) -> tuple[bytes, str] | None:
    """A file's bytes and type, by its name below /static/; None if there is none of that name."""
    found = finders.find(name)
    if found is None:
        return None
    return Path(found).read_bytes(), mimetypes.guess_type(name)[0] or "application/octet-stream"


class KeptStaticFiles(StaticFilesHandler):
    """Answers with static files from memory, and tells the browser to keep them.

    Django's own handler looks for each of some forty files on every page, and has the browser ask again for all of them on
    the next one: in production their names have a hash, and nobody asks twice.
    """

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        path = get_path_info(environ)
        contents = _contents(self.file_path(path)) if self._should_handle(path) else None
        if contents is None:
            return super().__call__(environ, start_response)
        body, kind = contents
        headers = [
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "max-age=3600, immutable"),
        ]
        start_response("200 OK", headers)
        return [body]
