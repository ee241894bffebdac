"""The WSGI entry point for a production server."""

import os

from django.core.wsgi import get_wsgi_application

from workbench.content_types import ReadableContentTypes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings.base")
application = ReadableContentTypes(get_wsgi_application())
