"""Feeds and sitemaps: the addresses in sound, damaged and hostile files."""

import contextlib
import gzip
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import NotAFeedError, NotTextError, TooLargeError, WorkbenchError
from claims.ingest.drafts import MAX_LENGTHS
from claims.ingest.feeds import (
    MAX_ENTRIES,
    MAX_FEED,
    MAX_SITEMAP,
    FeedEntry,
    SitemapEntry,
    entries,
    sitemap,
)
from tests.bounds import grows_evenly

bounded = settings(max_examples=100, deadline=None, derandomize=True)
NOON = datetime(2026, 1, 28, 11, tzinfo=UTC)

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>The Ostrey Courier</title>
<link>https://courier.example.org/</link><image><url>https://courier.example.org/logo.png</url></image>
<item><title>Bridge &amp; ferry closed</title><link>https://courier.example.org/bridge</link>
<description><![CDATA[<p>The mayor <b>closed</b> it.</p><script>alert(1)</script>]]></description>
<guid isPermaLink="false">courier-1</guid><pubDate>Wed, 28 Jan 2026 12:00:00 +0100</pubDate></item>
<item><title>Second</title><link>/second?a=1&amp;b=2</link></item>
<item><title>No address</title></item>
<item><title>No web address</title><link>javascript:alert(1)</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Northern News</title>
<entry><title type="html">Bridge &lt;i&gt;closed&lt;/i&gt;</title><id>tag:news.example.net,2026:1</id>
<link rel="alternate" href="https://news.example.net/1"/><link rel="self" href="https://news.example.net/1.atom"/>
<updated>2026-01-28T12:30:00+01:00</updated><published>2026-01-28T12:00:00+01:00</published>
<summary>It is closed.</summary></entry></feed>"""

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://courier.example.org/bridge?a=1&amp;b=2 </loc><lastmod>2026-01-29</lastmod>
<image:image><image:loc>https://courier.example.org/bridge.jpg</image:loc></image:image>
<news:news><news:publication><news:name>Courier</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-01-28T12:00:00+01:00</news:publication_date><news:title>Bridge closed</news:title></news:news></url>
<url><loc>/second</loc></url><url><loc>mailto:desk@example.org</loc></url><url/>
</urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://courier.example.org/2026.xml.gz</loc><lastmod>2026-01-28T11:00:00Z</lastmod></sitemap></sitemapindex>"""


def feed(data: str | bytes):
    return entries(
        io.BytesIO(data.encode() if isinstance(data, str) else data),
        address="https://courier.example.org/rss",
    )


def site(data: str | bytes):
    return sitemap(
        io.BytesIO(data.encode() if isinstance(data, str) else data),
        address="https://courier.example.org/map.xml",
    )


FIRST = FeedEntry(
    "https://courier.example.org/bridge",
    "Bridge & ferry closed",
    NOON,
    "The mayor closed it.",
    "courier-1",
)


def test_rss_gives_the_entries_that_have_an_address():
    second = "https://courier.example.org/second?a=1&b=2"
    assert feed(RSS) == [FIRST, FeedEntry(second, "Second", None, "", second)]


def test_atom_gives_its_entries():
    assert feed(ATOM) == [
        FeedEntry(
            "https://news.example.net/1",
            "Bridge closed",
            NOON,
            "It is closed.",
            "tag:news.example.net,2026:1",
        )
    ]


def test_the_time_of_the_last_change_stands_in_for_that_of_publication():
    (entry,) = feed(ATOM.replace("published>", "other>"))
    assert entry.published == datetime(2026, 1, 28, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "windows-1251"])
def test_the_encoding_is_found(encoding):
    headline = "Мост закрыт" if encoding == "windows-1251" else "Café closed"
    text = RSS.replace("UTF-8", encoding).replace("Bridge &amp; ferry closed", headline)
    assert feed(text.encode(encoding))[0].headline == headline


@pytest.mark.parametrize("cut", ["<item><title>Second", "</channel>", "<guid"])
def test_half_a_feed_gives_what_can_be_read(cut):
    assert feed(RSS.partition(cut)[0])[0].address == FIRST.address


