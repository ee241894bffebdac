"""Errors of reading a file."""

from claims.errors.base import WorkbenchError, gettext_noop


class EmptyArticleError(WorkbenchError):
    """An article without a headline or without a word of text."""

    code = "empty-article"
    template = gettext_noop(
        "There is no text to split. Paste the article's paragraphs and try again."
    )


class TooLargeError(WorkbenchError):
    """More text than one article can hold. `limit` and `size` are numbers of characters or bytes."""

    code = "too-large"
    status = 413
    template = gettext_noop(
        "This is too long for one article: %(size)s %(unit)s, and the limit is %(limit)s. Split it into several articles."
    )


class NotTextError(WorkbenchError):
    """Bytes or characters that are no readable text. `why` says what was found."""

    code = "not-text"
    status = 415
    template = gettext_noop(
        "This does not look like text (%(why)s). Paste or upload the article as plain text in UTF-8."
    )


class UnreadableFileError(WorkbenchError):
    """A file of a known format that is damaged, of another format, or unsafe to open. `why` says which."""

    code = "unreadable-file"
    status = 415
    template = gettext_noop(
        "This file cannot be read: %(why)s. Save it again in the program it came from, or paste its text."
    )


class TooComplexError(WorkbenchError):
    """A file or a page that takes more to be read than one may. `limit` says how much that is, and of what."""

    code = "too-complex"
    status = 413
    template = gettext_noop(
        "This is too complex to read: it took more than %(limit)s. Save it in a simpler form, or paste its text."
    )


class ReadingFailedError(WorkbenchError):
    """A file or a page over which its reader broke down: a fault of the workbench. `where` says where it is."""

    code = "reading-failed"
    status = 422
    template = gettext_noop(
        "This cannot be read because of an internal error (%(where)s). Save it in another format, or paste its text."
    )


class ReadersBusyError(WorkbenchError):
    """Whatever reads files is busy with others."""

    code = "readers-busy"
    status = 503
    template = gettext_noop("The server is busy reading other files. Try again in a minute.")


class LockedFileError(WorkbenchError):
    """A file that opens with a password only. `what` names its format."""

    code = "locked-file"
    status = 415
    template = gettext_noop(
        "This %(what)s is protected by a password. Save it without one, or paste its text."
    )


class NoTextLayerError(WorkbenchError):
    """A PDF of pictures, as scanners make them."""

    code = "no-text-layer"
    status = 415
    template = gettext_noop(
        "This PDF has no text layer: its pages are images. Run text recognition (OCR) on it first, or type in the text."
    )


class NotAnArticleError(WorkbenchError):
    """A page or a message in which no article was found. `why` says what was found instead."""

    code = "not-an-article"
    status = 422
    template = gettext_noop("No article was found here: %(why)s. Paste the article's text instead.")


class NotAFeedError(WorkbenchError):
    """Neither a feed nor a sitemap. `why` says what was found instead."""

    code = "not-a-feed"
    status = 422
    template = gettext_noop(
        "This feed cannot be read: %(why)s. Enter the address of an RSS or Atom feed, or of a sitemap."
    )


class UnreadableTableError(WorkbenchError):
    """A file of records that cannot be read as a table. `why` says what was found, and how to mend it."""

    code = "unreadable-table"
    status = 415
    template = gettext_noop("This file cannot be imported: %(why)s")


class FrontMatterError(WorkbenchError):
    """The lines between the two `---` of a file cannot be used. `why` says which and how to mend them."""

    code = "front-matter"
    template = gettext_noop("The article's front matter cannot be read: %(why)s.")


class UnknownFormatError(WorkbenchError):
    """A format that nobody registered. `name` is what was asked for, `known` what there is."""

    code = "unknown-format"
    status = 404
    template = gettext_noop("There is no format “%(name)s”. Choose one of: %(known)s.")
