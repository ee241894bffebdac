"""E-mails: the text, the sender and the date, without attachments."""

import contextlib
import io
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import (
    EmptyArticleError,
    NotAnArticleError,
    NotTextError,
    TooLargeError,
    UnreadableFileError,
    WorkbenchError,
)
from claims.ingest import read
from claims.ingest.formats import eml
from claims.ingest.formats.eml import MAX_LINES
from tests.bounds import grows_evenly

bounded = settings(max_examples=200, deadline=None, derandomize=True)

HEAD = (
    "From: Press Office of Ostrey <press@ostrey.example.org>\r\n"
    "To: desk@courier.example.org\r\n"
    "Subject: Bridge closed\r\n"
    "Date: Wed, 28 Jan 2026 12:00:00 +0100\r\n"
)
PARAGRAPHS = (
    (
        "The Weavers’ Bridge is closed to all traffic from today on, the mayor of Ostrey, Dagny Folkert, said on "
        "Wednesday after an engineer had warned of rust."
    ),
    "The city asks drivers to take the northern dam.",
)


def article(data: str | bytes):
    return read(io.BytesIO(data.encode() if isinstance(data, str) else data), name="release.eml")


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Press Office of Ostrey <press@ostrey.example.org>"
    made["Subject"] = "Bridge closed"
    for name, value in headers.items():
        made[name] = value
    return made


def test_a_message_is_an_article_by_its_sender():
    found = article(HEAD + "\r\n" + "\r\n\r\n".join(PARAGRAPHS))
    assert found.headline == "Bridge closed"
    assert found.byline == "Press Office of Ostrey"
    assert found.published == datetime(2026, 1, 28, 12, tzinfo=timezone(timedelta(hours=1)))
    assert found.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "subject", ["Fwd: Bridge closed", "FW: Re: Bridge closed", "AW: WG: Bridge closed"]
)
def test_marks_of_forwarding_are_no_part_of_the_headline(subject):
    assert article(f"Subject: {subject}\n\nWords.").headline == "Bridge closed"


def test_an_encoded_header_is_decoded():
    head = "From: =?utf-8?q?Zo=C3=AB_=C3=9Cbelh=C3=B6r?= <z@example.org>\nSubject: =?windows-1252?q?Caf=E9?=\n"
    found = article(head + "\nWords.")
    assert (found.headline, found.byline) == ("Café", "Zoë Übelhör")


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_a_header_that_should_have_been_encoded_is_read(encoding):
    found = article("From: Zoë Übelhör <z@example.org>\nSubject: Café\n\nWords.".encode(encoding))
    assert (found.headline, found.byline) == ("Café", "Zoë Übelhör")


def test_without_a_name_the_address_is_the_byline():
    assert article("From: press@ostrey.example.org\n\nWords.").byline == "press@ostrey.example.org"


@pytest.mark.parametrize("date", ["", "Date: yesterday\n", "Date: Wed, 99 Foo 2026\n"])
def test_a_date_that_is_none_is_left_out(date):
    assert article(f"Subject: Bridge\n{date}\nWords.").published is None


def test_an_unknown_zone_is_taken_as_utc():
    found = article("Subject: Bridge\nDate: Wed, 28 Jan 2026 12:00:00 -0000\n\nWords.")
    assert found.published == datetime(2026, 1, 28, 12, tzinfo=UTC)


def test_plain_text_counts_before_the_page_and_attachments_are_left_out():
    made = message()
    made.set_content("\n\n".join(PARAGRAPHS))
    made.add_alternative("<p>The page says something else.</p>", subtype="html")
    made.add_attachment("Not this.", filename="other.txt")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="other.pdf")
    forwarded = message()
    forwarded.set_content("Nor this.")
    made.add_attachment(forwarded)
    assert article(made.as_bytes()).body == "\n\n".join(PARAGRAPHS)


def test_a_message_that_is_only_a_page_is_read_as_one():
    made = message(Date="Wed, 28 Jan 2026 12:00:00 +0100")
    page = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    made.set_content(
        f"<html><body><style>p {{}}</style><h1>Other</h1>{page}</body></html>", subtype="html"
    )
    found = article(made.as_bytes())
    assert found.headline == "Bridge closed"
    assert found.byline == "Press Office of Ostrey"
    assert found.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16", "koi8-r", "iso-2022-jp"])
@pytest.mark.parametrize("cte", ["base64", "quoted-printable"])
def test_encodings_are_undone(charset, cte):
    text = {"koi8-r": "Мост закрыт, сказала мэр.", "iso-2022-jp": "橋は閉鎖された。"}.get(
        charset, "Café closed."
    )
    made = message()
    made.set_content(text.encode(charset), maintype="text", subtype="plain", cte=cte)
    made.set_param("charset", charset)
    assert article(made.as_bytes()).body == text


