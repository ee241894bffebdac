"""What each filter of the list of claims finds, and what it leaves out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.choices import AnchorStatus, MatchRelation, ReviewStatus, SourceKind, Verdict
from claims.errors import FilterNotUnderstoodError
from claims.models import Claim, Desk, Outlet, Tag
from claims.queries.claims import archive_conditions, conditions
from claims.queries.claims.filters import ClaimFilter
from tests.models import rows
from tests.models.match_rows import match

pytestmark = pytest.mark.django_db


@pytest.fixture
def four(editor) -> list[Claim]:
    """Four claims of one text."""
    text = rows.revision(editor)
    return [rows.claim(text, start) for start in range(4)]


@pytest.fixture
def found(editor, four):
    """The places of the claims that a filter finds for the editor, or for somebody else."""

    def found(query: str, viewer: User = editor) -> list[int]:
        listed = set(ClaimFilter.of_query(query, viewer).understood().qs)
        return [place for place, claim in enumerate(four) if claim in listed]

    return found


def become(claim: Claim, **fields) -> None:
    fields = {"touched_at": timezone.now()} | fields
    rows.become(claim, **fields)


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", [0, 3]),
        ("state=all", [0, 1, 2, 3]),
        ("state=dismissed", [1]),
        ("state=not-checkable", [2]),
        ("state=changed", [3]),
    ],
)
def test_claims_out_of_work_are_found_only_where_they_are_asked_for(four, found, query, places):
    become(four[1], dismissed=True, checkable=False)
    become(four[2], checkable=False)
    become(four[3], anchor_status=AnchorStatus.CHANGED)
    assert found(query) == places


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("verdict=verified", [0]),
        ("verdict=disputed", [1]),
        ("verdict=pending", [2]),
        ("verdict=decided", [0, 1]),
        ("verdict=to-decide", [1, 2]),
        ("review_status=sent-back", [1]),
        ("touched=yes", [0, 1, 3]),
        ("touched=no", [2]),
    ],
)
def test_by_verdict_and_by_what_became_of_it(four, found, query, places):
    """The last claim is to be checked blind: no verdict finds it."""
    become(four[0], verdict=Verdict.VERIFIED)
    become(four[1], verdict=Verdict.DISPUTED, review_status=ReviewStatus.SENT_BACK)
    become(four[3], verdict=Verdict.VERIFIED, blind=True, review_status=ReviewStatus.WAITING)
    assert found(query) == places


def test_in_an_articles_own_queue_who_is_to_check_blind_sees_a_claim_pending(
    four, found, editor, chief
):
    rows.decision(four[0], chief)
    become(four[0], verdict=Verdict.VERIFIED, blind=True, review_status=ReviewStatus.WAITING)
    Claim.objects.filter(pk=four[0].pk).update(version=2)
    assert (found("seen=verified"), found("seen=pending")) == ([], [0, 1, 2, 3])
    assert (found("seen=verified", chief), found("seen=pending", chief)) == ([0], [1, 2, 3])


def test_by_source_kind_role_and_number(four, found):
    venn, other = rows.source("Ada Venn", kind=SourceKind.MINISTER), rows.source("Bo")
    become(four[0], source=venn, source_kind="minister", role="minister of transport")
    become(four[1], source=other, source_kind="other", role="harbour clerk")
    assert found(f"source={venn.pk}") == found("source=ada+venn") == found("kind=minister") == [0]
    assert found("kind=none") == [2, 3]
    assert found("role=clerk") == [1]
    assert found("source=" + "9" * 18) == found("source=nobody") == []
    other.aliases.create(name="Ada Venn")
    assert found("source=ada+venn") == [0, 1]


def test_by_who_has_it_and_by_who_is_asked(four, found, editor, chief):
    become(four[0], assigned_to=editor)
    become(four[1], assigned_to=chief)
    assert found("assigned=me") == found(f"assigned={editor.pk}") == [0]
    assert (found("assigned=me", chief), found("assigned=nobody")) == ([1], [2, 3])
    for claim, asked in ((four[1], editor), (four[2], None), (four[3], chief)):
        made = rows.decision(claim, editor if claim == four[2] else chief)
        become(claim, verdict=Verdict.VERIFIED, review_status=ReviewStatus.WAITING)
        rows.second_check(made, chief, asked_of=asked, withdrawn_at=None)
    assert (found("asked=me"), found("asked=anyone"), found(f"asked={chief.pk}")) == ([1], [2], [3])
    assert found("review_status=to-check") == [1, 3]
    assert found("review_status=to-check", chief) == [2]


def test_by_who_decided_last(four, found, editor, chief):
    for claim in four[:3]:
        rows.decision(claim, editor)
        become(claim, verdict=Verdict.VERIFIED)
    rows.decision(four[1], chief, version=3)
    become(four[2], verdict=Verdict.PENDING)
    assert found("decided_by=me") == found(f"decided_by={editor.pk}") == [0]
    assert found("decided_by=me", chief) == [1]
    become(four[0], blind=True, review_status=ReviewStatus.WAITING)
    assert found("decided_by=me") == []


@pytest.mark.parametrize("few", [0, 500])
@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("due=late", [0]),
        ("due=today", [0, 1]),
        ("due=week", [0, 1, 2]),
        ("due=dated", [0, 1, 2, 3]),
    ],
)
def test_by_the_day_on_which_it_is_due(four, found, monkeypatch, few, query, places):
    monkeypatch.setattr(conditions, "_FEW", few)
    for claim, days in zip(four, (-1, 0, 7, 8), strict=True):
        become(claim, due_on=timezone.localdate() + timedelta(days=days))
    assert found(query) == places
    rows.become(Claim.objects.all(), verdict=Verdict.VERIFIED)
    assert found(query) == (places if query == "due=dated" else [])
    Claim.objects.update(review_status=ReviewStatus.SENT_BACK)
    assert found(query) == places


@pytest.mark.parametrize("few", [0, 500])
def test_by_evidence_and_of_which_quality(four, found, editor, monkeypatch, few):
    monkeypatch.setattr(conditions, "_FEW", few)
    rows.evidence(four[0], editor, primary=True)
    rows.evidence(four[1], editor, archive_url="https://archive.example.org/olm")
    gone = timezone.now()
    rows.evidence(four[2], editor, primary=True, removed_at=gone)
    asked = {has: found(f"evidence={has}") for has in ("yes", "no", "primary", "archived")}
    assert asked == {"yes": [0, 1], "no": [2, 3], "primary": [0], "archived": [1]}


def test_by_worth_and_by_tag_and_by_outlet(four, found):
    for claim, worth in zip(four, (0.1, 0.5, 0.6, 0.9), strict=True):
        become(claim, checkworthiness=worth)
    assert found("worth=0.5") == [1, 2, 3]
    tag, outlet = Tag.objects.create(name="Flood"), Outlet.objects.create(name="The Courier")
    four[2].tags.add(tag)
    become(four[3], outlet=outlet)
    assert (found(f"tag={tag.pk}"), found(f"outlet={outlet.pk}")) == ([2], [3])


@pytest.mark.parametrize("few", [0, 500])
def test_by_desk_and_by_article(four, found, editor, monkeypatch, few):
    monkeypatch.setattr(conditions, "_FEW", few)
    rows.claim(rows.revision(editor))
    article = four[0].revision.article
    article.desk = Desk.objects.create(name="Economy")
    article.save()
    for query in (
        f"desk={article.desk.pk}",
        f"article={article.pk}",
        f"revision={four[0].revision_id}",
    ):
        chosen = ClaimFilter.of_query(query, editor).understood()
        assert set(chosen.qs) == set(chosen.to_count()) == set(four)
    other = Desk.objects.create(name="Sports")
    assert found(f"desk={other.pk}") == []


def test_days_begin_and_end_at_midnight(four, found):
    day = datetime(2026, 3, 2, tzinfo=UTC)
    for claim, at in zip(
        four,
        (day - timedelta(seconds=1), day, day + timedelta(hours=23), day + timedelta(days=1)),
        strict=True,
    ):
        become(claim, decided_at=at, listed_at=at)
    for what in ("published", "decided"):
        assert found(f"{what}_from=2026-03-02") == [1, 2, 3]
        assert found(f"{what}_to=2026-03-02") == [0, 1, 2]


class TestArchive:
    """The first claim was said before; the second is contradicted; of the third a later figure is known."""

    @pytest.fixture(autouse=True)
    def others(self, four, editor) -> list[Claim]:
        others = [rows.claim(rows.revision(editor)) for _each in range(3)]
        match(others[0], four[0])
        match(four[1], others[1], relation=MatchRelation.CONTRADICTS)
        match(four[2], others[2], relation=MatchRelation.SUPERSEDES)
        match(others[2], four[3], relation=MatchRelation.SUPERSEDES)
        return others

    @pytest.fixture(autouse=True, params=[0, 5000])
    def _few(self, request, monkeypatch):
        monkeypatch.setattr(archive_conditions, "_FEW", request.param)

    @pytest.mark.parametrize(
        ("known", "place", "other"), [("seen", 0, 0), ("contradicted", 1, 1), ("superseded", 2, 2)]
    )
    def test_what_it_knows_while_the_other_claim_is_in_work(
        self, found, others, known, place, other
    ):
        assert found(f"match={known}") == [place]
        become(others[other], checkable=False)
        assert found(f"match={known}") == []

    def test_checked_are_those_whose_other_claim_has_a_verdict_for_all(self, found, others, four):
        assert found("match=checked") == []
        become(others[0], verdict=Verdict.VERIFIED)
        assert found("match=checked") == [0]
        become(four[0], blind=True, review_status=ReviewStatus.WAITING)
        assert found("match=checked") == []
        become(four[0], blind=False)
        become(others[0], blind=True, review_status=ReviewStatus.WAITING)
        assert found("match=checked") == []

    def test_it_counts_the_same(self, editor, four):
        chosen = ClaimFilter.of_query("match=seen", editor).understood()
        assert four[0] in set(chosen.to_count())


@pytest.mark.parametrize("few", [0, 5000])
@pytest.mark.parametrize(
    ("query", "places"),
    [("review=due", [0, 1]), ("review=date", [0]), ("review=newer", [1]), ("review=old", [2])],
)
def test_by_why_a_verdict_is_to_be_looked_at_again(
    four, found, editor, monkeypatch, few, query, places
):
    monkeypatch.setattr(archive_conditions, "_FEW", few)
    today, now = timezone.localdate(), timezone.now()
    dated, challenged, old, recent = four
    become(dated, verdict=Verdict.VERIFIED, decided_at=now, review_by=today)
    become(challenged, verdict=Verdict.DISPUTED, decided_at=now - timedelta(days=2))
    contradicts = {"relation": MatchRelation.CONTRADICTS, "challenges": True}
    match(challenged, rows.claim(rows.revision(editor)), **contradicts)
    become(old, verdict=Verdict.VERIFIED, decided_at=now - timedelta(days=367))
    recently = now - timedelta(days=363)
    become(recent, verdict=Verdict.VERIFIED, decided_at=recently, review_by=today + timedelta(1))
    assert found(query) == places
    Claim.objects.update(blind=True, review_status=ReviewStatus.WAITING)
    assert found(query) == []


class TestWords:
    def test_a_mistake_is_named_and_finds_nothing(self, four, editor):
        chosen = ClaimFilter.of_query("verdict=perhaps&sorce=1", editor)
        assert list(chosen.qs) == list(chosen.to_count()) == []
        with pytest.raises(FilterNotUnderstoodError) as error:
            chosen.understood()
        assert "Did you mean “source”?" in str(error.value.params)
        assert "verdict:" in str(error.value.params)

    def test_names_beside_the_filters_are_allowed(self, editor):
        ClaimFilter.of_query("sort=worth&page=2&columns=x", editor).understood()

    def test_each_filter_in_words_with_the_list_without_it(self, editor):
        venn = rows.source()
        query = f"q=olm&verdict=pending&source={venn.pk}&published_from=2026-03-02&sort=worth"
        chosen = ClaimFilter.of_query(query, editor)
        assert chosen.in_words == (
            "Words: olm · Verdict: Pending · Source: Ada Venn · Published from: 2 Mar 2026"
        )
        first, *_rest = chosen.chips
        assert (
            first.without
            == f"verdict=pending&source={venn.pk}&published_from=2026-03-02&sort=worth"
        )
        assert [name for name, _value in chosen.kept] == [
            "verdict",
            "source",
            "published_from",
            "sort",
        ]
        assert ClaimFilter.of_query("source=" + "9" * 19, editor).in_words == "Source: " + "9" * 19
