"""What documents say that are evidence: web pages, PDF, Word, Excel, PowerPoint and OpenDocument files.

Unlike an article, a document need not have paragraphs of news: a table, a form or a slide is read as well. `read` gives its
words, and `inert_page` a web page that a browser can show without asking anybody for anything.
"""

from claims.ingest.documents.inert import inert_page
from claims.ingest.documents.reading import KINDS, read

__all__ = ["KINDS", "inert_page", "read"]
