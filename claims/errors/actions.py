"""Errors of actions: the request is not allowed, not valid or no longer possible."""

from claims.errors.base import WorkbenchError, gettext_noop


class ChangedMeanwhileError(WorkbenchError):
    """An import would no longer do what its dry run showed."""

    code = "changed-meanwhile"
    status = 409
    template = gettext_noop(
        "Someone has changed some of these records since you looked at them. Nothing was imported; below is what the file would do now."
    )


class NotKeptError(WorkbenchError):
    """The database refused to save an article. `why` is the database's message."""

    code = "not-kept"
    status = 409
    template = gettext_noop("The article could not be saved. The database reported: %(why)s")


class LookAgainError(WorkbenchError):
    """What was about to be published has changed since the actor last saw it."""

    code = "look-again"
    status = 409
    template = gettext_noop(
        "Someone has made changes since you looked at this. Nothing was done; below is how it looks now."
    )


class ReasonRequiredError(WorkbenchError):
    """A claim was disputed without a reason."""

    code = "reason-required"
    template = gettext_noop(
        "Say why this claim is disputed. A disputed claim cannot be saved without a reason."
    )


class InvalidValueError(WorkbenchError):
    """A value that cannot be saved. `why` names the field and says what is wrong with it."""

    code = "invalid-value"
    template = gettext_noop("This cannot be saved: %(why)s")


class FilterNotUnderstoodError(WorkbenchError):
    """A filter with an unknown name or an unsuitable value. `why` says which."""

    code = "filter-not-understood"
    template = gettext_noop("The filter is not valid: %(why)s")


class UnknownPageError(WorkbenchError):
    """The address asks for a page with a link that its list never generated."""

    code = "unknown-page"
    template = gettext_noop(
        "This link to a page of a list is damaged or out of date. Open the list again from its first page."
    )


class UnreadableRecordError(WorkbenchError):
    """A record of a file that does not contain what it should. `why` says what is wrong with it."""

    code = "unreadable-record"
    status = 422
    template = gettext_noop("This line cannot be read: %(why)s.")


class NotAllowedError(WorkbenchError):
    """The actor's role does not allow this. `what` names the action."""

    code = "not-allowed"
    status = 403
    template = gettext_noop(
        "Your account is not allowed to %(what)s. Ask an administrator for a different role."
    )


class BusyLoginsError(WorkbenchError):
    """So many passwords are being checked that one more would keep the server from answering other requests."""

    code = "busy-logins"
    status = 503
    template = gettext_noop(
        "Too many people are logging in right now. Wait a few seconds and press the button again."
    )


class StaleVersionError(WorkbenchError):
    """Someone else has changed the `claim` since the actor saw it in version `looked_at`."""

    code = "stale-version"
    status = 409
    template = gettext_noop(
        "Someone else changed this claim while you were working on it. Your changes have not been saved yet. Compare the two versions, then decide."
    )


class NothingToUndoError(WorkbenchError):
    """The change has already been undone."""

    code = "nothing-to-undo"
    status = 409
    template = gettext_noop("There is nothing to undo: this has already been undone.")


class ChangedSinceError(WorkbenchError):
    """Someone has changed the same thing after the change that should be undone."""

    code = "changed-since"
    status = 409
    template = gettext_noop(
        "This can no longer be undone, because someone has changed the claim since. Look at its history and make the change yourself."
    )


class NotPossibleError(WorkbenchError):
    """The claim's current state does not allow this. `why` says what to do instead."""

    code = "not-possible"
    status = 409
    template = gettext_noop("This is not possible: %(why)s")


class BlindCheckError(NotPossibleError):
    """This would show actors a verdict before they have given their own."""

    code = "blind-check"
    template = gettext_noop(
        "This claim is waiting for a blind second check. Nothing was changed. Give your own verdict first."
    )
