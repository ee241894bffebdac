"""The mailbox to which articles are mailed: workers take each mail from it once."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_tasks import task

from claims.actions.accounts.managing import workbench_account
from claims.actions.articles.arrival import FEED, receive_article
from claims.actions.base import action
from claims.choices import MailStatus
from claims.errors import (
    MailboxError,
    NotForUseError,
    ReadingFailedError,
    TooLargeError,
    WorkbenchError,
    as_data,
    is_temporary,
    place_of,
)
from claims.fetching import mailboxes
from claims.ingest import sandbox
from claims.ingest.types import ArticleDraft
from claims.models import Mail, Mailbox, MailedArticle

EVERY = timedelta(minutes=1)
"""Between two checks."""

LONGEST = timedelta(hours=1)
"""How long a mailbox that cannot be read is left alone, at the most."""

LEASE = timedelta(minutes=10)
"""How long one mail may take, before another worker looks at the mailbox."""

AT_ONCE = 50
"""How many mails one check takes; the next one follows at once."""

MAX_BYTES = 20_000_000
"""Of one mail. Most servers take no larger one."""

MAX_ATTEMPTS = 3
"""How often a mail is begun: one that kills its worker each time would keep out all that come after it."""

_NOT_ALLOWED = gettext_noop("its sender is not among those whose mails are taken")
_GONE = gettext_noop("it is no longer in the mailbox")
_TWICE = gettext_noop("the same mail was taken before")
_DIED = gettext_noop("the worker died each time it was read")

_log = logging.getLogger(__name__)


def _account() -> mailboxes.Account | None:
    """Return the mailbox of the settings; None if there is none."""
    return mailboxes.Account(**settings.MAILBOX) if settings.MAILBOX else None


def check_due_mailbox() -> None:
    """Have a worker read the mailbox, if it is due."""
    account = _account()
    if account is None:
        return
    mailbox = Mailbox.objects.filter(address=account.address).first()
    mailbox = mailbox or Mailbox.objects.get_or_create(address=account.address)[0]
    now = timezone.now()
    if mailbox.next_check_at > now:
        return
    with transaction.atomic():
        # If several workers try at the same time, one of them enqueues the task.
        mine = Mailbox.objects.filter(pk=mailbox.pk, next_check_at=mailbox.next_check_at)
        if mine.update(next_check_at=now + LEASE):
            check_mailbox.enqueue(mailbox.pk)


@task()
def check_mailbox(mailbox_id: int) -> dict[str, object] | None:
    """Take the mails that came since the last check, each separately.

    A worker that is killed loses nothing: what a mail became is noted before it is marked as read, and what was begun
    is begun again. Nor does it double anything: an article that is here already is not created again.

    Returns:
        The error, as from `claims.errors.base.as_data`.
    """
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    account = _account()
    if account is None or account.address != mailbox.address:
        return None
    try:
        with mailboxes.opened(account) as box:
            is_more = _take_all(mailbox, box)
    except WorkbenchError as error:
        _note_failure(mailbox, error)
        return as_data(error)
    now = timezone.now()
    Mailbox.objects.filter(pk=mailbox_id).update(
        checked_at=now, next_check_at=now if is_more else now + EVERY, failures=0, error=None
    )
    return None


@action("claims.change_mail", what=gettext_noop("take mails"))
def take_mails(*, actor: User, mail_ids: Iterable[int]) -> int:
    """Have a worker read mails that were put aside or that failed, whoever sent them, with the next look at the mailbox.

    What is being read, was taken, or is not in the mailbox of the settings any more, stays as it is.

    Returns:
        How many they are.
    """
    account = _account()
    mailbox = Mailbox.objects.filter(address=account.address).first() if account else None
    if mailbox is None:
        return 0
    found = list(
        Mail.objects.select_for_update(of=("self",)).filter(
            pk__in=list(mail_ids),
            mailbox=mailbox,
            uid_validity=mailbox.uid_validity,
            status__in=(MailStatus.ASIDE, MailStatus.FAILED),
        )
    )
    ids = [mail.pk for mail in found]
    # Only what could not be read: an article of theirs would have made them taken.
    MailedArticle.objects.filter(mail__in=ids).delete()
    Mail.objects.filter(pk__in=ids).update(
        status=MailStatus.READING, accepted=True, attempts=0, error=None
    )
    if found:
        Mailbox.objects.filter(pk=mailbox.pk).update(next_check_at=timezone.now())
        LogEntry.objects.log_actions(actor.pk, found, CHANGE, change_message="taken")
    return len(found)


def _take_all(mailbox: Mailbox, box: mailboxes.Mailbox) -> bool:
    """Take what was begun, and then what is new. Returns whether there may be more."""
    _follow(mailbox, box.uid_validity)
    _mark(mailbox, box)
    for mail in _begun(mailbox):
        _take(mail, box)
    new = box.after(mailbox.last_uid, most=AT_ONCE)
    for uid in new:
        _take(_begin(mailbox, uid), box)
    return len(new) == AT_ONCE


def _follow(mailbox: Mailbox, uid_validity: int) -> None:
    """Begin with the first mail again if the server has given all of them other numbers."""
    if mailbox.uid_validity == uid_validity:
        return
    with transaction.atomic():
        # What was begun is found again under its new number, and known by its identity if somebody accepted it.
        begun = Mail.objects.filter(mailbox=mailbox, status=MailStatus.READING)
        begun.filter(accepted=True).update(status=MailStatus.ASIDE)
        begun.filter(accepted=False).delete()
        mailbox.uid_validity, mailbox.last_uid = uid_validity, 0
        mailbox.save(update_fields=["uid_validity", "last_uid"])


def _begun(mailbox: Mailbox) -> list[Mail]:
    return list(
        Mail.objects.filter(
            mailbox=mailbox, uid_validity=mailbox.uid_validity, status=MailStatus.READING
        ).order_by("uid")
    )


def _begin(mailbox: Mailbox, uid: int) -> Mail:
    with transaction.atomic():
        mail, _created = Mail.objects.get_or_create(
            mailbox=mailbox, uid_validity=mailbox.uid_validity, uid=uid
        )
        mailbox.last_uid = uid
        mailbox.next_check_at = timezone.now() + LEASE
        mailbox.save(update_fields=["last_uid", "next_check_at"])
    return mail


def _take(mail: Mail, box: mailboxes.Mailbox) -> None:
    """Bring in the articles of a mail, note what became of it, and mark it as read.

    Raises:
        MailboxError: the connection broke; the mail is begun again.
        WorkbenchError: it cannot be read now, and is begun again.
    """
    mail.attempts += 1
    Mail.objects.filter(pk=mail.pk).update(attempts=mail.attempts)
    articles: list[MailedArticle] = []
    try:
        if mail.attempts > MAX_ATTEMPTS:
            raise ReadingFailedError(where=_DIED)
        if _is_welcome(mail, box):
            articles = [
                _received(mail, part.name, part.found)
                # All are read first, so that other files need not wait until they are split.
                for part in list(sandbox.mail(_whole(mail, box)))
            ]
            is_taken = any(each.article for each in articles)
            mail.status = MailStatus.TAKEN if is_taken else MailStatus.FAILED
        else:
            mail.status = MailStatus.ASIDE
    except WorkbenchError as error:
        if isinstance(error, MailboxError) or is_temporary(error):
            # That is no fault of the mail.
            Mail.objects.filter(pk=mail.pk).update(attempts=mail.attempts - 1)
            raise
        mail.status, mail.error = MailStatus.FAILED, as_data(error)
    _finish(mail, articles)
    _mark(mail.mailbox, box)


def _is_welcome(mail: Mail, box: mailboxes.Mailbox) -> bool:
    """Note who sent a mail, and whether it is to be taken. The header tells; the rest is not fetched for that."""
    header = box.header(mail.uid)
    if not header:
        raise NotForUseError(why=_GONE)
    envelope = sandbox.envelope(header)
    mail.sender, mail.subject = envelope.sender, envelope.subject
    if envelope.message_id:
        told = f"{envelope.message_id}\n{envelope.sender}"
        mail.identity = sha256(told.encode(errors="replace")).hexdigest()
    domain = envelope.sender.rpartition("@")[2]
    why = ""
    if _was_taken(mail):
        why = _TWICE
    elif not ({envelope.sender, domain} & set(settings.MAILBOX_SENDERS) or _is_accepted(mail)):
        why = _NOT_ALLOWED
    mail.error = as_data(NotForUseError(why=why)) if why else None
    return not why


def _was_taken(mail: Mail) -> bool:
    same = Mail.objects.filter(identity=mail.identity, mailbox=mail.mailbox)
    return bool(mail.identity) and same.filter(status=MailStatus.TAKEN).exists()


def _is_accepted(mail: Mail) -> bool:
    """Whether somebody chose to take a mail, or the same one before the server gave all mails other numbers.

    Among mails with numbers of one kind, another that gives itself the same identity is not that mail.
    """
    before = Mail.objects.exclude(uid_validity=mail.uid_validity)
    same = before.filter(identity=mail.identity, mailbox=mail.mailbox, accepted=True)
    return mail.accepted or (bool(mail.identity) and same.exists())


def _whole(mail: Mail, box: mailboxes.Mailbox) -> BytesIO:
    size = box.size(mail.uid)
    if size is None:
        raise NotForUseError(why=_GONE)
    if size > MAX_BYTES:
        raise TooLargeError(limit=MAX_BYTES // 1_000_000, unit=gettext_noop("MB"))
    return BytesIO(box.whole(mail.uid))


def _received(mail: Mail, name: str, found: ArticleDraft | WorkbenchError) -> MailedArticle:
    """Bring in an article. Whatever is wrong with it is noted, and the others of its mail come in."""
    told = MailedArticle(mail=mail, name=name[:300])
    try:
        if isinstance(found, WorkbenchError):
            raise found
        result = receive_article(actor=workbench_account(), draft=found, policy=FEED)
        told.article, told.created = result.article, result.created
    except WorkbenchError as error:
        if is_temporary(error):
            raise
        told.error = as_data(error)
    except (OperationalError, InterfaceError):
        raise
    except (DatabaseError, ValueError) as error:
        _log.exception("an article of a mail could not be saved")
        told.error = as_data(ReadingFailedError(where=place_of(error)))
    return told


def _finish(mail: Mail, articles: list[MailedArticle]) -> None:
    """Note what became of a mail, unless another worker has noted it meanwhile."""
    with transaction.atomic():
        open_ = Mail.objects.filter(pk=mail.pk, status=MailStatus.READING)
        if open_.update(
            sender=mail.sender,
            subject=mail.subject,
            identity=mail.identity,
            status=mail.status,
            error=mail.error,
        ):
            MailedArticle.objects.bulk_create(articles)


def _mark(mailbox: Mailbox, box: mailboxes.Mailbox) -> None:
    """Mark what was taken as read. What was put aside or failed stays unread, for a person to see there too."""
    taken = Mail.objects.filter(
        mailbox=mailbox, uid_validity=box.uid_validity, status=MailStatus.TAKEN, marked=False
    )
    uids = dict(taken.values_list("pk", "uid"))
    box.mark_as_read(list(uids.values()))
    Mail.objects.filter(pk__in=uids).update(marked=True)


def _note_failure(mailbox: Mailbox, error: WorkbenchError) -> None:
    failures = mailbox.failures + 1
    wait = min(LONGEST, EVERY * 2 ** min(failures, 10))
    now = timezone.now()
    Mailbox.objects.filter(pk=mailbox.pk).update(
        checked_at=now, next_check_at=now + wait, failures=failures, error=as_data(error)
    )
