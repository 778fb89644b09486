"""The law in the gallery: every mark of the matrix, the slider of days, and what applied when."""

from datetime import date

from comity.desk.components.gallery.language import HERE, OPEN, TODAY, UNVERIFIED, VERIFIED, Say
from comity.desk.components.law_model import (
    DayEvent,
    DaySlider,
    Lane,
    LawMatrix,
    MatrixCell,
    MatrixHead,
    MatrixMark,
    MatrixRow,
    Span,
    Spans,
)


def marks(say: Say) -> tuple[MatrixMark, ...]:
    """Every mark, in the order of the legend."""
    return (
        MatrixMark(icon="disc", word=say("in force", "в силе"), year="1994"),
        MatrixMark(icon="half", word=say("in force, not verified", "в силе, не проверено"), year="≤\u00a02006", sure=False),
        MatrixMark(icon="uncertain", word=say("uncertain", "неясно")),
        MatrixMark(icon="signed", word=say("signed only", "только подписано"), year="2002"),
        MatrixMark(icon="suspended", word=say("suspended", "приостановлено"), year="RU, BY", signal=True),
        MatrixMark(icon="left-treaty", word=say("left", "вышло"), year="2022", signal=True),
        MatrixMark(icon="", word=say("not bound", "не связано")),
        MatrixMark(icon="", word=say("not researched", "не исследовано"), blank=True),
    )


def table(say: Say) -> LawMatrix:
    """Three States under eight columns: each mark at least once, one cell chosen."""
    every = marks(say)
    heads = tuple(
        MatrixHead(title=title, year=year, url=HERE, chosen=place == 2, opens=place in {0, 5, 7})
        for place, (title, year) in enumerate(
            (
                (say("Minsk", "Минская"), "1993"),
                (say("Protocol to Minsk", "Протокол к Минской"), "1997"),
                (say("Chisinau", "Кишинёвская"), "2002"),
                (say("Transfer", "Передача осуждённых"), "1998"),
                (say("Joint teams", "Совместные группы"), "2015"),
                (say("Extradition", "Выдача"), "1957"),
                (say("Legal assist.", "Правовая помощь"), "1959"),
                (say("ECHR", "ЕКПЧ"), "1950"),
            )
        )
    )
    names = (say("Russia", "Россия"), say("Turkmenistan", "Туркменистан"), say("Ukraine", "Украина"))
    rows = tuple(
        MatrixRow(
            title=name,
            url=HERE,
            chosen=row == 0,
            cells=tuple(
                MatrixCell(mark=every[(place + 3 * row) % 8], url=HERE, anchor=f"cell-{row}-{place}", chosen=(row, place) == (0, 2))
                for place in range(8)
            ),
        )
        for row, name in enumerate(names)
    )
    groups = (
        (say("Commonwealth of Independent States", "СНГ"), 5),
        (say("Council of Europe", "Совет Европы"), 2),
        (say("Rights", "Права"), 1),
    )
    return LawMatrix(
        caption=say("Who is bound by what", "Кто чем связан"), corner=say("State", "Государство"), groups=groups, heads=heads, rows=rows
    )


def slider(say: Say) -> DaySlider:
    """A chosen day close to others, and small events between."""
    named = (
        (date(1994, 5, 19), say("Minsk in force", "Минская: в силе")),
        (date(2004, 4, 27), say("Chisinau in force", "Кишинёвская: в силе")),
        (date(2022, 9, 16), say("RU leaves ECHR", "RU выходит: ЕКПЧ")),
        (date(2022, 12, 23), say("UA suspends Minsk towards RU, BY", "UA приостанавливает: Минская, в отношении RU, BY")),
        (date(2023, 6, 28), say("Russia enters Chisinau", "Россия становится участником: Кишинёвская")),
        (date(2023, 12, 29), say("UA leaves Minsk", "UA выходит: Минская")),
    )
    small = tuple(DayEvent(on=date(year, 3, 1), label=str(year), short=str(year), url=HERE) for year in range(1995, 2021, 3))
    events = (*small, *(DayEvent(on=on, label=words, short=words, url=HERE, named=True) for on, words in named))
    return DaySlider(
        on=date(2023, 6, 28),
        label=say("28 June 2023: Russia enters Chisinau", "28 июня 2023\u00a0г.: Россия становится участником"),
        first=date(1993, 1, 1),
        last=date(2026, 12, 31),
        events=tuple(sorted(events, key=lambda one: one.on)),
    )


def spans(say: Say) -> Spans:
    """Certain, uncertain, open, and no treaty at all."""
    until = date(2005, 12, 31)
    return Spans(
        first=date(1991, 1, 1),
        last=date(2028, 1, 1),
        on=TODAY,
        lanes=(
            Lane(
                title=say("Minsk 1993", "Минская 1993"),
                spans=(
                    Span(since=date(1994, 12, 20), until=date(2000, 2, 15), label="1994–2000", certainty=VERIFIED, url=HERE),
                    Span(since=date(2000, 2, 16), until=until, label="2000–2005", certainty=UNVERIFIED, url=HERE),
                ),
            ),
            Lane(
                title=say("Chisinau 2002", "Кишинёвская 2002"),
                spans=(Span(since=date(2006, 1, 1), until=None, label="2006", certainty=OPEN),),
            ),
            Lane(
                title=say("Search 2010", "Розыск 2010"),
                note=say("for one step only", "только для одного действия"),
                spans=(Span(since=date(2014, 12, 31), until=None, label="2014", certainty=VERIFIED),),
            ),
            Lane(
                title=say("No treaty", "Нет договора"), spans=(Span(since=date(1991, 1, 1), until=date(1994, 12, 19), label="1991–1994"),)
            ),
        ),
    )
