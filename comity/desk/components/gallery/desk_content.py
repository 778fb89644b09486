"""A desk in Dushanbe on 23 November 2026: what lies on it, what lies on others, and the frame around it."""

from datetime import date, timedelta

from comity.desk.components.gallery.language import HERE, TODAY, UNVERIFIED, Say
from comity.desk.components.model import Citation, Count, DueDate, DueRow, Frame, NavigationItem, Tab


def frame(say: Say) -> Frame:
    """Top line, navigation and foot."""
    return Frame(
        office=say("Prosecutor General’s Office", "Генеральная прокуратура"),
        state=say("Republic of Tajikistan", "Республики Таджикистан"),
        role=say("Officer", "Сотрудник"),
        unit=say("Extradition unit", "Отдел экстрадиции"),
        search_url=HERE,
        navigation=(
            NavigationItem(text=say("Today", "Сегодня"), url=HERE, count=8, counted=say("matters on our desk", "производств у нас")),
            NavigationItem(text=say("Matters", "Производства"), url=HERE, current=True),
            NavigationItem(text=say("New request", "Новый запрос"), url=HERE),
            NavigationItem(text=say("Law", "Право"), url=HERE),
            NavigationItem(
                text=say("Correspondence", "Переписка"), url=HERE, count=2, trouble=True, counted=say("in trouble", "с неполадками")
            ),
            NavigationItem(text=say("Administration", "Управление"), url=HERE),
        ),
        foot=say(
            "Law release 2026-11-22 · journal verified to the last event", "Выпуск права 2026-11-22 · журнал проверен до последнего события"
        ),
        foot_end=say("Times in Dushanbe (UTC+5) unless said", "Время — Душанбе (UTC+5), если не указано иное"),
    )


def chisinau(say: Say, english: str, russian: str) -> Citation:
    """A citation of the Chisinau Convention that nobody has verified yet."""
    return Citation(text=say(f"Chisinau 2002, {english}", f"Кишинёвская конв. 2002\u00a0г., {russian}"), certainty=UNVERIFIED)


def minsk(say: Say, article: int) -> Citation:
    """A citation of the Minsk Convention that nobody has verified yet."""
    return Citation(text=say(f"Minsk 1993, art. {article}", f"Минская конв. 1993\u00a0г., ст.\u00a0{article}"), certainty=UNVERIFIED)


