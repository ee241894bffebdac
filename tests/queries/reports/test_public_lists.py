"""The lists of the public site: by source, topic and desk, and how many of each verdict."""

from datetime import UTC, datetime

import pytest

from claims.choices import Verdict
from claims.models import Article, Desk, PublicClaim, Source, Tag
from claims.queries.reports.public_site import (
    claims_from,
    claims_on,
    public_claims,
    public_desks,
    public_source,
    public_topics,
    source_of_claim,
    sources_named,
    verdicts_of,
)
from tests.models import rows


@pytest.fixture
def shown(editor):
    """What everyone may read of a claim in an article of its own, a day later than the one before."""
    report = rows.report(editor)

    def shown(source: Source | None = None, name: str = "", verdict: str = "verified"):
        day = 1 + PublicClaim.objects.count()
        return PublicClaim.objects.create(
            claim=rows.claim(rows.revision(editor)),
            report=report,
            source=source,
            source_name=name or (source.name if source else ""),
            verdict=verdict,
            statement=f"Claim {day}",
            changed_at=datetime(2026, 3, day, tzinfo=UTC),
        )

    return shown


def test_a_source_has_the_name_and_the_claims_that_were_published_under_it_last(shown):
    venn = rows.source("Ada Venn")
    shown(venn, "A nurse")
    named = [shown(venn), shown(venn)]
    shown(rows.source("Bo Tarn"))
    found = public_source(venn.pk)
    assert (found.name, set(found.claims)) == ("Ada Venn", set(named))
    assert public_source(rows.source("Cy Orr").pk) is None


def test_a_claim_has_the_others_of_its_source_under_the_same_name(shown):
    venn = rows.source("Ada Venn")
    own, other = shown(venn), shown(venn)
    shown(rows.source("A. Venn"), "Ada Venn")  # of whom readers know no more than the name
    nurse, alone, nobody = shown(venn, "A nurse"), shown(rows.source("Bo Tarn")), shown()
    found = source_of_claim(own.claim_id)
    assert (found.pk, found.name, list(found.claims)) == (venn.pk, "Ada Venn", [other])
    for one in (nurse, alone, nobody):
        assert source_of_claim(one.claim_id) is None
    assert source_of_claim(0) is None


def test_a_name_leads_to_its_source_unless_two_share_it(shown):
    venn, tarn, other = (rows.source(name) for name in ("Ada Venn", "Bo Tarn", "B. Tarn"))
    claims = [shown(venn), shown(venn), shown(tarn), shown(other, "Bo Tarn"), shown()]
    assert sources_named({one.claim_id for one in claims}) == {"Ada Venn": venn.pk}
    assert sources_named({one.claim_id for one in claims[:3]}) == {
        "Ada Venn": venn.pk,
        "Bo Tarn": tarn.pk,
    }
    assert sources_named([]) == {}


def test_topics_are_tags_for_everyone_that_a_public_claim_has_by_name(shown):
    first, second = shown(), shown()
    names = {"Flood": True, "Bridges": True, "For Friday": False, "Empty": True}
    made = {name: Tag.objects.create(name=name, public=public) for name, public in names.items()}
    for one in (first, second):
        one.claim.tags.set([made["Flood"], made["For Friday"]])
    second.claim.tags.add(made["Bridges"])
    rows.claim(first.claim.revision, 5).tags.add(made["Empty"])
    assert [tag.name for tag in public_topics()] == ["Bridges", "Flood"]
    assert set(claims_on(made["Flood"])) == {first, second}
    assert set(claims_on(made["Bridges"])) == {second}


def test_desks_are_those_for_everyone_that_have_a_public_claim_by_name(shown, editor):
    claims = [shown(), shown(), shown(), shown()]
    names = ("Economy", "Council", "Inner", "Economy")
    for name, public in (("Economy", True), ("Council", True), ("Inner", False), ("Empty", True)):
        Desk.objects.create(name=name, public=public)
    for one, name in zip(claims, names, strict=True):
        article = Article.objects.filter(revisions__claims=one.claim_id)
        article.update(desk=Desk.objects.get(name=name))
    rows.claim(
        rows.revision(editor, article=rows.article(editor, desk=Desk.objects.get(name="Empty")))
    )
    assert [desk.name for desk in public_desks()] == ["Council", "Economy"]
    assert set(claims_from(Desk.objects.get(name="Economy"))) == {claims[0], claims[3]}


def test_disputed_ones_are_counted_first(shown):
    for verdict in ("verified", "disputed", "verified"):
        shown(verdict=verdict)
    counts = verdicts_of(public_claims())
    assert list(counts.items()) == [(Verdict.DISPUTED, 1), (Verdict.VERIFIED, 2)]
    assert verdicts_of(public_claims().none()) == {Verdict.DISPUTED: 0, Verdict.VERIFIED: 0}
