"""Asking an outside archive: what it is told, what it answers, and what is not believed."""

import pytest

from claims.errors import (
    ArchiveBusyError,
    ArchiveError,
    ArchiveFailedError,
    BadAddressError,
    UnreachableError,
    is_temporary,
)
from claims.fetching.archives import Archive, copy_of, request_copy, require_public
from tests.fetching.archives import spn
from tests.fetching.sites import page, raw, redirect

PAGE = "https://harbour.example.org/notice"


@pytest.fixture
def archive(site) -> Archive:
    spn.speak(site)
    return Archive(site.at("").rstrip("/"), spn.KEY)


class TestWhatIsAsked:
    def test_a_copy(self, site, archive):
        assert request_copy(f"{PAGE}?a=1&b=ä#top", archive) == spn.JOB
        (sent,) = site.posted
        assert sent.path == "/save"
        assert (
            sent.body
            == b"url=https%3A%2F%2Fharbour.example.org%2Fnotice%3Fa%3D1%26b%3D%C3%A4&skip_first_archive=1"
        )
        assert sent.headers["Authorization"] == f"LOW {spn.KEY}"
        assert sent.headers["Accept"] == "application/json"
        assert sent.headers["Content-Type"] == "application/x-www-form-urlencoded"

    def test_what_became_of_it(self, site, archive):
        site.pages[spn.STATUS] = spn.PENDING
        assert copy_of(spn.JOB, archive) is None
        site.pages[spn.STATUS] = spn.done()
        assert copy_of(spn.JOB, archive) == f"{archive.address}/web/20260504093000/{PAGE}"
        assert site.headers[-1]["Authorization"] == f"LOW {spn.KEY}"

    @pytest.mark.parametrize(
        "address",
        [
            "http://127.0.0.1/",
            "http://10.0.0.7/notice",
            "http://[fe80::1]/",
            "http://intranet/notice",
            "https://wiki.internal/",
            "https://wire.desk.example:8080/",
        ],
    )
    def test_an_address_of_this_network_is_not_told(self, archive, address):
        with pytest.raises(ArchiveError, match="on a private network"):
            require_public(address, archive, private=["wire.desk.example:8080"])

    @pytest.mark.parametrize(
        "address",
        ["https://ilva:secret@harbour.example.org/", "ftp://harbour.example.org/", "notice"],
    )
    def test_an_address_with_a_password_or_not_of_the_web(self, archive, address):
        with pytest.raises(BadAddressError):
            require_public(address, archive)

    @pytest.mark.parametrize("address", [PAGE, "http://1.1.1.1/", "https://münster.example.com/"])
    def test_a_public_address_may_be_told(self, archive, address):
        require_public(address, archive)


class TestErrors:
    @pytest.mark.parametrize(
        ("answer", "seconds"),
        [
            pytest.param(page(status=429), 60, id="429"),
            pytest.param(
                page(b"<h1>Slow down</h1>", status=429, headers={"Retry-After": "200"}),
                200,
                id="a-number",
            ),
            pytest.param(
                page(status=429, headers={"Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"}),
                0,
                id="a-date",
            ),
            pytest.param(page(status=429, headers={"Retry-After": "soon"}), 60, id="nonsense"),
            pytest.param(
                page(status=429, headers={"Retry-After": "9" * 9}), 999_999_999, id="nine-digits"
            ),
            pytest.param(page(status=429, headers={"Retry-After": "9" * 10}), 60, id="ten-digits"),
            pytest.param(page(status=503, headers={"Retry-After": "7"}), 7, id="503"),
            pytest.param(page(status=500), 60, id="500"),
            pytest.param(spn.failed("error:user-session-limit"), 60, id="sessions"),
        ],
    )
    @pytest.mark.parametrize("path", ["/save", spn.STATUS])
    def test_a_busy_archive_says_when(self, site, archive, path, answer, seconds):
        site.pages[path] = answer
        with pytest.raises(ArchiveBusyError) as told:
            _both(archive)
        assert told.value.params["seconds"] == seconds
        assert is_temporary(told.value)

    @pytest.mark.parametrize(
        "code",
        [
            "error:service-unavailable",
            "error:browsing-timeout",
            "error:no-browsers-available",
            "error:celery",
        ],
    )
    def test_a_job_that_may_go_well_later(self, site, archive, code):
        site.pages[spn.STATUS] = spn.failed(code)
        with pytest.raises(ArchiveFailedError) as told:
            _both(archive)
        assert is_temporary(told.value)

    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            (spn.failed("error:not-found"), "there is nothing at this address"),
            (spn.failed("error:blocked-url"), "it does not keep this address"),
            (spn.failed("error:no-access"), "the site does not let it in"),
            (spn.failed("error:too-many-daily-captures"), "as often today as it allows"),
            (spn.failed("error:brand-new", "A new\nreason."), "it reported: “A new reason”"),
            (spn.failed("error:odd", "A\x00\ud800\u202eB"), "it reported: “AB”"),
            (spn.failed("error:long", "A" * 201), f"it reported: “{'A' * 200}”"),
            (spn.failed("error:blank", f"{'A ' * 40}{' ' * 919}BC"), f"{'A ' * 40}B”"),
            (spn.failed("error:brand-new", ""), "it reported: “error:brand-new”"),
            (spn.in_json({"status": "error", "status_ext": 7}), "reported: “?”"),
            (spn.in_json({"status": "error"}), "it reported: “?”"),
            (page(status=401), "it does not accept the key"),
            (page(status=403), "it does not accept the key; ask"),
            (page(b"{}", status=201), "answer makes no sense"),
            (page(b"{}", status=499), "makes no sense"),
            (page(status=404), "its answer makes no sense"),
        ],
    )
    @pytest.mark.parametrize("path", ["/save", spn.STATUS])
    def test_what_another_attempt_does_not_change(self, site, archive, path, answer, why):
        site.pages[path] = answer
        with pytest.raises(ArchiveError, match="has not kept the page: ") as told:
            _both(archive)
        assert why in str(told.value)
        assert not is_temporary(told.value)

    def test_an_archive_that_is_away(self, site, archive):
        site.pages["/save"] = raw(b"SSH-2.0-OpenSSH_9.2\r\n")
        with pytest.raises(UnreachableError):
            request_copy(PAGE, archive)


