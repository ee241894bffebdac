"""Thumbnails of stored files, drawn in the background: nobody waits for one, and a hostile file costs its own."""

import logging
from typing import BinaryIO, cast

from django.core.files.base import ContentFile
from django_tasks import task

from claims.errors import ReadersBusyError, WorkbenchError
from claims.ingest import sandbox
from claims.models import Evidence, Task, Thumbnail
from claims.outages import STORAGE_AWAY

logger = logging.getLogger(__name__)

_AT_ONCE = 20
"""How many one task draws, so that other tasks need not wait for all of them."""


def want_thumbnail(sha256: str) -> None:
    """Have a thumbnail drawn of a stored file, unless that was tried before. The caller has a transaction."""
    Thumbnail.objects.get_or_create(sha256=sha256)


def enqueue_thumbnails() -> None:
    """Have the thumbnails drawn that are due, unless they are being drawn already."""
    if (
        Thumbnail.objects.filter(is_due=True).exists()
        and not Task.under_way(draw_thumbnails).exists()
    ):
        draw_thumbnails.enqueue()


@task(priority=-5)
def draw_thumbnails() -> None:
    """Draw some of the thumbnails that are due, and enqueue the rest behind whatever else is to be done.

    Of a file that cannot be read none is drawn, and none is tried again.
    """
    due = list(Thumbnail.objects.filter(is_due=True).order_by("sha256")[: _AT_ONCE + 1])
    for thumbnail in due[:_AT_ONCE]:
        try:
            _draw(thumbnail)
        except ReadersBusyError:
            return
        except (OSError, WorkbenchError) as error:
            if getattr(error, "errno", None) in STORAGE_AWAY:
                return
            logger.warning("no thumbnail of %s: %s", thumbnail.sha256, error)
        thumbnail.is_due = False
        thumbnail.save()
    if len(due) > _AT_ONCE:
        draw_thumbnails.enqueue()


def _draw(thumbnail: Thumbnail) -> None:
    storage = Evidence._meta.get_field("file").storage
    with storage.open(thumbnail.sha256) as file:
        drawn = sandbox.thumbnail(cast("BinaryIO", file.file))
    if drawn is not None:
        storage.delete(thumbnail.name)
        storage.save(thumbnail.name, ContentFile(drawn.png))
        thumbnail.width, thumbnail.height = drawn.width, drawn.height
