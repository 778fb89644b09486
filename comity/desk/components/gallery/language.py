"""The day and the two languages of the gallery. Its own content is no part of the catalogue."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from comity.desk.components.model import Certainty

TODAY = date(2026, 11, 23)
HERE = "#main"
UNVERIFIED, VERIFIED, OPEN = Certainty.UNVERIFIED, Certainty.VERIFIED, Certainty.OPEN

Say = Callable[[str, str], str]
"""Picks the English or the Russian of a text."""


def in_language(request: HttpRequest) -> Say:
    """The picker for the language of this request."""
    russian = get_language_from_request(request) == "ru"
    return lambda english, in_russian: in_russian if russian else english
