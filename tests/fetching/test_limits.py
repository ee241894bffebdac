"""What fetching a page takes at most: time, size on the wire and unpacked."""

import gzip
import tracemalloc
import zlib

import pytest

from claims.errors import AnswerTooLargeError, TooSlowError, UnreachableError
from claims.fetching import Limits, fetch
from claims.fetching.compression import unpacked
from tests.fetching.client import OK, SHORT, SMALL, got
from tests.fetching.sites import PATIENCE, page, raw, redirect


class TestTime:
    @pytest.mark.parametrize(
        "answer",
        [
            lambda handler: handler.server.closing.wait(PATIENCE),
            raw(again=b"H", pause=0.02),
            raw(OK, again=b"X: y\r\n", pause=0.02),
            raw(OK, b"X: ", again=b"y", pause=0.02),
            raw(OK, b"\r\n", again=b"x", pause=0.02),
            raw(OK, b"Content-Length: 500\r\n\r\n", again=b"x", pause=0.02),
            raw(OK, b"Transfer-Encoding: chunked\r\n\r\n", again=b"1\r\nx\r\n", pause=0.02),
            raw(OK, b"Content-Encoding: gzip\r\n\r\n", again=gzip.compress(b""), pause=0.02),
        ],
        ids=["silence", "status", "headers", "header", "body", "length", "chunks", "gzip"],
    )
    def test_a_trickle_does_not_outlive_the_limit(self, site, answer):
        ended = []

        def trickle(handler):
            answer(handler)
            ended.append(handler)

        site.pages["/"] = trickle
        with pytest.raises(TooSlowError, match=r"127\.0\.0\.1 took longer than 0\.3 seconds"):
            got(site, limits=SHORT)
        assert not ended

    def test_the_limit_is_one_for_all_redirects(self, site):
        def slow(handler):
            handler.server.closing.wait(0.15)
            redirect(f"{handler.path}a")(handler)

        site.pages = {"/" + "a" * number: slow for number in range(6)}
        with pytest.raises(TooSlowError):
            got(site, limits=SHORT)
        assert len(site.asked) < 5

    def test_without_any_time_nothing_is_asked(self, site, connects):
        with pytest.raises(TooSlowError):
            got(site, limits=Limits(seconds=0))
        assert connects == []

    def test_a_handshake_that_never_comes_is_not_waited_for(self, site):
        site.finish_request = lambda request, address: site.closing.wait(PATIENCE)
        with pytest.raises(TooSlowError):
            fetch(f"https://127.0.0.1:{site.port}/", allow=site.allow(), limits=SHORT)

    def test_a_name_server_that_does_not_answer_is_not_waited_for(self, site, monkeypatch):
        def getaddrinfo(*args, **kwargs):
            site.closing.wait(PATIENCE)
            return []

        monkeypatch.setattr("socket.getaddrinfo", getaddrinfo)
        with pytest.raises(TooSlowError, match=r"news\.example"):
            fetch("https://news.example/", limits=SHORT)


def _bomb() -> bytes:
    """One megabyte that unpacks to a thousand."""
    return gzip.compress(bytes(10_000_000)) * 100


