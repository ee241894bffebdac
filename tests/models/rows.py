"""Rows for tests that need some without splitting a text."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import get_date_max

from claims.actions.files import digest_of, keep_file
from claims.capturing.warc import warc_of
from claims.choices import ChangeAction, Quotation, Verdict, WebhookEvent
from claims.fetching import Exchange
from claims.fetching.addresses import host_of
from claims.ingest.types import ArticleDraft
from claims.models import (
    ArchiveImport,
    ArchiveRequest,
    Article,
    BulkChange,
    Capture,
    Change,
    ChangedClaim,
    Claim,
    Comment,
    Correction,
    Decision,
    Evidence,
    Export,
    Feed,
    IntakeItem,
    LinkCheck,
    Mail,
    Mailbox,
    MailedArticle,
    NoticeChannel,
    Notification,
    Presence,
    PublicLanguage,
    ReasonTemplate,
    Report,
    ReportedClaim,
    Revision,
    SavedFilter,
    SecondCheck,
    Source,
    Task,
    Webhook,
    WebhookDelivery,
)

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


def become(claims: Claim | Iterable[Claim], **fields: Any) -> None:
    """Change rows of claims as they are. A verdict needs its decision, which is made if it is not there."""
    for one in [claims] if isinstance(claims, Claim) else claims:
        needed = dict(fields)
        newest = one.decisions.newest_first().first()
        if "verdict" in fields and fields["verdict"] != (newest or one).verdict:
            made = decision(
                one,
                one.revision.article.imported_by,
                verdict=fields["verdict"],
                version=(newest or one).version + 1,
                reason="So it is.",
            )
            needed.setdefault("version", made.version)
        Claim.objects.filter(pk=one.pk).update(**needed)


def source(name: str = "Ada Venn", **fields: Any) -> Source:
    """A source of the registry."""
    return Source.objects.create(name=name, **fields)


def evidence(of: Claim, user: User, **fields: Any) -> Evidence:
    """A document for a claim."""
    values = {"title": "Bridge register", "url": "https://register.example.org/olm"}
    return Evidence.objects.create(claim=of, added_by=user, **values | fields)


def capture(of: Evidence, user: User, page: str = "", **fields: Any) -> Capture:
    """A capture of a page, with its WARC file if the page is given."""
    values = {"key": of.address_key or of.sha256, "url": of.url, "reason": "asked"}
    values["text"] = page or "The register."
    made = Capture(evidence=of, asked_by=user, **values | fields)
    if page:
        at, head = timezone.now(), b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        exchange = Exchange(
            "http://a.example/", "192.0.2.1", at, b"GET / HTTP/1.1\r\n\r\n", head + page.encode()
        )
        file = ContentFile(warc_of([exchange], software="Test"))
        made.sha256, made.size = digest_of(file), file.size
        made.file = keep_file(file, made.file.storage, made.sha256)
    made.save()
    return made


def link(of: Evidence, **fields: Any) -> LinkCheck:
    """What is known of the link of a piece of evidence; without a state, it has not been checked yet."""
    values = {"key": of.address_key, "url": of.url, "host": host_of(of.url)}
    if fields.get("state"):
        values["checked_at"] = timezone.now()
    return LinkCheck.objects.create(**values | fields)


def links_of(of: Evidence) -> Callable[[User], None]:
    """What makes a link that is gone, and what a person asks an archive to keep."""

    def make(user: User) -> None:
        link(of, state="gone")
        ArchiveRequest.objects.create(evidence=of, asked_by=user)

    return make


def decision(of: Claim, user: User, **fields: Any) -> Decision:
    """An entry of the log; the claim itself stays as it is."""
    values = {"verdict": Verdict.VERIFIED, "previous_verdict": Verdict.PENDING, "version": 2}
    values |= {"actor": user, "actor_name": "Edda"}
    return Decision.objects.create(claim=of, **values | fields)


def second_check(of: Decision, user: User, **fields: Any) -> SecondCheck:
    """A request of a second check by somebody else, withdrawn unless told otherwise."""
    values = {
        "claim": of.claim,
        "asked_by": user,
        "asked_by_name": "Edda",
        "withdrawn_at": timezone.now(),
    }
    return SecondCheck.objects.create(decision=of, **values | fields)


def change(of: Claim, user: User, **fields: Any) -> Change:
    """An entry of the log of changes, which names no claim yet."""
    values = {
        "article": of.revision.article,
        "action": ChangeAction.REWORD,
        "actor": user,
        "actor_name": "Edda",
    }
    return Change.objects.create(**values | fields)


def changed(of: Claim, user: User, **fields: Any) -> ChangedClaim:
    """What a change of its own did to the claim; the claim itself stays as it is."""
    values = {"before": {"role": ""}, "after": {"role": "the minister"}, "version": 2}
    if "change" not in fields:
        values["change"] = change(of, user)
    return ChangedClaim.objects.create(claim=of, **values | fields)


def comment(of: Claim, user: User, **fields: Any) -> Comment:
    """A remark on a claim."""
    values = {"text": "Is it open?", "author": user, "author_name": "Edda"}
    return Comment.objects.create(claim=of, **values | fields)


def bulk_change(user: User, **fields: Any) -> BulkChange:
    """A bulk change that has done nothing."""
    return BulkChange.objects.create(
        **{"action": ChangeAction.DECIDE, "actor": user, "actor_name": "Edda"} | fields
    )


def saved_filter(user: User, **fields: Any) -> SavedFilter:
    """A filter under a name."""
    return SavedFilter.objects.create(**{"name": "For Friday", "owner": user} | fields)


def report(user: User, **fields: Any) -> Report:
    """A draft over no claims."""
    return Report.objects.create(
        **{"title": "Bridges of May", "made_by": user, "made_by_name": "Edda"} | fields
    )


def reported(of: Claim, user: User, **fields: Any) -> ReportedClaim:
    """A claim in a published report of its own."""
    values = {"verdict": Verdict.VERIFIED}
    if "report" not in fields:
        values["report"] = report(user, published_at=timezone.now())
    return ReportedClaim.objects.create(claim=of, **values | fields)


def correction(of: Claim, user: User, **fields: Any) -> Correction:
    """What readers are to be told of a claim that is in a published report."""
    values = {"previous_verdict": Verdict.VERIFIED}
    if "decision" not in fields:
        values["decision"] = decision(of, user, verdict=Verdict.DISPUTED, reason="There are eight.")
    if "reported" not in fields:
        values["reported"] = reported(of, user)
    return Correction.objects.create(**values | fields)


def export(user: User, **fields: Any) -> Export:
    """A file that waits to be written."""
    return Export.objects.create(**{"format": "csv", "actor": user} | fields)


def intake(user: User, **fields: Any) -> IntakeItem:
    """An article that lies in someone's inbox, read."""
    made = IntakeItem(**{"actor": user, "status": "preview"} | fields)
    if "draft" not in fields:
        made.hold(ArticleDraft(headline="Ferries", body="The ferry sails again, officials said."))
    made.save()
    return made


