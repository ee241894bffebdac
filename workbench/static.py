"""Static files with names that change with their contents, including imported script modules."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Nothing public gives it.
_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]  # noqa: SLF001


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # its package has no types
    """WhiteNoise's storage, with the names in `import` statements of our modules replaced as well.

    Django's own option for that reads every script, and mistakes words in third-party comments for imports.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("claims/*.js", _IMPORTS),
    )
