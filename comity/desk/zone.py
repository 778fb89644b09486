"""Times on pages are those of the office's own place, whatever the server's clock says."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from comity.desk.office import current_office


def office_time(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Shows every time of a page in the office's zone."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        with timezone.override(current_office().settings.zone):
            return get_response(request)

    return respond
