"""Parsing web addresses: the same parser for checking, connecting and comparing."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

import idna

from claims.errors import BadAddressError, gettext_noop

MAX_LENGTH = 2_000
"""Characters of an address: what browsers and search engines agree on, near enough."""

PORTS = {"http": 80, "https": 443}
"""The schemes that are fetched, and their ports."""

TRACKING_PREFIXES = ("utm_",)
TRACKING = frozenset(
    {
        # Advertisers: Google, Meta, Microsoft, X, TikTok, Yandex.
        *("gclid", "gclsrc", "dclid", "gbraid", "wbraid", "_ga", "_gl"),
        *("fbclid", "igshid", "msclkid", "twclid", "ttclid", "yclid"),
        # Newsletters: Mailchimp, HubSpot, Marketo, Vero, Omeda.
        *("mc_cid", "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "vero_id", "oly_anon_id", "oly_enc_id"),
        # Outlets' own: the BBC, the French press.
        *("at_medium", "at_campaign", "at_link_id", "at_link_type", "at_link_origin", "xtor"),
    }
)
"""Parameters that say how a reader came to a page, never which page it is. Only unmistakable ones: one
too many would make two articles one."""

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\ud800-\udfff]")
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})|%")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# Reserved characters of RFC 3986 that are allowed in a path or query, and the escape character.
_KEPT = "/:@!$&'()*+,;=?%"


@dataclass(frozen=True, slots=True)
class Target:
    """A parsed address, ready to be requested.

    Attributes:
        scheme: "http" or "https".
        host: in lower case and ASCII, without a trailing dot; an IPv6 address without brackets.
        port: always set.
        path: with the query, escaped; begins with a slash.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        """The host, with its port unless that is the scheme's default."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        """The address."""
        return f"{self.scheme}://{self.netloc}{self.path}"


def parse(address: str) -> Target:
    """Parse an address.

    Args:
        address: as typed by a user or sent by a site. Surrounding white space is ignored.

    Returns:
        Its parts, without the fragment.

    Raises:
        BadAddressError: it is not a web address, or contains a password.
    """
    address = address.strip()
    if len(address) > MAX_LENGTH:
        raise BadAddressError(why=gettext_noop("it is too long"))
    try:
        parts = urlsplit(_mended(address))
    except ValueError as error:
        raise BadAddressError(why=gettext_noop("its host is not valid")) from error
    if parts.scheme not in PORTS:
        raise BadAddressError(why=gettext_noop("it must begin with http:// or https://"))
    if "@" in parts.netloc:
        raise BadAddressError(
            why=gettext_noop("it contains a user name or a password; leave them out")
        )
    host, port = authority(parts.netloc)
    path = parts.path or "/"
    if parts.query:
        path = f"{path}?{parts.query}"
    return Target(parts.scheme, host, port or PORTS[parts.scheme], quote(path, safe=_KEPT + "[]"))


def host_of(address: str) -> str:
    """Return the host of an address for messages; one that is not valid is returned without its secrets, as "?"."""
    try:
        return parse(address).host
    except BadAddressError:
        return "?"


def authority(netloc: str) -> tuple[str, int | None]:
    """Parse a host with or without a port.

    Args:
        netloc: such as "desk.example", "desk.example:8080" or "[::1]:8080".

    Returns:
        The host as in `Target`, and the port if there is one.

    Raises:
        BadAddressError: it is neither a name nor an IP address, or the port is not valid.
    """
    found = re.fullmatch(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?", netloc, re.ASCII)
    if found is None:
        raise BadAddressError(why=gettext_noop("its host is not valid"))
    port = int(found[2]) if found[2] else None
    if port is not None and not 0 < port < 65_536:
        raise BadAddressError(why=gettext_noop("its port is not valid"))
    return _host(found[1]), port


def normal(address: str) -> str:
    """Return an address in normal form, in which two addresses of the same page are equal.

    Scheme and host are in lower case, the host in ASCII and without a trailing dot. The scheme's
    default port, the fragment, an empty query and the parameters in `TRACKING` and `TRACKING_PREFIXES`
    are dropped. "." and ".." are resolved, and escapes are in upper case and only where necessary.
    Other parameters keep their order. http and https remain different.

    Args:
        address: as in `parse`.

    Returns:
        The normal form. That of a normal form is the form itself.

    Raises:
        BadAddressError: as `parse` does.
    """
    target = parse(address)
    path, _, query = canonical(target.path).partition("?")
    path = _without_dots(path)
    pairs = [pair for pair in query.split("&") if pair and not _tracks(pair)]
    path = f"{path}?{'&'.join(pairs)}" if pairs else path
    form = str(Target(target.scheme, target.host, target.port, path))
    if len(form) > MAX_LENGTH:
        raise BadAddressError(why=gettext_noop("it is too long"))
    return form


def of_page(address: str) -> str:
    """Return the form that all addresses of one page share, to compare a new address with known ones.

    As `normal`; in addition, http and https are the same, and so are a path with and without a trailing slash.
    An address that `normal` refuses is returned unchanged, because old articles may have any text there.

    Args:
        address: any text.

    Returns:
        The form. That of a form is the form itself. Do not fetch it: the page may exist only under the other
        scheme.
    """
    try:
        form = normal(address)
        # Again, because dropping the default port of http is not the same as dropping that of
        # https.
        form = normal(f"https{form.removeprefix('http')}") if form.startswith("http:") else form
    except BadAddressError:
        return address.strip()
    path, mark, query = form.partition("?")
    return f"{path.rstrip('/')}{mark}{query}"


def canonical(path: str) -> str:
    """Write every character of a path in its one canonical way.

    Args:
        path: of a `Target`, with or without a query.

    Returns:
        The path, with escapes only where they are needed, in upper case.
    """
    return _ESCAPE.sub(_escape, quote(path, safe=_KEPT))


def _escape(found: re.Match[str]) -> str:
    if found[1] is None:
        return "%25"
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()


def _mended(address: str) -> str:
    """Refuse what parsers disagree on; after the host, spaces and backslashes are slips and are corrected."""
    scheme, slashes, tail = address.partition("://")
    host = re.split("[/?#]", tail, maxsplit=1)[0]
    rest = tail[len(host) :].replace(" ", "%20").replace("\\", "%5C")
    mended = scheme + slashes + host + rest
    if _FORBIDDEN.search(mended):
        raise BadAddressError(
            why=gettext_noop("it contains characters that are not allowed in an address")
        )
    return mended


def _host(text: str) -> str:
    if text.startswith("["):
        try:
            # An address with a zone ("%eth0") belongs to a local link of this machine.
            return str(ipaddress.IPv6Address(text[1:-1] if "%" not in text else ""))
        except ValueError as error:
            raise BadAddressError(why=gettext_noop("its host is not valid")) from error
    name = _ascii(text).removesuffix(".")
    if not _NAME.fullmatch(name):
        raise BadAddressError(why=gettext_noop("its host is not valid"))
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError as error:
            # 0x7f.1, 017700000001 and 2130706433 are 127.0.0.1 to some parsers and names to others.
            raise BadAddressError(
                why=gettext_noop("write a numeric host as four numbers, such as 192.0.2.1")
            ) from error
    return name


def _ascii(text: str) -> str:
    if text.isascii():
        return text.lower()
    try:
        return idna.encode(text, uts46=True).decode()
    except UnicodeError as error:
        raise BadAddressError(why=gettext_noop("its host is not valid")) from error


def _without_dots(path: str) -> str:
    """Resolve "." and ".." as in section 5.2.4 of RFC 3986."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _tracks(pair: str) -> bool:
    name = unquote(pair.partition("=")[0]).lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
