"""Why two claims are alike or differ, in plain sentences."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims import matching
from claims.matching.types import Reason
from claims.queries.matching.reasons import SENTENCES, in_words

FIGURES = {"counted": "killed", "measure": "dead", "earlier": "2", "later": "4"}
PAIR = {"earlier": "rose", "later": "fell"}
WORD = {"word": "perhaps"}

VALUES = {
    **dict.fromkeys(("other_figure", "other_date", "other_event", "later_count"), FIGURES),
    **dict.fromkeys(("other_period", "far_apart", "other_measure"), FIGURES),
    **dict.fromkeys(
        ("opposite", "other_name", "other_answer", "other_kind", "other_object", "of_several"), PAIR
    ),
    **dict.fromkeys(("changed", "later_state", "plan_overtaken", "no_longer_open", "denied"), WORD),
    **dict.fromkeys(
        ("hedge", "planned", "cause", "wide", "superlative", "part", "condition"), WORD
    ),
    **dict.fromkeys(("denial", "stance"), WORD),
    "swapped_roles": {"first": "ada venn", "second": "bo tarn"},
    "left_out": {"earlier": "60 injured"},
    "long_apart": {"days": "160"},
    "same_words": {"closeness": "0.97"},
    "close_in_meaning": {"closeness": "0.82"},
    "same_figure": {"figure": "22"},
    "same_name": {"name": "tavren"},
    "other_source": {"earlier": "Ada Venn", "later": "Bo Tarn"},
    "same_affair": {},
    "other_topic": {},
    "other_names": {},
}
"""What the matcher gives with each code."""

NOT_SAID = {"closeness", "measure"}
"""Values that no sentence repeats."""


def test_each_code_has_its_sentence():
    assert SENTENCES.keys() == VALUES.keys()
    assert {code for path in Path(matching.__path__[0]).rglob("*.py") for code in _codes(path)} <= (
        SENTENCES.keys()
    )


@pytest.mark.parametrize("code", VALUES)
def test_it_says_all_that_the_matcher_gives_and_nothing_more(code):
    (sentence,) = in_words([Reason(code, VALUES[code])])
    assert "%" not in sentence
    said = {name: value for name, value in VALUES[code].items() if name not in NOT_SAID}
    if code in {"other_date", "other_period"}:
        del said["counted"]
    assert all(value in sentence.casefold() or value in sentence for value in said.values())


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (FIGURES, "Another figure for the same thing: 2 and 4 killed"),
        ({**FIGURES, "counted": ""}, "Another figure for the same thing: 2 and 4 dead"),
        (
            {**FIGURES, "counted": "", "measure": ""},
            "Another figure for the same thing: 2 and 4",
        ),
        ({"earlier": "2", "later": "4"}, "Another figure for the same thing: 2 and 4"),
    ],
)
def test_what_is_counted_is_said_where_it_is_known(values, told):
    assert in_words([Reason("other_figure", values)]) == [told]


def test_names_have_capitals():
    assert in_words([Reason("same_name", {"name": "ada venn"})]) == ["The same name: Ada Venn"]
    assert in_words([Reason("same_name", {"name": "McDonald"})]) == ["The same name: McDonald"]


def test_what_another_version_of_the_matcher_gave_is_left_out():
    kept = [
        Reason("of_old", {}),
        Reason("same_figure", {}),
        Reason("same_affair"),
        Reason("same_affair"),
    ]
    assert in_words(kept) == ["The same affair"]


def _codes(path: Path) -> Iterator[str]:
    """Yield the codes that a file of the matcher gives to reasons, itself or through a function of its own."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    takes_code = {"Reason": 0}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [one.arg for one in node.args.args]
            if "code" in names:
                takes_code[node.name] = names.index("code")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = takes_code.get(node.func.id)
            if place is not None and place < len(node.args):
                yield from _constants(node.args[place], tree)


def _constants(given: ast.expr, tree: ast.Module) -> Iterator[str]:
    """Yield the strings that an argument can be: itself, or whatever a loop or an assignment gives its name."""
    if isinstance(given, ast.Constant):
        yield str(given.value)
    if isinstance(given, ast.Name):
        for node in ast.walk(tree):
            is_loop = isinstance(node, ast.For) and ast.unparse(node.target) == given.id
            is_set = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == given.id
            if isinstance(node, ast.For) and is_loop:
                yield from _strings(node.iter)
            if isinstance(node, ast.Assign) and is_set:
                yield from _strings(node.value)


def _strings(given: ast.expr) -> Iterator[str]:
    if isinstance(given, ast.IfExp):
        given = ast.Tuple([given.body, given.orelse])
    for one in given.elts if isinstance(given, ast.Tuple) else [given]:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