def feed(**fields: Any) -> Feed:
    """A feed that is to be looked at now."""
    return Feed.objects.create(**{"address": "https://courier.example.org/feed.xml"} | fields)


def archive(user: User, **fields: Any) -> ArchiveImport:
    """An archive that was looked at, and is not imported yet."""
    values = {"name": "wire.csv", "size": 100, "preview": {"columns": [], "records": []}}
    return ArchiveImport.objects.create(actor=user, **values | fields)


def mailbox(**fields: Any) -> Mailbox:
    """A mailbox that is to be looked at now."""
    values = {"address": "desk@courier.example · INBOX", "uid_validity": 1} | fields
    return Mailbox.objects.create(**values)


def mail(**fields: Any) -> Mail:
    """A mail that was put aside."""
    values = {"uid": 1, "uid_validity": 1, "subject": "Bridge closed", "status": "aside"} | fields
    if "mailbox" not in values:
        values["mailbox"] = Mailbox.objects.first() or mailbox()
    return Mail.objects.create(**values)


def mailed_article(**fields: Any) -> MailedArticle:
    """An attachment of a mail that could not be read."""
    return MailedArticle.objects.create(**{"name": "bridge.docx", "mail": mail()} | fields)


def ways_in(user: User) -> None:
    """One of each thing that articles come in by."""
    feed()
    intake(user)
    archive(user)
    mailed_article()


def task(*arguments: Any, **fields: Any) -> Task:
    """Something that a worker is to do about the articles on their way in."""
    return Task.objects.create(
        **{
            "task_path": "claims.actions.intake.processing.process_item",
            "args_kwargs": {"args": list(arguments), "kwargs": {}},
            "backend_name": "default",
            "run_after": get_date_max(),
        }
        | fields
    )


def own_words() -> None:
    """A sentence that the desk offers as a reason, and a language in which the newsroom publishes."""
    ReasonTemplate.objects.create(name="Figure", text="{source} says {figure}.")
    PublicLanguage.objects.create(language="de")


def presence(at: Article, user: User, **fields: Any) -> Presence:
    """Someone who has the article open now."""
    return Presence.objects.create(
        article=at, user=user, **{"last_seen_at": timezone.now()} | fields
    )


def notification(to: User, of: Claim, **fields: Any) -> Notification:
    """What somebody is told of a claim, and has not read."""
    values = {
        "kind": "assigned",
        "actor_name": "Edda",
        "claim": of,
        "article": of.revision.article,
    }
    return Notification.objects.create(recipient=to, **values | fields)


def webhook(**fields: Any) -> Webhook:
    """Another system that is told of everything."""
    made = Webhook(
        **{
            "name": "website",
            "address": "https://site.example.org/hook",
            "events": WebhookEvent.values,
        }
        | fields
    )
    made.replace_secret("whsec_aGVsbG8=")
    made.save()
    return made


def delivery(to: Webhook, **fields: Any) -> WebhookDelivery:
    """A message that waits to be sent."""
    values = {"event": "article.created", "subject": "article/1", "data": {"article": 1}}
    return WebhookDelivery.objects.create(webhook=to, **values | fields)


def channel(owner: User | None, **fields: Any) -> NoticeChannel:
    """Where somebody's notifications are sent, or those of a desk."""
    values = {"owner": owner, "way": "chat", "shown": "Mattermost · chat.example.org"}
    made = NoticeChannel(**values | fields)
    made.keep_address("mmosts://chat.example.org/abcdefghijklmnopqrstuvwxyz")
    made.save()
    return made
