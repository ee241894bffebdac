"""`make translations`: updates the catalogues of claims/locale from the texts marked in the sources.

For a new language, add a line to `LANGUAGES` in the settings: this creates its catalogue. Babel replaces GNU
gettext's programs, so that nothing else has to be installed.
"""

import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("claims/**/*.py", "workbench/**/*.py", "templates/**/*.html")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **dict.fromkeys(("gettext_lazy", "gettext_noop", "Phrase")),
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def main() -> None:
    """Update every catalogue. Exits with status 1 if one needs translating."""
    found = marked()
    waiting = 0
    for language in languages():
        catalogue = updated(language, found)
        place(language).parent.mkdir(parents=True, exist_ok=True)
        place(language).write_bytes(as_po(catalogue))
        place(language).with_suffix(".mo").write_bytes(as_mo(catalogue))
        for message in catalogue:
            if not all(texts(message.string)):
                waiting += 1
                sys.stderr.write(f"{language}: no translation for {message.id!r}\n")
    sys.exit(min(waiting, 1))


def languages() -> list[str]:
    """Return the languages that the sources are translated into."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def place(language: str) -> Path:
    """Return the path of a language's .po file; the .mo file is beside it."""
    return ROOT / "claims" / "locale" / language / "LC_MESSAGES" / "django.po"


def marked() -> Catalog:
    """Return every marked text, with the files that it is in."""
    catalogue = Catalog(project="Claim Workbench", fuzzy=False)
    for path in sorted(each for pattern in SOURCES for each in ROOT.glob(pattern)):
        name = path.relative_to(ROOT).as_posix()
        for _line, message, comments, context in _marked_in(path):
            catalogue.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def _marked_in(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text()
    if path.suffix == ".html":
        # What is left of a template is not Python except for its calls; in brackets its indentation does not
        # matter.
        text = f"({templatize(text, origin=str(path))})"
    return extract("python", BytesIO(text.encode()), KEYWORDS, comment_tags=["Translators:"])


def updated(language: str, found: Catalog) -> Catalog:
    """Return a catalogue with exactly the texts that were found: new ones empty, old ones removed."""
    catalogue = Catalog(locale=language, project=found.project, fuzzy=False)
    if place(language).exists():
        with place(language).open("rb") as stream:
            catalogue = read_po(stream, locale=language)
    catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def texts(words: Any) -> Sequence[str]:
    """Return the texts of one entry: one, or one per plural form."""
    return words if isinstance(words, (list, tuple)) else [words or ""]


def as_po(catalogue: Catalog) -> bytes:
    """Return the .po file. Without line numbers, which would change with every edit of a source."""
    stream = BytesIO()
    write_po(stream, catalogue, width=110, sort_by_file=True, include_lineno=False)
    return stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return the .mo file for `gettext`."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


if __name__ == "__main__":
    main()