def test_a_feed_that_is_not_well_formed_gives_what_can_be_read():
    broken = (
        RSS.replace("&amp; ferry", "& ferry &nbsp;")
        .replace("</guid>", "")
        .replace("\n", "\n\x01", 1)
    )
    assert feed(broken)[0].address == FIRST.address


def test_a_feed_without_entries_is_a_feed():
    assert feed('<rss version="2.0"><channel><title>Quiet</title></channel></rss>') == []


def test_neither_files_nor_addresses_in_place_of_a_feed_are_opened(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(RSS)
    for data in (str(path), path.as_uri(), "http://127.0.0.1:9/feed"):
        with pytest.raises(NotAFeedError):
            feed(data)


def test_entities_from_elsewhere_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
    text = RSS.replace("?>", f"?>{doctype}", 1).replace("Bridge &amp;", "Bridge &x;")
    assert "secret" not in feed(text)[0].headline
    text = NEWS.replace("?>", f"?>{doctype}", 1).replace("Bridge closed", "Bridge &x; closed")
    assert "secret" not in site(text)[0].headline


@pytest.mark.parametrize(
    ("data", "error", "why"),
    [
        (b"", NotAFeedError, "it is empty"),
        (b"The bridge is closed.", NotAFeedError, "none of the elements of a feed"),
        (
            b"<html><body><p>The bridge is closed.</p></body></html>",
            NotAFeedError,
            "none of the elements of a feed",
        ),
        (NEWS.encode(), NotAFeedError, "none of the elements of a feed"),
        (b"%PDF-1.7", NotTextError, "a PDF"),
        (b"\x00\x01\x02" * 99, NotTextError, "control characters"),
        (b" " * (MAX_FEED + 1), TooLargeError, "MB"),
        (RSS.replace("Bridge", "\x90\x81").encode("latin-1"), NotTextError, "not valid UTF-8"),
    ],
    ids=range(8),
)
def test_what_is_no_feed_has_its_own_error(data, error, why):
    with pytest.raises(error, match=why):
        feed(data)


def test_a_sitemap_of_news_gives_its_entries():
    assert site(NEWS) == [
        SitemapEntry(
            "https://courier.example.org/bridge?a=1&b=2",
            "Bridge closed",
            NOON,
            datetime(2026, 1, 29, tzinfo=UTC),
            is_sitemap=False,
        ),
        SitemapEntry("https://courier.example.org/second", "", None, None, is_sitemap=False),
    ]


@pytest.mark.parametrize("pack", [str.encode, lambda text: gzip.compress(text.encode())])
def test_an_index_gives_the_addresses_of_other_sitemaps(pack):
    assert site(pack(INDEX)) == [
        SitemapEntry("https://courier.example.org/2026.xml.gz", "", None, NOON, is_sitemap=True)
    ]


@pytest.mark.parametrize("cut", ["<url><loc>/second", "</urlset>"])
def test_half_a_sitemap_gives_what_can_be_read(cut):
    assert site(NEWS.partition(cut)[0])[0].headline == "Bridge closed"
    assert site(gzip.compress(NEWS.encode())[:-12])


def test_a_sitemap_without_entries_is_a_sitemap():
    assert site("<urlset></urlset>") == []


def test_no_more_entries_are_read_than_a_sitemap_may_have():
    text = "<urlset>" + "<url><loc>https://a.example/</loc></url>" * (MAX_ENTRIES + 5) + "</urlset>"
    assert len(site(text)) == MAX_ENTRIES


@pytest.mark.parametrize(
    ("data", "error", "why"),
    [
        (b"", NotAFeedError, "not valid XML"),
        (
            b"The bridge is closed.",
            NotAFeedError,
            "not valid XML|none of the elements of a sitemap",
        ),
        (RSS.encode(), NotAFeedError, "none of the elements of a sitemap"),
        (
            b"<html><body><p>Bridge</p></body></html>",
            NotAFeedError,
            "none of the elements of a sitemap",
        ),
        (b"\x1f\x8bnot gzip", NotAFeedError, "damaged"),
        (gzip.compress(bytes(MAX_SITEMAP + 1)), TooLargeError, "MB"),
        (b" " * (MAX_SITEMAP + 1), TooLargeError, "MB"),
    ],
    ids=range(7),
)
def test_what_is_no_sitemap_has_its_own_error(data, error, why):
    with pytest.raises(error, match=why):
        site(data)


@pytest.mark.parametrize("read", [feed, site])
@pytest.mark.parametrize("root", ["urlset", 'rss version="2.0"'])
def test_entities_of_its_own_are_not_unfolded(read, root):
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE x [<!ENTITY l0 "lol">{levels}]><{root}>'
    place = "https://courier.example.org/&l11;"
    entry = f"<url><loc>{place}</loc></url><item><link>{place}</link><title>&l11;</title></item>"
    try:
        found = read((head + entry).encode())
    except WorkbenchError:
        found = []
    assert "lollol" not in repr(found)


@pytest.mark.parametrize("read", [feed, site])
@pytest.mark.parametrize(
    ("file", "size"),
    [
        (lambda size: b"<urlset>" + b"<url>" * size, 5_000),
        (lambda size: b'<rss version="2.0">' + b"<item>" * size, 1_500),
        (lambda size: b"<rss><channel>" + b"<item><title>a</title></item>" * size, 400),
        (lambda size: b'<rss version="2.0"><item><title>' + b"<b>" * size, 1_500),
        (lambda size: b"<rss>" + b"<" * size, 10_000),
        (lambda size: b"<rss " + b"a='b' " * size, 5_000),
        (lambda size: b"<rss><item><description>" + b"&lt;div>" * size, 5_000),
        (lambda size: b"<urlset><url><loc>" + b"x" * size, 500_000),
    ],
    ids=range(8),
)
def test_a_hostile_file_costs_no_more_than_its_length(read, file, size):
    def reading(size):
        with contextlib.suppress(WorkbenchError):
            assert all(entry.address.startswith("http") for entry in read(file(size)))

    assert grows_evenly(reading, size)


_PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<item>",
                "</item>",
                "<title>",
                "<link>",
                "</link>",
                "<entry>",
                "<pubDate>",
                "<guid>",
                "&x;",
            ]
        ),
        st.sampled_from(
            [
                "<url>",
                "<loc>",
                "</loc>",
                "</url>",
                "<![CDATA[",
                "]]>",
                "http://[",
                "https://a.example/",
            ]
        ),
        st.text(max_size=8),
    ),
    max_size=25,
)


