"""The health checks, for monitoring and for load balancers."""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from claims.queries import health


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """Return 200 if the database answers, all migrations are applied and the disk has room, else 503 and why."""
    for check in (health.disk, health.migrations):
        found = check()
        if found.fault:
            return _answer({"status": found.fault, **found.figures}, is_fine=False)
    return _answer({"status": "ok"}, is_fine=True)


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Return 200 if work gets done as well: a worker is running, and no task is late. Else 503 and every fault."""
    found = {check.name: check.fault or "ok" for check in health.checks()}
    is_fine = set(found.values()) == {"ok"}
    return _answer({"status": "ok" if is_fine else "not ready", "checks": found}, is_fine=is_fine)


def _answer(told: dict[str, object], *, is_fine: bool) -> JsonResponse:
    status = HTTPStatus.OK if is_fine else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(told, status=status)
