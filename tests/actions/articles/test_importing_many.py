"""Importing many articles at once gives the same result as importing them one after another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims.actions import (
    COMMAND,
    COMMAND_UPDATE,
    Decision,
    Policy,
    SplitArticle,
    mark_distinct,
    merge_sources,
    receive_articles,
)
from claims.choices import SourceKind
from claims.errors import NotKeptError
from claims.extraction.types import Claim as Proposed
from claims.extraction.types import Speaker
from claims.ingest.types import ArticleDraft
from claims.models import Alias, Article, Claim, Revision, Source
from claims.queries.articles.duplicates import KnownArticles, TextMatch
from tests.actions.database import portrait
from tests.models import rows

BODY = "Ostrey has nine bridges, Ada Venn said. Two of them are closed."
DAY = datetime(2026, 3, 4, tzinfo=UTC)


def _speaker(name: str, kind: str = "minister", role: str = "", *, named: bool = True) -> Speaker:
    return Speaker(name, kind, role, name, named)


SPEAKERS = [
    _speaker("Ada Venn", role="the transport minister"),
    _speaker("ADA VENN", role="transport minister"),
    _speaker("Ada Venn", kind="witness"),
    _speaker("Venn", role="the transport minister"),
    _speaker("Venn", role="the transport minister", kind="lawmaker"),
    _speaker("Venn"),
    _speaker("Bo Venn", kind="expert"),
    _speaker("Bo Tarn", role="the mayor of Kesby"),
    _speaker("Tarn", role="mayor of Kesby"),
    _speaker("Tarn", role="the mayor of Kesby", kind="witness"),
    # An alias of Bo Tarn, one that two share, a source that was merged, and a surname that was told apart.
    _speaker("Mayor Bo"),
    _speaker("The Voice", kind="other"),
    _speaker("A. Lind", kind="organisation"),
    _speaker("Quell", role="the harbour master"),
    _speaker("Cora Quell", role="the harbour master"),
    _speaker("officials", kind="official", named=False),
    _speaker("Officials", kind="official", named=False),
    _speaker("Olm Ferries", kind="company"),
    _speaker("Reuters", kind="media"),
    _speaker("N" * 310),
]


def _known(actor: User) -> None:
    """What is here before: sources with claims, aliases, a merge, two told apart, and an article."""
    tarn = rows.source("Bo Tarn", kind=SourceKind.MINISTER)
    Alias.objects.create(source=tarn, name="Mayor Bo")
    for name in ("Falk Grue", "Ilse Grue"):
        Alias.objects.create(source=rows.source(name), name="The Voice")
    merged, into = rows.source("A. Lind"), rows.source("Alma Lind", kind=SourceKind.EXPERT)
    merge_sources(actor=actor, source=merged, into=into)
    quell = rows.source("Cora Quell", kind=SourceKind.MINISTER)
    at = rows.revision(actor, article=rows.article(actor, published_at=DAY))
    rows.claim(at, source=quell, role="the harbour master")
    rows.claim(at, source=tarn, role="the mayor of Kesby")
    other = rows.source("Quell", kind=SourceKind.MINISTER, article=rows.article(actor))
    mark_distinct(actor=actor, source=quell, other=other)
    here = Article(headline="Here", url="https://c.example.org/here", imported_by=actor)
    here.fingerprint = "here"
    here.save()
    for number, body in enumerate(["It was old.", "It is new."], start=1):
        digest = Revision.digest_of(body)
        Revision.objects.create(article=here, number=number, body=body, digest=digest)


def _split(number: int, speakers: list[Speaker | None], **fields: Any) -> SplitArticle:
    """An article in which each of them says something."""
    claims = [
        Proposed(
            content=((0, 23),),
            statement=f"Statement {place}",
            quotation="indirect" if speaker else "narration",
            attribution=place,
            source=((25, 33),) if speaker else (),
            cue=((34, 38),) if speaker else (),
            speaker=speaker,
        )
        for place, speaker in enumerate(speakers)
    ]
    values = {"headline": f"Bridges {number}", "body": BODY, "published": DAY} | fields
    return SplitArticle(ArticleDraft(**values), claims)


ARTICLES = st.builds(
    lambda number, speakers, outlet, page, body, days: _split(
        number,
        speakers,
        outlet=outlet,
        url=page,
        body=body,
        published=DAY + timedelta(days=days),
    ),
    st.integers(0, 9),
    st.lists(st.none() | st.sampled_from(SPEAKERS), max_size=6),
    st.sampled_from(["", "The Ostrey Courier (fiction)", "the ostrey courier (fiction)"]),
    st.sampled_from(
        ["", "", "http://c.example.org/here/", "https://c.example.org/a", "http://c.example.org/a"]
    ),
    st.sampled_from([BODY, BODY, BODY + " It rained.", "It was old." + BODY, "It is new." + BODY]),
    st.integers(-500, 500) | st.just(0),
)


def _receive(actor: User, articles: list[SplitArticle]) -> list[Any]:
    return receive_articles(actor=actor, articles=articles, policy=COMMAND)


def _outcomes(actor: User, batches: list[list[SplitArticle]], policy: Policy) -> list[Any]:
    return [
        (each.article.fingerprint, each.decision)
        for some in batches
        for each in receive_articles(actor=actor, articles=some, policy=policy)
    ]


class TestAsOneByOne(TestCase):
    @settings(max_examples=40, deadline=None, derandomize=True)
    @given(
        st.lists(ARTICLES, min_size=2, max_size=8),
        st.integers(2, 8),
        st.sampled_from([COMMAND, COMMAND_UPDATE]),
    )
    def test_the_database_holds_the_same(self, articles, size, policy):
        actor, _created = User.objects.get_or_create(username="root", is_superuser=True)
        _known(actor)
        batches = [articles[start : start + size] for start in range(0, len(articles), size)]
        with transaction.atomic():
            one_by_one = _outcomes(actor, [[each] for each in articles], policy), portrait()
            transaction.set_rollback(True)
        assert (_outcomes(actor, batches, policy), portrait()) == one_by_one
        assert not Claim.objects.with_stale_copies().exists()


def test_a_bare_surname_is_known_by_the_role_that_an_article_before_it_stated(chief):
    ada, venn = SPEAKERS[0], SPEAKERS[3]
    _receive(chief, [_split(1, [ada]), _split(2, [venn]), _split(3, [ada])])
    assert Claim.objects.values_list("source__name", flat=True).distinct().get() == "Ada Venn"


@pytest.mark.parametrize("order", [(15, 16), (16, 15)])
def test_a_group_is_called_as_the_article_calls_it_first(chief, order):
    first, second = (SPEAKERS[place] for place in order)
    _receive(chief, [_split(1, [None, first, second])])
    assert Source.objects.get().name == first.name


def test_what_the_database_refuses_is_said_and_the_others_are_in(chief):
    split = [_split(1, SPEAKERS[:3]), _split(2, [], body=""), _split(3, SPEAKERS[:3])]
    first, refused, last = _receive(chief, split)
    assert isinstance(refused, NotKeptError)
    assert "revision_has_text" in str(refused)
    assert [first.created, last.created] == [True, True]
    assert set(Article.objects.values_list("headline", flat=True)) == {"Bridges 1", "Bridges 3"}
    assert Claim.objects.count() == 6
    assert Source.objects.get().name == "Ada Venn"


def test_another_text_of_an_address_is_left_alone(chief):
    page = {"url": "https://c.example.org/a"}
    split = [_split(1, [], **page), _split(2, [], body="Another text.", **page)]
    first, second = _receive(chief, split)
    assert (second.decision, second.article) == (Decision.LEAVE, first.article)
    assert Revision.objects.get().body == BODY


def test_what_is_here_is_told_by_what_its_text_is_to_it(chief):
    _known(chief)
    here = Article.objects.get(fingerprint="here")
    drafts = [
        ArticleDraft(headline="H", body=body, url="http://C.example.org/here?utm_source=x")
        for body in ("It is new.", "It was old.", "It is another one.")
    ]
    drafts.append(ArticleDraft(headline="H", body="It is new."))
    known = KnownArticles(drafts)
    found = [known.find(draft) for draft in drafts]
    assert [each and each.text for each in found] == [
        TextMatch.CURRENT,
        TextMatch.EARLIER,
        TextMatch.DIFFERENT,
        None,
    ]
    assert {each.article for each in found if each} == {here}


@pytest.mark.parametrize(("body", "most"), [("", 8), (BODY, 3), ("Another text.", 5)])
def test_for_more_articles_nothing_more_is_looked_up(chief, body, most):
    """New ones, the same again, and another text of each; on PostgreSQL with the lock of an archive. Of new ones webhooks are told."""

    def queries(number: int) -> int:
        split = [
            _split(
                1000 * number + place,
                [_speaker(f"Ada {number}x{place}"), SPEAKERS[15], SPEAKERS[1], None],
                outlet=f"Courier {number} {place} (fiction)",
                url=f"https://c.example.org/{number}/{place}",
            )
            for place in range(number)
        ]
        if body:
            _receive(chief, split)
        again = [replace(one, draft=replace(one.draft, body=body or BODY)) for one in split]
        with CaptureQueriesContext(connection) as found:
            _receive(chief, again)
        return sum(query["sql"].startswith("SELECT") for query in found)

    queries(1)
    assert queries(3) == queries(30) <= most
