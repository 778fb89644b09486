"""What every request begins with: the cards as they stand now, and times as they are in the office's own place."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from comity.desk.office import current_office
from comity.node.office import Office
from comity.node.settings import SettingsError
from comity.trust import FolderTrust, TrustError

log = structlog.get_logger("comity.desk")


def office_time(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Takes up cards that were admitted meanwhile, and shows every time of a page in the office's zone."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        office = _office()
        if office is None:
            return get_response(request)
        if isinstance(office.trust, FolderTrust):
            _take_up_cards(office.trust)
        with timezone.override(office.settings.zone):
            return get_response(request)

    return respond


def _office() -> Office | None:
    """The office of this desk; None where the home is no office's: pages that need none, such as the gallery, answer all the same."""
    try:
        return current_office()
    except (SettingsError, TrustError):
        return None


def _take_up_cards(trust: FolderTrust) -> None:
    try:
        trust.reload()
    except TrustError as error:  # a file that is no card was put there: the cards known so far go on
        log.error("cards.unreadable", where=error.where)  # noqa: TRY400  # one line is enough
