"""Web pages: the article and nothing else, whatever the markup; hostile pages cost no more than their length."""

import contextlib
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import (
    EmptyArticleError,
    NotAnArticleError,
    NotTextError,
    TooLargeError,
    UnreadableFileError,
    WorkbenchError,
)
from claims.ingest import read
from claims.ingest.formats import html_metadata, html_page
from claims.ingest.formats.html_page import MAX_BYTES
from tests.bounds import grows_evenly

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*.html"))
bounded = settings(max_examples=60, deadline=None, derandomize=True)

TEXT = (
    "The café in Ostrey is closed, said Zoë Übelhör, who has run it for thirty years.",
    "Nobody on the square knew why, and the mayor would not say when she was asked on Tuesday.",
)


def article(page: str | bytes, encoding: str = "utf-8"):
    data = page.encode(encoding) if isinstance(page, str) else page
    return read(io.BytesIO(data), name="page.html")


def page(*, head: str = "", before: str = "", paragraphs: tuple[str, ...] = TEXT, after: str = ""):
    body = "".join(f"<p>{each}</p>\n" for each in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><title>The café closes</title>{head}</head><body>{before}"
        f"<article><h1>The café closes</h1>{body}</article>{after}</body></html>"
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_gives_its_article_and_nothing_around_it(path):
    expected = path.with_suffix(".md")
    with path.open("rb") as saved, expected.open("rb") as written:
        assert read(saved, name=path.name) == read(written, name=expected.name)


def test_there_are_pages_of_many_kinds():
    assert len(PAGES) >= 9


@pytest.mark.parametrize("name", ["page.htm", "page.HTML", "page.xhtml"])
def test_a_web_page_has_several_extensions(name):
    assert read(io.BytesIO(page().encode()), name=name).body == "\n\n".join(TEXT)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-8", '<meta charset="no-such-thing">'),
        ("utf-8", '<meta charset="zip">'),
        ("utf-8-sig", '<meta charset="windows-1252">'),
        ("utf-16", ""),
        ("utf-16", '<meta charset="utf-8">'),
        ("windows-1252", ""),
        ("windows-1252", '<meta charset="utf-8">'),
        ("windows-1252", '<meta http-equiv="Content-Type" content="text/html; charset=latin-1">'),
        ("iso-8859-15", "<meta charset=iso-8859-15>"),
        ("cp850", '<meta charset="cp850">'),
    ],
)
def test_the_encoding_is_found_whatever_is_declared(encoding, declared):
    assert article(page(head=declared), encoding).body == "\n\n".join(TEXT)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1251", "Мост в Острее закрыт, сказала мэр города в среду на заседании совета."),
        (
            "shift_jis",
            "橋は閉鎖されたと市長は水曜日の議会で述べた。修理には八か月かかるという。" * 3,
        ),
        (
            "iso-2022-jp",
            "橋は閉鎖されたと市長は水曜日の議会で述べた。修理には八か月かかるという。" * 3,
        ),
        ("gb2312", "市长星期三在议会说大桥已经关闭。修理至少需要八个月。费用达三千万克朗。" * 3),
        ("iso-8859-8", "הגשר באוסטרי נסגר ביום רביעי, אמרה ראשת העיר בישיבת המועצה."),
    ],
)
def test_a_declared_encoding_is_believed_where_the_bytes_are_not_utf_8(encoding, text):
    declared = page(head=f'<meta charset="{encoding}">', paragraphs=(text, f"{text}{text}"))
    plain = declared.replace("café", "cafe")
    assert article(plain, encoding).body == f"{text}\n\n{text}{text}"


def test_an_unknown_encoding_is_told():
    text = page(paragraphs=("Мост в Острее закрыт, сказала мэр города в среду.",) * 3)
    with pytest.raises(NotTextError, match="not valid UTF-8"):
        article(text.replace("café", "cafe"), "windows-1251")


