"""Background tasks, and the workers that run them."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks.base import Task as Definition
from django_tasks_db.models import DBTaskResult

LOST_AFTER = timedelta(seconds=60)
"""Who was not heard of for so long is taken for dead, and others take over what it was at. It tells of itself twelve
times as often."""


KINDS = {
    "claims.actions.intake.processing.process_item": _("Add an article"),
    "claims.actions.intake.feeds.check_feed": _("Check a feed"),
    "claims.actions.captures.taking.capture_documents": _("Capture evidence"),
    "claims.actions.external.sources.read_external_source": _("Read other newsrooms’ fact-checks"),
    "claims.actions.intake.mailbox.check_mailbox": _("Check the mailbox"),
    "claims.actions.intake.archives.import_archive": _("Import an archive"),
    "claims.actions.links.archiving.archive_documents": _("Have evidence archived"),
    "claims.actions.links.checking.check_links": _("Check links"),
    "claims.actions.links.checking.enrol_links": _("Find links to check"),
    "claims.actions.claims.bulk_changes.run_in_background": _("Change claims in bulk"),
    "claims.actions.matching.proposals.match_waiting": _("Look for repeats and contradictions"),
    "claims.actions.reports.timestamps.stamp_reports": _("Have reports timestamped"),
    "claims.actions.reports.signatures.sign_reports": _("Sign the PDFs of reports"),
    "claims.actions.notices.sending.send_notices": _("Send notices"),
    "claims.actions.webhooks.delivering.deliver_waiting": _("Tell other systems of events"),
    "claims.actions.exports.write_in_background": _("Write an export"),
    "claims.actions.maintenance.analyze_tables": _("Update database statistics"),
}
"""What each task does, in words."""


class WorkerQuerySet(models.QuerySet["Worker"]):
    """Queries for workers."""

    def alive(self) -> Self:
        """Workers that were seen recently."""
        return self.filter(last_seen_at__gte=timezone.now() - LOST_AFTER)


class Worker(models.Model):
    """A process that runs background tasks, and when it was last seen."""

    name = models.CharField(_("name"), max_length=64, unique=True)
    host = models.CharField(_("machine"), max_length=255)
    process = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("last seen"), default=timezone.now)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["host", "process", "pk"]

    def __str__(self) -> str:
        """The machine and process that it runs as."""
        return f"{self.host} · {self.process}"


class Task(DBTaskResult[..., Any]):
    """Something to be done in the background, as django-tasks keeps it."""

    class Meta:
        proxy = True
        verbose_name = _("task")
        verbose_name_plural = _("background tasks")

    @classmethod
    def under_way(cls, task: "Definition[..., Any]") -> models.QuerySet[Any]:
        """Return what is waiting or running of a task."""
        statuses = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
        return cls.objects.filter(task_path=task.module_path, status__in=statuses)

    def __str__(self) -> str:
        """What it does."""
        return str(KINDS.get(self.task_path, self.task_path))
