"""Errors of splitting an article."""

from claims.errors.base import WorkbenchError, gettext_noop


class WeightsMissingError(WorkbenchError):
    """The learned reader was asked for where its weights are not there. `folder` is where they should be."""

    code = "weights-missing"
    status = 500
    template = gettext_noop(
        "The learned model has no weights in its folder “%(folder)s”. Split with the rules (--engine rules), or train some weights: make train-splitting."
    )


class ModelMissingError(WorkbenchError):
    """A language model that the splitter cannot use. `name` is what was asked for, `why` what is wrong."""

    code = "model-missing"
    status = 500
    template = gettext_noop(
        "The language model “%(name)s” %(why)s. Install it with: python -m spacy download %(name)s, or use the default model."
    )


class SplittingFailedError(WorkbenchError):
    """An article that the splitter fails on: a fault of the workbench. `where` says where it is."""

    code = "splitting-failed"
    status = 500
    template = gettext_noop(
        "This article could not be split into claims because of an internal error (%(where)s). Other articles are not affected. Please tell your administrator."
    )
