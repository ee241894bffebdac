"""`make translations`: the catalogues of claims/locale, in step with what the sources mark for translation.

A new language is its line in the settings' `LANGUAGES`: this makes its catalogue. Babel does what GNU gettext's
programs would, so that no machine needs these.
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
    """Bring every catalogue up to date. Exits with status 1 where one waits for a translation."""
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
    """The languages that the words of the sources are translated into."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def place(language: str) -> Path:
    """The catalogue for people; the one for the machine lies beside it."""
    return ROOT / "claims" / "locale" / language / "LC_MESSAGES" / "django.po"


def marked() -> Catalog:
    """Every text that the sources mark, with the files that it stands in."""
    catalogue = Catalog(project="Claim Workbench", fuzzy=False)
    for path in sorted(each for pattern in SOURCES for each in ROOT.glob(pattern)):
        name = path.relative_to(ROOT).as_posix()
        for _line, message, comments, context in _marked_in(path):
            catalogue.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def _marked_in(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text()
    if path.suffix == ".html":
        # What is left of a template is no Python but for its calls; in brackets its indentation says nothing.
        text = f"({templatize(text, origin=str(path))})"
    return extract("python", BytesIO(text.encode()), KEYWORDS, comment_tags=["Translators:"])


def updated(language: str, found: Catalog) -> Catalog:
    """A language's catalogue with just the texts that were found: new ones empty, old ones gone."""
    catalogue = Catalog(locale=language, project=found.project, fuzzy=False)
    if place(language).exists():
        with place(language).open("rb") as stream:
            catalogue = read_po(stream, locale=language)
    catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def texts(words: Any) -> Sequence[str]:
    """The texts of one entry: one, or as many as there are plurals."""
    return words if isinstance(words, (list, tuple)) else [words or ""]


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as people edit it. Without line numbers: they would change with every edit of a source."""
    stream = BytesIO()
    write_po(stream, catalogue, width=110, sort_by_file=True, include_lineno=False)
    return stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue as `gettext` reads it."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


if __name__ == "__main__":
    main()
