"""What the workbench keeps. Each model stands beside the questions asked of it, its QuerySet."""

from claims.models.article import Article, Revision
from claims.models.batch import Batch, ListedClaim
from claims.models.change import Change, ChangedClaim
from claims.models.claim import Claim
from claims.models.comment import Comment
from claims.models.decision import Decision
from claims.models.desk import Desk
from claims.models.evidence import Evidence
from claims.models.export import Export
from claims.models.intake import Feed, Intake
from claims.models.login import FailedLogin, LoginBrake
from claims.models.newsroom import Newsroom
from claims.models.outlet import Outlet
from claims.models.presence import Presence
from claims.models.report import Correction, Report, ReportedClaim, Snapshot
from claims.models.saved_filter import SavedFilter
from claims.models.shingle import Shingle
from claims.models.source import Alias, Source, SourcesApart
from claims.models.tag import Tag
from claims.models.worker import Task, Worker

APPEND_ONLY = (Decision, Change, ChangedClaim, Comment, Snapshot, ReportedClaim)
"""The logs. The database itself refuses to change or delete their rows."""

SEARCHED = (Article, Revision, Claim, Source, Alias)
"""What has an index of words."""

__all__ = [
    "APPEND_ONLY",
    "SEARCHED",
    "Alias",
    "Article",
    "Batch",
    "Change",
    "ChangedClaim",
    "Claim",
    "Comment",
    "Correction",
    "Decision",
    "Desk",
    "Evidence",
    "Export",
    "FailedLogin",
    "Feed",
    "Intake",
    "ListedClaim",
    "LoginBrake",
    "Newsroom",
    "Outlet",
    "Presence",
    "Report",
    "ReportedClaim",
    "Revision",
    "SavedFilter",
    "Shingle",
    "Snapshot",
    "Source",
    "SourcesApart",
    "Tag",
    "Task",
    "Worker",
]
