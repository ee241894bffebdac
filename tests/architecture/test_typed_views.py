"""No template shows a claim's own verdict: who must not know it sees that of the row made for them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
OWN = re.compile(r"\bclaim(\.(verdict|state|decided_at)\b|\|state_label)")
FROZEN = {"documents", "public"}
"""Templates of what is said to everybody."""


def test_a_template_takes_the_verdict_of_the_row():
    templates = ROOT / "templates"
    read = {path.relative_to(templates): path.read_text() for path in templates.rglob("*.html")}
    own = [path for path, text in read.items() if path.parts[0] not in FROZEN and OWN.search(text)]
    assert len(read) > 90
    assert not own


def test_no_model_of_a_page_is_given_fields_of_its_own():
    """What a reader may see of a record stands beside it, and mypy knows it."""
    of_claims = [*(ROOT / "claims/queries").rglob("*.py"), *(ROOT / "claims/models").rglob("*.py")]
    patched = [
        path.name
        for path in of_claims
        if re.search(r"claim\.\w+ = .*type: ignore", path.read_text())
    ]
    assert not patched
