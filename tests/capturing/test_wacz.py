"""A file with all evidence, and its index."""

import json
from contextlib import nullcontext
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from claims.capturing import Attachment, CapturedPage, manifest, write_wacz
from claims.capturing.wacz import sort_key
from claims.capturing.warc import warc_of
from claims.fetching import Exchange

AT = datetime(2031, 4, 15, 18, 40, 5, 123456, tzinfo=UTC)


def warc(*addresses: str) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Ferry"
    sent = [Exchange(one, "192.0.2.7", AT, b"GET / HTTP/1.1\r\n\r\n", answer) for one in addresses]
    return warc_of(sent, software="Test 1.0")


def captured(address: str, sha256: str, file: bytes, title: str = "") -> CapturedPage:
    return CapturedPage(address, AT, title, "Ferry", sha256, lambda: nullcontext(BytesIO(file)))


@pytest.fixture
def wacz(tmp_path):
    """A file with two captures, one of them there twice, and an attachment."""
    first, second = "https://ostrey.example/b", "https://ostrey.example/a"
    pages = [
        captured(first, "1" * 64, warc(first)),
        captured(second, "2" * 64, warc(second), title="Ferry returns"),
        captured(first, "1" * 64, warc(first), title="Again"),
    ]
    letter = Attachment("files/letter.txt", lambda: nullcontext(BytesIO(b"Dear desk")))
    path = tmp_path / "evidence.wacz"
    with path.open("wb") as out:
        write_wacz(out, pages, [letter], title="Ferries", created=AT, software="Test 1.0")
    return path


def test_its_manifest_holds_and_names_each_file_once(wacz):
    assert list(manifest.faults_of(wacz)) == []
    told = json.loads(manifest.file_in(wacz, manifest.DATA_PACKAGE))
    with ZipFile(wacz) as archive:
        assert {one["path"]: one["bytes"] for one in told["resources"]} == {
            one.filename: one.file_size
            for one in archive.infolist()
            if one.filename not in {manifest.DATA_PACKAGE, manifest.DIGEST}
        }
    assert [one["name"] for one in told["resources"]] == [
        *(f"{digit * 64}.warc.gz" for digit in "12"),
        *("index.cdx", "pages.jsonl", "letter.txt"),
    ]


def test_what_is_packed_already_is_not_packed_again(wacz):
    with ZipFile(wacz) as archive:
        for entry in archive.infolist():
            packed = ZIP_STORED if entry.filename.startswith("archive/") else ZIP_DEFLATED
            assert entry.compress_type == packed


def test_its_index_is_in_order_and_leads_to_the_answers(wacz):
    lines = manifest.file_in(wacz, "indexes/index.cdx").decode().splitlines()
    keys = [line.split(" ")[:2] for line in lines]
    assert keys == [
        ["example,ostrey)/a", "20310415184005"],
        ["example,ostrey)/b", "20310415184005"],
    ]
    told = json.loads(lines[0].split(" ", 2)[2])
    assert (told["mime"], told["status"]) == ("text/html", 200)
    assert told["digest"].startswith("sha1:")
    assert told["filename"] == f"{'2' * 64}.warc.gz"


def test_its_pages_have_the_address_for_a_title_they_lack(wacz):
    head, *lines = map(json.loads, manifest.file_in(wacz, "pages/pages.jsonl").splitlines())
    assert head["format"] == "json-pages-1.0"
    assert [(line["id"], line["title"]) for line in lines] == [
        ("1" * 32, "https://ostrey.example/b"),
        ("2" * 32, "Ferry returns"),
        ("1" * 32, "Again"),
    ]
    assert {line["ts"] for line in lines} == {"2031-04-15T18:40:05Z"}


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.Example.org/", "org,example)/"),
        ("https://example.org", "org,example)/"),
        ("https:///x", ")/x"),
        ("https://www2.example.org/x", "org,example)/x"),
        ("https://news.example.org/A/b/?B=2&a=1", "org,example,news)/a/b?a=1&b=2"),
        ("http://news.example.org:8080/a", "org,example,news:8080)/a"),
        ("http://127.0.0.1:999/x", "1,0,0,127:999)/x"),
        ("https://example.org/a//b/", "org,example)/a/b"),
        ("https://example.org/index.html?", "org,example)/index.html"),
        ("https://example.org/caf%C3%A9?q=%20a+b", "org,example)/caf%c3%a9?q=%20a+b"),
    ],
)
def test_addresses_are_looked_up_as_pywb_does(address, key):
    assert sort_key(address) == key
