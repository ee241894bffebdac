"""Static files with names that change with their contents, including imported script modules."""

from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Nothing public gives it.
_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]  # noqa: SLF001


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # its package has no types
    """WhiteNoise's storage, with the names in `import` statements of our modules replaced as well.

    Django's own option for that reads every script, and mistakes words in third-party comments for imports.

    The address of a file is put together once: a page has dozens.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("claims/*.js", _IMPORTS),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, *given: bool, **named: bool) -> str:
        """Return the address of a file, with the name that changes with its contents; the other arguments are Django's."""
        if given or named or settings.DEBUG:
            return str(super().url(name, *given, **named))
        if name not in self._addresses:
            self._addresses[name] = super().url(name)
        return self._addresses[name]
