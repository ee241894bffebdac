from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from claims.renderers.documents.markdown import escaped, write
from claims.renderers.labels import words_in
from claims.renderers.types import Edition
from tests.renderers import reports
from tests.renderers.matches import matching

WORDS = words_in("en")

# What renderers do at most: HTML, and GitHub's tables and strokes.
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def markdown(edition: Edition) -> str:
    return b"".join(write(edition)).decode()


def tokens(text: str) -> Iterator[Token]:
    for token in PARSER.parse(text):
        yield token
        yield from token.children or ()


def shown(text: str) -> str:
    """The text that a reader sees, without white space: where lines break is the renderer's business."""
    return reports.closed_up(
        "".join(
            token.content
            for token in tokens(text)
            if token.type in {"text", "code_inline", "fence"}
        )
    )


@pytest.mark.parametrize(
    "edition",
    [reports.sample(), reports.several(), reports.hostile(), matching()],
    ids=["sample", "several", "hostile", "matching"],
)
def test_every_text_of_the_report_is_shown_as_it_is(edition):
    found = shown(markdown(edition))
    wanted = {*reports.texts(edition.report), *reports.texts(edition.corrections)}
    assert len(wanted) > 10
    assert [text for text in wanted if reports.closed_up(text) not in found] == []
    assert edition.digest in found


def test_the_headings():
    lines = markdown(reports.several()).splitlines()
    assert lines[0] == "Verification report · The Veldmark Proof Desk"
    assert [line for line in lines if line.startswith(("# ", "## "))] == [
        "# What was said of Quillport's harbour in May",
        *(
            f"## {WORDS[word]}"
            for word in (
                "figures",
                "articles",
                "unchecked",
                "summary",
                "claims_in_full",
                "corrections",
                "about",
            )
        ),
    ]
    assert "### Claim 2: ! Disputed" in lines


def test_figures_and_summary_are_tables():
    lines = markdown(reports.sample()).splitlines()
    assert "| ✓ Verified | 1 | 20% |" in lines
    assert (
        "| 3 | Quillport harbour has eighty-two berths. | The article's own voice | ✓ Verified |"
        in lines
    )


def test_the_claims_words_are_marked_among_those_around_them():
    assert (
        "> On Tuesday the minister told a full hall that "
        "<mark>berth 21 had stood empty since the thaw</mark>, and that nobody had asked why."
    ) in markdown(reports.several()).splitlines()


def test_corrections_stand_with_their_claim_and_together():
    text = markdown(reports.several())
    assert text.count("**Corrected since publication:** ✓ Verified → ! Disputed") == 2
    assert text.count("**Decided again since publication:** ! Disputed → ○ Pending") == 2
    cover = text.partition("## Claims by verdict")[0]
    assert "- **Claim 1:** We first called this claim verified." in cover


def test_only_a_confidential_document_says_that_it_is_one():
    text = markdown(reports.several())
    assert text.count(f"**{WORDS['confidential']}**") == 1
    assert "****" not in text


def test_a_plain_text_reads_as_it_is():
    lines = markdown(reports.sample()).splitlines()
    assert "- **Told to:** the Quillport Lantern" in lines
    assert "- **Published:** 2031-05-06 04:30 UTC" in lines
    at = lines.index(
        "- **How this newsroom works:** Two editors read each claim against documents.\\"
    )
    assert lines[at + 1] == "  Nobody checks a claim of their own beat."


def test_only_addresses_of_the_web_are_linked():
    linked = [
        token.attrs["href"]
        for edition in (reports.sample(), reports.hostile())
        for token in tokens(markdown(edition))
        if token.type == "link_open"
    ]
    assert "https://ledger.example/sheets/101" in linked
    assert [link for link in linked if not link.startswith("https://")] == []


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://ledger.example/a_(b)*c", "https://ledger.example/a_(b)*c"),
        ("https://ledger.example/?a=1&copy=2", "https://ledger.example/?a=1&copy=2"),
        ("https://ledger.example/<b>", "https://ledger.example/%3Cb%3E"),
        ("https://ledger.example/a\\b)](x", "https://ledger.example/a%5Cb)%5D(x"),
    ],
)
def test_an_address_leads_where_it_says(address: str, link: str):
    made = reports.report(reports.claim(1), articles=(reports.article(url=address),))
    links = [token.attrs["href"] for token in tokens(markdown(made)) if token.type == "link_open"]
    assert link in links


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# no heading", r"\# no heading"),
        ("- no item", r"\- no item"),
        ("1. no item", r"1\. no item"),
        ("7 of 1.5 - 2", "7 of 1.5 - 2"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("a_b*c`d|e~f", r"a\_b\*c\`d\|e\~f"),
        ("[x](y)", r"\[x\](y)"),
        ("desk@proofdesk.example", r"desk\@proofdesk.example"),
        ("two\n\nlines", "two lines"),
        ("", ""),
    ],
)
def test_what_is_escaped(text: str, written: str):
    assert escaped(text) == written


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
        | st.sampled_from("\\`*_[]()#|~<>&!-+=:.1 \n\t\"'/@"),
        max_size=40,
    )
)
def test_any_text_is_shown_as_it_is_and_makes_nothing(text: str):
    line = reports.claim(
        1,
        quote=text,
        prefix=text,
        statement=text,
        source=text,
        reason=text,
        evidence=(reports.evidence(1, reports.FOR, title=text, excerpt=text),),
    )
    made = markdown(reports.report(line, headline=text, title=text, method=text))
    assert reports.closed_up(text) in shown(made)
    html = {token.content for token in tokens(made) if token.type.startswith("html")}
    assert html <= {"<mark>", "</mark>"}
    kinds = {token.type for token in tokens(made)} - {"hardbreak"}
    assert kinds <= {token.type for token in tokens(markdown(reports.sample()))}
