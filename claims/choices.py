"""The closed lists of the domain.

A verdict, quotation type, source kind or stance is one member here; pages, filters, exports and tests
iterate over these lists.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """The result of checking a claim. There are exactly three.

    They appear in this order everywhere: in pages, filters, charts, keys, reports and exports.
    """

    VERIFIED = "verified", _("Verified")
    DISPUTED = "disputed", _("Disputed")
    PENDING = "pending", _("Pending")


class Quotation(TextChoices):
    """How the article gives a claim's words."""

    DIRECT = "direct", _("Direct quotation")
    MIXED = "mixed", _("Partly quoted")
    INDIRECT = "indirect", _("Indirect speech")
    NARRATION = "narration", _("The article's own voice")


class Detail(TextChoices):
    """A detail in an article that no claim covers."""

    FIGURE = "figure", _("No claim covers this figure")
    DATE = "date", _("No claim covers this date")
    NAME = "name", _("No claim covers this name")
    QUOTATION = "quotation", _("No claim covers this quotation")


class Mood(TextChoices):
    """How a source, or the article, presents a statement."""

    ASSERTED = "asserted", _("Asserted")
    DENIED = "denied", _("Denied")
    ASKED = "asked", _("Asked")
    DEMANDED = "demanded", _("Demanded")
    PROMISED = "promised", _("Promised")


class Reason(TextChoices):
    """Why a claim is worth checking first, or cannot be checked at all."""

    FIGURE = "figure", _("a figure")
    QUANTITY = "quantity", _("a quantity")
    NUMBER_WORD = "number-word", _("a number")
    COMPARISON = "comparison", _("a comparison")
    DATE = "date", _("a date")
    NAME = "name", _("a name")
    ACCUSATION = "accusation", _("an accusation")
    CAUSE = "cause", _("a cause")
    MINISTER_SOURCE = "minister-source", _("a minister says it")
    OFFICIAL_SOURCE = "official-source", _("an official says it")
    PARTY_SOURCE = "party-source", _("an interested party says it")
    NAMED_SOURCE = "named-source", _("a named source says it")
    OPINION = "opinion", _("an opinion")
    PRAISE_OR_BLAME = "praise-or-blame", _("praise or blame")
    FRAGMENT = "fragment", _("an incomplete sentence")
    GREETING = "greeting", _("a greeting")
    ASKED = "asked", _("a question")
    DEMANDED = "demanded", _("a demand")


class SourceKind(TextChoices):
    """The kind of a source."""

    MINISTER = "minister", _("Minister")
    SPOKESPERSON = "spokesperson", _("Spokesperson")
    OFFICIAL = "official", _("Official")
    POLICE_MILITARY = "police-military", _("Police or military")
    LAWMAKER = "lawmaker", _("Lawmaker")
    COURT = "court", _("Court")
    EXPERT = "expert", _("Expert")
    WITNESS = "witness", _("Witness")
    ARMED_GROUP = "armed-group", _("Armed group")
    COMPANY = "company", _("Company")
    ORGANISATION = "organisation", _("Organisation")
    MEDIA = "media", _("Media")
    DOCUMENT = "document", _("Document")
    UNNAMED = "unnamed", _("Unnamed")
    OTHER = "other", _("Other")


class MatchSignal(TextChoices):
    """A signal for or against two sources being the same."""

    NAME = "name", _("the same name")
    ALIAS = "alias", _("the name of one is an alias of the other")
    FORENAMES = "forenames", _("the same surname and compatible first names")
    SPELLING = "spelling", _("similarly spelt names")
    SURNAME = "surname", _("the same surname")
    WIKIDATA = "wikidata", _("the same Wikidata ID")
    KIND = "kind", _("the same kind")
    ROLE = "role", _("the same role as stated")
    ORGANISATION = "organisation", _("the same organisation")
    COUNTRY = "country", _("the same country")
    OUTLET = "outlet", _("in articles from the same outlet and week")
    WEEK = "week", _("in articles from the same week")
    ALONE = "alone", _("no one else has this surname and kind")
    SEVERAL = "several", _("others share this surname and kind")
    OTHER_KIND = "other-kind", _("different kinds")
    OTHER_ROLE = "other-role", _("different roles as stated")
    OTHER_ORGANISATION = "other-organisation", _("different organisations")
    OTHER_COUNTRY = "other-country", _("different countries")


