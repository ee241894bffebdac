"""Parsing addresses, and the forms in which two addresses of one page are equal."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import BadAddressError, WorkbenchError
from claims.fetching import normal
from claims.fetching.addresses import TRACKING, of_page, parse

bounded = settings(max_examples=100, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("HTTP://News.Example", "http://news.example/"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("http://news.example:80/a", "http://news.example/a"),
        ("http://news.example:/a", "http://news.example/a"),
        ("https://news.example:80/a", "https://news.example:80/a"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://news.example/a#top", "https://news.example/a"),
        ("https://news.example/a?", "https://news.example/a"),
        ("  https://news.example/a\n", "https://news.example/a"),
        ("https://news.example/a?&id=7&&", "https://news.example/a?id=7"),
        ("https://news.example:65535/a", "https://news.example:65535/a"),
        ("https://news.example:1/a", "https://news.example:1/a"),
        ("https://news.example/a?utm_source=x&id=7&fbclid=y", "https://news.example/a?id=7"),
        ("https://news.example/a?UTM_Medium=x", "https://news.example/a"),
        ("https://news.example/a?utm%5fsource=x", "https://news.example/a"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?b=2&a=1"),
        ("https://news.example/a?q=a%2bb&c=d+e", "https://news.example/a?q=a%2Bb&c=d+e"),
        ("https://news.example/%7euser/%c3%a9", "https://news.example/~user/%C3%A9"),
        ("https://news.example/é à", "https://news.example/%C3%A9%20%C3%A0"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("https://news.example/a/./b/../c", "https://news.example/a/c"),
        ("https://news.example/a/%2e%2E/b", "https://news.example/b"),
        ("https://news.example/../..", "https://news.example/"),
        ("https://news.example/a//b/", "https://news.example/a//b/"),
        ("https://news.example/a?b[]=1", "https://news.example/a?b%5B%5D=1"),
        ("https://MÜNCHEN.example/", "https://xn--mnchen-3ya.example/"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://ｎｅｗｓ。example/", "https://news.example/"),  # noqa: RUF001
        ("https://[2606:4700:0:0::1111]:443/", "https://[2606:4700::1111]/"),
        ("https://my_desk.example/", "https://my_desk.example/"),
    ],
)
def test_an_address_has_one_form(address, expected):
    assert normal(address) == expected


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "begin with http"),
        ("news.example/a", "begin with http"),
        ("//news.example/a", "begin with http"),
        ("ftp://news.example/a", "begin with http"),
        ("file:///etc/passwd", "begin with http"),
        ("javascript:alert(1)", "begin with http"),
        ("gopher://127.0.0.1:70/", "begin with http"),
        ("data:text/html,hello", "begin with http"),
        ("https://edda:secret@news.example/", "user name or a password"),
        ("https://edda@news.example/", "user name or a password"),
        ("https://@news.example/", "user name or a password"),
        ("https://", "host is not valid|port is not valid"),
        ("https:news.example", "host is not valid|port is not valid"),
        ("https:///a", "host is not valid|port is not valid"),
        ("https://news..example/", "host is not valid|port is not valid"),
        ("https://.news.example/", "host is not valid|port is not valid"),
        ("https://news.example../", "host is not valid|port is not valid"),
        ("https://news.ex*mple/", "host is not valid|port is not valid"),
        ("https://news%2eexample/", "host is not valid|port is not valid"),
        ("https://news.example:http/", "host is not valid|port is not valid"),
        ("https://news.example:99999/", "port is not valid"),
        ("https://news.example:0/", "port is not valid"),
        ("https://news.example:65536/", "port is not valid"),
        ("https://news.example:８０/", "host is not valid|port is not valid"),  # noqa: RUF001
        ("https://[::1", "host is not valid|port is not valid"),
        ("https://[::1]x/", "host is not valid|port is not valid"),
        ("https://[fe80::1%25eth0]/", "host is not valid|port is not valid"),
        ("https://[news.example]/", "host is not valid|port is not valid"),
        ("https://" + "a" * 64 + ".example/", "host is not valid|port is not valid"),
        ("https://news.example\\@evil.example/", "characters"),
        ("https://news .example/", "characters"),
        ("https://news.example/a\r\nX-Evil: 1", "characters"),
        ("https://news.example/a\x00", "characters"),
        ("https://news.example/\ud800", "characters"),
        ("http://2130706433/", "four numbers"),
        ("http://0x7f000001/", "four numbers"),
        ("http://0x7f.1/", "four numbers"),
        ("http://017700000001/", "four numbers"),
        ("http://0177.0.0.1/", "four numbers"),
        ("http://127.1/", "four numbers"),
        ("http://127.0.0.1.5/", "four numbers"),
        ("http://news.0x1/", "four numbers"),
        ("https://news.example/" + "a" * 2_000, "too long"),
        ("https://news.example/" + "é" * 700, "too long"),
    ],
)
def test_what_is_no_address_is_refused_and_told_why(address, why):
    with pytest.raises(BadAddressError, match=why) as caught:
        normal(address)
    assert "secret" not in str(caught.value)


def test_an_address_has_at_most_2000_characters():
    longest = "https://news.example/".ljust(2_000, "a")
    assert str(parse(longest)) == normal(longest) == longest
    for refuses in (parse, normal):
        with pytest.raises(BadAddressError, match="too long"):
            refuses(f"{longest}a")


def test_numbers_in_other_scripts_are_the_same_numbers():
    assert parse("http://①②⑦.⓪.⓪.①/").host == "127.0.0.1"


URL_TEXT = st.text(
    st.sampled_from("abzAZ019-._~:/?#[]@!$&'()*+,;=% \\éß本\u00ad") | st.characters(), max_size=30
)
ADDRESSES = st.builds(
    "{}://{}{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(["news.example", "News.Example.:443", "bücher.example:80", "[::1]:8080"])
    | URL_TEXT,
    URL_TEXT.map("/{}".format),
)


@given(ADDRESSES)
@bounded
def test_the_form_of_a_form_is_itself_and_nothing_else_goes_wrong(address):
    try:
        once = normal(address)
    except WorkbenchError:
        return
    assert normal(once) == once
    assert once.isascii()
    assert "#" not in once


@given(
    st.sampled_from(sorted(TRACKING)) | st.from_regex(r"utm_[a-z]{1,9}", fullmatch=True),
    st.text("abc019%-.", max_size=5),
    st.integers(0, 2),
)
@bounded
def test_how_a_reader_came_to_a_page_makes_no_other_page(name, value, place):
    pairs = ["id=7", "lang=en"]
    pairs.insert(place, f"{name}={value}")
    assert normal(f"https://news.example/a?{'&'.join(pairs)}") == normal(
        "https://news.example/a?id=7&lang=en"
    )


@given(ADDRESSES, st.sampled_from(["#part", "#", "#a?b#c"]))
@bounded
def test_the_part_of_a_page_makes_no_other_page(address, part):
    try:
        whole = normal(address)
    except WorkbenchError:
        return
    if "#" not in address and len(address + part) < 2_000 and address == address.strip():
        assert normal(address + part) == whole


@pytest.mark.parametrize(
    "address",
    [
        "http://news.example/a/b?id=7",
        "https://news.example/a/b/?id=7",
        "HTTPS://News.Example:443/a/b?id=7#part",
        "http://news.example:80/a/./b?id=7&utm_source=x&mc_cid=y&gclid=z",
    ],
)
def test_all_addresses_of_a_page_share_a_form(address):
    assert of_page(address) == "https://news.example/a/b?id=7"


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/a/b?id=8",
        "https://news.example/a/B?id=7",
        "https://www.news.example/a/b?id=7",
        "https://news.example:8080/a/b?id=7",
        "https://news.example/a/b",
    ],
)
def test_what_may_be_another_page_has_another_form(other):
    assert of_page(other) != of_page("https://news.example/a/b?id=7")


@pytest.mark.parametrize(
    "address", ["http://news.example", "https://news.example/?", "https://news.example/?utm_id=1"]
)
def test_a_sites_first_page_is_one(address):
    assert of_page(address) == "https://news.example"


@given(ADDRESSES | st.text(max_size=40))
@bounded
def test_any_text_has_a_form_and_that_of_the_form_is_itself(address):
    once = of_page(address)
    assert of_page(once) == once
    assert of_page(f" {address}\n") == once