@given(_PIECES, st.sampled_from(['<rss version="2.0">', "<urlset>", "<feed>", ""]))
@bounded
def test_any_markup_gives_entries_or_an_error(pieces, root):
    data = (root + "".join(pieces)).encode(errors="replace")
    for read in (feed, site):
        try:
            found = read(data)
        except WorkbenchError:
            continue
        assert all(entry.address.startswith("http") for entry in found)


@pytest.mark.parametrize(
    "address",
    ["ftp://courier.example.org/1", "http://[", "https://c.example/" + "x" * 3_000],
)
def test_what_is_not_a_web_address_is_no_entry(address):
    page = f"<url><loc>{address}</loc></url><url><loc>https://courier.example.org/2</loc></url>"
    assert [one.address for one in site(f"<urlset>{page}</urlset>")] == [
        "https://courier.example.org/2"
    ]


def test_an_address_of_just_the_longest_is_one():
    address = "https://courier.example.org/".ljust(MAX_LENGTHS["url"], "x")
    assert [one.address for one in site(f"<urlset><url><loc>{address}</loc></url></urlset>")] == [
        address
    ]
    assert site(f"<urlset><url><loc>{address}x</loc></url></urlset>") == []


def test_only_what_stands_in_the_list_itself_is_an_entry():
    within = "<url><loc>https://courier.example.org/1</loc></url>"
    assert site(f"<urlset><group>{within}</group></urlset>") == []


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Bridge <b>closed</b>", "Bridge closed"),
        ("Bridge &amp; ferry", "Bridge & ferry"),
        ("Bridge  closed", "Bridge closed"),
    ],
)
def test_marks_in_a_title_are_undone(title, headline):
    entry = {"url": "https://courier.example.org/1", "title": title}
    data = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [entry]})
    assert [one.headline for one in feed(data)] == [headline]
