"""Evidence with the key of its address, by which the same document is found again however the address is written."""

import hashlib
import ipaddress
import re
from functools import cache
from urllib.parse import quote, unquote, urlsplit

import idna
from django.conf import settings
from django.db import migrations, models

_AT_ONCE = 2_000

# As `claims.fetching.addresses` and `claims.models.base.addresses` had it when this was written.
_PORTS = {"http": 80, "https": 443}
_TRACKING = frozenset(
    "gclid gclsrc dclid gbraid wbraid _ga _gl fbclid igshid msclkid twclid ttclid yclid mc_cid mc_eid _hsenc _hsmi "
    "mkt_tok vero_id oly_anon_id oly_enc_id at_medium at_campaign at_link_id at_link_type at_link_origin xtor".split()
)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\ud800-\udfff]")
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_NETLOC = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?", re.ASCII)
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})|%")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = "/:@!$&'()*+,;=?%"


@cache
def _address_key(url):
    return hashlib.sha256(of_page(url).encode(errors="replace")).hexdigest()


def of_page(address):
    try:
        form = _normal(address)
        form = _normal(f"https{form.removeprefix('http')}") if form.startswith("http:") else form
    except ValueError:
        return address.strip()
    path, mark, query = form.partition("?")
    return f"{path.rstrip('/')}{mark}{query}"


def _normal(address):
    scheme, host, port, path = _parse(address.strip())
    path, _, query = quote(_ESCAPE.sub(_escape, path), safe=_KEPT).partition("?")
    path = _without_dots(path)
    pairs = [pair for pair in query.split("&") if pair and not _tracks(pair)]
    path = f"{path}?{'&'.join(pairs)}" if pairs else path
    host = f"[{host}]" if ":" in host else host
    form = f"{scheme}://{host if port == _PORTS[scheme] else f'{host}:{port}'}{path}"
    if len(form) > 2_000:
        raise ValueError
    return form


def _parse(address):
    scheme, slashes, tail = address.partition("://")
    host = re.split("[/?#]", tail, maxsplit=1)[0]
    mended = scheme + slashes + host + tail[len(host) :].replace(" ", "%20").replace("\\", "%5C")
    if len(address) > 2_000 or _FORBIDDEN.search(mended):
        raise ValueError
    parts = urlsplit(mended)
    found = _NETLOC.fullmatch(parts.netloc)
    if parts.scheme not in _PORTS or "@" in parts.netloc or found is None:
        raise ValueError
    port = int(found[2]) if found[2] else None
    if port is not None and not 0 < port < 65_536:
        raise ValueError
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    return parts.scheme, _host(found[1]), port or _PORTS[parts.scheme], quote(path, safe=_KEPT + "[]")


def _host(text):
    if text.startswith("["):
        return str(ipaddress.IPv6Address(text[1:-1] if "%" not in text else ""))
    name = text.lower() if text.isascii() else idna.encode(text, uts46=True).decode()
    name = name.removesuffix(".")
    if not _NAME.fullmatch(name):
        raise ValueError
    return str(ipaddress.IPv4Address(name)) if _NUMBER.fullmatch(name.rpartition(".")[2]) else name


def _escape(found):
    if found[1] is None:
        return "%25"
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()


def _without_dots(path):
    kept = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _tracks(pair):
    name = unquote(pair.partition("=")[0]).lower()
    return name in _TRACKING or name.startswith("utm_")


def compute(apps, _editor):
    """While nothing is locked."""
    urls = apps.get_model("claims", "Evidence").objects.exclude(url="")
    for url in urls.order_by("pk").values_list("url", flat=True).iterator():
        _address_key(url)


def fill(apps, editor):
    """While the table is locked, and so ten times as fast as by Django's `bulk_update`."""
    evidence = apps.get_model("claims", "Evidence")
    update = f"UPDATE {evidence._meta.db_table} SET address_key = %s WHERE id = %s"
    last = 0
    while some := list(
        evidence.objects.exclude(url="")
        .filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", "url")[:_AT_ONCE]
    ):
        with editor.connection.cursor() as cursor:
            cursor.executemany(update, [(_address_key(url), pk) for pk, url in some])
        last = some[-1][0]


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0014_hash_chain"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(compute, migrations.RunPython.noop),
        migrations.AddField(
            model_name="evidence",
            name="address_key",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="SHA-256 of the normalised address.",
                max_length=64,
                verbose_name="address key",
            ),
        ),
        migrations.RemoveIndex(model_name="evidence", name="evidence_confidential"),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("address_key", ""), _negated=True),
                fields=["address_key"],
                name="evidence_by_address",
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("confidential", True)),
                fields=["address_key"],
                name="evidence_secret_page",
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("confidential", True)),
                fields=["sha256"],
                name="evidence_secret_file",
            ),
        ),
        # Last, so that nothing is computed while the table is locked.
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
