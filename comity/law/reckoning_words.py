"""What a source says about a count, in words: one short sentence for each thing it says."""

from collections.abc import Iterator

from comity.law.model import Unit
from comity.law.reckoning import EndOnDayOff, FirstDay, MonthEnd, Reckoning
from comity.law.steps import Length
from comity.words import _, translate

_FIRST = {FirstDay.COUNTS: _("The first day counts."), FirstDay.FREE: _("The first day does not count.")}
_END = {
    EndOnDayOff.NEXT_WORKING_DAY: _("An end on a day off moves to the next working day."),
    EndOnDayOff.STAYS: _("An end on a day off stays there."),
}
_MONTH = {
    MonthEnd.LAST_DAY: _("Where the month has no such day, it ends on the last day of the month."),
    MonthEnd.NEXT_DAY: _("Where the month has no such day, it ends on the first day of the next month."),
}


def reckoning_words(reckoning: Reckoning, language: str) -> tuple[str, ...]:
    """Everything the source says, in order; nothing where it is silent."""
    return tuple(_said(reckoning, language))


def _said(reckoning: Reckoning, language: str) -> Iterator[str]:
    if event := reckoning.counted_from:
        yield translate(_("Counted from: {event}."), language).format(event=event.ru if language == "ru" else event.en)
    if reckoning.first_day:
        yield translate(_FIRST[reckoning.first_day], language)
    if reckoning.end_on_day_off:
        yield translate(_END[reckoning.end_on_day_off], language)
    if reckoning.month_end:
        yield translate(_MONTH[reckoning.month_end], language)
    if reckoning.may_stand:
        yield translate(_("The clock may stand for a time."), language)
    if reckoning.warn_days:
        length = Length(number=reckoning.warn_days, unit=Unit.DAYS).say(language)
        yield translate(_("A warning is due {length} before the end."), language).format(length=length)