def test_characters_stay_as_they_were_published():
    text = (
        "The cafe\u0301 was ﬁne, ½ full and 👩🏽‍🚀 came, the mayor of the town told Radio Ostrey."
    )
    assert article(page(paragraphs=(text, TEXT[1]))).body.startswith(text)


def test_line_ends_of_the_source_are_no_paragraphs():
    wrapped = TEXT[0].replace(" ", "\r\n   ")
    assert article(page(paragraphs=(wrapped, TEXT[1]))).body == "\n\n".join(TEXT)


def test_a_few_nul_bytes_do_no_harm():
    assert article(page().replace("Ostrey", "Os\0trey")).body == "\n\n".join(TEXT)


def test_nothing_of_scripts_or_hidden_elements_is_read():
    hidden = (
        "<script>document.write('A minister said that scripts are never read by anybody.')</script>"
        "<style>p::before{content:'A minister said that styles are never read.'}</style>"
        "<template><p>A minister said that templates are never read.</p></template>"
        "<noscript><p>A minister said that switching scripts on would help.</p></noscript>"
        '<p style="display : none">A minister said that this is hidden from everybody.</p>'
        "<p hidden>A minister said that this is hidden from everybody.</p>"
        "<!-- <p>A minister said that comments are never read.</p> -->"
    )
    assert article(page(paragraphs=(TEXT[0] + hidden, TEXT[1]))).body == "\n\n".join(TEXT)


def test_entities_and_document_types_from_elsewhere_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    doctype = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY lol "lol">'
        '<!ENTITY lol2 "&lol;&lol;&lol;">]>'
    )
    found = article(doctype + page(paragraphs=(TEXT[0] + " &x; &lol2;", TEXT[1])))
    assert "secret" not in found.body
    assert "lollol" not in found.body


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="javascript:alert(1)">',
        '<link rel="canonical" href="/bridge">',
        f'<link rel="canonical" href="https://example.org/{"a" * 3000}">',
        f'<meta name="author" content="{"Marit Solvane " * 100}">',
        '<meta http-equiv="content-language" content="English, mostly">',
        '<meta property="article:published_time" content="yesterday">',
        '<script type="application/ld+json">{"@type": "NewsArticle", </script>',
        f'<script type="application/ld+json">{"[" * 100_000}</script>',
        '<script type="application/ld+json">[1, null, "x", {"@type": null}, {"@type": 3}]</script>',
        (
            '<script type="application/ld+json">{"@type": "Article", "author": [3, {"name": {}}], '
            '"datePublished": {}, "publisher": null, "headline": ["x"], "mainEntityOfPage": 4}</script>'
        ),
    ],
)
def test_what_a_page_says_wrongly_of_itself_is_left_out(head):
    found = article(page(head=head))
    assert found.headline == "The café closes"
    assert found.body == "\n\n".join(TEXT)
    assert (found.byline, found.url, found.published, found.language) == ("", "", None, "en")


def test_a_date_without_a_zone_is_taken_as_utc():
    found = article(page(head='<meta name="date" content="2026-04-15 16:40">'))
    assert found.published == datetime(2026, 4, 15, 16, 40, tzinfo=UTC)


def test_no_date_is_guessed_from_a_copyright_line():
    assert article(page(after="<footer>© 2019 The Ostrey Courier</footer>")).published is None


