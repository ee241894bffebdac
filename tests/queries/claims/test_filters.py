"""Edge cases of filters: the end of a day, few records and many, and checks that are no longer blind."""

from datetime import UTC, date, datetime, timedelta

import pytest

from claims.actions import ask_second_check, decide_claim
from claims.choices import Verdict
from claims.models import Article, Claim, Desk
from claims.queries.claims import conditions, filters
from claims.queries.claims.filters import ClaimFilter
from tests.models import rows

DAY = date(2026, 3, 2)
MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def several(editor) -> list[Claim]:
    """A claim each of three articles."""
    return [rows.claim(rows.revision(editor)) for _number in range(3)]


@pytest.fixture
def shown(desk):
    """The ids of the claims that the list shows."""

    def shown(**query: object) -> set[int]:
        page = desk.get("/claims/", query)
        return {claim.pk for claim in page.context["table"].keyset.object_list}

    return shown


def test_a_day_ends_before_the_midnight_that_begins_the_next(several, shown):
    last, first = several[:2]
    Claim.objects.filter(pk=last.pk).update(listed_at=MIDNIGHT - timedelta(microseconds=1))
    Claim.objects.filter(pk=first.pk).update(listed_at=MIDNIGHT)
    assert shown(published_from=DAY, published_to=DAY) == {last.pk}


@pytest.mark.parametrize("most", [1, 2])
def test_a_desk_with_few_articles_and_one_with_many_list_theirs(several, shown, monkeypatch, most):
    monkeypatch.setattr(conditions, "_FEW", most)
    economy = Desk.objects.create(name="Economy")
    for claim in several[:2]:
        Article.objects.filter(pk=claim.revision.article_id).update(desk=economy)
    assert shown(desk=economy.pk) == {claim.pk for claim in several[:2]}


def test_only_few_records_are_named_one_by_one(several, monkeypatch):
    ids = Claim.objects.values_list("pk", flat=True)
    monkeypatch.setattr(conditions, "_FEW", 3)
    assert sorted(conditions.few(ids)) == sorted(claim.pk for claim in several)
    monkeypatch.setattr(conditions, "_FEW", 2)
    assert conditions.few(ids) is None


def test_a_check_that_was_blind_is_listed_by_its_verdict_once_it_is_made(
    editor, chief, several, shown
):
    claim = several[0]
    decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    ask_second_check(actor=editor, claim_id=claim.pk, version=2, blind=True)
    assert shown(verdict="verified") == set()
    decide_claim(actor=chief, claim_id=claim.pk, version=3, verdict=Verdict.VERIFIED)
    assert Claim.objects.get(pk=claim.pk).blind
    assert shown(verdict="verified") == {claim.pk}


def test_a_kept_filter_is_read_as_the_address_of_the_table_is(editor):
    query = "q=Br%C3%BCcke+%26+Olm&verdict=&verdict=pending&touched="
    chosen = ClaimFilter.of_query(query, editor).understood()
    assert chosen.query == "q=Br%C3%BCcke+%26+Olm&verdict=pending"


def test_a_kept_filter_of_too_many_names_is_refused_like_such_an_address(desk, article):
    answer = desk.get(article.get_absolute_url(), {"list": "&".join(["q=olm"] * 1001)})
    assert answer.status_code == 400


class TestReadWhole:
    """A filter counts the same claims as it lists."""

    @pytest.fixture
    def of_desk(self, several) -> Desk:
        chosen = Desk.objects.create(name="Economy")
        Article.objects.filter(revisions__claims=several[0]).update(desk=chosen)
        Article.objects.filter(revisions__claims=several[1]).update(
            desk=Desk.objects.create(name="Sports")
        )
        return chosen

    def test_of_a_desk(self, editor, several, of_desk):
        chosen = ClaimFilter.of_query(f"desk={of_desk.pk}", editor).understood()
        assert set(chosen.to_count()) == set(chosen.qs) == {several[0]}

    def test_without_the_desk_it_is_everything(self, editor, several, of_desk):
        chosen = ClaimFilter.of_query(f"desk={of_desk.pk}", editor).understood()
        assert set(chosen.to_count(without="desk")) == set(several)

    def test_it_begins_with_the_articles_of_the_desk(self, editor, of_desk):
        """Not from all claims, each of which would need its article looked up."""
        chosen = ClaimFilter.of_query(f"desk={of_desk.pk}", editor).understood()
        assert "EXISTS" not in str(chosen.to_count().query)

    @pytest.mark.parametrize("name", sorted(filters.READ_WHOLE))
    def test_its_conditions_are_filters(self, name):
        assert name in ClaimFilter.base_filters


@pytest.mark.parametrize("most", [0, 500])
def test_what_is_asked_of_second_checks_is_asked_of_one_of_them(
    several, editor, shown, monkeypatch, most
):
    """A claim was checked twice: to the same verdict on one day, and to another one a month later."""
    monkeypatch.setattr(conditions, "_FEW", most)
    claim = several[0]
    first = rows.decision(claim, editor, verdict=Verdict.VERIFIED)
    for verdict, at in ((Verdict.VERIFIED, MIDNIGHT), (Verdict.PENDING, MIDNIGHT + timedelta(30))):
        answer = {"verdict": verdict, "answered_at": at, "answered_by": editor}
        rows.second_check(first, editor, withdrawn_at=None, answered_by_name="Edda", **answer)
    april, march = {"checked_from": date(2026, 4, 1)}, {"checked_to": date(2026, 3, 3)}
    assert shown(checked="same", **march) == shown(checked="other", **april) == {claim.pk}
    assert shown(checked="same", **april) == shown(checked="other", **march) == set()
    assert shown(checked="same") == shown(**march) == shown(**april) == {claim.pk}
