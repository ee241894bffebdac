"""Actions on the inbox and on background tasks."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile

from claims.access import Role
from claims.errors import BadAddressError, NotPossibleError
from claims.ingest.types import ArticleDraft
from claims.models import ArchiveImport, IntakeItem
from tests.actions.driven.driving import UNSPEAKABLE, Driven, Keywords
from tests.models import rows

WIRE = b'{"text": "The ferry sails on Monday, officials said."}'
STORY = ArticleDraft(headline="Ferries", body="The ferry sails on Monday, officials said.")


def _brought(actor: str, **fields: Any) -> IntakeItem:
    """An article in a person's inbox."""
    return rows.intake(User.objects.get_or_create(username=actor)[0], **fields)


def _on_inbox(keywords: Keywords, **options: Any) -> Driven:
    """An action that leaves something in the actor's inbox."""
    return Driven(
        **{
            "role": Role.EDITOR,
            "keywords": keywords,
            "failure": NotPossibleError,
            "log": "IntakeItem",
            "actor_field": "actor_id",
        }
        | options
    )


def _archive(actor: str, **fields: Any) -> ArchiveImport:
    """An archive of a person's."""
    return rows.archive(User.objects.get_or_create(username=actor)[0], **fields)


def _on_archive(keywords: Keywords, **options: Any) -> Driven:
    """An action on one of the actor's archives."""
    return _on_inbox(keywords, **{"log": "ArchiveImport"} | options)


def _and_no_more(first: Any) -> Iterator[Any]:
    """A list that breaks off behind the first."""
    yield first
    raise RuntimeError


INBOX = {
    "add_to_inbox": _on_inbox(
        lambda _: {"draft": STORY},
        breaks=lambda _: {"draft": STORY, "name": UNSPEAKABLE},
        failure=UnicodeError,
    ),
    "request_fetch": _on_inbox(
        lambda _: {"address": "https://courier.example.org/ferries"},
        breaks=lambda _: {"address": "the courier"},
        failure=BadAddressError,
    ),
    "edit_item": _on_inbox(
        lambda _: {"item_id": _brought("actor").pk, "draft": STORY},
        breaks=lambda _: {"item_id": _brought("somebody").pk, "draft": STORY},
    ),
    "accept_item": _on_inbox(
        lambda _: {"item_id": _brought("actor").pk},
        breaks=lambda _: {"item_id": _brought("somebody").pk},
        log="Article",
        actor_field="imported_by_id",
    ),
    "accept_items": _on_inbox(
        lambda _: {"item_ids": [_brought("actor").pk]},
        breaks=lambda _: {"item_ids": ["the first"]},
        failure=ValueError,
    ),
    "discard_item": _on_inbox(
        lambda _: {"item_id": _brought("actor").pk},
        breaks=lambda _: {"item_id": _brought("somebody").pk},
        log="LogEntry",
        actor_field="user_id",
    ),
    "retry_item": _on_inbox(
        lambda _: {"item_id": _brought("actor", status="failed").pk},
        breaks=lambda _: {"item_id": _brought("somebody", status="failed").pk},
    ),
    "take_mails": Driven(
        role=Role.CHIEF,
        keywords=lambda _: {"mail_ids": [rows.mail().pk]},
        breaks=lambda _: {"mail_ids": _and_no_more(rows.mail().pk)},
        failure=RuntimeError,
        log="LogEntry",
        actor_field="user_id",
        without=Role.EDITOR,
    ),
    "add_archive": _on_archive(
        lambda _: {"file": ContentFile(WIRE), "name": "wire.jsonl"},
        breaks=lambda _: {"file": ContentFile(WIRE), "name": f"{UNSPEAKABLE}.jsonl"},
        failure=UnicodeError,
    ),
    "start_archive": _on_archive(
        lambda _: {"archive_id": _archive("actor").pk},
        breaks=lambda _: {"archive_id": _archive("somebody").pk},
    ),
    "stop_archive": _on_archive(
        lambda _: {"archive_id": _archive("actor", status="waiting").pk},
        breaks=lambda _: {"archive_id": _archive("somebody", status="waiting").pk},
    ),
    "discard_archive": _on_archive(
        lambda _: {"archive_id": _archive("actor").pk},
        breaks=lambda _: {"archive_id": _archive("somebody").pk},
        log="LogEntry",
        actor_field="user_id",
    ),
    "run_again": Driven(
        role=Role.CHIEF,
        keywords=lambda _: {"tasks": [rows.task(0, status="FAILED")]},
        breaks=lambda _: {"tasks": _and_no_more(rows.task(0, status="FAILED"))},
        failure=RuntimeError,
        log="LogEntry",
        actor_field="user_id",
        without=Role.EDITOR,
    ),
    "cancel_tasks": Driven(
        role=Role.CHIEF,
        keywords=lambda _: {"tasks": [rows.task(0)]},
        breaks=lambda _: {"tasks": _and_no_more(rows.task(0))},
        failure=RuntimeError,
        log="LogEntry",
        actor_field="user_id",
        without=Role.EDITOR,
    ),
}