class TestSize:
    def test_what_is_as_large_as_it_may_be_comes(self, site):
        site.pages["/"] = page(b"x" * SMALL.wire)
        assert len(got(site, limits=SMALL).body) == SMALL.wire
        site.pages["/"] = page(
            gzip.compress(bytes(SMALL.size)), headers={"Content-Encoding": "gzip"}
        )
        assert len(got(site, limits=SMALL).body) == SMALL.size

    @pytest.mark.parametrize(
        "answer",
        [
            page(b"x" * (SMALL.wire + 1)),
            raw(OK, b"Content-Length: 99999999999999999999\r\n\r\n"),
            raw(OK, b"\r\n", again=b"x" * 1_000),
            raw(
                OK, b"Transfer-Encoding: chunked\r\n\r\n", again=b"3e8\r\n" + b"x" * 1_000 + b"\r\n"
            ),
            raw(OK, b"Transfer-Encoding: chunked\r\n\r\n", again=b"-1\r\n" + b"x" * 1_000),
            raw(OK, b"Transfer-Encoding: chunked\r\n\r\n0\r\n", again=b"X: y\r\n"),
            raw(OK, b"Content-Encoding: gzip\r\n\r\n", again=gzip.compress(b"") * 50),
        ],
        ids=["length", "lie", "endless", "chunked", "negative", "trailer", "members"],
    )
    def test_what_is_longer_on_the_wire_is_left(self, site, answer):
        site.pages["/"] = answer
        with pytest.raises(
            AnswerTooLargeError, match=r"127\.0\.0\.1 is larger than the limit of 100000 bytes"
        ):
            got(site, limits=SMALL)

    @pytest.mark.parametrize(
        ("coding", "packed"),
        [
            ("gzip", gzip.compress(bytes(SMALL.size + 1))),
            ("deflate", zlib.compress(bytes(SMALL.size + 1))),
        ],
    )
    def test_what_is_longer_once_unpacked_is_left(self, site, coding, packed):
        site.pages["/"] = page(packed, headers={"Content-Encoding": coding})
        with pytest.raises(AnswerTooLargeError, match="200000 bytes"):
            got(site, limits=SMALL)

    def test_a_bomb_takes_no_more_than_its_limit(self, site):
        bomb = _bomb()
        site.pages["/"] = page(bomb, headers={"Content-Encoding": "gzip"})
        tracemalloc.start()
        try:
            with pytest.raises(AnswerTooLargeError):
                got(site, limits=Limits(size=1_000_000))
            assert tracemalloc.get_traced_memory()[1] < 5_000_000
        finally:
            tracemalloc.stop()


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


class TestPacking:
    WORDS = b"".join(b"%d words, " % number for number in range(20_000))

    @pytest.mark.parametrize(
        ("coding", "packed"),
        [
            ("gzip", gzip.compress(WORDS)),
            ("GZIP", gzip.compress(WORDS)),
            ("x-gzip", gzip.compress(WORDS)),
            ("gzip", gzip.compress(WORDS[:99_999]) + gzip.compress(WORDS[99_999:])),
            ("gzip", gzip.compress(WORDS) + bytes(100)),
            ("deflate", zlib.compress(WORDS)),
            ("deflate", _raw_deflate(WORDS)),
            ("deflate", zlib.compress(WORDS) + b"rest"),
            ("identity", WORDS),
        ],
    )
    def test_a_packed_page_is_the_page(self, site, coding, packed):
        site.pages["/"] = page(packed, headers={"Content-Encoding": coding})
        assert got(site).body == self.WORDS

    @pytest.mark.parametrize("size", [1, 2, 7])
    @pytest.mark.parametrize(
        ("coding", "pack"),
        [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", _raw_deflate)],
    )
    def test_it_is_so_in_pieces_of_any_size(self, coding, pack, size):
        packed = pack(self.WORDS[:2_000])
        pieces = (packed[start : start + size] for start in range(0, len(packed), size))
        assert b"".join(unpacked(pieces, coding)) == self.WORDS[:2_000]

    @pytest.mark.parametrize(("first", "length"), [(0x08, 40), (0x00, 31)])
    def test_what_begins_half_like_zlib_is_raw_deflate(self, first, length):
        """A block that is stored as it is begins with bits of any value."""
        body = bytes([first, length, 0, 255 - length, 255]) + b"x" * length
        assert b"".join(unpacked([body, _raw_deflate(b"")], "deflate")) == b"x" * length

    @pytest.mark.parametrize("coding", ["gzip", "deflate"])
    def test_nothing_packed_is_nothing(self, site, coding):
        site.pages["/"] = page(headers={"Content-Encoding": coding})
        assert got(site).body == b""

    @pytest.mark.parametrize(
        ("coding", "packed"),
        [
            ("br", b"\x0b\x02\x80words\x03"),
            ("gzip, gzip", gzip.compress(gzip.compress(WORDS))),
            ("gzip", WORDS),
            ("gzip", gzip.compress(WORDS)[:-9]),
            ("deflate", zlib.compress(WORDS)[:-5]),
            ("deflate", b"\xff" * 50),
        ],
    )
    def test_what_cannot_be_unpacked_is_told(self, site, coding, packed):
        site.pages["/"] = page(packed, headers={"Content-Encoding": coding})
        with pytest.raises(UnreachableError, match="could not be decompressed"):
            got(site)
