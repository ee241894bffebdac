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
def lying(answers: Mapping[str, bytes], heard: list[str] | None = None) -> Iterator[Account]:
    """Run a server that gives these answers, and notes what it heard. Gives a mailbox on it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Thread(target=_lie, args=(listening, answers, heard))
        server.start()
        port = listening.getsockname()[1]
        yield Account("127.0.0.1", port, "desk", "for tests only", encryption="none")
        server.join()


def _lie(listening: socket.socket, answers: Mapping[str, bytes], heard: list[str] | None) -> None:
    with suppress(OSError), listening.accept()[0] as client, client.makefile("rwb") as stream:
        stream.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
        stream.flush()
        while line := stream.readline():
            tag, said = line.decode().split(" ", 1)
            if heard is not None:
                heard.append(said.strip())
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


def test_the_first_mails_after_one_are_asked_for_and_told_in_order():
    numbers = b"* SEARCH 5 4294967295 3 4 9 4294967296 7\r\n"
    with lying({**OPEN, "UID 5:*": numbers}) as account, opened(account) as box:
        assert box.after(4, most=9) == [5, 7, 9, 4_294_967_295]
        assert box.after(4, most=2) == [5, 7]


def test_what_is_there_of_a_mail_comes_and_of_one_that_is_gone_nothing():
    there = {
        "UID FETCH 1 (RFC822.SIZE": b"* 1 FETCH (UID 1 RFC822.SIZE 7)\r\n",
        "UID FETCH 1 (BODY": b"* 1 FETCH (UID 1 BODY[HEADER]<0> {5}\r\nhello)\r\n",
    }
    with lying({**OPEN, **there}) as account, opened(account) as box:
        assert (box.size(1), box.header(1)) == (7, b"hello")
        assert (box.size(2), box.header(2), box.whole(2)) == (None, b"", b"")


def test_mails_are_marked_as_read_if_there_are_any():
    heard: list[str] = []
    with lying(OPEN, heard) as account, opened(account) as box:
        box.mark_as_read([])
        assert not [said for said in heard if "STORE" in said]
        box.mark_as_read([4, 5])
        assert [said for said in heard if "STORE" in said] == [
            "UID STORE 4,5 +FLAGS.SILENT (\\Seen)"
        ]


@pytest.mark.parametrize(
    ("user", "shown"),
    [("desk", "desk@mail.example · INBOX"), ("desk@ostrey.example", "desk@ostrey.example · INBOX")],
)
def test_a_mailbox_is_called_by_its_user_and_folder(user, shown):
    assert Account("mail.example", 993, user, "for tests only").address == shown
