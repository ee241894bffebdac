"""Errors of fetching a page."""

from claims.errors.base import WorkbenchError, gettext_noop
from claims.errors.ingest import ReadersBusyError


class BadAddressError(WorkbenchError):
    """Not a valid web address. `why` says what is wrong with it, and never contains a password."""

    code = "bad-address"
    template = gettext_noop("This address cannot be fetched: %(why)s.")


class UnsafeAddressError(WorkbenchError):
    """An address on a private network. `host` is the host that the user entered."""

    code = "unsafe-address"
    status = 403
    template = gettext_noop(
        "%(host)s is on a private network, and nothing is fetched from there. If this host is meant to be used, ask your administrator to allow it."
    )


class UnreachableError(WorkbenchError):
    """A host that gave no usable answer. `why` says how far the attempt got."""

    code = "unreachable"
    status = 502
    template = gettext_noop(
        "Nothing could be fetched from %(host)s: %(why)s. Check the address, or try again later."
    )


class TooSlowError(WorkbenchError):
    """A fetch that took longer in total than the allowed `seconds`."""

    code = "too-slow"
    status = 504
    template = gettext_noop(
        "%(host)s took longer than %(seconds)s seconds to answer. Try again later, or paste the text instead."
    )


class MailboxError(WorkbenchError):
    """The mailbox of mailed articles cannot be read. `why` says how far the attempt got."""

    code = "mailbox"
    status = 502
    template = gettext_noop("The mailbox cannot be read: %(why)s.")


class AnswerTooLargeError(WorkbenchError):
    """An answer that is too large, as sent or once unpacked. `limit` is in bytes."""

    code = "answer-too-large"
    status = 502
    template = gettext_noop(
        "The page from %(host)s is larger than the limit of %(limit)s bytes. Paste the text instead."
    )


class BadAnswerError(WorkbenchError):
    """An answer other than success. `number` is its HTTP status, `meaning` the same in words."""

    code = "bad-answer"
    status = 502
    template = gettext_noop("%(host)s did not deliver the page: %(meaning)s (%(number)s).")


class WrongTypeError(WorkbenchError):
    """An answer of an unwanted content type. `type` is the type from its header."""

    code = "wrong-type"
    status = 502
    template = gettext_noop(
        "%(host)s sent content of the type “%(type)s”, which cannot be read here. Check the address."
    )


class TooManyRedirectsError(WorkbenchError):
    """A site that redirects in a circle, or more than `limit` times."""

    code = "too-many-redirects"
    status = 502
    template = gettext_noop(
        "%(host)s keeps redirecting from one address to the next, perhaps because it needs cookies. Open the page in a browser and use its final address."
    )


class RobotsRefuseError(WorkbenchError):
    """A site that does not allow programs to read the address. `why` says how that is known."""

    code = "robots-refuse"
    status = 403
    template = gettext_noop(
        "%(host)s does not allow programs to read this address: %(why)s. Ask the site's owner, or read it in a browser."
    )


class TimestampError(WorkbenchError):
    """A timestamp that was not given, or is not valid. `host` is the authority's, `why` says what is wrong."""

    code = "no-timestamp"
    status = 502
    template = gettext_noop("%(host)s has not confirmed the digest: %(why)s.")


class NotDeliveredError(WorkbenchError):
    """A message that its receiver has not accepted. `host` is the receiver's, `why` says what happened."""

    code = "not-delivered"
    status = 502
    template = gettext_noop("%(host)s has not accepted the message: %(why)s.")


class ArchiveError(WorkbenchError):
    """An outside archive that has not kept a page. `host` is the archive's, `why` says what happened."""

    code = "not-archived"
    status = 502
    template = gettext_noop("%(host)s has not kept the page: %(why)s.")


class ArchiveBusyError(ArchiveError):
    """The same, if it may keep the page later. `seconds` is how long the archive wants to be left alone, at least."""

    code = "archive-busy"
    status = 503


class ArchiveFailedError(ArchiveBusyError):
    """The same, if the archive has given up this attempt: the next one begins anew."""

    code = "archive-failed"


def is_temporary(error: WorkbenchError) -> bool:
    """Return whether a later attempt may succeed: an address did not answer, was too slow, or asked to be retried.

    The same holds if all readers were busy.
    """
    if isinstance(error, BadAnswerError):
        number = error.params.get("number")
        return isinstance(number, int) and (number >= 500 or number in {408, 425, 429})
    passing = ArchiveBusyError | ReadersBusyError | TooSlowError | UnreachableError
    return isinstance(error, passing)
