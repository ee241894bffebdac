"""What can go wrong, told so that the person in front of the screen knows what to do next.

One small tree. The pure packages, the actions and the commands raise these; the web layer turns each
into a page with the error's HTTP status, a command into one line and an exit code. Messages are English
templates with named parameters: the web layer translates the template and its parameters, then fills it in.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePath
from traceback import extract_tb
from typing import Any, ClassVar


def gettext_noop(message: str) -> str:
    """Mark a message for `make translations` without translating it; this module knows no Django."""
    return message


class Phrase:
    """A part of an error's message that has named places itself.

    Args:
        template: the English words, with `%(name)s` places. Being an argument here marks them for
            translation.
        **params: what fills the places.
    """

    def __init__(self, template: str, **params: object) -> None:
        self.template = template
        self.params = params

    def __str__(self) -> str:
        """The English words."""
        return self.template % self.params


class WorkbenchError(Exception):
    """An error with a stable code, an HTTP status and a message for its user.

    Args:
        **params: what fills the named places of `template`.

    Attributes:
        code: a stable word for scripts and tests.
        status: the HTTP status that says the same.
        template: the English message, with `%(name)s` places.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    template: ClassVar[str] = gettext_noop("Something went wrong.")

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.template % params)

    def __reduce__(self) -> tuple[Callable[[], "WorkbenchError"], tuple[()]]:
        """As one process hands it to another."""
        return partial(type(self), **self.params), ()


def place_of(error: BaseException) -> str:
    """Where an error arose that is a fault of the workbench: for a log, and without what it says, which may quote."""
    frames = extract_tb(error.__traceback__)
    kind = type(error).__name__
    return (
        f"{kind} in {PurePath(frames[-1].filename).name}, line {frames[-1].lineno}"
        if frames
        else kind
    )


def as_data(told: WorkbenchError | Phrase) -> dict[str, object]:
    """What an error says, as JSON can keep it until somebody reads it, in their language. `from_data` gives it back."""
    params = {
        name: as_data(value) if isinstance(value, Phrase) else value
        for name, value in told.params.items()
    }
    return {"template": told.template, "params": params}


def from_data(data: Mapping[str, Any]) -> Phrase:
    """What an error said, from what `as_data` made of it."""
    params = {
        name: from_data(value) if isinstance(value, dict) else value
        for name, value in data["params"].items()
    }
    template = data["template"]
    return Phrase(template, **params)


class EmptyArticleError(WorkbenchError):
    """An article without a headline or without a word of text."""

    code = "empty-article"
    template = gettext_noop(
        "There is no text to split: paste the article's paragraphs and try again."
    )


class TooLargeError(WorkbenchError):
    """More text than one article can hold. `limit` and `size` are numbers of characters or bytes."""

    code = "too-large"
    status = 413
    template = gettext_noop(
        "That is too much for one article: %(size)s %(unit)s, and the limit is %(limit)s. "
        "Cut it into several articles."
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
        "This file cannot be read: %(why)s. Save it anew in the program it came from, or paste its text."
    )


class TooComplexError(WorkbenchError):
    """A file or a page that takes more to be read than one may. `limit` says how much that is, and of what."""

    code = "too-complex"
    status = 413
    template = gettext_noop(
        "This is too complicated to read: it took more than %(limit)s. Save it anew in a simpler form, or paste its text."
    )


class ReadingFailedError(WorkbenchError):
    """A file or a page over which its reader broke down: a fault of the workbench. `where` says where it is."""

    code = "reading-failed"
    status = 422
    template = gettext_noop(
        "This cannot be read: the reader broke down over it (%(where)s). Save it anew in another format, or paste its "
        "text."
    )


class ReadersBusyError(WorkbenchError):
    """Whatever reads files is busy with others."""

    code = "readers-busy"
    status = 503
    template = gettext_noop(
        "Other files are being read, and that takes long. Try again in a minute."
    )


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
        "This PDF has no text layer: its pages are pictures, or drawings of letters. "
        "Run it through text recognition (OCR) first, or type the text in."
    )


class NotAnArticleError(WorkbenchError):
    """A page or a message in which no article was found. `why` says what was found instead."""

    code = "not-an-article"
    status = 422
    template = gettext_noop("No article was found here: %(why)s. Paste the article's text by hand.")


class NotAFeedError(WorkbenchError):
    """Neither a feed nor a sitemap. `why` says what was found instead."""

    code = "not-a-feed"
    status = 422
    template = gettext_noop(
        "This is no feed that can be read: %(why)s. Give the address of an RSS or Atom feed, or of a sitemap."
    )


class UnreadableTableError(WorkbenchError):
    """A file of records that cannot be read as a table. `why` says what was found, and how to mend it."""

    code = "unreadable-table"
    status = 415
    template = gettext_noop("This file cannot be imported: %(why)s")


class ChangedMeanwhileError(WorkbenchError):
    """An import would no longer do what its dry run showed."""

    code = "changed-meanwhile"
    status = 409
    template = gettext_noop(
        "Somebody changed some of this since you looked at it. Nothing was imported: this is what the file would "
        "do now."
    )


