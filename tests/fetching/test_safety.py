"""No address, name server or site can make the fetcher connect to a private address."""

import functools
import ipaddress
import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.errors import BadAddressError, UnreachableError, UnsafeAddressError, WorkbenchError
from claims.fetching import Robots, fetch, fetch_politely
from tests.fetching.sites import Names, page, redirect, watched

PUBLIC = "93.184.216.34"


class TestAddresses:
    @pytest.mark.parametrize(
        "host",
        [
            *(
                "127.0.0.1",
                "127.0.0.1.",
                "0.0.0.0",
                "10.0.0.1",
                "169.254.169.254",
                "100.100.100.200",
            ),
            *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fd00:ec2::254]"),
            *("[64:ff9b::169.254.169.254]", "[2002:7f00:1::]", "[fe80::1]", "[::127.0.0.1]"),
            *("①②⑦.⓪.⓪.①", "127。0。0。1"),
        ],
    )
    def test_a_private_number_is_refused(self, connects, host):
        with pytest.raises(UnsafeAddressError, match=r"private network.*ask your administrator"):
            fetch(f"http://{host}/")
        assert connects == []

    @pytest.mark.parametrize(
        "host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0", "0x7f000001"]
    )
    def test_a_number_in_disguise_is_refused(self, connects, host):
        with pytest.raises(BadAddressError):
            fetch(f"http://{host}/")
        assert connects == []

    def test_this_machines_own_name_is_refused(self, connects):
        with pytest.raises(UnsafeAddressError):
            fetch("http://localhost/")
        assert connects == []

    @pytest.mark.parametrize(
        "answer",
        [
            ["127.0.0.1"],
            ["::1"],
            ["169.254.169.254"],
            ["fe80::1%2"],
            [PUBLIC, "10.0.0.1"],
            ["2606:4700::1111", "::ffff:10.0.0.1"],
        ],
    )
    def test_a_name_with_a_private_number_is_refused_whatever_else_it_has(
        self, names, connects, answer
    ):
        names.answers["news.example"] = [answer]
        with pytest.raises(
            UnsafeAddressError, match=r"^news\.example is on a private network"
        ) as caught:
            fetch("https://news.example/")
        assert connects == []
        assert not any(number in str(caught.value) for number in answer)

    def test_a_name_that_changes_after_it_was_checked_changes_nothing(self, names, connects):
        names.answers["news.example"] = [[PUBLIC], ["127.0.0.1"]]
        with pytest.raises(UnreachableError):
            fetch("http://news.example/")
        assert connects == [(PUBLIC, 80)]
        assert names.looked_up == ["news.example"]

    def test_all_numbers_of_a_public_name_are_tried_and_no_others(self, names, connects):
        names.answers["news.example"] = [[PUBLIC, "2606:4700::1111"]]
        with pytest.raises(UnreachableError):
            fetch("https://news.example/")
        assert connects == [(PUBLIC, 443), ("2606:4700::1111", 443)]


class TestAllow:
    def test_an_allowed_host_is_reached_on_its_port_alone(self, site, names, connects):
        names.answers["desk.example"] = [["127.0.0.1"]]
        site.pages["/"] = page(b"words")
        assert fetch(site.at("/", "DESK.example"), allow=site.allow("Desk.Example.")).body
        for other in ("http://desk.example/", "https://desk.example/"):
            with pytest.raises(UnsafeAddressError):
                fetch(other, allow=site.allow("desk.example"))
        assert connects == [("127.0.0.1", site.port)]

    def test_a_host_without_a_port_is_reached_on_those_of_the_web(self, names, connects):
        names.answers["desk.example"] = [["127.0.0.1"]]
        for address in ("http://desk.example/", "https://desk.example/"):
            with pytest.raises(UnreachableError):
                fetch(address, allow=["desk.example"])
        with pytest.raises(BadAddressError, match=r"port 8080.*allow desk\.example:8080"):
            fetch("http://desk.example:8080/", allow=["desk.example"])
        assert connects == [("127.0.0.1", 80), ("127.0.0.1", 443)]

    @pytest.mark.parametrize("entry", ["::1", "[::1]", "[0:0::1]"])
    def test_a_number_of_ipv6_needs_no_brackets(self, connects, entry):
        with pytest.raises(UnreachableError):
            fetch("http://[::1]/", allow=[entry])
        assert connects == [("::1", 80)]

    def test_the_name_is_what_is_allowed_and_not_its_number(self, site, names, connects):
        names.answers["evil.example"] = [["127.0.0.1"]]
        with pytest.raises(BadAddressError):
            fetch(site.at("/", "evil.example"), allow=site.allow())
        with pytest.raises(UnsafeAddressError):
            fetch("http://evil.example/", allow=["127.0.0.1"])
        assert connects == []


