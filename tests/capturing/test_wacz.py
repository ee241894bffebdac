"""The index of a file with all evidence."""

import pytest

from claims.capturing.wacz import sort_key


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.Example.org/", "org,example)/"),
        ("https://example.org", "org,example)/"),
        ("https://www2.example.org/x", "org,example)/x"),
        ("https://news.example.org/A/b/?B=2&a=1", "org,example,news)/a/b?a=1&b=2"),
        ("http://news.example.org:8080/a", "org,example,news:8080)/a"),
        ("http://127.0.0.1:999/x", "1,0,0,127:999)/x"),
        ("https://example.org/a//b/", "org,example)/a/b"),
        ("https://example.org/index.html?", "org,example)/index.html"),
        ("https://example.org/caf%C3%A9?q=%20a+b", "org,example)/caf%c3%a9?q=%20a+b"),
    ],
)
def test_addresses_are_looked_up_as_pywb_does(address, key):
    assert sort_key(address) == key
