"""Files of evidence from before their names were kept get one."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from claims.models import Evidence
from tests.models import rows

migration = import_module("claims.migrations.0015_evidence_steps")


@pytest.mark.parametrize(
    ("title", "content_type", "name"),
    [
        ("Notice of closure", "application/pdf", "Notice of closure.pdf"),
        ("notice.PDF", "application/pdf", "notice.PDF"),
        ("photo.jpeg", "image/jpeg", "photo.jpeg"),
        ("tool.exe", "application/x-msdos-program", "tool.exe"),
        ("https://example.org/notices/may/", "application/pdf", "may.pdf"),
        ("a\u202eb", "", "a b"),
        ("…/", "text/html", "….html"),
    ],
)
def test_the_title_serves(editor, claim, title, content_type, name):
    digest = "f" * 64
    file = {"file": digest, "sha256": digest, "size": 1, "content_type": content_type}
    rows.evidence(claim, editor, title=title, **file)
    rows.evidence(claim, editor)
    migration.fill(apps, SimpleNamespace(connection=connection))
    of_file, of_link = Evidence.objects.order_by("pk")
    assert (of_file.file_name, of_link.file_name) == (name, "")
