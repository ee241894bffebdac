"""What is stored in the database. Each model is defined next to its QuerySet."""

from claims.models.accounts.bylines import Byline
from claims.models.accounts.erasures import Erasure
from claims.models.accounts.logins import FailedLogin, LoginBrake
from claims.models.accounts.tokens import AccessToken, KeptAnswer
from claims.models.archives import ArchiveImport, ArchiveProblem
from claims.models.articles import Article, Revision, Shingle
from claims.models.bulk_changes import BulkChange, BulkChangeItem
from claims.models.claims.captures import Capture, DueCapture
from claims.models.claims.changes import Change, ChangedClaim
from claims.models.claims.claim import Claim
from claims.models.claims.decisions import Decision
from claims.models.claims.evidence import Evidence, Thumbnail
from claims.models.claims.log_chain import LogLink
from claims.models.claims.matches import ClaimGroup, ClaimMatch, UnmatchedClaim
from claims.models.claims.matching import ClaimVector, OutlinePage, StemFrequency
from claims.models.claims.second_checks import SecondCheck
from claims.models.claims.teamwork import Comment, Presence
from claims.models.exports import Export
from claims.models.external.checks import (
    ExternalCheck,
    ExternalMatch,
    ExternalOutlinePage,
    ExternalStemFrequency,
)
from claims.models.external.sources import ExternalSource
from claims.models.intake import Feed, IntakeItem
from claims.models.languages import PublicLanguage
from claims.models.links.archiving import ArchiveRequest
from claims.models.links.checks import LinkCheck
from claims.models.mailboxes import Mail, Mailbox, MailedArticle
from claims.models.newsroom import Desk, Newsroom, Outlet, Tag
from claims.models.notifications import Notification
from claims.models.outside.notices import NoticeChannel, SentNotice
from claims.models.outside.webhooks import Webhook, WebhookDelivery
from claims.models.reasons import ReasonTemplate
from claims.models.reports.corrections import Correction, EarlierNotice
from claims.models.reports.public_claims import PublicClaim
from claims.models.reports.published import ReportedClaim, ReportTimestamp, Snapshot
from claims.models.reports.reports import Report
from claims.models.reports.signed_pdfs import SignedPdf
from claims.models.reports.steps import DraftStep
from claims.models.reports.text_corrections import TextCorrection
from claims.models.saved_filters import SavedFilter
from claims.models.search.indexes import search_index, stem_index
from claims.models.sources import Alias, DistinctSources, Source
from claims.models.statistics import DailyCount, StaleDay
from claims.models.tasks import Task, Worker

APPEND_ONLY = (Decision, Change, ChangedClaim, Comment, Snapshot, ReportedClaim, Erasure)
"""The logs. The database itself refuses to change or delete their rows."""

UNCHANGEABLE = (*APPEND_ONLY, Capture, LogLink)
"""All tables whose rows it refuses to change or delete."""

WORD_INDEXES = (
    *map(search_index, (Article, Revision, Claim, Source, Alias, Evidence, PublicClaim)),
    stem_index(Claim),
    stem_index(ExternalCheck),
)
"""What has an index of words."""

__all__ = [
    "APPEND_ONLY",
    "UNCHANGEABLE",
    "WORD_INDEXES",
    "AccessToken",
    "Alias",
    "ArchiveImport",
    "ArchiveProblem",
    "ArchiveRequest",
    "Article",
    "BulkChange",
    "BulkChangeItem",
    "Byline",
    "Capture",
    "Change",
    "ChangedClaim",
    "Claim",
    "ClaimGroup",
    "ClaimMatch",
    "ClaimVector",
    "Comment",
    "Correction",
    "DailyCount",
    "Decision",
    "Desk",
    "DistinctSources",
    "DraftStep",
    "DueCapture",
    "EarlierNotice",
    "Erasure",
    "Evidence",
    "Export",
    "ExternalCheck",
    "ExternalMatch",
    "ExternalOutlinePage",
    "ExternalSource",
    "ExternalStemFrequency",
    "FailedLogin",
    "Feed",
    "IntakeItem",
    "KeptAnswer",
    "LinkCheck",
    "LogLink",
    "LoginBrake",
    "Mail",
    "Mailbox",
    "MailedArticle",
    "Newsroom",
    "NoticeChannel",
    "Notification",
    "Outlet",
    "OutlinePage",
    "Presence",
    "PublicClaim",
    "PublicLanguage",
    "ReasonTemplate",
    "Report",
    "ReportTimestamp",
    "ReportedClaim",
    "Revision",
    "SavedFilter",
    "SecondCheck",
    "SentNotice",
    "Shingle",
    "SignedPdf",
    "Snapshot",
    "Source",
    "StaleDay",
    "StemFrequency",
    "Tag",
    "Task",
    "TextCorrection",
    "Thumbnail",
    "UnmatchedClaim",
    "Webhook",
    "WebhookDelivery",
    "Worker",
]
