"""What the gallery shows: two matters as they might lie on a desk in Dushanbe on 23 November 2026, in English and in Russian."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone

from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from comity.desk.components.model import (
    BasisGroup,
    BasisRow,
    Certainty,
    Citation,
    Clock,
    Count,
    Crumb,
    DueDate,
    DueRow,
    Frame,
    HolderBanner,
    MissingItem,
    NavigationItem,
    NextMove,
    Paper,
    PrivateNote,
    PrivatePart,
    Proof,
    ProofState,
    ReceiptLine,
    RulerTick,
    Standing,
    Step,
    StepState,
    Tab,
    TimelineEntry,
)

TODAY = date(2026, 11, 23)
DUSHANBE = timezone(timedelta(hours=5))
HERE = "#main"
UNVERIFIED, VERIFIED, OPEN = Certainty.UNVERIFIED, Certainty.VERIFIED, Certainty.OPEN

Say = Callable[[str, str], str]
"""Picks the English or the Russian of a text. The gallery's own content is no part of the catalogue."""


def in_language(request: HttpRequest) -> Say:
    """The picker for the language of this request."""
    russian = get_language_from_request(request) == "ru"
    return lambda english, in_russian: in_russian if russian else english


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
            NavigationItem(text=say("Correspondence", "Переписка"), url=HERE, count=2, trouble=True, counted=say("in trouble", "с неполадками")),
            NavigationItem(text=say("Administration", "Управление"), url=HERE),
        ),
        foot=say("Law release 2026-11-22 · journal verified to the last event", "Выпуск права 2026-11-22 · журнал проверен до последнего события"),
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
            due=due(-3, say("Execution within 30 days of receipt.", "Исполнить в течение 30 дней со дня получения."),
                    chisinau(say, "time limit", "срок исполнения"), Count(day=33, of=30)),
            move=say("Return the papers", "Вернуть документы"),
            who=you,
        ),
        DueRow(
            title=say("Service of a summons, Dushanbe", "Вручение повестки, Душанбе"),
            url=HERE,
            pair=("KZ", "TJ"),
            due=due(0, say("Date asked for by Kazakhstan: hearing on 2 December.", "Срок указан Казахстаном: заседание 2 декабря."),
                    chisinau(say, "art. 7", "ст.\u00a07")),
            move=say("Return the dated receipt", "Вернуть подтверждение"),
            who=you,
        ),
        DueRow(
            title=say("Extradition of S. K. — fingerprint card", "Выдача С.\u00a0К. — дактилоскопическая карта"),
            url=HERE,
            pair=("TJ", "MD"),
            due=due(1, say("Supplement within one month of Moldova’s letter.", "Дополнить в течение месяца со дня письма Молдовы."),
                    minsk(say, 59), Count(day=30, of=31)),
            move=say("Send the supplement", "Направить дополнение"),
            who=say("Extradition · second officer", "Экстрадиция · второй сотрудник"),
        ),
        DueRow(
            title=say("Surrender of A. N. at Chisinau airport", "Передача А.\u00a0Н. в аэропорту Кишинёва"),
            url=HERE,
            pair=("TJ", "MD"),
            due=due(3, say("Taken over in 15 days of the date agreed, or released.", "Принять в течение 15 дней, иначе освобождение."),
                    minsk(say, 67), Count(day=12, of=15)),
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
            due=due(17, say("No request by day 40: release.", "Нет запроса к 40-му дню — освобождение."),
                    chisinau(say, "provisional arrest", "арест до запроса"), Count(day=23, of=40)),
            move=say("Send the request", "Направить запрос"),
            who=say("Extradition · you", "Экстрадиция · вы"),
        ),
        DueRow(
            title=say("Bank records, Khujand procurement case", "Банковские сведения, дело о закупках в Худжанде"),
            url=HERE,
            pair=("TJ", "KZ"),
            due=DueDate(today=TODAY, on=TODAY + timedelta(days=25), reason=say("Answer within 40 days.", "Ответить в течение 40 дней."),
                        count=Count(day=15, of=40), target=True),
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
            due=DueDate(today=TODAY, on=date(2026, 12, 11), reason=say("Execution within 30 days.", "Исполнение в течение 30 дней."),
                        citation=chisinau(say, "time limit", "срок исполнения"), count=Count(day=12, of=30)),
            expected=say("sent and receipted 11 Nov", "отправлено, квитанция 11 нояб."),
        ),
        DueRow(
            title=say("Take-over of prosecution, two nationals", "Передача уголовного преследования двух граждан"),
            url=HERE,
            pair=("TJ", "RU"),
            held_by=say("Russia", "Россия"),
            due=DueDate(today=TODAY, on=date(2026, 12, 13), reason=say("The law sets no term.", "Закон срока не даёт."), count=Count(day=70, of=90),
                        target=True),
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


def crumb(say: Say) -> tuple[Crumb, ...]:
    """The way to a matter, with both numbers."""
    return (
        Crumb(text=say("Matters", "Производства"), url=HERE),
        Crumb(text=say("Extradition", "Выдача"), url=HERE),
        Crumb(text=say("ours 12/3-418 · Russia 81/3-2207-26", "наш №\u00a012/3-418 · Россия 81/3-2207-26")),
    )


def facts(say: Say) -> Mapping[str, str]:
    """The line under the title."""
    return {
        "from": say("Tajikistan", "Таджикистан"),
        "to": say("Russia", "Россия"),
        "about": say("for prosecution · fraud, Sughd region", "для уголовного преследования · мошенничество, Согдийская область"),
        "state": say("Detained, request awaited", "Задержан, ожидается запрос"),
    }


def banners(say: Say) -> tuple[HolderBanner, ...]:
    """Ours with a clock; theirs with a clock; theirs late; theirs without a term; closed."""
    us, them = say("Tajikistan", "Таджикистан"), say("Russia", "Россия")
    arrest = Citation(text=say("Chisinau Convention 2002, provisional arrest", "Кишинёвская конвенция 2002\u00a0г., взятие под стражу до запроса"), certainty=UNVERIFIED)
    execution = Citation(text=say("Chisinau Convention 2002, time limit", "Кишинёвская конвенция 2002\u00a0г., срок исполнения"), certainty=UNVERIFIED)
    return (
        HolderBanner(
            ours=True,
            holder=us,
            other=them,
            happened=say("Russia has detained R. M. and waits for our request.", "Россия задержала Р.\u00a0М. и ждёт нашего запроса."),
            since=date(2026, 11, 2),
            due=DueDate(today=TODAY, on=date(2026, 12, 10), citation=arrest, count=Count(day=23, of=40)),
            until=say("Thu 10 December, 24:00 Moscow", "чт 10 декабря, 24:00 по Москве"),
            consequence=say("The request must be in Russia by then, or R. M. is released.", "К этому сроку запрос должен быть в России, иначе Р.\u00a0М. освободят."),
            doubt=say("article number to be confirmed", "номер статьи уточняется"),
            how_url=HERE,
            ticks=(
                RulerTick(day=1, label=say("1 Nov detained", "1 нояб. задержан")),
                RulerTick(day=5, label=say("5 Nov intent confirmed", "5 нояб. намерение подтверждено")),
                RulerTick(day=30, label=say("30 Nov our target", "30 нояб. наш ориентир")),
                RulerTick(day=40, label=say("10 Dec release", "10 дек. освобождение")),
            ),
        ),
        HolderBanner(
            ours=False,
            holder=say("Kazakhstan", "Казахстан"),
            other=us,
            happened=say("Registered in Astana under its own number; two witnesses are summoned.", "Зарегистрировано в Астане под своим номером; вызваны два свидетеля."),
            since=date(2026, 11, 3),
            due=DueDate(today=TODAY, on=date(2026, 12, 2), citation=execution, count=Count(day=21, of=30)),
            consequence=say("Afterwards we may remind.", "После этого срока можно напомнить."),
            how_url=HERE,
            ticks=(RulerTick(day=1, label=say("3 Nov received", "3 нояб. получено")), RulerTick(day=30, label=say("2 Dec answer", "2 дек. ответ"))),
        ),
        HolderBanner(
            ours=True,
            holder=us,
            other=them,
            happened=say("Two witnesses in Isfara are still to be questioned.", "В Исфаре предстоит допросить двух свидетелей."),
            since=date(2026, 10, 21),
            due=DueDate(today=TODAY, on=date(2026, 11, 20), citation=execution, count=Count(day=33, of=30)),
            consequence=say("The term has passed: say why, and when the answer follows.", "Срок прошёл: сообщите почему и когда будет ответ."),
            ticks=(RulerTick(day=30, label=say("20 Nov term", "20 нояб. срок"), signal=True),),
        ),
        HolderBanner(
            ours=False,
            holder=say("Turkmenistan", "Туркменистан"),
            other=us,
            happened=say("The request was receipted and not yet registered.", "Квитанция получена, запрос ещё не зарегистрирован."),
            since=date(2026, 10, 13),
            due=DueDate(today=TODAY),
            consequence=say("No target is agreed either.", "Ориентир тоже не согласован."),
        ),
        HolderBanner(ours=False, happened=say("Executed, confirmed and closed on 20 November; 34 days.", "Исполнено, подтверждено и завершено 20 ноября; 34 дня.")),
    )


def next_moves(say: Say) -> tuple[NextMove, ...]:
    """A move with items missing, a move, a note."""
    contents = Citation(text=say("Chisinau 2002, contents", "Кишинёвская конв. 2002\u00a0г., содержание"), certainty=UNVERIFIED)
    return (
        NextMove(
            title=say("Send the extradition request", "Направить запрос о выдаче"),
            follows=say(
                "Then Russia holds the file. The head of unit approves and seals; the one who drafts does not.",
                "Производство перейдёт к России. Утверждает и скрепляет начальник отдела, не составитель.",
            ),
            verb=say("Fill in", "Заполнить"),
            url=HERE,
            main=True,
            missing=(
                MissingItem(label=say("Text of the law with the penalty", "Текст закона с указанием наказания"), url=HERE, citation=contents),
                MissingItem(label=say("Amount of damage", "Размер ущерба"), url=HERE, citation=contents),
            ),
            items=11,
        ),
        NextMove(
            title=say("Withdraw the application", "Отозвать ходатайство"),
            follows=say("Ends the matter; R. M. is released.", "Производство завершится; Р.\u00a0М. освободят."),
            verb=say("Withdraw", "Отозвать"),
            url=HERE,
        ),
        NextMove(
            title=say("Write a message", "Написать сообщение"),
            follows=say("A note. The file stays with us.", "Сообщение. Производство остаётся у нас."),
            verb=say("Write", "Написать"),
            url=HERE,
            move=False,
        ),
    )


def journal(say: Say) -> tuple[TimelineEntry, ...]:
    """Five events of an extradition, newest first."""
    us, russia = say("us", "мы"), say("Russia", "Россия")

    def at(month: int, day: int, hour: int, minute: int) -> datetime:
        return datetime(2026, month, day, hour, minute, tzinfo=timezone.utc)

    def sealed(digest: str, office: str, when: str) -> Proof:
        return Proof(state=ProofState.SEALED, seal=digest, receipts=(ReceiptLine(office=office, at=when),))

    return (
        TimelineEntry(
            at=at(11, 23, 7, 55),
            title=say("Detention record sent", "Направлен протокол задержания"),
            line=say("Russia · note with 2 papers", "Россия · сообщение, 2 документа"),
            papers=(Paper(title=say("Detention record (Russia)", "Протокол задержания (Россия)"), url=HERE),),
            proof=sealed("9c41aa07b3e2", us, "07:56"),
        ),
        TimelineEntry(
            at=at(11, 12, 16, 30),
            title=say("“R. M. is not a Russian national.”", "«Р.\u00a0М. не является гражданином России»."),
            line=say("Russia · note", "Россия · сообщение"),
            proof=sealed("2b70aa07b319", us, "16:31"),
        ),
        TimelineEntry(
            at=at(11, 5, 10, 20),
            title=say("Intent to claim the person confirmed", "Подтверждено намерение требовать выдачи"),
            line=say("Tajikistan · note, approved by the head", "Таджикистан · сообщение, утвердил начальник"),
            proof=sealed("d05aaa07b37f", russia, "10:21"),
        ),
        TimelineEntry(
            at=at(11, 2, 9, 5),
            title=say("Detention notified; the file passes to Tajikistan", "Сообщено о задержании; производство перешло к Таджикистану"),
            line=say("Russia · move", "Россия · действие"),
            body=say("Detained 1 November, 21:40 Moscow. Request awaited.", "Задержан 1 ноября в 21:40 по Москве. Ожидается запрос."),
            move=True,
            proof=sealed("71eeaa07b304", us, "09:06"),
        ),
        TimelineEntry(
            at=at(10, 30, 15, 12),
            title=say("Arrest before the request applied for", "Направлено ходатайство о взятии под стражу до запроса"),
            line=say("Tajikistan · move, opens the matter; the file passes to Russia", "Таджикистан · открывает производство; оно перешло к России"),
            move=True,
            proof=Proof(state=ProofState.SEALED, seal="0a3faa07b3c8", receipts=(ReceiptLine(office=russia, at="15:14"),)),
        ),
    )


def proofs(say: Say) -> tuple[Proof, ...]:
    """Every state a proof may be in."""
    russia = say("Russia", "Россия")
    return (
        Proof(state=ProofState.SEALED, seal="9c41aa07b3e2", receipts=(ReceiptLine(office=russia, at="10:21"),)),
        Proof(state=ProofState.SEALED, seal="9c41aa07b3e2", receipts=(ReceiptLine(office=russia),)),
        Proof(state=ProofState.WAITING),
        Proof(state=ProofState.HELD),
        Proof(state=ProofState.BROKEN),
        Proof(state=ProofState.FORK),
    )


def clocks(say: Say) -> tuple[Clock, ...]:
    """A term of the law, a target of ours, and no term."""
    return (
        Clock(
            title=say("Detention before the request", "Содержание под стражей до запроса"),
            due=DueDate(today=TODAY, on=date(2026, 12, 10), citation=Citation(text=say("Chisinau, provisional arrest", "Кишинёвская конв., арест до запроса"), certainty=UNVERIFIED),
                        count=Count(day=23, of=40)),
            how=say("From 1 Nov, calendar days. The first day counts: of two ways to count we take the earlier.",
                    "С 1 нояб., календарные дни. Первый день считается: из двух способов берём более ранний."),
        ),
        Clock(
            title=say("Request sent", "Запрос направлен"),
            due=DueDate(today=TODAY, on=date(2026, 11, 30), target=True),
            how=say("Ten days before the end, so the papers can be mended.", "За десять дней до конца, чтобы успеть исправить."),
        ),
        Clock(
            title=say("Paper original to follow", "Оригинал на бумаге — вслед"),
            due=DueDate(today=TODAY, citation=Citation(text="", certainty=OPEN)),
            how=say("The Convention sets none that we know.", "Конвенция срока, насколько известно, не даёт."),
        ),
    )


def basis(say: Say) -> tuple[BasisGroup, ...]:
    """The main instrument, one beside it, one that ceased, one nobody has looked for."""
    return (
        BasisGroup(
            rows=(
                BasisRow(
                    title=say("Chisinau Convention 2002", "Кишинёвская конвенция 2002\u00a0г."),
                    role=say("The main basis. Both States are bound.", "Основание. Обязательна для обоих государств."),
                    standings=(
                        Standing(text=say("Russia, from 28 June 2023", "Россия, с 28 июня 2023\u00a0г."), certainty=VERIFIED),
                        Standing(text=say("Tajikistan, by 2006 at the latest", "Таджикистан, не позже 2006\u00a0г."), certainty=UNVERIFIED),
                    ),
                ),
                BasisRow(
                    title=say("Minsk Convention 1993, Protocol 1997", "Минская конвенция 1993\u00a0г. и Протокол 1997\u00a0г."),
                    role=say("Ceased between the two:", "Между ними прекратили действие:"),
                    excluded=True,
                    excluded_by=Citation(text=say("Chisinau, art. 120(3)", "Кишинёвская конв., ст.\u00a0120(3)"), certainty=VERIFIED),
                ),
                BasisRow(
                    title=say("A bilateral treaty?", "Двусторонний договор?"),
                    role=say("Not researched for this pair; it would come first.", "По этой паре не изучено; он применялся бы первым."),
                    standings=(Standing(text="", certainty=OPEN),),
                ),
            )
        ),
    )


def answer(say: Say) -> tuple[BasisGroup, ...]:
    """The law's answer beside a new request, by how certain it is."""
    certain, uncertain = basis(say)[0].rows[:2], basis(say)[0].rows[2:]
    return (
        BasisGroup(title=say("Certain", "Достоверно"), rows=certain),
        BasisGroup(title=say("Open: the law gives no answer yet", "Открыто: закон ответа пока не даёт"), rows=uncertain),
    )


def papers(say: Say) -> tuple[Paper, ...]:
    """Four papers."""
    return (
        Paper(title=say("Arrest decision, certified", "Постановление об аресте, заверено"), url=HERE, detail=say("tg, ru · 4 p.", "тадж., рус. · 4 с.")),
        Paper(title=say("Proof of citizenship", "Подтверждение гражданства"), url=HERE, detail=say("tg, ru · 2 p.", "тадж., рус. · 2 с.")),
        Paper(
            title=say("Letter of request", "Письмо-запрос"),
            url=HERE,
            detail=say("ru · 41 kB", "рус. · 41 кБ"),
            fingerprint="9c41aa07b3e2a40d7f30c5d1be6f18c2b1a59e0f6f3d24c7a85b90c1e2d3f4a5",
        ),
    )


def private_notes(say: Say) -> tuple[PrivateNote, ...]:
    """Notes that are never sent."""
    unit = say("Extradition unit", "Отдел экстрадиции")
    return (
        PrivateNote(text=say("Draft 3 of the request is with the translator, due Wednesday.", "Проект запроса №\u00a03 у переводчика, срок — среда."), by=unit,
                    at=say("today 09:10", "сегодня 09:10")),
        PrivateNote(text=say("The investigator promises the damage figure for Tuesday.", "Следователь обещает сумму ущерба ко вторнику."), by=unit,
                    at=say("20 Nov", "20 нояб.")),
    )


def private_parts(say: Say) -> tuple[PrivatePart, ...]:
    """Who is assigned, who read it."""
    return (
        PrivatePart(title=say("Assigned", "Исполнители"), lines=(say("Officer, extradition unit", "Сотрудник отдела экстрадиции"), say("Seals: head of unit", "Скрепляет: начальник отдела"))),
        PrivatePart(title=say("Who read it", "Кто читал"), lines=(say("Three people, 11 times since 30 October.", "Три человека, 11 раз с 30 октября."),), url=HERE, link=say("Log", "Журнал")),
    )


def steps(say: Say) -> tuple[Step, ...]:
    """Nine steps of a request."""
    done, here, later = StepState.DONE, StepState.CURRENT, StepState.LATER
    return (
        Step(title=say("Counterpart and kind", "Адресат и вид"), state=done, url=HERE),
        Step(title=say("Legal basis", "Правовое основание"), state=done, url=HERE),
        Step(title=say("The case", "Дело"), state=done, url=HERE),
        Step(title=say("Persons", "Лица"), state=here),
        Step(title=say("What is asked", "Что требуется"), state=StepState.OPEN, url=HERE, note=say("2 items", "2 сведения")),
        Step(title=say("Safeguards", "Гарантии"), state=StepState.OPEN, url=HERE, note=say("3 questions", "3 вопроса")),
        Step(title=say("Papers", "Документы"), state=StepState.OPEN, url=HERE, note=say("1 paper", "1 документ")),
        Step(title=say("Letter", "Письмо"), state=later),
        Step(title=say("Approval and seal", "Утверждение и скрепление"), state=later),
    )


def missing(say: Say) -> tuple[MissingItem, ...]:
    """What is still missing in a request."""
    persons, asked, papers_ = say("4 Persons", "4 Лица"), say("5 What is asked", "5 Что требуется"), say("7 Papers", "7 Документы")
    return (
        MissingItem(label=say("Residence of the witness", "Место жительства свидетеля"), url="#id_residence", step=persons, citation=chisinau(say, "art. 7", "ст.\u00a07")),
        MissingItem(label=say("Questions to be clarified", "Вопросы, подлежащие выяснению"), url=HERE, step=asked, citation=chisinau(say, "art. 7", "ст.\u00a07")),
        MissingItem(label=say("Certified translation into Kazakh or Russian", "Заверенный перевод на казахский или русский"), url=HERE, step=papers_,
                    citation=chisinau(say, "art. 17", "ст.\u00a017")),
    )


def texts(say: Say) -> Mapping[str, str]:
    """Titles and sentences of the page."""
    return {
        "lead": say("Eight matters lie on our desk.", "У нас в производстве восемь дел."),
        "lead_signal": say("One is overdue", "Одно просрочено"),
        "lead_end": say(", two are due by tomorrow.", ", по двум срок — до завтра."),
        "title": say("Extradition of R. M.", "Выдача Р.\u00a0М."),
        "state": say("State:", "Состояние:"),
        "on_desk": say("On our desk", "У нас в производстве"),
        "by_due": say("by due date", "по сроку"),
        "waiting": say("Waiting on others", "Ждём других"),
        "of": say("2 of 17", "2 из 17"),
        "by_expected": say("by date expected", "по ожидаемой дате"),
        "all": say("all", "все"),
        "moves": say("Next moves", "Что можно сделать"),
        "journal": say("Journal", "Журнал"),
        "journal_aside": say("Both offices hold the same file · verified today 09:12", "У обоих ведомств одно и то же · проверено сегодня 09:12"),
        "evidence": say("Evidence package for a court", "Пакет для суда"),
        "clocks": say("Clocks", "Сроки"),
        "basis": say("Legal basis", "Правовое основание"),
        "explain": say("explain", "объяснить"),
        "papers": say("Papers", "Документы"),
        "cannot_see": say("Russia cannot see that this exists.", "Россия не видит, что это существует."),
        "persons": say("Persons", "Лица"),
        "step": say("Step 4 of 9", "Шаг 4 из 9"),
        "person": say("Person 1 of 2: the witness to be questioned.", "Лицо 1 из 2: свидетель, которого надо допросить."),
        "save": say("Save and continue", "Сохранить и продолжить"),
        "another": say("Add another person", "Добавить ещё одно лицо"),
        "answers": say("The law answers", "Ответ закона"),
        "still_missing": say("Still missing", "Ещё не хватает"),
        "by_step": say("by step; each opens its field", "по шагам; каждая строка открывает своё поле"),
        "kept": say("The note is kept in our office.", "Заметка оставлена у нас."),
        "held": say("Turkmenistan is not answering since Fri 20 Nov, 16:10. Two parcels wait; nothing is lost.",
                    "Туркменистан не отвечает с пт 20 нояб., 16:10. Ждут два пакета; ничего не потеряно."),
        "courier": say("Prepare a courier disk", "Подготовить диск для курьера"),
        "past": say("Shown as it stood on 10 September 2026.", "Показано по состоянию на 10 сентября 2026\u00a0г."),
        "today": say("Show as it stands today", "Показать по состоянию на сегодня"),
        "proofs": say("Proof, in all its states", "Доказательство во всех состояниях"),
        "lists": say("Lists and buttons", "Списки и кнопки"),
        "none": say("Nothing has arrived since Friday.", "С пятницы ничего не поступало."),
        "none_hint": say("What arrives stands here until it is registered.", "Поступившее стоит здесь до регистрации."),
        "caption": say("Matters with Russia", "Производства с Россией"),
        "number": say("Number", "Номер"),
        "matter": say("Matter", "Производство"),
        "papers_count": say("Papers", "Документов"),
        "stands": say("Where it stands", "Состояние"),
        "send": say("Send", "Направить"),
        "return": say("Return to the drafter", "Вернуть составителю"),
        "small": say("Remind", "Напомнить"),
        "as_link": say("Leave without saving", "Выйти без сохранения"),
        "letters": say("Kazakh: Ұлттық қауіпсіздік. Tajik: Прокуратураи генералӣ. Armenian: Դատախազություն. Azerbaijani: Baş Prokurorluq, Əliyev küçəsi. Romanian: Procuratura Generală.",
                       "Казахский: Ұлттық қауіпсіздік. Таджикский: Прокуратураи генералӣ. Армянский: Դատախազություն. Азербайджанский: Baş Prokurorluq, Əliyev küçəsi. Румынский: Procuratura Generală."),
    }
