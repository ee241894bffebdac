"""What a reading process answers: errors and articles come back as they were, and what it made up is not believed."""

import json
import pickle
import re

import pytest

from claims.errors import (
    InvalidValueError,
    NotTextError,
    Phrase,
    UnknownFormatError,
    WorkbenchError,
)
from claims.ingest.sandbox.channel import BadMessageError
from claims.ingest.sandbox.messages import article_from, error_as_data, error_from
from tests.ingest.samples import ARTICLE

PLACES = re.compile(r"%\((\w+)\)s")


def through_json(data):
    return json.loads(json.dumps(data))


@pytest.mark.parametrize(
    "error",
    [
        NotTextError(why=Phrase("byte %(place)s is not valid UTF-8", place=7)),
        InvalidValueError(
            field="url", why=Phrase("%(inner)s", inner=Phrase("100 %% of %(what)s", what="it"))
        ),
        UnknownFormatError(name="tool", known="md, txt"),
        InvalidValueError(field="", why=Phrase("not CSV (%(problem)s)", problem=ValueError("x"))),
    ],
)
def test_an_error_comes_back_as_it_was(error):
    found = error_from(through_json(error_as_data(error)))
    assert type(found) is type(error)
    assert str(found) == str(error)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"code": "no-such-error", "params": {}},
        {"code": "not-text", "params": {}},
        {"code": "not-text", "params": {"why": [1]}},
        {"code": "not-text", "params": {"why": "x" * 100_000}},
        {
            "code": "not-text",
            "params": {"why": {"template": "%(a)999999999s", "params": {"a": "x"}}},
        },
        {"code": "not-text", "params": {"why": {"template": "%(a)s", "params": None}}},
    ],
    ids=range(8),
)
def test_an_error_that_a_reader_made_up_is_not_believed(data):
    with pytest.raises(BadMessageError):
        error_from(data)


@pytest.mark.parametrize(
    "change",
    [
        {"headline": "x" * 301},
        {"body": 3},
        {"body": ""},
        {"url": "javascript:alert(1)"},
        {"published": "yesterday"},
        {"language": None},
    ],
)
def test_an_article_that_a_reader_made_up_is_not_believed(change):
    assert article_from(ARTICLE).body == "y"
    with pytest.raises(BadMessageError):
        article_from(ARTICLE | change)


@pytest.mark.parametrize("kind", WorkbenchError.__subclasses__(), ids=lambda kind: kind.code)
def test_every_error_goes_from_process_to_process(kind):
    params = {name: name for name in ("field", "why", *PLACES.findall(kind.template))}
    error = kind(**params)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301
    assert [kind.code for kind in WorkbenchError.__subclasses__()].count(kind.code) == 1
