"""What a request says about its own encoding, before Django believes it."""

import codecs
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.utils.http import parse_header_parameters

_ENCODINGS = frozenset({"ascii", "cp1252", "iso8859-1", "iso8859-15", "utf-8"})
"""In which forms may come, by Python's names."""


def readable(content_type: str) -> str:
    """Return a request's content type, with UTF-8 in place of an encoding that no browser sends.

    Python knows some that do not decode text, fail at what they cannot read, or take very long.

    Args:
        content_type: the header as it came. One that cannot be read counts as none.
    """
    try:
        kind, parameters = parse_header_parameters(content_type)
    except ValueError:
        return ""
    if _is_common(parameters.get("charset", "utf-8")):
        return content_type
    return "; ".join(
        [kind, *(_written(*one) for one in (parameters | {"charset": "utf-8"}).items())]
    )


class ReadableContentTypes:
    """A WSGI application whose requests only name encodings that browsers send.

    A middleware would come too late: before the first one runs, Django has decoded the request's address.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        environ["CONTENT_TYPE"] = readable(environ.get("CONTENT_TYPE", ""))
        return self.application(environ, start_response)


def _is_common(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name in _ENCODINGS
    except LookupError:
        # Django takes no notice of a name that Python does not know.
        return True
    except ValueError:
        return False


def _written(name: str, value: str) -> str:
    escaped = value.replace("\\", r"\\").replace('"', r"\"")
    return f'{name}="{escaped}"'
