"""Messages of news agencies, ninjs and NewsML-G2: the texts, and what their senders say about using them."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import (
    EmptyArticleError,
    NotAnArticleError,
    NotForUseError,
    TooLargeError,
    UnreadableFileError,
    WorkbenchError,
)
from claims.ingest.formats import agency
from claims.ingest.types import ArticleDraft
from tests.ingest.formats.messages import (
    BODY,
    NITF,
    PACKAGE,
    PLAIN,
    VERSION_1,
    VERSION_2,
    VERSION_3,
    XHTML,
    XHTML_WITH_HEADER,
    entries,
    item,
    message,
)

BRIDGE = ArticleDraft(
    headline="Bridge closed",
    body=BODY,
    outlet="VPA",
    byline="Marit Solvane",
    published=datetime(2026, 1, 28, 11, tzinfo=UTC),
    language="en-GB",
)
NIGHT = "2026-01-29T06:00:00+01:00"


def only(data, name: str):
    (entry,) = entries(data, name)
    return entry.found


@pytest.mark.parametrize("sent", [VERSION_1, VERSION_2, VERSION_3])
def test_ninjs_of_every_version_is_read(sent):
    assert only(sent, "bridge.json") == BRIDGE


@pytest.mark.parametrize("content", [NITF, XHTML, XHTML_WITH_HEADER, PLAIN, NITF + PLAIN])
def test_newsml_g2_with_every_kind_of_content_is_read(content):
    assert only(item(content), "bridge.xml") == BRIDGE


def test_newsml_g2_with_html_or_base64_in_its_data_is_read():
    html = "&lt;p&gt;The bridge at Ostrey is closed.&lt;/p&gt;&lt;p&gt;Nobody knows why.&lt;/p&gt;"
    assert only(item(f'<inlineData contenttype="text/html">{html}</inlineData>'), "a.xml") == BRIDGE
    packed = base64.b64encode(BODY.encode()).decode()
    data = f'<inlineData contenttype="text/plain" encoding="enc:base64">{packed}</inlineData>'
    assert only(item(data), "a.xml") == BRIDGE


def test_an_identifier_that_is_a_web_address_is_the_articles():
    address = "https://vpa.example.org/bridge"
    assert only(item(guid=address), "a.xml").url == address
    assert only(VERSION_1 | {"uri": address}, "a.json").url == address


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (VERSION_1 | {"embargoed": NIGHT}, "a.json"),
        (VERSION_3 | {"embargoed": NIGHT}, "a.json"),
        (item(meta=f"<embargoed>{NIGHT}</embargoed>"), "a.xml"),
    ],
)
def test_an_embargo_is_kept(data, name):
    assert only(data, name).embargoed_until == datetime(2026, 1, 29, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (VERSION_1 | {"embargoed": "soon"}, "a.json"),
        (VERSION_1 | {"embargoed": ""}, "a.json"),
        (item(meta="<embargoed/>"), "a.xml"),
    ],
)
def test_what_is_embargoed_without_an_end_does_not_come_in(data, name):
    found = only(data, name)
    assert isinstance(found, NotForUseError)
    assert "embargoed" in str(found)


@pytest.mark.parametrize(
    ("status", "why"),
    [("withheld", "withholds it until further notice"), ("canceled", "has cancelled it")],
)
def test_what_is_withheld_or_cancelled_is_no_article(status, why):
    for data, name in (
        (VERSION_1 | {"pubstatus": status}, "a.json"),
        (VERSION_3 | {"pubStatus": status}, "a.json"),
        (item(meta=f'<pubStatus qcode="stat:{status}"/>'), "a.xml"),
        (
            item(
                meta=f'<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/{status}"/>',
                content="",
            ),
            "a.xml",
        ),
    ):
        found = only(data, name)
        assert isinstance(found, NotForUseError)
        assert why in str(found)


def test_a_message_gives_its_texts_with_the_lines_where_they_begin():
    found = entries(
        message(
            PACKAGE,
            item(),
            item("", kind="picture"),
            item("", meta='<pubStatus qcode="stat:canceled"/>'),
            item("", guid="urn:empty"),
        ),
        "wire.xml",
    )
    assert [entry.number for entry in found] == [3, 8, 10]
    assert found[0].found == BRIDGE
    assert isinstance(found[1].found, NotForUseError)
    assert isinstance(found[2].found, EmptyArticleError)


def test_a_list_in_ninjs_gives_its_texts_with_the_lines_where_they_begin():
    data = '[{"headline": "Ferry", "body_text": "The ferry sails."},\n\n {"type": "picture", "versioncreated": ""},\n'
    found = entries(data + '{"pubstatus": "canceled"}]', "wire.json")
    assert [entry.number for entry in found] == [1, 4]
    assert found[0].found.headline == "Ferry"
    assert isinstance(found[1].found, NotForUseError)


def test_a_ninjs_package_without_a_text_gives_those_within_it():
    first, second = VERSION_1, VERSION_1 | {"headline": "Ferry"}
    for associations in ({"a": first, "b": second}, [first, second]):
        package = {"type": "composite", "headline": "Top", "associations": associations}
        found = [entry.found.headline for entry in entries(package, "a.json")]
        assert found == ["Bridge closed", "Ferry"]


def test_items_within_an_article_stay_out():
    picture = {"type": "picture", "headline": "x", "body_text": "A caption of the bridge."}
    assert only(VERSION_1 | {"associations": {"main": picture}}, "a.json") == BRIDGE


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"type": "picture", "versioncreated": ""}, "a.json"),
        (item("", kind="picture"), "a.xml"),
        (PACKAGE, "a.xml"),
        (message(PACKAGE, item("", kind="video")), "a.xml"),
    ],
)
def test_a_message_without_a_text_is_told(data, name):
    found = [type(entry.found) for entry in entries(data, name)]
    assert set(found) == {NotAnArticleError}


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "a.json", EmptyArticleError),
        (b" \n", "a.xml", EmptyArticleError),
        ({"title": "x", "text": "y"}, "a.json", NotAnArticleError),
        ("[1]", "a.json", NotAnArticleError),
        ("<rss/>", "a.xml", NotAnArticleError),
        ('{"headline": "x"', "a.json", UnreadableFileError),
        ('[{"headline": "x"}', "a.json", UnreadableFileError),
        ("[" * 100_000, "a.json", UnreadableFileError),
        ("x", "a.json", UnreadableFileError),
        ("<newsItem>", "a.xml", UnreadableFileError),
        ("<a>" * 1_100_000, "a.xml", TooLargeError),
        (b" " * (agency.MAX_BYTES + 1), "a.json", TooLargeError),
        (
            '<!DOCTYPE newsItem [<!ENTITY a "words">]>' + item(PLAIN.replace("is", "&a;", 1)),
            "a.xml",
            UnreadableFileError,
        ),
        (
            item('<inlineData contenttype="text/plain" encoding="enc:base64">*</inlineData>'),
            "a.xml",
            UnreadableFileError,
        ),
    ],
)
def test_what_is_no_message_has_its_own_error(data, name, error):
    def read():
        for entry in entries(data, name):
            if isinstance(entry.found, WorkbenchError):
                raise entry.found

    with pytest.raises(error):
        read()


_VALUES = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=8), st.just("<p>x")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "headline",
                    "headlines",
                    "bodies",
                    "body_text",
                    "value",
                    "contenttype",
                    "uri",
                    "associations",
                    "pubstatus",
                    "embargoed",
                    "versioncreated",
                    "type",
                    "byline",
                ]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=20,
)


def test_the_class_of_an_item_that_is_not_a_text_is_told_shortened():
    found = only({**VERSION_3, "type": "x" * 101}, "a.json")
    assert f"of the class “{'x' * 100}”" in str(found)


@pytest.mark.parametrize(("data", "place"), [("{", 2), ('{"a": ?}', 7), ('[{"a": 1}, ?]', 12)])
def test_damaged_json_is_told_with_the_character_where_it_is(data, place):
    with pytest.raises(UnreadableFileError, match=f"damaged at character {place} "):
        entries(data, "a.json")


@given(_VALUES)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_json_gives_entries_or_an_error(value):
    try:
        found = entries(value, "a.json")
    except WorkbenchError:
        return
    assert found


@pytest.mark.parametrize(
    ("kind", "headline"),
    [("text/html", "Bridge & ferry closed"), ("text/plain", "Bridge &amp; <b>")],
)
def test_a_headline_is_marked_up_only_where_it_says_so(kind, headline):
    value = "Bridge &amp; <b>ferry</b> closed" if kind == "text/html" else "Bridge &amp; <b>"
    data = VERSION_2 | {"headlines": [{"value": value, "contenttype": kind}]}
    assert only(data, "a.json").headline == headline


def test_a_plain_text_keeps_its_signs():
    data = {"headline": "Bridge", "body_text": "Nine < ten &amp; more, said Ada."}
    assert only(data, "a.json").body == "Nine < ten &amp; more, said Ada."


@pytest.mark.parametrize(
    ("within", "byline"),
    [
        ('<creator literal="VEN"><name>Ada Venn</name></creator>', "Ada Venn"),
        ('<creator literal="VEN"/>', "VEN"),
        ('<creator qcode="p:ven"/>', "ven"),
    ],
)
def test_an_author_without_a_byline_is_called_by_name_or_else_by_code(within, byline):
    data = item().replace("<by>By Marit Solvane</by>", within)
    assert only(data, "a.xml").byline == byline
