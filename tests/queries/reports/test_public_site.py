"""What a claim's public page shows beside the claim."""

import pytest

from claims.actions import decide_claim
from claims.choices import SourceKind, Verdict
from claims.models import Claim
from claims.queries.reports.public_site import public_source, source_of_claim
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models import rows
from tests.queries.reports.making import published


@pytest.mark.parametrize(
    ("kind", "others"),
    [(SourceKind.WITNESS, ["Ostrey has ten bridges"]), (SourceKind.UNNAMED, [])],
)
def test_other_claims_of_a_source_are_shown_unless_nobody_is_named(editor, chief, kind, others):
    """Unnamed sources of the same words may be different people."""
    first, second = claim_of(editor, 3), claim_of(editor, 4, "Ostrey has ten bridges")
    Claim.objects.update(source=rows.source("residents", kind=kind))
    for claim in (first, second):
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
    published(chief, "Bridges", first, second)
    source = source_of_claim(first.pk)
    assert [one.statement for one in source.claims] == others if others else source is None


def test_claims_that_were_published_under_another_name_are_not_among_a_sources_claims(
    editor, chief
):
    """The desk may know that two names are one person whom readers were never told of."""
    first, second = claim_of(editor, 3), claim_of(editor, 4, "Ostrey has ten bridges")
    source = rows.source("a nurse", kind=SourceKind.WITNESS)
    Claim.objects.update(source=source)
    for claim in (first, second):
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
    published(chief, "Wards", first)
    source.name = "Orla Venn"
    source.save()
    published(chief, "Bridges", second)
    shown = public_source(source.pk)
    assert (shown.name, [one.statement for one in shown.claims]) == (
        "Orla Venn",
        ["Ostrey has ten bridges"],
    )
    assert source_of_claim(first.pk) is None
    assert source_of_claim(second.pk) is None
