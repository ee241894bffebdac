"""What a chief writes: what is understood, what stays text, and that nothing in it can do harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from claims.renderers.documents.blocks import Prose, Run
from claims.renderers.documents.prose import in_html, prose, words_of
from tests.renderers import reports


def test_paragraphs_emphasis_and_links_are_understood():
    assert prose("One *two* **three**\nfour.\n\n[Five](https://a.example/?b=1&c=2)") == (
        Prose(
            "paragraph",
            (
                Run("One "),
                Run("two", emphasis=True),
                Run(" "),
                Run("three", strong=True),
                Run(" "),
                Run("four."),
            ),
        ),
        Prose("paragraph", (Run("Five", href="https://a.example/?b=1&c=2"),)),
    )


def test_lists_keep_their_numbers_and_what_is_inside_them():
    (found,) = prose("3. three\n4. four\n   - inner")
    assert (found.kind, found.start) == ("numbers", 3)
    assert found.items[1] == (
        Prose("paragraph", (Run("four"),)),
        Prose("bullets", items=((Prose("paragraph", (Run("inner"),)),),)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "# No heading",
        "<b>no HTML</b>",
        "`no code`",
        "| no | table |",
        "> no quotation",
        "    no block of code",
        "---",
    ],
)
def test_everything_else_is_text(text):
    (found,) = prose(text)
    assert words_of([found]) == text.strip()
    assert not any(run.strong or run.emphasis or run.href for run in found.runs)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/etc", "mailto:a@b.example"],
)
def test_only_web_addresses_become_links(address):
    shown = in_html(prose(f"[here]({address})"))
    assert "href" not in shown
    assert "here" in shown


def test_a_picture_is_no_picture():
    shown = in_html(prose("![a dyke](https://a.example/dyke.png)"))
    assert "<img" not in shown


def test_the_words_alone_are_one_line():
    assert words_of(prose("**One**\ntwo\n\n- three\n- [four](https://a.example)")) == (
        "One two three four"
    )


def test_nothing_written_is_nothing():
    assert prose("") == prose(" \n ") == ()


_TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "div"}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            [*"*_[]()<>&\"'`!-1. \n#|~$\\", "https://a.example", "<script>", "javascript:x", "word"]
        )
    ).map("".join)
)
def test_no_text_makes_any_other_element_or_attribute(text):
    shown = html.fragment_fromstring(str(in_html(prose(text))), create_parent="div")
    for element in shown.iter():
        assert element.tag in _TAGS
        assert set(element.attrib) <= {"dir", "href", "rel", "start"}
        assert element.get("href", "https://").startswith("https://")


def test_hostile_words_are_words():
    assert "<script" not in in_html(prose(reports.HOSTILE))
    assert "<script>alert(1)</script>" in words_of(prose(reports.HOSTILE))
