"""Rows for tests that need some without splitting a text."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.choices import Quotation, Verdict
from claims.models import Article, Claim, Decision, Evidence, Revision, Source

TEXT = "Ostrey has nine bridges, Ada Venn said. Two of them are closed."


def article(user: User, **fields: Any) -> Article:
    """An article without a text."""
    number = Article.objects.count()
    values = {"headline": f"Bridges {number}", "fingerprint": f"{number:064}", "imported_by": user}
    return Article.objects.create(**values | fields)


def revision(user: User, **fields: Any) -> Revision:
    """A text, with an article of its own unless one is given."""
    values = {"body": TEXT, "digest": Revision.digest_of(TEXT)}
    if "article" not in fields:
        values["article"] = article(user)
    return Revision.objects.create(**values | fields)


def claim(at: Revision, start: int = 0, **fields: Any) -> Claim:
    """A claim of five characters."""
    values = {
        "spans": [[start, start + 5]],
        "quote": at.body[start : start + 5] or "words",
        "statement": "Ostrey has nine bridges",
        "quotation": Quotation.INDIRECT,
        "attribution": 0,
    }
    return Claim.objects.create(revision=at, **values | fields)


def decided(at: Revision, verdict: Verdict, start: int = 0) -> Claim:
    """A claim with a verdict, but without its decision."""
    return claim(at, start, verdict=verdict, touched_at=timezone.now())


def source(name: str = "Ada Venn", **fields: Any) -> Source:
    """A source of the registry."""
    return Source.objects.create(name=name, **fields)


def evidence(of: Claim, user: User, **fields: Any) -> Evidence:
    """A document for a claim."""
    values = {"title": "Bridge register", "url": "https://register.example.org/olm"}
    return Evidence.objects.create(claim=of, added_by=user, **values | fields)


def decision(of: Claim, user: User, **fields: Any) -> Decision:
    """An entry of the log; the claim itself stays as it is."""
    values = {
        "verdict": Verdict.VERIFIED,
        "previous": Verdict.PENDING,
        "actor": user,
        "actor_name": "Edda",
        "version": 2,
    }
    return Decision.objects.create(claim=of, **values | fields)