def test_broken_lines_are_whole_again_and_short_ones_stay():
    body = (
        "The Weavers' Bridge is closed to all traffic from today on, the mayor\n"
        "of Ostrey, Dagny Folkert, said on Wednesday after an engineer had\n"
        "warned of rust.\n\n"
        "Contact:\nHarbour Street 4\nOstrey\n"
    )
    assert article(HEAD.replace("\r", "") + "\n" + body).body == (
        "The Weavers' Bridge is closed to all traffic from today on, the mayor of Ostrey, Dagny Folkert, said on "
        "Wednesday after an engineer had warned of rust.\n\nContact:\nHarbour Street 4\nOstrey"
    )


def test_flowed_lines_are_whole_again():
    head = HEAD + "Content-Type: text/plain; format=flowed\r\n\r\n"
    assert article(head + "The bridge \r\nis closed.\r\nNobody knows \r\nwhy.").body == (
        "The bridge is closed.\nNobody knows why."
    )


def test_what_was_forwarded_in_the_text_is_kept():
    body = "See below.\n\n---------- Forwarded message ---------\nFrom: Osk Pelham <osk@example.org>\n\nIt is closed."
    assert article(f"Subject: Fwd: Bridge\n\n{body}").body == body


def nested(depth: int) -> str:
    return HEAD + "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)
    )


@pytest.mark.parametrize(
    ("data", "error", "why"),
    [
        (b"", EmptyArticleError, "no text to split"),
        (b"\r\n \r\n", EmptyArticleError, "no text to split"),
        (HEAD.encode() + b"\r\n", NotAnArticleError, "only attachments"),
        (b"The bridge is closed.\n\nNobody knows why.", NotAnArticleError, "no e-mail headers"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", NotAnArticleError, "no e-mail headers"),
        (HEAD.encode() + b"\r\n%PDF-1.7 as text", NotTextError, "a PDF"),
        (HEAD.encode() + b"\r\n" + b"\x90\x81" * 50, NotTextError, "not valid UTF-8"),
        (HEAD.encode() + b"\n" * (MAX_LINES + 1), TooLargeError, "lines"),
        (b"x" * 20_000_001, TooLargeError, "MB"),
        (nested(3000).encode(), UnreadableFileError, "damaged"),
    ],
    ids=range(10),
)
def test_a_bad_message_has_its_own_error(data, error, why):
    with pytest.raises(error, match=why):
        article(data)


@pytest.mark.parametrize(
    ("body", "size"),
    [
        (lambda size: "\n" * size, 50_000),
        (
            lambda size: "The bridge over the Olm is closed, and nobody here knows why.\n" * size,
            3_000,
        ),
        (lambda size: "Content-Type: multipart/mixed; boundary=b\n" + "\n--b" * size, 10_000),
    ],
    ids=["empty lines", "broken lines", "parts"],
)
def test_a_long_message_costs_no_more_than_its_length(body, size):
    def reading(size):
        with contextlib.suppress(WorkbenchError):
            article(HEAD + body(size))

    assert grows_evenly(reading, size)


_PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "From: ",
                "Subject: ",
                "Date: ",
                "Content-Type: ",
                "\n",
                "\r\n",
                "\n\n",
                "--b\n",
                "--b--",
            ]
        ),
        st.sampled_from(
            ["multipart/mixed; boundary=b", "text/plain; charset=", "text/html", "message/rfc822"]
        ),
        st.sampled_from(
            ["=?utf-8?q?=FF?=", "=?", "?=", "<", ">", "@", ";", '"', "(", "base64", "\0", "é"]
        ),
        st.text(max_size=8),
    ),
    max_size=25,
)


@given(_PIECES)
@bounded
def test_any_message_gives_a_clean_article_or_an_error(pieces):
    try:
        found = article("From: a@example.org\n" + "".join(pieces))
    except WorkbenchError:
        return
    assert found.body == found.body.strip()
    assert "\n\n\n" not in found.body


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["x" * 14, "word6x"], ["x" * 14 + " word6x"]),
        (["x" * 14, "word5"], ["x" * 14, "word5"]),
        (["Ostrey.", "", "x" * 20], ["Ostrey.", "", "x" * 20]),
        (["> " + "x" * 14, "word6x"], ["> " + "x" * 14, "word6x"]),
        (["x" * 16, "> word"], ["x" * 16, "> word"]),
    ],
)
def test_a_line_was_broken_where_the_next_word_would_not_have_fitted(monkeypatch, lines, whole):
    monkeypatch.setattr(eml, "_WIDTHS", {20})
    text = "\n".join([*lines, "", "y" * 20])
    assert eml._whole_lines(text).split("\n") == [*whole, "", "y" * 20]


def test_what_is_neither_words_nor_a_page_is_not_read_as_one():
    made = message()
    made.add_attachment("BEGIN:VCALENDAR", subtype="calendar", disposition="inline")
    with pytest.raises(NotAnArticleError, match="only attachments"):
        article(made.as_bytes())