class NotKeptError(WorkbenchError):
    """An article that the database refuses. `why` is what it says."""

    code = "not-kept"
    status = 409
    template = gettext_noop("The article could not be kept; the database says: %(why)s")


class LookAgainError(WorkbenchError):
    """What was to be published is no longer as the actor saw it."""

    code = "look-again"
    status = 409
    template = gettext_noop(
        "Somebody changed some of this since you looked at it. Nothing was done: this is how it stands now."
    )


class FrontMatterError(WorkbenchError):
    """The lines between the two `---` of a file cannot be used. `why` says which and how to mend them."""

    code = "front-matter"
    template = gettext_noop("The article's front matter cannot be read: %(why)s.")


class UnknownFormatError(WorkbenchError):
    """A format that nobody registered. `name` is what was asked for, `known` what there is."""

    code = "unknown-format"
    status = 404
    template = gettext_noop("There is no format “%(name)s”. Choose one of: %(known)s.")


class NoPublicAddressError(WorkbenchError):
    """A ClaimReview was asked for where the claims have no public page."""

    code = "no-public-address"
    status = 409
    template = gettext_noop(
        "ClaimReview needs a public page of each claim: set PUBLIC_URL and make the report public."
    )


class ReasonRequiredError(WorkbenchError):
    """A claim was to be disputed without saying why."""

    code = "reason-required"
    template = gettext_noop(
        "Say why this claim is disputed: a reason is needed before it can be saved."
    )


class InvalidValueError(WorkbenchError):
    """A value that cannot be kept. `why` says which field and what is wrong with it."""

    code = "invalid-value"
    template = gettext_noop("This cannot be saved: %(why)s")


class FilterNotUnderstoodError(WorkbenchError):
    """A filter that names something unknown, or a value that does not fit. `why` says what."""

    code = "filter-not-understood"
    template = gettext_noop("The filter cannot be understood: %(why)s")


class UnreadableRecordError(WorkbenchError):
    """A line of an archive that holds no article. `why` says what is wrong with it."""

    code = "unreadable-record"
    status = 422
    template = gettext_noop("This line cannot be read: %(why)s.")


class NotAllowedError(WorkbenchError):
    """The actor's account may not do this. `what` names the deed."""

    code = "not-allowed"
    status = 403
    template = gettext_noop(
        "Your account may not %(what)s. Ask an administrator to give it another role."
    )


class BusyLoginsError(WorkbenchError):
    """So many passwords are being checked that another one would keep the desk from answering."""

    code = "busy-logins"
    status = 503
    template = gettext_noop(
        "Too many people log in at this moment. Wait a few seconds and press the button again."
    )


class StaleVersionError(WorkbenchError):
    """Somebody else changed the `claim` since the actor looked at it, at its version `looked_at`."""

    code = "stale-version"
    status = 409
    template = gettext_noop(
        "Somebody else changed this claim while you were at it. Nothing of yours was saved yet: "
        "look at both sides, then decide."
    )


class NothingToUndoError(WorkbenchError):
    """The change was undone already."""

    code = "nothing-to-undo"
    status = 409
    template = gettext_noop("There is nothing to undo: that was taken back already.")


class ChangedSinceError(WorkbenchError):
    """Somebody changed the same thing after the change that is to be undone."""

    code = "changed-since"
    status = 409
    template = gettext_noop(
        "This cannot be undone any more: somebody changed the same claim after it. Look at its history, "
        "and change by hand what should be otherwise."
    )


class NotPossibleError(WorkbenchError):
    """Something that does not fit the claim as it stands. `why` says what to do instead."""

    code = "not-possible"
    status = 409
    template = gettext_noop("That is not possible here: %(why)s")


class BlindCheckError(NotPossibleError):
    """What the actor asked for would show them a verdict before they gave their own."""

    code = "blind-check"
    template = gettext_noop(
        "This claim waits for a blind second check. Give your own verdict first; nothing was changed."
    )


class WeightsMissingError(WorkbenchError):
    """The learned reader was asked for where its weights are not there. `folder` is where they should be."""

    code = "weights-missing"
    status = 500
    template = gettext_noop(
        "The learned reader has no weights in its folder “%(folder)s”. Split by the rules (--engine rules), "
        "or fit some: make train-splitting."
    )


class ModelMissingError(WorkbenchError):
    """A language model that the splitter cannot use. `name` is what was asked for, `why` what is wrong."""

    code = "model-missing"
    status = 500
    template = gettext_noop(
        "The language model “%(name)s” %(why)s. Install it with: "
        "python -m spacy download %(name)s, or leave the choice to the workbench."
    )


class SplittingFailedError(WorkbenchError):
    """An article that the splitter fails on: a fault of the workbench. `where` says where it is."""

    code = "splitting-failed"
    status = 500
    template = gettext_noop(
        "The splitter failed on this article (%(where)s). Other articles are not concerned; tell whoever runs the "
        "workbench."
    )


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
