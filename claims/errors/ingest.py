"""Errors of reading a file."""

from claims.errors.base import WorkbenchError, gettext_noop


class EmptyArticleError(WorkbenchError):
    """An article without a headline or without any text."""

    code = "empty-article"
    template = gettext_noop(
        "There is no text to split. Paste the article's paragraphs and try again."
    )


class TooLargeError(WorkbenchError):
    """More than is read of one article or file. `limit` is in `unit`."""

    code = "too-large"
    status = 413
    template = gettext_noop(
        "This is too large: the limit is %(limit)s %(unit)s. Split it into several articles or files."
    )


class NotTextError(WorkbenchError):
    """Bytes or characters that are not readable text. `why` says what was found."""

    code = "not-text"
    status = 415
    template = gettext_noop(
        "This does not look like text (%(why)s). Paste or upload the article as plain text in UTF-8."
    )


class UnreadableFileError(WorkbenchError):
    """A file that is damaged, in a different format than its name says, or unsafe to open. `why` says which."""

    code = "unreadable-file"
    status = 415
    template = gettext_noop(
        "This file cannot be read: %(why)s. Save it again in the program it came from, or paste its text."
    )


class TooComplexError(WorkbenchError):
    """A file or page that exceeds the limits for reading. `limit` says which limit."""

    code = "too-complex"
    status = 413
    template = gettext_noop(
        "This is too complex to read: it took more than %(limit)s. Save it in a simpler form, or paste its text."
    )


class ReadingFailedError(WorkbenchError):
    """The reader of a file or page failed because of an internal error. `where` says where it was raised."""

    code = "reading-failed"
    status = 422
    template = gettext_noop(
        "This cannot be read because of an internal error (%(where)s). Save it in another format, or paste its text."
    )


class ReadersBusyError(WorkbenchError):
    """All reader processes are busy with other files."""

    code = "readers-busy"
    status = 503
    template = gettext_noop("The server is busy reading other files. Try again in a minute.")


class LockedFileError(WorkbenchError):
    """A file protected by a password. `what` names its format."""

    code = "locked-file"
    status = 415
    template = gettext_noop(
        "This %(what)s is protected by a password. Save it without one, or paste its text."
    )


class NoTextLayerError(WorkbenchError):
    """A PDF whose pages are images, such as scans."""

    code = "no-text-layer"
    status = 415
    template = gettext_noop(
        "This PDF has no text layer: its pages are images. Run text recognition (OCR) on it first, or type in the text."
    )


class NotAnArticleError(WorkbenchError):
    """A page or message in which no article was found. `why` says what was found instead."""

    code = "not-an-article"
    status = 422
    template = gettext_noop("No article was found here: %(why)s. Paste the article's text instead.")


class NotForUseError(WorkbenchError):
    """An item that its sender has cancelled or withholds. `why` says which."""

    code = "not-for-use"
    status = 422
    template = gettext_noop("This was not imported: %(why)s.")


class NotAFeedError(WorkbenchError):
    """Neither a feed nor a sitemap. `why` says what was found instead."""

    code = "not-a-feed"
    status = 422
    template = gettext_noop(
        "This feed cannot be read: %(why)s. Enter the address of an RSS, Atom or JSON feed, or of a sitemap."
    )


class UnreadableTableError(WorkbenchError):
    """A file of records that cannot be read as a table. `why` says what was found, and how to correct it."""

    code = "unreadable-table"
    status = 415
    template = gettext_noop("This file cannot be imported: %(why)s")


class FrontMatterError(WorkbenchError):
    """The lines between the two `---` of a file are not valid. `why` says which, and how to correct them."""

    code = "front-matter"
    template = gettext_noop("The article's front matter cannot be read: %(why)s.")


class UnknownFormatError(WorkbenchError):
    """A format that is not registered. `name` is the requested one, `known` lists those that exist."""

    code = "unknown-format"
    status = 415
    template = gettext_noop("There is no format “%(name)s”. Choose one of: %(known)s.")
