"""Pages of a list hold each row once, also where many rows are alike in what sorts them."""

import pytest

from claims.models import Claim
from claims.web.components import paging
from tests.models import rows


@pytest.mark.parametrize("sort", ["published", "-published", "worth", "-worth"])
def test_rows_that_are_alike_are_each_on_one_page(desk, editor, monkeypatch, sort):
    monkeypatch.setattr(paging, "PER_PAGE", 2)
    revision = rows.revision(editor)
    for start in range(5):
        rows.claim(revision, start)
    assert Claim.objects.values("listed_at", "checkworthiness").distinct().count() == 1
    seen, place, pages = [], None, 0
    while pages == 0 or place:
        shown = desk.get("/claims/", {"sort": sort, **({"page": place} if place else {})})
        page = shown.context["table"].keyset
        seen += [claim.pk for claim in page.object_list]
        place = page.next_page_number() if page.has_next() else None
        pages += 1
    assert pages == 3
    assert sorted(seen) == sorted(Claim.objects.values_list("pk", flat=True))
