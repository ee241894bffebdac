"""Which orders of rows the other tests let pass: those in which no two rows tie. See `tests/orders.py`."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Count, F
from django.db.models.functions import Lower
from django.utils import timezone

from claims.models import (
    ArchiveRequest,
    Article,
    Byline,
    Change,
    Claim,
    Correction,
    Decision,
    DueCapture,
    Evidence,
    ExternalMatch,
    IntakeItem,
    LinkCheck,
    NoticeChannel,
    Notification,
    Presence,
    PublicClaim,
    Report,
    Revision,
    SavedFilter,
    Source,
    StaleDay,
    Tag,
)
from tests.orders import is_total


@pytest.mark.parametrize(
    "rows",
    [
        Claim.objects.order_by(),
        Claim.objects.order_by("listed_at", "-pk"),
        Claim.objects.order_by(F("due_on").asc(nulls_last=True), "id"),
        Claim.objects.values("source").annotate(number=Count("pk")).order_by("-number", "source"),
        Revision.objects.filter(article=1).order_by("number"),
        Revision.objects.filter(article__in=[1, 2]).order_by("number"),
        StaleDay.objects.values("what", "day").distinct().order_by("day", "what"),
        Tag.objects.order_by("name_key"),
        User.objects.order_by("first_name", "username"),
    ],
)
def test_an_order_is_total(rows):
    assert is_total(rows.query)


@pytest.mark.parametrize(
    "rows",
    [
        Claim.objects.order_by("listed_at"),
        Claim.objects.order_by(Lower("statement")),
        Claim.objects.filter(source=1).order_by("source"),
        Claim.objects.values("source").annotate(number=Count("pk")).order_by("-number"),
        Claim.objects.order_by("revision__article"),
        Revision.objects.filter(number=1).order_by("digest"),
        Revision.objects.exclude(article=1).order_by("number"),
        Article.objects.filter(url="").order_by("headline"),
        StaleDay.objects.values("what", "day").distinct().order_by("day"),
        User.objects.order_by("first_name"),
    ],
)
def test_rows_can_tie(rows):
    assert not is_total(rows.query)


def test_what_is_asked_for_in_an_order_is_in_one_that_is_total(editor):
    for rows in (
        Claim.objects.in_reading_order(),
        Evidence.objects.in_order(),
        Decision.objects.newest_first(),
        Change.objects.newest_first(),
        Correction.objects.published(),
        PublicClaim.objects.newest(),
        Report.objects.public(),
        Report.objects.withdrawn(),
        Source.objects.beginning("a"),
        IntakeItem.objects.inbox(editor),
        Notification.objects.to(editor),
        Presence.objects.at(Article(pk=1)),
        SavedFilter.objects.seen_by(editor),
        ArchiveRequest.objects.ready(),
        Byline.objects.shown(),
        DueCapture.objects.ready(),
        ExternalMatch.objects.offered(),
        LinkCheck.objects.ready(),
        NoticeChannel(owner=editor).unsent(timezone.now()),
    ):
        assert rows.query.order_by
        assert is_total(rows.query), rows.query


def test_orders_of_models_are_total():
    """What is read without saying how is in the order of its model."""
    models = apps.get_app_config("claims").get_models()
    ordered = [model for model in models if model._meta.ordering and not model._meta.proxy]
    assert len(ordered) > 30
    assert not [model for model in ordered if not is_total(model._default_manager.all().query)]