class Stance(TextChoices):
    """How a piece of evidence relates to its claim."""

    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    CONTEXT = "context", _("Context")


class CaptureReason(TextChoices):
    """Why a document was captured."""

    ADDED = "added", _("when it was added")
    ASKED = "asked", _("on request")
    PUBLISHED = "published", _("when a report was published")


class LinkState(TextChoices):
    """What the last check of a link found."""

    REACHABLE = "reachable", _("Reachable")
    CHANGED = "changed", _("Changed")
    MOVED = "moved", _("Moved")
    GONE = "gone", _("Gone")
    UNREACHABLE = "unreachable", _("Unreachable")
    UNKNOWN = "unknown", _("Cannot be checked")


class AnchorStatus(TextChoices):
    """What happened to a claim when its article's text changed, if an editor still has to look at it."""

    CHANGED = "changed", _("Changed in the article")
    ORPHAN = "orphan", _("Position in the article unclear")
    WITHDRAWN = "withdrawn", _("No longer in the article")


class ReviewStatus(TextChoices):
    """The review status of a claim, independent of its verdict."""

    OPEN = "open", _("Open")
    WAITING = "waiting", _("Awaiting second check")
    CHECKED = "second-checked", _("Second-checked")
    SENT_BACK = "sent-back", _("Sent back")


class ChangeAction(TextChoices):
    """A kind of change to claims, as the history shows it."""

    DECIDE = "decide", _("Decided")
    REWORD = "reword", _("Reworded")
    SPANS = "spans", _("Changed the exact words")
    SOURCE = "source", _("Changed the source")
    CHECKABLE = "checkable", _("Marked as checkable or not checkable")
    CREATE = "create", _("Created a claim")
    MERGE = "merge", _("Merged claims")
    SPLIT = "split", _("Split a claim")
    DISMISS = "dismiss", _("Dismissed")
    RESTORE = "restore", _("Restored")
    ASSIGN = "assign", _("Assigned")
    REQUEST_CHECK = "request-check", _("Requested a second check")
    SECOND_CHECK = "second-check", _("Completed a second check")
    SEND_BACK = "send-back", _("Sent back")
    DATA_ENTRY = "data-entry", _("Changed in data entry")
    TAG = "tag", _("Changed tags")
    MERGE_SOURCES = "merge-sources", _("Merged sources")
    NEW_REVISION = "new-revision", _("Carried over to a new version")
    ANCHOR = "anchor", _("Placed in the text")
    ATTACH = "attach", _("Added evidence")
    AMEND = "amend", _("Changed evidence")
    DETACH = "detach", _("Removed evidence")
    TAKE_OVER = "take-over", _("Took over an earlier verdict")
    CONFIRM_MATCH = "confirm-match", _("Confirmed a match")
    DISMISS_MATCH = "dismiss-match", _("Dismissed a match")
    MERGE_GROUPS = "merge-groups", _("Merged groups of repeats")
    LEAVE_GROUP = "leave-group", _("Taken out of a group of repeats")
    SET_CANONICAL = "set-canonical", _("Made the main claim of its group")
    SET_REVIEW_DATE = "set-review-date", _("Changed the review date")


class NotificationKind(TextChoices):
    """What somebody is notified of."""

    ASSIGNED = "assigned", _("Assigned")
    SENT_BACK = "sent-back", _("Sent back")
    CHECK_REQUESTED = "check-requested", _("Second check requested")
    ANSWERED = "answered", _("Second check answered")
    MENTIONED = "mentioned", _("Mentioned in a comment")
    CORRECTION = "correction", _("Report needs a correction")
    DRAFT_SUBMITTED = "draft-submitted", _("Report submitted for approval")
    DRAFT_SENT_BACK = "draft-sent-back", _("Report sent back")
    DRAFT_APPROVED = "draft-approved", _("Report approved")
    DRAFT_PUBLISHED = "draft-published", _("Report published at its time")
    DRAFT_HELD = "draft-held", _("Report not published at its time")


