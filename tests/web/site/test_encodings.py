"""Forms in encodings that no browser sends are read as UTF-8, before anybody has logged in."""

import pytest
from django.test import Client


@pytest.mark.parametrize("encoding", ["base64", "idna", "punycode", "undefined", "utf-16"])
def test_a_form_in_an_encoding_that_is_none_is_read_as_utf_8(db, encoding):
    answer = _login(f"; charset={encoding}", "Dägmar".encode())
    assert answer.status_code == 200
    assert 'value="Dägmar"' in answer.content.decode()


def test_a_form_in_an_encoding_of_old_programs_is_read_in_it(db):
    answer = _login("; charset=iso-8859-1", "Dägmar".encode("iso-8859-1"))
    assert 'value="Dägmar"' in answer.content.decode()


def _login(how: str, name: bytes):
    return Client(raise_request_exception=False).generic(
        "POST",
        "/login/",
        b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\n' + name + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x" + how,
    )
