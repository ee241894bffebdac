"""Sending data: what arrives, what is known of the answer, and where nothing is sent."""

import pytest

from claims.errors import BadAddressError, TooSlowError, UnreachableError, UnsafeAddressError
from claims.fetching import Limits
from claims.fetching.client import AGENT
from claims.fetching.sending.posting import Answer, post
from tests.fetching.client import ENOUGH
from tests.fetching.sites import page, raw, redirect

JSON = {"Content-Type": "application/json"}
SMALL = Limits(seconds=60, size=10)


def sent(site, path="/", **kwargs) -> Answer:
    options = {"headers": JSON, "limits": SMALL, "allow": site.allow()} | kwargs
    return post(site.at(path), "é".encode(), **options)


def test_what_arrives(site):
    site.pages["/a"] = page(b"thanks")
    assert sent(site, "/a") == Answer(200, b"thanks", whole=True)
    ((path, headers, body),) = site.posted
    assert (path, body.decode()) == ("/a", "é")
    assert headers == {
        "Host": f"127.0.0.1:{site.port}",
        "User-Agent": AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "Content-Type": "application/json",
        "Content-Length": "2",
    }


@pytest.mark.parametrize("status", [204, 301, 404, 410, 503])
def test_any_status_is_an_answer(site, status):
    site.pages["/"] = page(b"words", status=status, headers={"Location": "/elsewhere"})
    assert sent(site).status == status
    assert site.asked == ["/"]


def test_a_redirect_to_a_private_address_is_not_followed(site, connects):
    site.pages["/"] = redirect("http://169.254.169.254/")
    assert sent(site).status == 302
    assert connects == [("127.0.0.1", site.port)]


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("answer", "body", "whole"),
    [
        (page(b"0123456789"), b"0123456789", True),
        (page(b"0123456789", length=False), b"0123456789", True),
        (page(b"0123456789a"), b"0123456789", False),
        (page(b"0123456789a", length=False), b"0123456789", False),
        (raw(OK, b"Content-Length: 9\r\n\r\n", b"012"), b"012", False),
        (raw(OK, b"Content-Length: 3\r\n\r\n", b"0123456"), b"012", True),
        (raw(OK, b"Transfer-Encoding: chunked\r\n\r\n", b"3\r\n012\r\nzz\r\n"), b"012", False),
        (raw(OK, b"\r\n", again=b"9" * 1_000), b"9" * 10, False),
    ],
    ids=["whole", "to the end", "long", "longer", "cut off", "lies", "broken", "endless"],
)
def test_the_beginning_of_the_answer_is_kept(site, answer, body, whole):
    site.pages["/"] = answer
    assert sent(site) == Answer(200, body, whole)


def test_a_body_that_is_too_slow_takes_nothing_from_the_status(site):
    site.pages["/slow"] = raw(OK, b"Content-Length: 9\r\n\r\n012", again=b"3", pause=60)
    answer = sent(site, "/slow", limits=Limits(seconds=ENOUGH, size=10))
    assert (answer.status, answer.whole) == (200, False)


def test_no_answer_in_time(site):
    site.pages["/slow"] = raw(b"HTTP", again=b" ", pause=60)
    with pytest.raises(TooSlowError):
        sent(site, "/slow", limits=Limits(seconds=0.3, size=10))


@pytest.mark.parametrize(
    "answer",
    [raw(), raw(b"220 mail ready\r\n"), raw(OK, again=b"A: b\r\n")],
    ids=["nothing", "another protocol", "endless headers"],
)
def test_what_is_not_http(site, answer):
    site.pages["/"] = answer
    with pytest.raises(UnreachableError):
        sent(site)


def test_a_certificate_of_somebody_else(secure_site, names):
    names.answers["news.example"] = [["127.0.0.1"]]
    address = secure_site.at("/", "news.example")
    with pytest.raises(UnreachableError, match="its certificate is not valid"):
        post(address, b"", headers=JSON, limits=SMALL, allow=[f"news.example:{secure_site.port}"])
    assert secure_site.posted == []


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://169.254.169.254/", "http://[::1]/"]
)
def test_nothing_is_sent_to_a_private_address(connects, address):
    with pytest.raises(UnsafeAddressError):
        post(address, b"", headers=JSON, limits=SMALL)
    assert connects == []


def test_nothing_is_sent_to_another_port(site, connects):
    with pytest.raises(BadAddressError):
        sent(site, allow=[])
    assert connects == []
