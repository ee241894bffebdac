"""Metrics for Prometheus. They are read from the database when they are asked for, and so are the same for all processes."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from claims.models import Article, Decision, Task, Worker
from claims.queries import health
from claims.queries.tasks import failed

_FIGURES = {
    ("disk", "free"): ("disk_free_bytes", "Bytes free on the fullest disk that is written to."),
    ("disk", "total"): ("disk_size_bytes", "Bytes of that disk."),
    ("database", "number"): ("migrations_waiting", "Migrations that are not applied."),
    ("replica", "seconds"): (
        "replica_lag_seconds",
        "Seconds for which what is read from the replica may be outdated.",
    ),
    ("workers", "number"): ("workers", "Workers that are running."),
    ("queue", "number"): ("tasks_due", "Background tasks that wait for a worker."),
    ("queue", "seconds"): ("task_oldest_seconds", "Seconds that the oldest of them has waited."),
}
"""The name and the help text of each figure of a check."""


class _Workbench(Collector):
    """What the database and the disk are like now."""

    def describe(self) -> list[Metric]:
        """Return nothing: a registry would else collect everything once only to learn the names."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield every metric."""
        version = GaugeMetricFamily("workbench_info", "The version.", labels=["version"])
        version.add_metric([settings.SOFTWARE], 1)
        yield version
        fine = GaugeMetricFamily(
            "workbench_works", "Whether a part works: 1 or 0.", labels=["part"]
        )
        for check in health.checks():
            fine.add_metric([check.name], not check.fault)
            for name, number in check.figures.items():
                metric, told = _FIGURES[check.name, name]
                yield GaugeMetricFamily(f"workbench_{metric}", told, value=number)
        yield fine
        if ("database", 1) in {(one.labels["part"], one.value) for one in fine.samples}:
            yield from self._rows()

    def _rows(self) -> Iterator[Metric]:
        """Yield what only tables can tell."""
        seen = GaugeMetricFamily(
            "workbench_worker_seen_seconds",
            "Seconds since a worker was last seen.",
            labels=["worker"],
        )
        for worker in Worker.objects.alive():
            age = timezone.now() - worker.last_seen_at
            seen.add_metric([str(worker)], age.total_seconds())
        yield seen
        yield GaugeMetricFamily(
            "workbench_tasks_failed",
            "Background tasks that failed and were not started again.",
            value=failed(Task.objects.finished()).count(),
        )
        for name, model in (("article", Article), ("decision", Decision)):
            # Counting all rows would take longer the more there are, at every scrape.
            newest = model._default_manager.aggregate(newest=Max("pk"))["newest"] or 0
            told = f"The number of the newest {name}; a few numbers are never given."
            yield CounterMetricFamily(f"workbench_{name}s", told, value=newest)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the metrics to whoever sends the token of METRICS_TOKEN. Without that setting, there is no such page."""
    token: str = settings.METRICS_TOKEN
    sent = request.headers.get("Authorization", "")
    if not token or not constant_time_compare(sent, f"Bearer {token}"):
        raise Http404
    registry = CollectorRegistry()
    registry.register(_Workbench())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
