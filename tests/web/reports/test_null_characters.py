"""A null character, which PostgreSQL keeps in no text, is refused in words on both databases."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from claims.actions import draft_report


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("write-report", {"title": "Bridges", "lede": "a\0b", "undecided": "last"}),
        ("arrange-report", {"add": "1", "new-heading": "a\0b"}),
        ("submit-report", {"note": "a\0b"}),
    ],
)
def test_it_is_refused(client, chief, article, name, typed):
    draft = draft_report(actor=chief, title="Bridges", article=article)
    client.force_login(chief)
    page = client.get(reverse("write-report", args=[draft.pk]))
    seen = page.context["seen" if name == "arrange-report" else "seen_texts"]
    answer = client.post(reverse(name, args=[draft.pk]), {"seen": seen, **typed})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "Null characters are not allowed" in answer.content.decode()
