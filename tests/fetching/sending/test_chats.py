"""Chats: which addresses are taken, what arrives there, and that nothing goes anywhere else."""

import json
import logging
import socket

import pytest

from claims.errors import BadAddressError, NotDeliveredError
from claims.fetching.sending import chats
from claims.fetching.sending.chats import chat_of, send_to_chat
from claims.fetching.sending.watching import RefusedConnectionError, watched
from tests.fetching.client import ENOUGH
from tests.fetching.sites import page, raw

TOKEN = "abcdefghijklmnopqrstuvwxyz"
SLACK = "TAAAAAAAA/BAAAAAAAA/cccccccccccccccccccccccc"
TEAMS = "prod-1.westeurope.logic.azure.com"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (f"https://hooks.slack.com/services/{SLACK}", "Slack"),
        (f"slack://{SLACK}", "Slack"),
        (
            f"https://{TEAMS}:443/workflows/ID/triggers/manual/paths/invoke?api-version=2016-06-01&sig=SIG",
            f"Microsoft Teams · {TEAMS}",
        ),
        (f"mmosts://chat.example.org/{TOKEN}", "Mattermost · chat.example.org"),
        (f"matrixs://{TOKEN}@matrix.example.org/!abc", "Matrix · matrix.example.org"),
    ],
)
def test_four_kinds_are_taken(address, name):
    assert chat_of(address).name == name


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "https://example.org/hook",
        "json://example.org/",
        "syslog://",
        "file:///etc/passwd",
        "mailto://user:secret@example.org",
        f"mmosts://chat.example.org:8065/{TOKEN}",
    ],
)
def test_others_are_not(address):
    with pytest.raises(BadAddressError):
        chat_of(address)


def test_what_would_have_files_read_is_left_out():
    parts = chat_of(f"slack://{SLACK}?template=/etc/passwd&retry=9&wait=99").parts
    assert not {"template", "retry", "wait", "qsd", "url"} & parts.keys()


def mattermost(site, query: str = "") -> str:
    return f"mmost://127.0.0.1:{site.port}/{TOKEN}{query}"


def test_a_message_arrives(site):
    site.pages[f"/hooks/{TOKEN}"] = page(b"ok")
    send_to_chat(mattermost(site), "Two claims", "Two claims\nfor you", allow=site.allow())
    (sent,) = site.posted
    assert "Two claims\nfor you" in json.loads(sent.body)["text"]


def test_one_arrives_in_matrix(site):
    seen = []

    def answer(handler) -> None:
        seen.append((handler.command, handler.path, handler.headers["Authorization"]))
        page(b'{"event_id": "$1", "user_id": "@desk:x", "room_id": "!abc:127.0.0.1"}')(handler)

    site.otherwise = answer
    address = f"matrix://{TOKEN}@127.0.0.1:{site.port}/!abc:127.0.0.1"
    send_to_chat(address, "Two claims", "for you", allow=site.allow())
    assert any("m.room.message" in path for _verb, path, _token in seen)


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "localhost", "10.0.0.1"])
def test_nothing_is_sent_to_a_private_address(connects, host):
    with pytest.raises(NotDeliveredError, match="it is on a private network"):
        send_to_chat(f"mmost://{host}/{TOKEN}", "t", "x")
    assert connects == []


def test_nor_where_the_name_leads_elsewhere_the_second_time(names, caplog):
    """The name server tells a public address when it is checked, and a private one when it is connected to."""
    names.answers["chat.example.org"] = [["93.184.216.34"], ["127.0.0.1"]]
    with caplog.at_level(logging.DEBUG, "apprise"), pytest.raises(NotDeliveredError):
        send_to_chat(f"mmost://chat.example.org/{TOKEN}", "t", "x")
    assert "not a public address" in caplog.text


def test_connections_of_a_library_are_checked_where_they_are_made(site):
    with watched(10, private=False), pytest.raises(RefusedConnectionError):
        socket.create_connection(("127.0.0.1", site.port))
    socket.create_connection(("127.0.0.1", site.port)).close()


BEGUN = {
    "head": b"HTTP/1.1 2",
    "body": b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n",
}


@pytest.mark.parametrize("name", BEGUN)
def test_a_chat_that_never_ends_its_answer_is_cut_off(site, monkeypatch, name):
    monkeypatch.setattr(chats, "SECONDS", 0.5)
    ended = drips(site, BEGUN[name])
    with pytest.raises(NotDeliveredError, match="it did not accept the message"):
        send_to_chat(mattermost(site), "t", "x", allow=site.allow())
    assert not ended


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
    ],
    ids=["announced", "without an end"],
)
def test_of_a_long_answer_only_the_beginning_is_read(site, head):
    sent = []

    def answer(handler) -> None:
        handler.wfile.write(head)
        for _piece in range(2_000):
            handler.wfile.write(b"x" * 100_000)
            sent.append(100_000)

    site.pages[f"/hooks/{TOKEN}"] = answer
    send_to_chat(mattermost(site), "t", "x", allow=site.allow())
    # Besides what was read, there is what lies in the system's buffers.
    assert sum(sent) < 50_000_000


def test_so_is_one_behind_tls(secure_site, certificate, names, monkeypatch):
    monkeypatch.setattr(chats, "SECONDS", ENOUGH)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate / "certificate.pem"))
    names.answers["news.example"] = [["127.0.0.1"]]
    ended = drips(secure_site, BEGUN["body"])
    address = f"mmosts://news.example:{secure_site.port}/{TOKEN}"
    with pytest.raises(NotDeliveredError, match="it did not accept the message"):
        send_to_chat(address, "t", "x", allow=secure_site.allow("news.example"))
    assert secure_site.posted
    assert not ended


def drips(site, begun: bytes) -> list[bool]:
    """Have a chat send its answer a byte at a time. Returns what is filled if it comes to its end."""
    ended: list[bool] = []
    slowly = raw(begun, again=b"0", pause=0.1)

    def answer(handler) -> None:
        slowly(handler)
        ended.append(True)

    site.pages[f"/hooks/{TOKEN}"] = answer
    return ended
