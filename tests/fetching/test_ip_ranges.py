"""Which IP addresses are public."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.fetching.ip_ranges import is_public


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "0.1.2.3", "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1"),
        *("172.31.255.255", "192.168.0.1", "100.64.0.1", "100.127.255.255", "100.100.100.200"),
        *("169.254.169.254", "169.254.0.1", "168.63.129.16", "192.0.0.192", "192.0.0.9"),
        *("192.0.2.1", "198.51.100.7", "203.0.113.9", "198.18.0.1", "198.19.255.255"),
        *("192.88.99.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fe80::1%2", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("64:ff9b::169.254.169.254", "64:ff9b:1::808:808", "2002:7f00:1::", "2002:808:808::1"),
        *("2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1"),
        *("2001:20::1", "2001:db8::1", "3fff::1", "3ffe::1", "100::1", "5f00::1", "4000::1"),
    ],
)
def test_what_is_private_reserved_or_for_many_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("8.8.8.8", "1.1.1.1", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.63.0.1"),
        *("100.128.0.1", "192.0.1.1", "223.255.255.255", "168.63.129.17"),
        *("2606:4700::1111", "2a00:1450:4001::200e", "2001:4860:4860::8888", "64:ff9b::808:808"),
    ],
)
def test_what_is_on_the_open_internet_is_not(address):
    assert is_public(address)


@given(st.ip_addresses())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_the_standard_library_agrees_with_all_that_is_let_through(number):
    """It lets more through, but knows nothing to be private that would pass here."""
    if is_public(str(number)):
        assert number.is_global
        assert not any((number.is_multicast, number.is_link_local, number.is_loopback))