@pytest.mark.parametrize(
    ("data", "error", "why"),
    [
        (b"", EmptyArticleError, "There is no text to split"),
        (b" \r\n ", EmptyArticleError, "There is no text to split"),
        (b"<!-- nothing -->", NotAnArticleError, "empty"),
        (
            b"<html><head><title>Bridge</title></head><body></body></html>",
            NotAnArticleError,
            "only menus",
        ),
        (b"<nav>" + b"<a href=/x>Sport</a> " * 50 + b"</nav>", NotAnArticleError, "only menus"),
        (b"%PDF-1.7\n", NotTextError, "a PDF"),
        (b"PK\x03\x04" + b"\0" * 100, NotTextError, "ZIP"),
        (b"\x00\x01\x02\x03" * 1000, NotTextError, "control characters"),
        (b"<p>" + b"\0<" * 4000, NotTextError, "control characters"),
        (b"x" * (MAX_BYTES + 1), TooLargeError, "MB"),
        (b"<div>" * 2_000_000, UnreadableFileError, "nested too deeply"),
        (b"<b><i>" * 1_000 + b"text", UnreadableFileError, "nested too deeply"),
        (
            (b"<div>" * 240 + b"x" + b"</div>" * 240) * 100,
            UnreadableFileError,
            "nested too deeply",
        ),
        (b"<p>word</p>" * 200_000, TooLargeError, "elements"),
        (page(paragraphs=("word " * 60_000,)).encode(), TooLargeError, "characters"),
    ],
)
def test_a_bad_page_has_its_own_error(data, error, why):
    with pytest.raises(error, match=why):
        article(data)


@pytest.mark.parametrize(
    ("made", "size"),
    [
        (lambda size: b"<article>" + b"<p>The mayor of the town said so.</p>" * size, 1_000),
        (lambda size: b"<article><p>" + b"<br>word" * size, 2_000),
        (lambda size: (b"<div>" * 240 + b"x" + b"</div>" * 240) * size, 4),
        (lambda size: b"<table>" + b"<tr><td>The mayor of the town said so.<td>2" * size, 400),
        (lambda size: b"<ul>" + b"<li>The mayor of the town said so." * size, 1_000),
        (lambda size: b"<a href=x>" * size + b"text", 1_500),
        (lambda size: b"<p>" + b"&#x41;" * size, 250_000),
        (lambda size: b"<p>" + b"<" * size, 250_000),
        (lambda size: b"<meta name=author content='%b'><p>So." % (b"a" * size), 100_000),
        (lambda size: b"<p class='%b'>The mayor said so." % (b"comment " * size), 10_000),
        (lambda size: b"<title>" + b"The mayor - " * size, 10_000),
        (lambda size: b"<p>So." + b"<time datetime=2026-01-01>x</time>" * size, 500),
    ],
    ids=range(12),
)
def test_a_hostile_page_costs_no_more_than_its_length(made, size):
    def reading(size):
        with contextlib.suppress(WorkbenchError):
            article(made(size))

    assert grows_evenly(reading, size)


_MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<table>",
                "<td>",
                "<h1>",
                "<br>",
                "<ul><li>",
                "<a href=x>",
            ]
        ),
        st.sampled_from(
            ["<article>", "<!--", "-->", "<![CDATA[", "<script>", "&lt;", "&#0;", "&#xD800;"]
        ),
        st.sampled_from(
            ["<base href=x>", "<html lang=x>", "<body hidden>", "<title>", "<?xml ?>", '"']
        ),
        st.sampled_from([*TEXT, "\0", "\ud7ff", "\ufffe", "\r\n"]),
        st.text(max_size=8),
    ),
    max_size=30,
)


@given(_MARKUP)
@bounded
def test_any_markup_gives_a_clean_article_or_an_error(pieces):
    try:
        found = article("".join(pieces))
    except WorkbenchError:
        return
    assert found.body
    assert found.body == found.body.strip()
    assert "\n\n\n" not in found.body


def test_an_author_in_a_tag_is_named_unless_it_is_an_address():
    tags = (
        '<meta name="author" content="By Ada Venn">'
        '<meta property="article:author" content="https://courier.example/ada">'
    )
    head = f"<html><head>{tags}</head><body><p>Words.</p></body></html>"
    assert html_metadata.fields(html_page.parsed(head))["byline"] == "Ada Venn"


def test_only_the_first_time_in_an_article_is_that_of_its_publication():
    times = '<p><time datetime="soon"></time></p><p><time datetime="2031-05-07"></time></p>'
    said = html_metadata.fields(html_page.parsed(f"<body><article>{times}</article></body>"))
    assert "published" not in said
