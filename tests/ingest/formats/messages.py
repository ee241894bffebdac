"""Messages of news agencies, in the shape of the standards."""

import io
import json

from claims.ingest.archives import articles

BODY = "The bridge at Ostrey is closed.\n\nNobody knows why."


def entries(data: str | bytes | object, name: str):
    """What is read from a message, with the format that its name says."""
    if not isinstance(data, str | bytes):
        data = json.dumps(data)
    return list(articles(io.BytesIO(data.encode() if isinstance(data, str) else data), name))


VERSION_1 = {
    "uri": "urn:newsml:vpa.example.org:20260128:bridge",
    "type": "text",
    "versioncreated": "2026-01-28T12:00:00+01:00",
    "pubstatus": "usable",
    "urgency": 3,
    "language": "en-GB",
    "headline": "Bridge closed",
    "byline": "By Marit Solvane",
    "copyrightholder": "VPA",
    "body_text": "The bridge at Ostrey is closed. Nobody knows why.",
    "body_xhtml": "<p>The bridge at <b>Ostrey</b> is closed.</p><p>Nobody knows why.</p>",
}
VERSION_2 = {
    "uri": "urn:newsml:vpa.example.org:20260128:bridge",
    "standard": {"name": "ninjs", "version": "2.1"},
    "type": "text",
    "versioncreated": "2026-01-28T12:00:00+01:00",
    "pubstatus": "usable",
    "urgency": 3,
    "language": "en-GB",
    "headlines": [{"role": "short", "value": "Closed"}, {"role": "main", "value": "Bridge closed"}],
    "by": "By Marit Solvane",
    "copyrightholder": "VPA",
    "bodies": [
        {"role": "teaser", "contenttype": "text/html", "value": "<p>The bridge is closed.</p>"},
        {"role": "main", "contenttype": "text/plain", "value": BODY.replace("\n\n", " ")},
        {
            "role": "rich",
            "contenttype": "application/xhtml+xml",
            "value": VERSION_1["body_xhtml"],
        },
    ],
}
VERSION_3 = {
    {"versioncreated": "versionCreated", "pubstatus": "pubStatus"}.get(name, name): value
    for name, value in VERSION_2.items()
} | {
    "bodies": [{"role": "main", "contentType": "text/html", "value": VERSION_1["body_xhtml"]}],
    "copyrightHolder": "VPA",
}

NITF = (
    '<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>'
    "<body.head><hedline><hl1>Another headline</hl1></hedline><byline>Someone</byline></body.head><body.content>"
    "<p>The bridge at <location>Ostrey</location>\n is closed.</p>"
    "<media><media-caption>The bridge.</media-caption></media><block><p>Nobody knows why.</p></block></body.content>"
    "</body></nitf></inlineXML>"
)
XHTML = (
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>No</title>'
    "</head><body><p>The bridge at Ostrey is closed.</p><p>Nobody knows why.</p></body></html></inlineXML>"
)
XHTML_WITH_HEADER = XHTML.replace(
    "<body>",
    "<body><header><time>28.01.2026 12:00</time><ul><li>Bridges</li></ul><strong>Mind the embargo.</strong>"
    "<h1>Bridge closed</h1></header>",
).replace("</body>", "<footer><p>vpa mso n1</p></footer></body>")
"""As agencies send it: with notes to editors around the article."""
PLAIN = f'<inlineData contenttype="text/plain">{BODY}</inlineData>'


def item(content: str = NITF, *, meta: str = "", kind: str = "text", guid: str = "urn:bridge"):
    """A news item with this content."""
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="1" standard="NewsML-G2" '
        f'standardversion="2.34" conformance="power" xml:lang="en-GB"><itemMeta><itemClass qcode="ninat:{kind}"/>'
        '<provider qcode="nprov:VPA"/><versionCreated>2026-01-28T12:00:00+01:00</versionCreated>'
        f"{meta}</itemMeta><contentMeta><urgency>3</urgency><headline> Bridge\n closed</headline>"
        f"<by>By Marit Solvane</by></contentMeta><contentSet>{content}</contentSet></newsItem>"
    )


def message(*items: str) -> str:
    """A message with these items, each on a line of its own."""
    first = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
    return "\n".join((first, *items, "</itemSet></newsMessage>"))


PACKAGE = (
    '<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:top"><itemMeta>'
    '<itemClass qcode="ninat:composite"/></itemMeta><groupSet root="g"><group id="g"><itemRef residref="urn:bridge"/>'
    "</group></groupSet></packageItem>"
)
