"""Errors of actions: what somebody asked for and cannot have."""

from claims.errors.base import WorkbenchError, gettext_noop


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
