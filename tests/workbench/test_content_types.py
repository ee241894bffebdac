"""Requests in encodings that no browser sends are read as UTF-8, before anybody has logged in."""

from urllib.parse import quote

import pytest
from django.test import Client

from workbench import wsgi
from workbench.content_types import ReadableContentTypes, readable

ODD = ["base64", "idna", "punycode", "rot13", "undefined", "utf-16", "zlib"]


class Served(Client):
    """A client whose requests reach Django as they do behind the server's application."""

    def request(self, **environ):
        """Ask."""
        return super().request(**environ | {"CONTENT_TYPE": readable(environ["CONTENT_TYPE"])})


@pytest.mark.parametrize("encoding", ODD)
@pytest.mark.parametrize("how", ["; charset={}", '; charset="{}"', "; charset*=utf-8''{}"])
def test_an_address_is_read_as_utf_8(db, encoding, how):
    assert 'value="/Dägmar/"' in _answer("GET", "text/plain" + how.format(encoding))


@pytest.mark.parametrize("wrong", ["charset*=nix'en'x", "charset=a\0b", "charset=unknown"])
def test_one_that_cannot_be_read_counts_as_none(db, wrong):
    assert 'value="/Dägmar/"' in _answer("GET", f"text/plain; {wrong}")


@pytest.mark.parametrize("encoding", ODD)
def test_a_form_is_read_as_utf_8(db, encoding):
    assert 'value="Dägmar"' in _login(encoding, "Dägmar".encode())


def test_a_form_in_an_encoding_of_old_programs_is_read_in_it(db):
    assert 'value="Dägmar"' in _login("iso-8859-1", "Dägmar".encode("iso-8859-1"))


def test_the_rest_of_the_header_stays_as_it_was():
    odd = 'multipart/form-data; boundary="a;b=c"; charset=idna'
    assert readable(odd) == 'multipart/form-data; boundary="a;b=c"; charset="utf-8"'
    for common in ("", "text/plain", "text/plain;charset=UTF8", "a/b; charset=latin-1"):
        assert readable(common) == common


def test_the_server_reads_them_so():
    told = []
    application = ReadableContentTypes(lambda environ, _start: told.append(environ) or [b"done"])
    assert application({"CONTENT_TYPE": "a/b; charset=idna", "PATH_INFO": "/"}, print) == [b"done"]
    assert told == [{"CONTENT_TYPE": 'a/b; charset="utf-8"', "PATH_INFO": "/"}]
    assert isinstance(wsgi.application, ReadableContentTypes)


def _login(encoding: str, name: bytes) -> str:
    field = b'Content-Disposition: form-data; name="username"'
    body = b"--x\r\n" + field + b"\r\n\r\n" + name + b"\r\n--x--\r\n"
    return _answer("POST", f"multipart/form-data; boundary=x; charset={encoding}", body)


def _answer(method: str, content_type: str, body: bytes = b"") -> str:
    """The login page, as it answers."""
    answer = Served(raise_request_exception=False).generic(
        method, f"/login/?next=/{quote('Dägmar')}/", body, CONTENT_TYPE=content_type
    )
    assert answer.status_code == 200
    return answer.content.decode()