SENSELESS = {
    "empty": page(b""),
    "html": page(b"<html>Welcome</html>"),
    "list": page(b"[1]"),
    "deep": page(b"[" * 100_000),
    "cut": page(b'{"status": "success"'),
    "lost": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", b'{"job_id": "'),
    "no path": spn.in_json({"job_id": "../../elsewhere"}),
    "number": spn.in_json({"job_id": 7}),
    "status": spn.in_json({"status": "perhaps"}),
    "redirect": redirect("http://127.0.0.1:1/save"),
}


class TestGarbage:
    @pytest.mark.parametrize("name", SENSELESS)
    @pytest.mark.parametrize("path", ["/save", spn.STATUS])
    def test_an_answer_without_sense(self, site, archive, path, name):
        site.pages[path] = SENSELESS[name]
        with pytest.raises(ArchiveError, match="its answer makes no sense"):
            _both(archive)

    @pytest.mark.parametrize(
        "fields",
        [
            {"timestamp": "20261304093000"},
            {"timestamp": "2026"},
            {"timestamp": 20260504093000},
            {"timestamp": "../../../evil"},
            {"original_url": None},
            {"original_url": "//evil.example/"},
            {"original_url": "javascript:alert(1)"},
            {"original_url": "https://ilva:secret@harbour.example.org/"},
        ],
    )
    def test_a_copy_that_is_nowhere(self, site, archive, fields):
        site.pages[spn.STATUS] = spn.done(**fields)
        with pytest.raises(ArchiveError, match="its answer makes no sense"):
            copy_of(spn.JOB, archive)

    def test_the_address_of_a_copy_has_at_most_2000_characters(self, site, archive):
        copy = f"{archive.address}/web/20260504093000/{PAGE}?"
        longest = "a" * (2_000 - len(copy))
        site.pages[spn.STATUS] = spn.done(original_url=f"{PAGE}?{longest}")
        assert copy_of(spn.JOB, archive) == f"{copy}{longest}"
        site.pages[spn.STATUS] = spn.done(original_url=f"{PAGE}?{longest}a")
        with pytest.raises(ArchiveError, match="too long"):
            copy_of(spn.JOB, archive)

    def test_an_address_that_is_too_long(self, site, archive):
        site.pages[spn.STATUS] = spn.done(original_url=f"{PAGE}?{'a' * 1950}")
        with pytest.raises(ArchiveError, match="too long"):
            copy_of(spn.JOB, archive)

    def test_whatever_page_it_names_the_copy_is_at_the_archive(self, site, archive):
        site.pages[spn.STATUS] = spn.done(original_url='https://evil.example/a b"ö')
        found = copy_of(spn.JOB, archive)
        assert found == f"{archive.address}/web/20260504093000/https://evil.example/a%20b%22%C3%B6"

    def test_the_key_goes_nowhere_else(self, site, archive, connects):
        site.pages[spn.STATUS] = redirect("http://169.254.169.254/")
        with pytest.raises(ArchiveError):
            copy_of(spn.JOB, archive)
        assert connects == [("127.0.0.1", site.port)]


def _both(archive: Archive) -> None:
    copy_of(request_copy(PAGE, archive), archive)
