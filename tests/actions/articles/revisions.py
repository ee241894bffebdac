"""New versions of the test's article, and what stays of its claims."""

from django.contrib.auth.models import User

from claims import ingest
from claims.actions import EvidenceDraft, add_revision, decide_claim
from claims.choices import Verdict
from claims.extraction import extract
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim
from claims.queries.articles.revisions import RevisionPlan, plan_revision

CRACKS = "We found cracks in two pillars"
HURT = "Nobody was hurt"
BOATS = "three boats were damaged"
BUILT = "The bridge was built in 1931"


def draft(article: Article, body: str, **fields):
    """A new text of an article."""
    known = {"headline": article.headline, "outlet": str(article.outlet), **fields}
    return ingest.draft(body=body, **known)


def planned(article: Article, new: ArticleDraft) -> RevisionPlan | None:
    """What the new text would do to the claims."""
    return plan_revision(article.current_revision(), new, extract(new.body))


def take(actor: User, article: Article, body: str) -> Article:
    """Add a text as the article's new version."""
    new = draft(article, body)
    seen = planned(article, new).seen
    return add_revision(actor=actor, article=article, draft=new, seen=seen)


def claim_of(article: Article, words: str) -> Claim:
    """The article's claim of these words."""
    return Claim.objects.of_article(article).get(quote__contains=words)


def decided(actor: User, claim: Claim) -> Claim:
    """The claim after someone verified it, with evidence."""
    decide_claim(
        actor=actor,
        claim_id=claim.pk,
        version=claim.version,
        verdict=Verdict.VERIFIED,
        reason="As the log says.",
        evidence=EvidenceDraft(title="Log", url="https://log.example.org/"),
    )
    claim.refresh_from_db()
    return claim


def everything_of(claim: Claim) -> tuple:
    """What a claim keeps through new versions."""
    return (
        claim.verdict,
        claim.quote,
        claim.statement,
        claim.source_id,
        claim.role,
        list(claim.decisions.values_list("pk", flat=True)),
        list(claim.evidence.values_list("pk", flat=True)),
        list(claim.comments.values_list("pk", flat=True)),
    )
