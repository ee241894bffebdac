"""A small newsroom with an object for every address, and with every word of it marked."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from claims.actions import (
    comment,
    draft_report,
    merge_sources,
    publish_report,
    reword_claim,
    set_public,
)
from claims.actions.files import keep_file
from claims.choices import JobStatus, SourceKind, Verdict
from claims.models import (
    AccessToken,
    Alias,
    ArchiveImport,
    Article,
    BulkChange,
    BulkChangeItem,
    Capture,
    Change,
    Claim,
    ClaimGroup,
    Correction,
    Desk,
    Evidence,
    Export,
    FailedLogin,
    Feed,
    IntakeItem,
    LinkCheck,
    LoginBrake,
    MailedArticle,
    NoticeChannel,
    Notification,
    Outlet,
    PublicLanguage,
    ReasonTemplate,
    Report,
    Revision,
    SavedFilter,
    Source,
    Tag,
    Task,
)
from claims.queries.reports.editions import edition_of
from tests.models import match_rows, rows
from tests.models.external import external_rows

MARK = "Zanzibolt"
"""Stands in every name and text of this newsroom, and nowhere else."""

TEXT = f"{MARK} has nine bridges, Ada {MARK} said. Two of them are closed, she said. It rained."


@dataclass(frozen=True)
class World:
    """One of each thing that an address names.

    Attributes:
        claim: a claim of the article, with a source, evidence, a comment and a step in the log.
        second: another one of the same source.
        report: a published report, which everyone may read.
        draft: one that nobody published.
        group: the two claims as repeats of each other.
    """

    article: Article
    claim: Claim
    second: Claim
    source: Source
    other: Source
    evidence: Evidence
    capture: Capture
    link: LinkCheck
    change: Change
    bulk_change: BulkChange
    saved: SavedFilter
    export: Export
    intake: IntakeItem
    archive: ArchiveImport
    report: Report
    draft: Report
    correction: Correction
    feed: Feed
    task: Task
    group: ClaimGroup
    notification: Notification
    token: AccessToken
    channel: NoticeChannel
    passkey: Authenticator


def make(maker: User) -> World:
    """Set the newsroom up.

    Args:
        maker: who brought in, drafted and published all of it; a chief editor.
    """
    outlet = Outlet.objects.create(name=f"The {MARK} Courier")
    desk = Desk.objects.create(name=f"{MARK} desk")
    tag = Tag.objects.create(name=f"{MARK} tag")
    ReasonTemplate.objects.create(name=f"{MARK} template", text=f"{MARK} says {{figure}}.")
    PublicLanguage.objects.create(language="de", funding=f"Readers of {MARK}")
    article = rows.article(maker, headline=f"Bridges of {MARK}", outlet=outlet, desk=desk)
    text = rows.revision(
        maker, article=article, number=1, body=TEXT, digest=Revision.digest_of(TEXT)
    )
    source = rows.source(f"Ada {MARK}", kind=SourceKind.MINISTER)
    other = rows.source(f"A. {MARK}", kind=SourceKind.OTHER)
    merged = rows.source(f"Minister {MARK}", kind=SourceKind.OTHER)
    merge_sources(actor=maker, source=merged, into=source)
    Alias.objects.create(source=other, name=f"Old {MARK}")
    claim, second = (
        rows.claim(text, start, source=source, statement=f"{MARK} {words}", role=f"{MARK} role")
        for start, words in ((0, "has nine bridges"), (40, "has two closed bridges"))
    )
    claim.tags.add(tag)
    change = reword_claim(
        actor=maker, claim_id=claim.pk, version=claim.version, statement=f"{MARK} has 9 bridges"
    )
    comment(actor=maker, claim_id=claim.pk, text=f"Who counts in {MARK}?")
    claim.refresh_from_db()
    document = Evidence(
        claim=claim, title=f"{MARK} register", added_by=maker, sha256="0" * 64, size=4
    )
    file = ContentFile(f"{MARK}: nine".encode())
    document.file = keep_file(file, document.file.storage, document.sha256)
    document.save()
    capture = rows.capture(document, maker, page=f"<p>{MARK} has nine bridges.</p>")
    notice = rows.evidence(second, maker, url=f"https://notice.example.org/{MARK}")
    link = rows.link(notice, state="changed", text=f"{MARK} has ten bridges.")
    report = draft_report(actor=maker, title=f"Bridges of {MARK}", article=article)
    publish_report(
        actor=maker, report_id=report.pk, seen=edition_of(actor=maker, report=report).digest
    )
    set_public(actor=maker, report_id=report.pk, public=True)
    report.refresh_from_db()
    reported = report.claims.get(claim=second)
    decided = rows.decision(
        second, maker, verdict=Verdict.DISPUTED, reason=f"{MARK} has eight", version=9
    )
    rows.second_check(decided, maker, note=f"Count again in {MARK}")
    match_rows.match(second, claim)
    external_rows.source(name=f"{MARK} checks")
    external_rows.match(claim, external_rows.check(f"{MARK} has ten bridges"))
    bulk_change = rows.bulk_change(
        maker, fields={"verdict": "verified"}, status=JobStatus.PREVIEW, note=f"{MARK} note"
    )
    BulkChangeItem.objects.create(bulk_change=bulk_change, claim=second, version=second.version)
    export = rows.export(maker, query="", status=JobStatus.DONE)
    storages["exports"].save(str(export.pk), ContentFile(f"{MARK}\n".encode()))
    login = {"username": f"{MARK.lower()}", "ip_address": "192.0.2.1", "user_agent": "Browser"}
    mail = rows.mail(subject=f"{MARK} mail", sender=f"press@{MARK.lower()}.example")
    MailedArticle.objects.create(mail=mail, article=article, created=True)
    FailedLogin.objects.create(**login)
    LoginBrake.objects.create(**login, failures_since_start=1)
    rows.delivery(rows.webhook(name=f"{MARK} webhook"))
    rows.channel(None, desk=desk, shown=f"{MARK} chat")
    return World(
        article=article,
        claim=claim,
        second=second,
        source=source,
        other=other,
        evidence=document,
        capture=capture,
        link=link,
        change=change,
        bulk_change=bulk_change,
        saved=rows.saved_filter(maker, name=f"{MARK} filter", shared=True),
        export=export,
        archive=rows.archive(maker, name=f"{MARK}.csv"),
        intake=rows.intake(maker, address=f"https://{MARK}.example.org/"),
        report=report,
        draft=draft_report(actor=maker, title=f"Draft of {MARK}", article=article),
        correction=rows.correction(second, maker, reported=reported, decision=decided),
        feed=rows.feed(name=f"{MARK} feed"),
        task=rows.task(1),
        group=match_rows.group(second, claim),
        notification=rows.notification(maker, claim, actor_name=f"Mara {MARK}"),
        token=AccessToken.objects.create(
            owner=maker, name=f"{MARK} token", beginning="cwt_1", digest="0" * 64, scopes=["read"]
        ),
        channel=rows.channel(maker),
        passkey=Authenticator.objects.create(
            user=maker, type=Authenticator.Type.WEBAUTHN, data={"name": f"{MARK} key"}
        ),
    )
