"""Errors of splitting an article into claims."""

from claims.errors.base import WorkbenchError, gettext_noop


class WeightsMissingError(WorkbenchError):
    """The learned model was requested, but its weights are missing. `folder` is where they should be."""

    code = "weights-missing"
    status = 500
    template = gettext_noop(
        "The learned model has no weights in its folder “%(folder)s”. Split with the rules (--engine rules), or train some weights: make train-splitting."
    )


class ModelMissingError(WorkbenchError):
    """A language model that the splitter cannot use. `name` is the model's name, `why` says what is wrong."""

    code = "model-missing"
    status = 500
    template = gettext_noop(
        "The language model “%(name)s” %(why)s. Install it with: python -m spacy download %(name)s, or use the default model."
    )


class SplittingFailedError(WorkbenchError):
    """The splitter failed on an article because of an internal error. `where` says where it was raised."""

    code = "splitting-failed"
    status = 500
    template = gettext_noop(
        "This article could not be split into claims because of an internal error (%(where)s). Other articles are not affected. Please tell your administrator."
    )
