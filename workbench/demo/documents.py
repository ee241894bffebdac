"""The documents that the demo's people found: small files in the folder `evidence`, all of them invented.

A bulletin is set and a photograph drawn from its source in Typst. What is not Typst is taken as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import typst
from django.core.files.base import ContentFile

EVIDENCE = Path(__file__).parent / "evidence"


def document(name: str) -> ContentFile[bytes]:
    """Return a document by its file name: `bulletin.pdf` and `dyke.png` are made from `bulletin.typ` and `dyke.typ`.

    The same name gives the same bytes every time.
    """
    path = EVIDENCE / name
    source = path.with_suffix(".typ")
    if not source.exists():
        return ContentFile(path.read_bytes(), name)
    kind: Literal["png", "pdf"] = "png" if path.suffix == ".png" else "pdf"
    made = typst.compile(source, format=kind, ppi=110, ignore_system_fonts=True)
    return ContentFile(made, name)
