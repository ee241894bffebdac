"""Lists: every claim once, by the filters of the table, as the account may see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import ask_second_check, decide_claim, draft_report, second_check
from claims.actions.matching.index import index_some
from claims.api.splitting import one_at_a_time
from claims.choices import Verdict
from claims.models import Article, Claim
from tests.conftest import BODY, version_of

SORTS = ["published", "-published", "decided", "-decided", "worth", "-worth", "id", "-id"]


@pytest.mark.parametrize("sort", SORTS)
def test_every_claim_is_on_one_page(program, editor, claims, sort):
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claims[1]))
    found, cursor, pages = [], "", 0
    while cursor is not None:
        told = program.get(f"/claims?limit=2&state=all&sort={sort}&cursor={cursor}")
        found += [item["id"] for item in told["items"]]
        cursor, pages = told["next"], pages + 1
    assert sorted(found) == [claim.pk for claim in claims]
    assert pages == -(-len(claims) // 2)


def test_the_order_is_the_one_asked_for(program, claims):
    worth = [item["checkworthiness"] for item in program.get("/claims?sort=-worth")["items"]]
    assert worth == sorted(worth, reverse=True)
    assert len(set(worth)) > 1


def test_a_list_takes_the_filters_of_the_table(program, editor, claims):
    decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="No.", **version_of(claims[0]))
    told = program.get("/claims?verdict=disputed")
    assert [item["id"] for item in told["items"]] == [claims[0].pk]


@pytest.mark.parametrize(
    "query", ["verdit=disputed", "verdict=maybe", "page=x", "columns=q", "expand=everything"]
)
def test_what_is_not_understood_lists_nothing(program, claims, query):
    answer = program.ask("GET", f"/claims?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "filter-not-understood")


def test_the_nearest_name_is_told(program, db):
    assert "“verdict”" in program.ask("GET", "/claims?verdit=disputed").json()["detail"]


def test_a_cursor_is_of_its_own_list(program, claims):
    cursor = program.get("/claims?limit=1&sort=id")["next"]
    answer = program.ask("GET", f"/claims?limit=1&sort=-id&cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown-page")
    assert program.ask("GET", "/claims?cursor=made-up").status_code == 400


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=many", "sort=name"])
def test_a_parameter_that_is_not_valid_is_named(program, db, query):
    answer = program.ask("GET", f"/claims?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].split(".")[-1] == query.split("=")[0]


@pytest.fixture
def hidden(chief, editor, claims) -> Claim:
    """A claim that an editor disputed, and that somebody else is to check blind."""
    claim = claims[0]
    decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="Secret.", **version_of(claim))
    ask_second_check(actor=editor, blind=True, **version_of(claim))
    return claim


def test_what_a_checker_must_not_know_is_not_told(chiefs, program, chief, hidden):
    for told in (
        chiefs.get(f"/claims/{hidden.pk}?expand=evidence,decisions"),
        next(
            item
            for item in chiefs.get("/claims?expand=evidence,decisions")["items"]
            if item["id"] == hidden.pk
        ),
    ):
        assert told["verdict"] == "pending"
        assert told["verdict_hidden"]
        assert told["decided_at"] is None
        assert told["decisions"] is None
    assert chiefs.get(f"/claims/{hidden.pk}/decisions") == {"items": []}
    assert chiefs.get("/claims?verdict=disputed")["items"] == []
    # Who set it knows it.
    assert program.get(f"/claims/{hidden.pk}")["verdict"] == "disputed"
    second_check(actor=chief, verdict=Verdict.DISPUTED, reason="So it is.", **version_of(hidden))
    assert chiefs.get(f"/claims/{hidden.pk}")["verdict"] == "disputed"


def test_a_conflict_tells_a_checker_no_verdict(chiefs, hidden):
    answer = chiefs.ask("PATCH", f"/claims/{hidden.pk}", {"checkable": False}, seen=1)
    assert answer.status_code == 412
    assert answer.json()["current"]["verdict"] == "pending"


def test_articles_are_listed_and_read(program, article):
    (listed,) = program.get("/articles")["items"]
    assert listed["headline"] == article.headline
    told = program.get(f"/articles/{article.pk}")
    assert told["text"] == article.current_revision().body
    assert program.get(f"/articles/{article.pk}/revisions")["items"][0]["number"] == 1


def test_a_new_text_keeps_what_is_unchanged(program, editor, article, claims):
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claims[0]))
    body = article.current_revision().body.replace("in 1931", "in 1932")
    answer = program.post(f"/articles/{article.pk}/revisions", {"text": body})
    assert (answer.status_code, answer.json()["outcome"]) == (200, "revised")
    assert program.get(f"/claims/{claims[0].pk}")["verdict"] == "verified"
    again = program.post(f"/articles/{article.pk}/revisions", {"text": body})
    assert again.json()["outcome"] == "known"
    assert Article.objects.get().revisions.count() == 2


def test_sources_are_found_by_the_beginning_of_a_word(program, article):
    (found,) = program.get("/sources?q=ven")["items"]
    assert found["name"] == "Ada Venn"
    assert program.get(f"/sources/{found['id']}")["verdicts"]["pending"] > 0


def test_a_sentence_is_looked_for_in_the_archive(program, editor, claims):
    bridge = next(claim for claim in claims if "1931" in claim.statement)
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(bridge))
    index_some()
    told = program.post("/match", {"text": bridge.statement}).json()
    assert told["check"]["id"] == bridge.pk
    assert told["check"]["verdict"] == "verified"
    other = program.post("/match", {"text": bridge.statement.replace("1931", "1950")}).json()
    assert other["check"] is None


def test_a_text_is_split_and_nothing_saved(program, db):
    told = program.post("/split", {"text": "The dam is safe, the minister, Ada Venn, said."}).json()
    (claim,) = told["claims"]
    assert claim["speaker"]["name"] == "Ada Venn"
    start, end = claim["content"][0]
    assert told["text"][start:end] == "The dam is safe"
    assert not Article.objects.exists()


@pytest.mark.usefixtures("export_folder")
def test_an_export_is_written_by_the_worker(program, claims, work):
    made = program.post("/exports", {"query": "state=all", "format": "jsonl"})
    assert made.status_code == 202
    pk = made.json()["id"]
    assert program.ask("GET", f"/exports/{pk}/file").status_code == 404
    work()
    assert program.get(f"/exports/{pk}")["status"] == "done"
    lines = program.ask("GET", f"/exports/{pk}/file").getvalue().decode().splitlines()
    assert len(lines) == len(claims)


def test_somebody_elses_export_is_not_there(program, chiefs, claims):
    pk = program.post("/exports", {"query": "state=all"}).json()["id"]
    assert chiefs.ask("GET", f"/exports/{pk}").status_code == 404


def test_what_is_fetched_waits_in_the_inbox(program, site, work):
    site.pages["/bridge"] = f"<article><h1>Bridge closed</h1><p>{BODY}</p></article>"
    asked = program.post("/articles", {"fetch": site.at("/bridge")})
    assert (asked.status_code, asked.json()["outcome"]) == (202, "inbox")


def test_one_text_is_split_at_a_time(program, monkeypatch):
    with one_at_a_time():
        answer = program.post("/split", {"text": "The dam is safe, Ada Venn said."})
    assert (answer.status_code, answer.json()["code"]) == (503, "splitter-busy")
    assert program.post("/split", {"text": "The dam is safe."}).status_code == 200


def test_a_time_at_the_ends_of_the_calendar_is_refused(program, claims):
    for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "2026-03-01T09:00:00"):
        sent = {"text": "The ferry sank.", "published_at": moment}
        assert program.post("/match", sent).status_code == 422


def test_a_saved_filter_with_its_order_is_taken(program, claims):
    made = program.post("/exports", {"query": "state=all&sort=-decided"})
    assert made.status_code == 202


@pytest.mark.parametrize(
    "path",
    [
        "/claims?state=all&expand=evidence,decisions&sort=id",  # the hidden one first
        "/articles?",
        "/sources?",
        "/reports?",
    ],
)
def test_many_take_no_more_queries_than_few(program, editor, article, claims, hidden, path):
    for title in ("One", "Two"):
        draft_report(actor=editor, title=title, article=article)
    program.get(path)  # the account's permissions, and the content types
    counts = []
    for limit in (1, 1000):
        with CaptureQueriesContext(connection) as queries:
            program.get(f"{path}&limit={limit}")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
