"""The database backend, which Django looks for here."""

from django.db.backends.postgresql import base

from workbench.postgresql.schema import SchemaEditor


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with another schema editor."""

    SchemaEditorClass = SchemaEditor
