"""Errors of fetching a page."""

from claims.errors.base import WorkbenchError, gettext_noop


class BadAddressError(WorkbenchError):
    """What was to be fetched has no address of the web. `why` says what is wrong; it holds no password."""

    code = "bad-address"
    template = gettext_noop("This address cannot be fetched: %(why)s.")


class UnsafeAddressError(WorkbenchError):
    """An address that leads into a private network. `host` is the one that the user named."""

    code = "unsafe-address"
    status = 403
    template = gettext_noop(
        "%(host)s leads into a private network, and nothing is fetched from there. If that is right for this "
        "host, ask whoever runs the workbench to allow it."
    )


class UnreachableError(WorkbenchError):
    """A host that gave no usable answer. `why` says how far it got."""

    code = "unreachable"
    status = 502
    template = gettext_noop(
        "Nothing could be fetched from %(host)s: %(why)s. Check the address, or try again later."
    )


class TooSlowError(WorkbenchError):
    """A fetch that took longer than it may, `seconds`, all told."""

    code = "too-slow"
    status = 504
    template = gettext_noop(
        "%(host)s took longer than %(seconds)s seconds. Try again later, or paste the text instead."
    )


class AnswerTooLargeError(WorkbenchError):
    """An answer with more bytes than a fetch may take, sent or unpacked. `limit` is in bytes."""

    code = "answer-too-large"
    status = 502
    template = gettext_noop(
        "%(host)s sent more than the %(limit)s bytes that are fetched. Paste the text instead."
    )


class BadAnswerError(WorkbenchError):
    """An answer other than a page. `number` is its HTTP status, `meaning` the same in words."""

    code = "bad-answer"
    status = 502
    template = gettext_noop("%(host)s did not give the page: %(meaning)s (%(number)s).")


class WrongTypeError(WorkbenchError):
    """An answer of a kind that was not asked for. `type` is what its header says."""

    code = "wrong-type"
    status = 502
    template = gettext_noop(
        "%(host)s sent something of the kind “%(type)s”, which is not read here. Check the address."
    )


class TooManyRedirectsError(WorkbenchError):
    """A site that sends on from address to address, in a circle or more than `limit` times."""

    code = "too-many-redirects"
    status = 502
    template = gettext_noop(
        "%(host)s sends on from one address to the next without end, as it may without cookies. "
        "Look for the page's own address in a browser."
    )


class RobotsRefuseError(WorkbenchError):
    """A site that does not want programs to read the address. `why` says how that is known."""

    code = "robots-refuse"
    status = 403
    template = gettext_noop(
        "%(host)s does not let programs read this address: %(why)s. Ask the site, or read it in a browser."
    )
