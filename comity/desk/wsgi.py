"""The desk as a WSGI application, for granian."""

import os

from django.core.wsgi import get_wsgi_application

from comity.desk.serve import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.desk.settings")
application = get_wsgi_application()
# granian runs this in a worker of its own, which must not outlive it.
end_with_parent()
