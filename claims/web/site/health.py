"""The health check, for monitoring."""

import shutil
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """Return 200 if the database answers, all migrations are applied and the disk has room, else 503 and why."""
    fault = _fault_of_disk() or _fault_of_database()
    status = HTTPStatus.SERVICE_UNAVAILABLE if fault else HTTPStatus.OK
    return JsonResponse(fault or {"status": "ok"}, status=status)


def _fault_of_disk() -> dict[str, object]:
    free = shutil.disk_usage(settings.DATA_DIR).free
    return {"status": "disk full", "free": free} if free < settings.DISK_RESERVE else {}


def _fault_of_database() -> dict[str, object]:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return {"status": "no database"}
    return {"status": "migrations waiting", "number": len(waiting)} if waiting else {}
