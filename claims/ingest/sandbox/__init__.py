"""Reads files and pages from outside in a separate process, with limits on memory and time.

A file that is made to be slow, to fill the memory or to break its reader is refused with a message, and the caller
continues. The process's output is bounded and checked, but it runs as the same user: it does not protect against code
that a file might manage to run there. One process is kept warm, so that reading an article there takes only a few
milliseconds more. Everything from outside goes through this package; text typed into a form goes to
`claims.ingest.draft`.
"""

import atexit
import os

from claims.ingest.sandbox.limits import LIMITS, Limits
from claims.ingest.sandbox.pool import Sandbox

__all__ = [
    "LIMITS",
    "Limits",
    "Sandbox",
    "addresses",
    "articles",
    "document",
    "envelope",
    "fact_checks",
    "inert_page",
    "mail",
    "read",
    "rows",
    "thumbnail",
]

_SANDBOX = Sandbox()
read = _SANDBOX.read
articles = _SANDBOX.articles
fact_checks = _SANDBOX.fact_checks
addresses = _SANDBOX.addresses
envelope = _SANDBOX.envelope
mail = _SANDBOX.mail
rows = _SANDBOX.rows
thumbnail = _SANDBOX.thumbnail
document = _SANDBOX.document
inert_page = _SANDBOX.inert_page

atexit.register(_SANDBOX.close)
os.register_at_fork(after_in_child=_SANDBOX.forget)
