"""What the worker does for an export: the filter is asked again, as whoever wants the file."""

from django_tasks import TaskContext, task

from claims.actions import write_export
from claims.listing.filters import ClaimFilter
from claims.listing.rows import Rows
from claims.models import Export
from claims.renderers.types import Table


@task(takes_context=True)
def write_in_background(context: TaskContext, export_id: int) -> dict[str, object] | None:
    """Write the file of an export, unless it was stopped, or expired, before. One whose worker died is written anew.

    Returns:
        What went wrong, as `claims.errors.as_data` has it.
    """
    export = Export.objects.select_related("actor").filter(pk=export_id).first()
    if export is None:
        return None

    def rows() -> tuple[int, Table]:
        chosen = Rows(ClaimFilter.of_query(export.query, export.actor).qs, export.actor)
        return len(chosen), chosen.table()

    write_export(export, rows, anew=context.attempt > 1)
    export.refresh_from_db(fields=["error"])
    return {"template": export.error, "params": {}} if export.error else None
