"""Mail servers that break the rules of IMAP."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from claims.errors import MailboxError
from claims.fetching.mailboxes import Account, opened

FOLDER = b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n"
OPEN = {"SELECT": FOLDER, "CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n"}
ONE = {**OPEN, "SEARCH": b"* SEARCH 1\r\n"}
LIES: Mapping[str, Mapping[str, bytes]] = {
    "no-uidvalidity": {"SELECT": b"* 1 EXISTS\r\n"},
    "uidvalidity-of-letters": {"SELECT": b"* 1 EXISTS\r\n* OK [UIDVALIDITY x] valid\r\n"},
    "no-capabilities": {"SELECT": FOLDER},
    "numbers-of-letters": {**OPEN, "SEARCH": b"* SEARCH one two\r\n"},
    "size-of-letters": {**ONE, "RFC822.SIZE": b"* 1 FETCH (UID 1 RFC822.SIZE abc)\r\n"},
    "header-without-bytes": {**ONE, "FETCH": b"* 1 FETCH (UID 1 BODY[HEADER]<0> 5)\r\n"},
    "nested": {**ONE, "FETCH": b"* 1 FETCH (UID 1 X " + b"(" * 9_000 + b")" * 9_000 + b")\r\n"},
    "half-an-answer": {**ONE, "FETCH": b"* 1 FETCH (UID\r\n"},
}
"""What a server says to a command that has a word."""


@contextmanager
def lying(answers: Mapping[str, bytes]) -> Iterator[Account]:
    """Run a server that gives these answers. Gives a mailbox on it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Thread(target=_lie, args=(listening, answers))
        server.start()
        port = listening.getsockname()[1]
        yield Account("127.0.0.1", port, "desk", "for tests only", encryption="none")
        server.join()


def _lie(listening: socket.socket, answers: Mapping[str, bytes]) -> None:
    with suppress(OSError), listening.accept()[0] as client, client.makefile("rwb") as stream:
        stream.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
        stream.flush()
        while line := stream.readline():
            tag, said = line.decode().split(" ", 1)
            words = (word for word in answers if word in said)
            stream.write(b"".join(answers[word] for word in words))
            stream.write(f"{tag} OK done\r\n".encode())
            stream.flush()


def read(account: Account) -> list[int]:
    with opened(account) as box:
        found = box.after(0, most=5)
        for uid in found:
            box.header(uid)
            box.size(uid)
    return found


@pytest.mark.parametrize("name", LIES)
def test_it_is_told_as_any_other_failure_of_the_mailbox(name):
    with lying(LIES[name]) as account, pytest.raises(MailboxError):
        read(account)


ENDLESS: Mapping[str, Mapping[str, bytes]] = {
    "announced": {**ONE, "FETCH": b"* 1 FETCH (UID 1 BODY[HEADER]<0> {2147483648}\r\n"},
    "in-pieces": {**ONE, "FETCH": (b"* 1 FETCH (X {9000000}\r\n%s)\r\n" % (b"x" * 9_000_000)) * 3},
    "in-lines": {**OPEN, "SEARCH": (b"* OK " + b"x" * 900_000 + b"\r\n") * 30},
    "before-the-login": {"CAPABILITY": (b"* OK " + b"x" * 900_000 + b"\r\n") * 30},
}
"""Answers larger than any mail that is read."""


@pytest.mark.parametrize("name", ENDLESS)
def test_no_answer_is_larger_than_any_mail(name):
    with lying(ENDLESS[name]) as account, pytest.raises(MailboxError) as told:
        read(account)
    assert "larger than any mail" in str(told.value)


def test_a_number_that_no_mail_can_have_is_left_out():
    with lying({**ONE, "SEARCH": b"* SEARCH 1 99999999999999999999\r\n"}) as account:
        assert read(account) == [1]
