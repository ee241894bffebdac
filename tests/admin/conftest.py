"""Records of every kind, and the people who enter them."""

import pytest
from django.utils import timezone

from claims.actions import enter_record
from claims.choices import SourceKind
from claims.models import Alias, Desk, Outlet, Source, Tag


@pytest.fixture
def admin(client, chief):
    client.force_login(chief)
    return client


@pytest.fixture
def registry(chief, article):
    """Records of every kind, with values that spreadsheets and formats trip over."""
    for name in (
        "=1+1",
        "'=1+1",
        "'tis so",
        "  two  blanks ",
        "Ünïted, “Quoted”; semi",
        "-5",
        "1931",
    ):
        source = enter_record(actor=chief, record=Source(name=name, kind=SourceKind.MEDIA))
        for alias in (f"{name} | the other", f"{name}\\", f"@{name}"):
            enter_record(actor=chief, record=Alias(source=source, name=alias))
    Source.objects.filter(name="-5").update(
        links="https://example.org/a\r\nhttps://example.org/b", note="\tTab\vvertical _x0041_ \r"
    )
    outlet = Outlet(name="The Courier (fiction)", note="+1 to them", url="no address at all")
    article.outlet = enter_record(actor=chief, record=outlet)
    article.desk = enter_record(actor=chief, record=Desk(name="economy"))
    article.published_at = timezone.now()
    enter_record(actor=chief, record=Tag(name="@Friday"))
    enter_record(actor=chief, record=article, fields=["outlet", "desk", "published_at"])
    return article
