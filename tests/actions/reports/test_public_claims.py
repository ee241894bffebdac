"""The public lists' own rows follow the public reports."""

from claims.actions import set_public
from claims.actions.reports import public_claims
from claims.actions.reports.public_claims import rebuild_public_claims, sync_public_claims
from claims.models import PublicClaim
from tests.models import rows


def test_they_come_and_go_with_the_report(chief, report, claim):
    assert not PublicClaim.objects.exists()
    set_public(actor=chief, report_id=report.pk, public=True)
    assert PublicClaim.objects.get().claim == claim
    set_public(actor=chief, report_id=report.pk, public=False, notice="Published by mistake.")
    assert not PublicClaim.objects.exists()


def test_all_of_them_can_be_made_again(chief, editor, report, claim, monkeypatch):
    monkeypatch.setattr(public_claims, "_AT_ONCE", 2)
    set_public(actor=chief, report_id=report.pk, public=True)
    row, claims = PublicClaim.objects.get(), report.claims.count()
    stray = rows.claim(rows.revision(editor))
    fields = {
        "report": report,
        "verdict": "verified",
        "statement": "x",
        "changed_at": row.changed_at,
    }
    PublicClaim.objects.create(claim=stray, **fields)
    PublicClaim.objects.filter(pk=row.pk).update(statement="Another")
    assert list(rebuild_public_claims())[-1] == (claims + 1, claims + 1)
    again = PublicClaim.objects.get()
    assert (again.pk, again.statement) == (row.pk, row.statement)
    again.delete()
    assert list(rebuild_public_claims())[-1] == (claims, claims)


def test_of_other_claims_they_stay(chief, editor, report, claim):
    set_public(actor=chief, report_id=report.pk, public=True)
    PublicClaim.objects.update(statement="Another")
    sync_public_claims([rows.claim(rows.revision(editor)).pk])
    assert PublicClaim.objects.get().statement == "Another"
