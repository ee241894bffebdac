"""Which IP addresses are public.

The ranges are listed here instead of using `ipaddress.is_global`, which has changed between Python
releases, counts multicast as global, and does not know cloud metadata addresses.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# IANA's registry of special-purpose addresses (RFC 6890 and its successors), multicast (RFC 5771), and
# the one public address that serves the metadata of Azure's machines. The metadata of the other clouds
# is in 169.254.0.0/16, 100.64.0.0/10 (Alibaba) and 192.0.0.0/24 (Oracle).
_REFUSED_4 = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]

# All allocated addresses are in here (RFC 4291); private, link-local and multicast addresses,
# IPv4-mapped addresses and local NAT64 are outside.
_GIVEN_OUT_6 = IPv6Network("2000::/3")
_REFUSED_6 = [
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocols, Teredo among them: IPv4 addresses inside
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: IPv4 addresses inside
        "3ffe::/16",  # the old test network
        "3fff::/20",  # documentation
    )
]

# How a machine with only IPv6 reaches IPv4 (RFC 6052): its name server embeds IPv4 addresses in this
# range.
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Return whether an address is on the public internet.

    Args:
        address: an IPv4 or IPv6 address, as `getaddrinfo` returns it.

    Returns:
        False for every private, local, reserved or multicast address.
    """
    number = ip_address(address)
    if isinstance(number, IPv6Address) and number in _NAT64:
        number = IPv4Address(int(number) & 0xFFFFFFFF)
    if isinstance(number, IPv4Address):
        return not any(number in network for network in _REFUSED_4)
    return number in _GIVEN_OUT_6 and not any(number in network for network in _REFUSED_6)
