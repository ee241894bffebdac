"""Errors of actions: what somebody asked for and cannot have."""

from claims.errors.base import WorkbenchError, gettext_noop


class ChangedMeanwhileError(WorkbenchError):
    """An import would no longer do what its dry run showed."""

    code = "changed-meanwhile"
    status = 409
    template = gettext_noop(
        "Someone has changed some of these records since you looked at them. Nothing was imported; below is what the file would do now."
    )


class NotKeptError(WorkbenchError):
    """An article that the database refuses. `why` is what it says."""

    code = "not-kept"
    status = 409
    template = gettext_noop("The article could not be saved. The database reported: %(why)s")


class LookAgainError(WorkbenchError):
    """What was to be published is no longer as the actor saw it."""

    code = "look-again"
    status = 409
    template = gettext_noop(
        "Someone has made changes since you looked at this. Nothing was done; below is how it looks now."
    )


class ReasonRequiredError(WorkbenchError):
    """A claim was to be disputed without saying why."""

    code = "reason-required"
    template = gettext_noop(
        "Say why this claim is disputed. A disputed claim cannot be saved without a reason."
    )


class InvalidValueError(WorkbenchError):
    """A value that cannot be kept. `why` says which field and what is wrong with it."""

    code = "invalid-value"
    template = gettext_noop("This cannot be saved: %(why)s")


class FilterNotUnderstoodError(WorkbenchError):
    """A filter that names something unknown, or a value that does not fit. `why` says what."""

    code = "filter-not-understood"
    template = gettext_noop("The filter is not valid: %(why)s")


class UnknownPageError(WorkbenchError):
    """An address asks for a page by a link that its list never gave."""

    code = "unknown-page"
    template = gettext_noop(
        "This link to a page of a list is damaged or out of date. Open the list again from its first page."
    )


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
        "Your account is not allowed to %(what)s. Ask an administrator for a different role."
    )


class BusyLoginsError(WorkbenchError):
    """So many passwords are being checked that another one would keep the desk from answering."""

    code = "busy-logins"
    status = 503
    template = gettext_noop(
        "Too many people are logging in right now. Wait a few seconds and press the button again."
    )


class StaleVersionError(WorkbenchError):
    """Somebody else changed the `claim` since the actor looked at it, at its version `looked_at`."""

    code = "stale-version"
    status = 409
    template = gettext_noop(
        "Someone else changed this claim while you were working on it. Your changes have not been saved yet. Compare the two versions, then decide."
    )


class NothingToUndoError(WorkbenchError):
    """The change was undone already."""

    code = "nothing-to-undo"
    status = 409
    template = gettext_noop("There is nothing to undo: this has already been undone.")


class ChangedSinceError(WorkbenchError):
    """Somebody changed the same thing after the change that is to be undone."""

    code = "changed-since"
    status = 409
    template = gettext_noop(
        "This can no longer be undone, because someone has changed the claim since. Look at its history and make the change yourself."
    )


class NotPossibleError(WorkbenchError):
    """Something that does not fit the claim as it stands. `why` says what to do instead."""

    code = "not-possible"
    status = 409
    template = gettext_noop("This is not possible: %(why)s")


class BlindCheckError(NotPossibleError):
    """What the actor asked for would show them a verdict before they gave their own."""

    code = "blind-check"
    template = gettext_noop(
        "This claim is waiting for a blind second check. Nothing was changed. Give your own verdict first."
    )