class TestRedirects:
    @pytest.mark.parametrize(
        "to",
        [
            "http://10.1.2.3/",
            "http://127.0.0.1/",
            "//169.254.169.254/latest/meta-data/",
            "http://[::1]/",
            "http://inside.example/",
        ],
    )
    @pytest.mark.parametrize(
        "get",
        [fetch, functools.partial(fetch_politely, robots=Robots())],
        ids=["fetch", "politely"],
    )
    def test_one_into_a_private_network_is_refused_without_naming_it(
        self, site, names, connects, to, get
    ):
        names.answers["news.example"] = [["127.0.0.1"]]
        names.answers["inside.example"] = [["10.1.2.3"]]
        site.pages["/"] = redirect(to)
        allow = site.allow("news.example")
        with pytest.raises(
            UnsafeAddressError, match=r"^news\.example is on a private network"
        ) as caught:
            get(site.at("/", "news.example"), allow=allow)
        assert "10.1.2.3" not in str(caught.value)
        assert set(connects) == {("127.0.0.1", site.port)}

    def test_each_is_looked_up_anew(self, site, names, connects):
        names.answers["news.example"] = [["127.0.0.1"], ["10.0.0.1"]]
        names.answers["other.example"] = [["10.0.0.1"]]
        site.pages["/"] = redirect("http://news.example/")
        with pytest.raises(UnsafeAddressError):
            fetch(site.at("/", "news.example"), allow=site.allow("news.example"))
        assert connects == [("127.0.0.1", site.port)]

    def test_what_is_allowed_stays_allowed(self, site, other, connects):
        site.pages["/"] = redirect(other.at("/"))
        other.pages["/"] = page(b"words")
        assert fetch(site.at("/"), allow=[*site.allow(), *other.allow()]).body == b"words"
        with pytest.raises(UnreachableError, match="cannot be fetched"):
            fetch(site.at("/"), allow=site.allow())


NUMBERS = st.ip_addresses().map(str) | st.sampled_from(
    [
        *("127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", PUBLIC, "8.8.8.8"),
        *("::1", "::", "fd00:ec2::254", "fe80::1%3", "::ffff:127.0.0.1", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "2606:4700::1111", "2001:db8::1"),
    ]
)
HOSTS = (
    NUMBERS.map(lambda number: f"[{number}]" if ":" in number else number)
    | st.integers(0, 2**32).map(str)
    | st.integers(0, 2**32).map(hex)
    | st.sampled_from(
        ["a.example", "A.Example.", "b.example", "é.example", "localhost", "0", "127.1"]
    )
    | st.text("a.0x1[]:%@\\/#?é。①", max_size=12)
)
WILD = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https"]) | st.sampled_from(["ftp", "file", "HTTP", ""]),
    HOSTS,
    st.sampled_from(["", ":", ":80", ":443", ":22", ":6379", ":0"]),
    st.sampled_from(["", "/", "/a b", "?q", "#f", "\\@127.0.0.1/", "@127.0.0.1/", "/\r\nHost: x"]),
)
PLAUSIBLE = st.builds(
    "{}://{}/".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["a.example", "b.example", "é.example", PUBLIC, "[2606:4700::1111]"]),
)
ADDRESSES = WILD | PLAUSIBLE
ANSWERS = st.lists(NUMBERS, min_size=1, max_size=3) | st.lists(
    st.sampled_from([PUBLIC, "8.8.8.8", "2606:4700::1111"]), min_size=1, max_size=3
)
fuzzed = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def assert_public(host: str, port: int) -> None:
    """By the standard library's word, not by the code under test."""
    number = ipaddress.ip_address(host)
    assert number.is_global
    assert not number.is_multicast
    assert port in {80, 443}


class TestAnything:
    @given(ADDRESSES, ANSWERS, ANSWERS)
    @fuzzed
    def test_no_address_leads_to_a_private_place(self, monkeypatch, address, first, then):
        names = Names(
            **{"a.example": [first, then], "b.example": [then, first], "xn--9ca.example": [then]}
        )
        names.answers["localhost"] = [["127.0.0.1", "::1"]]
        monkeypatch.setattr(socket, "getaddrinfo", names.getaddrinfo)
        with watched() as connects, pytest.raises(WorkbenchError):
            fetch(address)
        for host, port in connects:
            assert_public(host, port)

    @given(ADDRESSES, ANSWERS)
    @fuzzed
    def test_no_redirect_does_so_either(self, monkeypatch, site, address, numbers):
        names = Names(
            **{"a.example": [numbers], "b.example": [numbers], "xn--9ca.example": [numbers]}
        )
        names.answers["localhost"] = [["127.0.0.1", "::1"]]
        monkeypatch.setattr(socket, "getaddrinfo", names.getaddrinfo)
        site.pages["/"] = redirect(address.encode().decode("latin-1").replace("\r\n", ""))
        with watched() as connects, pytest.raises(WorkbenchError):
            fetch(site.at("/"), allow=site.allow())
        assert connects.pop(0) == ("127.0.0.1", site.port)
        for host, port in connects:
            if (host, port) != ("127.0.0.1", site.port):
                assert_public(host, port)
