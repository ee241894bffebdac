"""How the article presents a claim's words: in quotation marks, partly quoted, or in its own words."""

import pytest

from claims.extraction.statements.pieces import quotation_type
from claims.extraction.text import quotations, segments


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The dam is safe”", "direct"),
        ("the dam is “safe” in every season", "mixed"),
        ("the dam of Sellow is as good as the one at Olm", "indirect"),
        # One letter in ten is too little for a quotation; two are enough.
        ("“a” bcdefghij", "indirect"),
        ("“ab” cdefghij", "mixed"),
    ],
)
def test_the_share_of_letters_in_quotation_marks_decides(text, kind):
    marks = [one for part in quotations.find(text, list(segments.passages(text))) for one in part]
    assert quotation_type(marks, text, ((0, len(text)),)) == kind