class UndecidedClaims(TextChoices):
    """What becomes of a draft's claims that have no verdict."""

    AT_END = "end", _("Show them last")
    LEFT_OUT = "left-out", _("Leave them out")


class ReportText(TextChoices):
    """What a chief writes in a report that can be corrected after its publication."""

    LEDE = "lede", _("Lede")
    CONCLUSION = "conclusion", _("Conclusion")


class DraftStage(TextChoices):
    """How far a report has come before it is published."""

    WRITING = "writing", _("Draft")
    SUBMITTED = "submitted", _("Awaiting approval")
    SENT_BACK = "sent-back", _("Sent back")
    APPROVED = "approved", _("Approved")


class DraftStepKind(TextChoices):
    """A step on the way of a draft."""

    SUBMITTED = "submitted", _("Submitted for approval")
    SENT_BACK = "sent-back", _("Sent back")
    APPROVED = "approved", _("Approved")
    LAPSED = "lapsed", _("Approval lapsed")
    SCHEDULED = "scheduled", _("Scheduled")
    UNSCHEDULED = "unscheduled", _("Publication cancelled")
    HELD = "held", _("Not published at its time")


class MatchRelation(TextChoices):
    """What a later claim is to an earlier one: those relations of `claims.matching` that are kept."""

    SAME = "same", _("Says the same")
    CONTRADICTS = "contradicts", _("Contradicts it")
    SUPERSEDES = "supersedes", _("Gives a later figure or state")


class MatchState(TextChoices):
    """What people have said about a match. One that was dismissed is never proposed again."""

    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    DISMISSED = "dismissed", _("Dismissed")


class JobStatus(TextChoices):
    """The status of a background job."""

    PREVIEW = "preview", _("Not started")
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Failed")


class MailStatus(TextChoices):
    """What became of a mail to the newsroom's mailbox."""

    READING = "reading", _("Being read")
    TAKEN = "taken", _("Taken")
    ASIDE = "aside", _("Put aside")
    FAILED = "failed", _("Failed")


class DuplicateReason(TextChoices):
    """Why an existing article may be the same as a new one."""

    TEXT = "text", _("Same text")
    ADDRESS = "address", _("Same address, different text")
    NEAR_DUPLICATE = "near-duplicate", _("Nearly the same text")


class TokenScope(TextChoices):
    """What a token of the API allows at the most. The account's own permissions limit it further."""

    READ = "read", _("Read articles, claims, sources and reports")
    INTAKE = "intake", _("Bring in articles")
    REVIEW = "review", _("Decide and edit claims, add evidence and sources")
    REPORTS = "reports", _("Draft reports")
    PUBLISH = "publish", _("Publish reports")


class PersonKind(TextChoices):
    """Whose names the workbench keeps."""

    ACCOUNT = "account", _("Account")
    SOURCE = "source", _("Source")


class WebhookEvent(TextChoices):
    """What other systems can be told of."""

    ARTICLE_CREATED = "article.created", _("An article came in")
    CLAIM_DECIDED = "claim.decided", _("A claim was decided, or its verdict withdrawn")
    CHECK_REQUESTED = "check.requested", _("A second check was requested, or its request withdrawn")
    CHECK_ANSWERED = "check.answered", _("A second check was answered, or its answer withdrawn")
    CONTRADICTION_FOUND = "contradiction.found", _("A contradiction was found")
    REPORT_PUBLISHED = "report.published", _("A report was published, made public or withdrawn")
    REPORT_CORRECTED = "report.corrected", _("A published report was corrected")


class DeliveryState(TextChoices):
    """Whether somebody outside has got a message."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    GIVEN_UP = "given-up", _("Given up")


class NoticeWay(TextChoices):
    """How notifications reach people who are not at the desk."""

    MAIL = "mail", _("E-mail")
    CHAT = "chat", _("Chat")


class NoticePace(TextChoices):
    """When notifications are sent to people who are not at the desk."""

    AT_ONCE = "at-once", _("At once")
    DAILY = "daily", _("Once a day, in the morning")


class ExternalSourceKind(TextChoices):
    """The form in which other newsrooms' fact-checks are published at an address."""

    PAGE = "page", _("Web page with ClaimReview")
    FEED = "feed", _("Data feed (JSON)")
    TABLE = "table", _("Table (CSV)")
