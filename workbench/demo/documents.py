"""The documents that the demo's people found: small invented files in the folder `evidence`.

Bulletins and photographs are rendered from Typst sources; other files are used as they are.
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
