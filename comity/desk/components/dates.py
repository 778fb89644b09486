"""Days and hours as a reader says them, in the language of the page.

Dates are shown without a year where the year is that of `today`, else with it; words for how far a day is always stand beside its date.
"""

from datetime import date, datetime

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext


def _locale() -> str:
    return (get_language() or "en").split("-")[0]


def _day(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) and timezone.is_aware(value) else value


def _format(value: date, pattern: str) -> str:
    return format_date(_day(value), pattern, locale=_locale())


def short(value: date, today: date | None = None) -> str:
    """23 Nov, 23 нояб.; with the year when it is not today's."""
    same_year = today is None or _day(value).year == today.year
    return _format(value, "d MMM" if same_year else "d MMM y")


def full(value: date, today: date | None = None) -> str:
    """23 November 2026, 23 ноября 2026 г.; without the year when it is that of `today`."""
    if today is not None and _day(value).year == today.year:
        return _format(value, "d MMMM")
    return _format(value, "d MMMM y" if _locale() == "en" else "d MMMM y\u00a0'г'.")


def weekday(value: date) -> str:
    """Mon, пн."""
    return _format(value, "EEE")


def long_day(value: date) -> str:
    """Thu 10 December, чт 10 декабря."""
    return _format(value, "EEE d MMMM")


def heading(value: date) -> str:
    """Monday, 23 November; понедельник, 23 ноября, with a capital, as it opens a page."""
    text = _format(value, "EEEE, d MMMM")
    return text[:1].upper() + text[1:]


def hour(value: datetime) -> str:
    """07:55, in the time zone of the page."""
    return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%H:%M")


def how_far(value: date, today: date) -> str:
    """today, tomorrow, in 3 days, 3 days ago."""
    days = (_day(value) - today).days
    match days:
        case 0:
            return gettext("today")
        case 1:
            return gettext("tomorrow")
        case -1:
            return gettext("yesterday")
        case _ if days > 0:
            return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
        case _:
            return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}
