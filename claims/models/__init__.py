"""What is stored in the database. Each model is defined next to its QuerySet."""

from claims.models.accounts import FailedLogin, LoginBrake
from claims.models.articles import Article, Revision, Shingle
from claims.models.bulk_changes import BulkChange, BulkChangeItem
from claims.models.claims.changes import Change, ChangedClaim
from claims.models.claims.claim import Claim
from claims.models.claims.decisions import Decision
from claims.models.claims.evidence import Evidence
from claims.models.claims.matches import ClaimGroup, ClaimMatch, UnmatchedClaim
from claims.models.claims.matching import ClaimVector, OutlinePage, StemFrequency
from claims.models.claims.teamwork import Comment, Presence
from claims.models.exports import Export
from claims.models.intake import Feed, IntakeItem
from claims.models.newsroom import Desk, Newsroom, Outlet, Tag
from claims.models.reports import Correction, Report, ReportedClaim, Snapshot
from claims.models.saved_filters import SavedFilter
from claims.models.search.indexes import search_index, stem_index
from claims.models.sources import Alias, DistinctSources, Source
from claims.models.tasks import Task, Worker

APPEND_ONLY = (Decision, Change, ChangedClaim, Comment, Snapshot, ReportedClaim)
"""The logs. The database itself refuses to change or delete their rows."""

WORD_INDEXES = (
    *map(search_index, (Article, Revision, Claim, Source, Alias)),
    stem_index(Claim),
)
"""What has an index of words."""

__all__ = [
    "APPEND_ONLY",
    "WORD_INDEXES",
    "Alias",
    "Article",
    "BulkChange",
    "BulkChangeItem",
    "Change",
    "ChangedClaim",
    "Claim",
    "ClaimGroup",
    "ClaimMatch",
    "ClaimVector",
    "Comment",
    "Correction",
    "Decision",
    "Desk",
    "DistinctSources",
    "Evidence",
    "Export",
    "FailedLogin",
    "Feed",
    "IntakeItem",
    "LoginBrake",
    "Newsroom",
    "Outlet",
    "OutlinePage",
    "Presence",
    "Report",
    "ReportedClaim",
    "Revision",
    "SavedFilter",
    "Shingle",
    "Snapshot",
    "Source",
    "StemFrequency",
    "Tag",
    "Task",
    "UnmatchedClaim",
    "Worker",
]
