"""Word files, workbooks and PDF files made to be slow or to break their reader."""

import io
import zipfile
import zlib


def word(document: bytes, **parts: bytes) -> bytes:
    """A Word file with this in its body, and other parts by their names."""
    stream = io.BytesIO()
    relations = (
        b'<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", _in_body(document))
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", part)
    return stream.getvalue()


def _in_body(inner: bytes) -> bytes:
    return (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
        % inner
    )


def run(text: bytes) -> bytes:
    """Words within a paragraph."""
    return b"<w:r><w:t>%s</w:t></w:r>" % text


def tables(depth: int, rows: int) -> bytes:
    """A Word file with tables within tables."""
    opened, closed = b"<w:tbl><w:tr><w:tc>" * depth, b"</w:tc></w:tr></w:tbl>" * depth
    return word(opened + (b"<w:p>%s</w:p>" % run(b"a")) * rows + closed)


def runs(depth: int, number: int) -> bytes:
    """A Word file with changes within changes."""
    return word(
        b"<w:p>" + b"<w:ins>" * depth + run(b"a") * number + b"</w:ins>" * depth + b"</w:p>"
    )


_SHARED = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'spreadsheetml.sharedStrings+xml"/>'
)


def workbook(sheet: bytes, **parts: bytes) -> bytes:
    """A workbook of one sheet, whose rows are XML, and other parts by their names."""
    stream = io.BytesIO()
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    packages = b"http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            b'<Types xmlns="%s/content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-'
            b'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/workbook.xml" ContentType='
            b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>%s</Types>'
            % (packages, _SHARED if "sharedStrings" in parts else b""),
        )
        archive.writestr(
            "_rels/.rels",
            b'<Relationships xmlns="%s/relationships"><Relationship Id="a" Type="%s/officeDocument" '
            b'Target="xl/workbook.xml"/></Relationships>' % (packages, kind),
        )
        archive.writestr(
            "xl/workbook.xml",
            b'<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>'
            % (main, kind),
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            b'<Relationships xmlns="%s/relationships"><Relationship Id="a" Type="%s/worksheet" '
            b'Target="worksheets/sheet1.xml"/></Relationships>' % (packages, kind),
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, sheet),
        )
        for name, part in parts.items():
            archive.writestr(f"xl/{name}.xml", part)
    return stream.getvalue()


NAMES = b'<row r="1"><c r="A1" t="inlineStr"><is><t>body</t></is></c></row>'


def pdf(*objects: bytes, page: bytes = b"") -> bytes:
    """A PDF of one page. Object 3 is the page; its content and whatever else it needs are objects from 4 on."""
    whole = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R%s>>" % page,
        *objects,
    )
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(whole, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(whole) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(data))
    )


def _stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (
        len(packed),
        more,
        packed,
    )


_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_FONTS = b"/Resources<</Font<</F 5 0 R>>>>"


def shown(times: int) -> bytes:
    """A PDF that shows a letter many times."""
    return pdf(_stream(b"BT /F 9 Tf " + b"(a) Tj 1 0 Td " * times + b"ET"), _FONT, page=_FONTS)


def operators(times: int) -> bytes:
    """A PDF of many operators."""
    return pdf(_stream(b"q 1 0 0 1 0 0 cm Q " * times))


def forms(depth: int, times: int) -> bytes:
    """Forms that draw others, each many times."""
    first = 5
    forms = []
    for level in range(depth):
        inner = first + level + 1
        drawn = b"/X Do " * times if level < depth - 1 else b"BT /F 9 Tf (a) Tj ET"
        resources = (
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % inner
        )
        forms.append(
            _stream(
                drawn,
                resources if level < depth - 1 else b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]",
            )
        )
    return pdf(_stream(b"/X Do " * times), *forms, page=b"/Resources<</XObject<</X 5 0 R>>>>")


def packed_twice() -> bytes:
    """A PDF of 200 MB, packed twice."""
    packed = zlib.compress(zlib.compress(b" " * 200_000_000, 9), 9)
    head = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>" % len(packed)
    return pdf(head + b"\nstream\n" + packed + b"\nendstream")


def character_map(lines: int) -> bytes:
    """A PDF with a map of all characters, many times."""
    ranges = b"1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\n" * lines
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 6 0 R>>"
    return pdf(_stream(b"BT /F 9 Tf (a) Tj ET"), font, _stream(ranges), page=_FONTS)
