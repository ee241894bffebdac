"""What the workbench keeps. Each model stands beside the questions asked of it, its QuerySet."""

from claims.models.article import Article, Revision
from claims.models.claim import Claim
from claims.models.decision import Decision
from claims.models.evidence import Evidence
from claims.models.source import Alias, Source

__all__ = ["Alias", "Article", "Claim", "Decision", "Evidence", "Revision", "Source"]
