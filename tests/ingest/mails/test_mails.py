"""What is read of a mail: its sender, and the articles in it or attached to it."""

from email.message import EmailMessage
from io import BytesIO

import pytest

from claims.errors import TooLargeError, WorkbenchError
from claims.ingest import mails
from claims.ingest.mails import MAX_LENGTHS, Part, articles, envelope

NOTE = "See the article."
TEXT = "The bridge over the Olm is closed."


def mail(text: str = NOTE, **attached: str) -> EmailMessage:
    """A mail with attached text files, by their names without the extension."""
    made = EmailMessage()
    made["From"] = "Ada Venn <ada@courier.example>"
    made["Subject"] = "Bridges"
    made.set_content(text)
    for name, words in attached.items():
        made.add_attachment(words, filename=f"{name}.txt")
    return made


def read(message: EmailMessage) -> list[Part]:
    return list(articles(BytesIO(message.as_bytes())))


def told(message: EmailMessage) -> list[tuple[str, str]]:
    """The names and the texts of the articles, or of the errors."""
    return [
        (part.name, str(part.found) if isinstance(part.found, WorkbenchError) else part.found.body)
        for part in read(message)
    ]


class TestEnvelope:
    @pytest.mark.parametrize(
        ("header", "sender"),
        [
            ("From: Ada <Ada@Courier.example>", "ada@courier.example"),
            ("From: ada@a.example, bo@b.example", ""),
            ("X-From: ada@a.example", ""),
            (f"From: {'a' * 310}@b.example", f"{'a' * 310}@b.example"),
            (f"From: {'a' * 311}@b.example", ""),
        ],
        ids=range(5),
    )
    def test_names_the_only_sender(self, header, sender):
        assert len(f"{'a' * 310}@b.example") == MAX_LENGTHS["sender"]
        assert envelope(f"{header}\nSubject: A\n\n".encode()).sender == sender

    def test_has_its_number_and_its_subject_cut(self):
        found = envelope(b"Message-ID:  <1@a.example> \nSubject: " + b"x" * 301 + b"\n\n")
        assert (found.message_id, found.subject) == ("<1@a.example>", "x" * 300)
        assert envelope(b"Subject: A\n\n").message_id == ""


class TestArticles:
    def test_a_mail_without_attachments_is_one_itself(self):
        assert told(mail(TEXT)) == [("", TEXT)]
        (part,) = read(mail("..."))
        assert isinstance(part.found, WorkbenchError)

    @pytest.mark.parametrize(("length", "names"), [(999, ["a.txt", "b.txt"]), (1_000, [""])])
    def test_those_attached_to_a_cover_note_stand_for_it(self, length, names):
        assert [name for name, _text in told(mail("x" * length, a=TEXT, b=TEXT))] == names

    def test_those_attached_to_a_mail_without_words_stand_for_it(self):
        assert told(mail("...", a=TEXT)) == [("a.txt", TEXT)]

    @pytest.mark.parametrize(
        ("kind", "name", "article"),
        [
            (("text", "plain"), "a.txt", ("a.txt", TEXT)),
            (("application", "octet-stream"), "a.TXT", ("a.TXT", TEXT)),
            (("text", "plain"), "notes", ("notes", TEXT)),
            (("text", "plain"), None, ("text/plain", TEXT)),
            (("image", "png"), "a.png", None),
            (("text", "plain"), "a.png", None),
            (("application", "octet-stream"), "notes", None),
        ],
    )
    def test_the_name_of_an_attachment_or_else_its_type_says_how_to_read_it(
        self, kind, name, article
    ):
        made = mail()
        data = TEXT.encode()
        made.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=name)
        assert told(made) == [article or ("", NOTE)]

    def test_a_picture_in_the_text_is_left_out_and_a_named_file_is_not(self):
        made = mail()
        made.add_related(b"<p>Logo</p>", maintype="text", subtype="html", disposition="inline")
        assert told(made) == [("", NOTE)]
        made.add_related(
            TEXT.encode(), maintype="text", subtype="plain", disposition="inline", filename="a.txt"
        )
        assert told(made) == [("a.txt", TEXT)]

    def test_a_mail_that_is_passed_on_is_read_in_whole(self):
        made = mail()
        made.add_attachment(mail(TEXT))
        (part,) = read(made)
        assert not isinstance(part.found, WorkbenchError)
        assert (part.name, part.found.headline, part.found.body) == (
            "message/rfc822",
            "Bridges",
            TEXT,
        )

    def test_one_that_cannot_be_read_says_why_beside_the_others(self):
        found = read(mail(NOTE, a=TEXT, b="..."))
        assert [isinstance(part.found, WorkbenchError) for part in found] == [False, True]

    def test_of_more_than_so_many_the_first_are_read(self, monkeypatch):
        monkeypatch.setattr(mails, "MAX_ARTICLES", 2)
        assert len(read(mail(NOTE, a=TEXT, b=TEXT))) == 2
        *_read, last = read(mail(NOTE, a=TEXT, b=TEXT, c=TEXT, d=TEXT))
        assert len(_read) == 2
        assert isinstance(last.found, TooLargeError)
