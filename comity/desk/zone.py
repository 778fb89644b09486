"""What every request begins with: the cards as they stand now, and times as they are in the office's own place."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from comity.desk.office import current_office
from comity.trust import FolderTrust, TrustError

log = structlog.get_logger("comity.desk")


def office_time(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Takes up cards that were admitted meanwhile, and shows every time of a page in the office's zone."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        office = current_office()
        if isinstance(office.trust, FolderTrust):
            _take_up_cards(office.trust)
        with timezone.override(office.settings.zone):
            return get_response(request)

    return respond


def _take_up_cards(trust: FolderTrust) -> None:
    try:
        trust.reload()
    except TrustError as error:  # a file that is no card was put there: the cards known so far go on
        log.error("cards.unreadable", where=error.where)  # noqa: TRY400  # one line is enough
