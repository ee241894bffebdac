"""Reports as files to download."""

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from claims import renderers
from claims.queries.reports.editions import file_of
from claims.renderers.types import PUBLIC_EDITION, Edition


def as_download(edition: Edition, key: str, number: str) -> HttpResponseBase:
    """Return a report in a format, as a file whose name says what it is and which edition.

    Args:
        edition: the report.
        key: the format's.
        number: what the name has of the report besides its title ("report-3").

    Raises:
        UnknownReportFormatError: if there is no format with that key.
    """
    export = renderers.get(key)
    name = slugify(edition.report.title)[:60] or "report"
    # In capitals, where a mistake would do harm.
    kind = edition.kind if edition.kind == PUBLIC_EDITION else edition.kind.upper()
    response = StreamingHttpResponse(file_of(edition, export), content_type=export.content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=export.file_name(f"{name}-{number}-{kind}")
    )
    return response
