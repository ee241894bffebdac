"""A mistyped filter lists, exports and changes nothing, and the error suggests the most similar name."""

import pytest
from django.urls import reverse

from claims.errors import WorkbenchError
from claims.models import BulkChange, Export, Report, SavedFilter
from claims.queries.claims.filters import ClaimFilter
from claims.web.site.names import NAMES
from tests.models import rows

REFUSAL = "“verdit” is not a filter. Did you mean “verdict”?"
MISTYPED = "verdit=disputed"


@pytest.fixture
def addresses(article, claim, editor):
    """An address of every list, by its name."""
    ids = {
        "article": article.pk,
        "article-history": article.pk,
        "claim": claim.pk,
        "claim-history": claim.pk,
        "source": claim.source_id,
        "source-history": claim.source_id,
        "bulk-change": rows.bulk_change(editor, status="done").pk,
        "statistics-table": "all",
    }
    return {
        name: reverse(name, args=[ids[name]] if name in ids else [])
        for name in [*NAMES, "claims", "claims-filter"]
    }


def test_the_table_of_claims_lists_nothing_and_says_so(desk, claim):
    page = desk.get(f"/claims/?{MISTYPED}")
    assert page.status_code == 200
    assert not page.context["table"].keyset.object_list
    assert f"{REFUSAL} No claims are listed" in " ".join(page.content.decode().split())
    assert "Change all matching claims" not in page.content.decode()


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_list_refuses_what_it_does_not_know(desk, addresses, name):
    page = desk.get(f"{addresses[name]}?verdit=disputed")
    assert page.status_code == 400
    assert "“verdit” is not a filter." in page.content.decode()


@pytest.mark.parametrize("name", sorted([*NAMES, "claims", "claims-filter"]))
def test_every_list_takes_what_it_knows_and_what_other_sites_add(desk, addresses, name):
    known = {one: "" for one in NAMES.get(name, ()) if one not in {"list", "show"}}
    query = {**known, "utm_source": "letter", "fbclid": "1"}
    page = desk.get(addresses[name], query, follow=True)
    assert page.status_code == 200
    assert "is not a filter" not in page.content.decode()


def test_the_nearest_is_named_whatever_its_case(desk, addresses):
    page = desk.get(f"{addresses['sources']}?Kind=minister").content.decode()
    assert "“Kind” is not a filter. Did you mean “kind”?" in page


@pytest.mark.parametrize(
    "query", [MISTYPED, "verdict=disputed&verdit=", "utm_source=x", "verdict=x"]
)
class TestWhatIsDoneToAllThatMatch:
    def test_no_bulk_change(self, desk, claim, query):
        page = desk.post(
            f"/claims/change/?{_list(query)}&every=1", {"what": "verified", "reason": "R"}
        )
        assert page.status_code == 400
        assert "is not valid" in page.content.decode()
        assert not BulkChange.objects.exists()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_no_export(self, desk, claim, query, method):
        sent = {"list": query, "every": "1", "format": "csv"}
        page = (
            desk.post("/claims/export/", sent)
            if method == "post"
            else desk.get(f"/claims/export/?{_list(query)}&every=1")
        )
        assert page.status_code == 400
        assert not Export.objects.exists()

    def test_no_report(self, desk, claim, query):
        page = desk.post("/reports/new/", {"list": query, "every": "1", "title": "T"})
        assert page.status_code == 400
        assert not Report.objects.exists()

    def test_no_saved_filter(self, desk, claim, query):
        page = desk.post("/claims/filters/", {"query": query, "name": "Mine"}, follow=True)
        assert "is not valid" in page.content.decode()
        assert not SavedFilter.objects.exists()

    def test_no_review_queue(self, desk, article, query):
        assert desk.get(f"{article.get_absolute_url()}?{_list(query)}").status_code == 400

    def test_one_question_for_all_of_them(self, editor, query):
        with pytest.raises(WorkbenchError, match="The filter is not valid"):
            ClaimFilter.of_query(query, editor).understood()


def test_a_mistyped_queue_lists_nothing_to_change(desk, article):
    page = desk.get(f"{article.get_absolute_url()}?show=disputd")
    assert page.status_code == 400
    assert "Did you mean “disputed”?" in page.content.decode()


def _list(query: str) -> str:
    return f"list={query.replace('&', '%26').replace('=', '%3D')}"
