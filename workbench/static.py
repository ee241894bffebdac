"""Static files under names that change with their contents, the parts of the desk's script too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's storage, with the names in `import` statements of modules replaced as well."""

    support_js_module_import_aggregation = True
