"""Captures pages as evidence: an address in, what was there out, as a WARC file and as words.

`capture` fetches a page through `claims.fetching` and nothing else; the words are read in the sandbox of `claims.ingest`.
`find_excerpt` finds the words again that an editor marked, and `write_wacz` packs all evidence of a report into one file.
"""

from claims.capturing.excerpts import find_excerpt
from claims.capturing.looking import Look, look_at
from claims.capturing.pages import HTML, Captured, capture, words_of
from claims.capturing.pictures import picture_of
from claims.capturing.wacz import Attachment, CapturedPage, write_wacz
from claims.capturing.warc import Payload, payload_of

__all__ = [
    "HTML",
    "Attachment",
    "Captured",
    "CapturedPage",
    "Look",
    "Payload",
    "capture",
    "find_excerpt",
    "look_at",
    "payload_of",
    "picture_of",
    "words_of",
    "write_wacz",
]
