"""The public lists' own rows, which follow what readers are told."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from claims.actions.accounts.managing import workbench_account
from claims.actions.locking import save_as
from claims.models import Newsroom, PublicClaim, ReportedClaim, SignedPdf
from claims.models.base.expressions import Among
from claims.queries.reports.public_claims import public_rows
from claims.queries.reports.public_version import forget_public_version

_FIELDS = [
    field.name for field in PublicClaim._meta.concrete_fields if field.name not in {"id", "claim"}
]
_AT_ONCE = 500
"""How many rows are written at once and, where all are made again, of how many claims in one transaction."""


def sync_public_claims(claims: Iterable[int]) -> None:
    """Make the public lists say of claims what readers were last told. The caller has told them, in the same transaction."""
    ids = sorted(claims)
    rows = public_rows(ids)
    known = PublicClaim.objects.filter(Among("claim", ids))
    known.exclude(Among("claim", sorted(row.claim_id for row in rows))).delete()
    PublicClaim.objects.bulk_create(
        rows,
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["claim"],
        update_fields=_FIELDS,
    )
    SignedPdf.objects.with_claims(ids).sign_again()


def rebuild_public_claims() -> Iterator[tuple[int, int]]:
    """Make all rows of the public lists again, from the reports, slice by slice. It can be stopped, and run again.

    Yields:
        Of how many claims they are made, and of how many they are to be.
    """
    listed = PublicClaim.objects.values_list("claim", flat=True)
    published = ReportedClaim.objects.filter(report__public=True).values_list("claim", flat=True)
    # In their order, so that the claims of a report, which is read for each slice that has one of them, are in one.
    claims = sorted({*listed, *published})
    for first in range(0, len(claims), _AT_ONCE):
        some = claims[first : first + _AT_ONCE]
        with transaction.atomic():
            sync_public_claims(some)
        yield first + len(some), len(claims)
    _note_rebuilding()


def _note_rebuilding() -> None:
    """Have every machine make the public pages anew: an entry in the newsroom's history is part of their version."""
    newsroom = Newsroom.current()
    save_as(workbench_account(), newsroom)
    entry = newsroom.history.latest()
    entry.history_change_reason = "public lists rebuilt"
    entry.save()
    forget_public_version()
