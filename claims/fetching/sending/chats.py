"""Messages to chats: Slack, Teams, Matrix and Mattermost, through apprise.

apprise makes its own connections. So only these four are taken, of each address only the parts that say where the message
goes, every connection is checked, and of answers only the beginning is read: see `watching` and `answers`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any

from claims.errors import (
    BadAddressError,
    NotDeliveredError,
    WorkbenchError,
    gettext_noop,
)
from claims.fetching.addresses import PORTS, Target
from claims.fetching.client import hosts_of, open_target
from claims.fetching.connections import Allowance, places
from claims.fetching.sending.answers import bound_answers
from claims.fetching.sending.posting import reason_of
from claims.fetching.sending.watching import watched

SECONDS = 10.0
"""How long a chat may take to accept a message."""

_KINDS = MappingProxyType(
    {
        "slack": ("Slack", "slack", "NotifySlack"),
        "workflow": ("Microsoft Teams", "workflows", "NotifyWorkflows"),
        "workflows": ("Microsoft Teams", "workflows", "NotifyWorkflows"),
        "matrix": ("Matrix", "matrix", "NotifyMatrix"),
        "matrixs": ("Matrix", "matrix", "NotifyMatrix"),
        "mmost": ("Mattermost", "mattermost", "NotifyMattermost"),
        "mmosts": ("Mattermost", "mattermost", "NotifyMattermost"),
    }
)
"""The schemes that are taken: what people call the chat, and the module and class that apprise has for it."""

_NATIVE = ("slack", "workflow")
"""The schemes whose chats show people addresses that begin with https."""

_FIXED = MappingProxyType({"slack": "https://hooks.slack.com/"})
"""Where messages go whose address names no host."""

_PLAIN = {"matrix", "mmost"}
"""The schemes without TLS."""

_KEPT = frozenset(
    {
        *("schema", "secure", "host", "port", "user", "password", "fullpath", "targets"),
        *("token", "token_a", "token_b", "token_c"),
        *("workflow", "signature", "version", "power_automate"),
    }
)
"""The parts of an address that say where a message goes. Others would have apprise read files, or wait for long."""


@dataclass(frozen=True, slots=True)
class Chat:
    """Where in a chat messages go.

    Attributes:
        name: what people call it, without anything secret.
        target: the server.
        parts: what apprise needs.
    """

    name: str
    target: Target
    parts: dict[str, Any]


def chat_of(address: str, *, allow: Collection[str] = ()) -> Chat:
    """Read the address of a chat, as apprise writes it, or as Slack and Teams show it.

    Args:
        address: such as "mmosts://chat.example.org/TOKEN" or "https://hooks.slack.com/services/A/B/C".
        allow: hosts that may be on a private network, as in `claims.fetching.fetch`.

    Raises:
        BadAddressError: it is not that of a chat, or its port is not allowed.
    """
    found, scheme = _parsed(address.strip())
    if found is None:
        raise BadAddressError(
            why=gettext_noop(
                "it is not the address of a chat in Slack, Teams, Matrix or Mattermost"
            )
        )
    kind = _KINDS[scheme][0]
    parts = {name: value for name, value in found.items() if name in _KEPT}
    # Of Matrix: its server is the one that the address names, and no other that it might lead to.
    parts |= {"schema": scheme, "discovery": False}
    if scheme in _FIXED:
        chat = Chat(kind, open_target(_FIXED[scheme], ()), parts)
    else:
        web = "http" if scheme in _PLAIN else "https"
        port = found["port"] or PORTS[web]
        target = open_target(f"{web}://{found['host']}:{port}/", hosts_of(allow))
        chat = Chat(f"{kind} · {target.netloc}", target, parts)
    _sender(chat)
    return chat


def _parsed(address: str) -> tuple[dict[str, Any] | None, str]:
    """Return the parts of an address, or None, and its scheme."""
    scheme = address.partition("://")[0].lower()
    if scheme in _KINDS:
        return _plugin(scheme).parse_url(address), scheme
    for native in _NATIVE:
        if found := _plugin(native).parse_native_url(address):
            return found, native
    return None, scheme


def _plugin(scheme: str) -> Any:
    """Return apprise's class for a scheme. To load them takes a second, and few processes need one."""
    _name, module, plugin = _KINDS[scheme]
    found = getattr(import_module(f"apprise.plugins.{module}"), plugin)
    bound_answers(import_module(found.__module__))
    return found


def send_to_chat(address: str, title: str, text: str, *, allow: Collection[str] = ()) -> None:
    """Send a message to a chat. Redirects are not followed.

    Args:
        address: as in `chat_of`.
        title: one line.
        text: the message.
        allow: as in `chat_of`.

    Raises:
        NotDeliveredError: it was not accepted, or its address is not valid, not allowed or not public.
    """
    chat = _reachable(address, allow)
    private = (chat.target.host, chat.target.port) in hosts_of(allow)
    sender = _sender(chat)
    with watched(SECONDS, private=private):
        accepted = sender.notify(body=text, title=title)
    if not accepted:
        raise NotDeliveredError(host=chat.name, why=gettext_noop("it did not accept the message"))


def _sender(chat: Chat) -> Any:
    """Return apprise's sender for a chat.

    Raises:
        BadAddressError: the address lacks something that the chat needs.
    """
    asset = import_module("apprise").AppriseAsset(
        http_redirects=False, secure_logging=True, app_id="Claim Workbench"
    )
    try:
        return _plugin(chat.parts["schema"])(**chat.parts, rto=SECONDS, cto=SECONDS, asset=asset)
    except TypeError as error:
        raise BadAddressError(why=gettext_noop("a part of it is missing or not valid")) from error


def _reachable(address: str, allow: Collection[str]) -> Chat:
    """Read the address of a chat, and check that its server may be reached."""
    name: str = gettext_noop("the chat")
    try:
        chat = chat_of(address, allow=allow)
        name, target = chat.name, chat.target
        private = (target.host, target.port) in hosts_of(allow)
        places(target, Allowance(SECONDS), private=private, typed=target.host)
    except WorkbenchError as error:
        raise NotDeliveredError(host=name, why=reason_of(error)) from error
    except TimeoutError as error:
        raise NotDeliveredError(host=name, why=gettext_noop("there is no such host")) from error
    return chat