def due_rows(say: Say) -> tuple[DueRow, ...]:
    """Eight matters on our desk."""

    def due(days: int, reason: str, citation: Citation | None = None, count: Count | None = None) -> DueDate:
        return DueDate(today=TODAY, on=TODAY + timedelta(days=days), reason=reason, citation=citation, count=count)

    you = say("Legal assistance · you", "Правовая помощь · вы")
    return (
        DueRow(
            title=say("Questioning of two witnesses, Isfara", "Допрос двух свидетелей, Исфара"),
            url=HERE,
            pair=("RU", "TJ"),
            due=due(
                -3,
                say("Execution within 30 days of receipt.", "Исполнить в течение 30 дней со дня получения."),
                chisinau(say, "time limit", "срок исполнения"),
                Count(day=33, of=30),
            ),
            move=say("Return the papers", "Вернуть документы"),
            who=you,
        ),
        DueRow(
            title=say("Service of a summons, Dushanbe", "Вручение повестки, Душанбе"),
            url=HERE,
            pair=("KZ", "TJ"),
            due=due(
                0,
                say("Date asked for by Kazakhstan: hearing on 2 December.", "Срок указан Казахстаном: заседание 2 декабря."),
                chisinau(say, "art. 7", "ст.\u00a07"),
            ),
            move=say("Return the dated receipt", "Вернуть подтверждение"),
            who=you,
        ),
        DueRow(
            title=say("Extradition of S. K. — fingerprint card", "Выдача С.\u00a0К. — дактилоскопическая карта"),
            url=HERE,
            pair=("TJ", "MD"),
            due=due(
                1,
                say("Supplement within one month of Moldova’s letter.", "Дополнить в течение месяца со дня письма Молдовы."),
                minsk(say, 59),
                Count(day=30, of=31),
            ),
            move=say("Send the supplement", "Направить дополнение"),
            who=say("Extradition · second officer", "Экстрадиция · второй сотрудник"),
        ),
        DueRow(
            title=say("Surrender of A. N. at Chisinau airport", "Передача А.\u00a0Н. в аэропорту Кишинёва"),
            url=HERE,
            pair=("TJ", "MD"),
            due=due(
                3,
                say("Taken over in 15 days of the date agreed, or released.", "Принять в течение 15 дней, иначе освобождение."),
                minsk(say, 67),
                Count(day=12, of=15),
            ),
            move=say("Record the hand-over", "Записать передачу"),
            who=say("Extradition · head", "Экстрадиция · начальник"),
        ),
        DueRow(
            title=say("Remarks on the draft record, 36th sitting", "Замечания к проекту протокола 36-го заседания"),
            url=HERE,
            beside=say("Council", "Совет"),
            due=due(7, say("Date set by the Secretariat; the law sets none.", "Срок назначен Секретариатом; закон срока не даёт.")),
            move=say("Write the remarks", "Написать замечания"),
            who=say("Council desk", "Советник по Совету"),
        ),
        DueRow(
            title=say("Extradition of R. M. — fraud", "Выдача Р.\u00a0М. — мошенничество"),
            url=HERE,
            pair=("TJ", "RU"),
            due=due(
                17,
                say("No request by day 40: release.", "Нет запроса к 40-му дню — освобождение."),
                chisinau(say, "provisional arrest", "арест до запроса"),
                Count(day=23, of=40),
            ),
            move=say("Send the request", "Направить запрос"),
            who=say("Extradition · you", "Экстрадиция · вы"),
        ),
        DueRow(
            title=say("Bank records, Khujand procurement case", "Банковские сведения, дело о закупках в Худжанде"),
            url=HERE,
            pair=("TJ", "KZ"),
            due=DueDate(
                today=TODAY,
                on=TODAY + timedelta(days=25),
                reason=say("Answer within 40 days.", "Ответить в течение 40 дней."),
                count=Count(day=15, of=40),
                target=True,
            ),
            move=say("Answer the clarification", "Ответить на уточнение"),
            who=you,
        ),
        DueRow(
            title=say("Address of a missing debtor, maintenance", "Адрес пропавшего должника, алименты"),
            url=HERE,
            pair=("TM", "TJ"),
            due=DueDate(today=TODAY, reason=say("Neither a term nor a target is agreed.", "Ни срок, ни ориентир не согласованы.")),
            move=say("Report progress", "Сообщить о ходе"),
            who=you,
        ),
    )


def waiting_rows(say: Say) -> tuple[DueRow, ...]:
    """Matters that lie on other desks."""
    return (
        DueRow(
            title=say("Search of a warehouse, Sughd smuggling case", "Обыск склада, дело о контрабанде в Согде"),
            url=HERE,
            pair=("TJ", "UZ"),
            held_by=say("Uzbekistan", "Узбекистан"),
            due=DueDate(
                today=TODAY,
                on=date(2026, 12, 11),
                reason=say("Execution within 30 days.", "Исполнение в течение 30 дней."),
                citation=chisinau(say, "time limit", "срок исполнения"),
                count=Count(day=12, of=30),
            ),
            expected=say("sent and receipted 11 Nov", "отправлено, квитанция 11 нояб."),
        ),
        DueRow(
            title=say("Take-over of prosecution, two nationals", "Передача уголовного преследования двух граждан"),
            url=HERE,
            pair=("TJ", "RU"),
            held_by=say("Russia", "Россия"),
            due=DueDate(
                today=TODAY,
                on=date(2026, 12, 13),
                reason=say("The law sets no term.", "Закон срока не даёт."),
                count=Count(day=70, of=90),
                target=True,
            ),
            move=say("Send a reminder", "Направить напоминание"),
            expected=say("reminder sent 20 Nov", "напоминание 20 нояб."),
        ),
    )


def tabs(say: Say) -> tuple[Tab, ...]:
    """Three views of a desk."""
    return (
        Tab(text=say("Our office", "Всё ведомство"), url=HERE, current=True),
        Tab(text=say("My unit", "Мой отдел"), url=HERE),
        Tab(text=say("Mine", "Мои"), url=HERE, count=3),
    )
