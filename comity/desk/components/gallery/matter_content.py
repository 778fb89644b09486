"""One matter as both offices hold it: an extradition from Russia to Tajikistan before its request is sent."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from comity.desk.components.gallery.language import HERE, OPEN, TODAY, UNVERIFIED, VERIFIED, Say
from comity.desk.components.model import (
    BasisGroup,
    BasisRow,
    Citation,
    Clock,
    Count,
    Crumb,
    DueDate,
    HolderBanner,
    MissingItem,
    NextMove,
    Paper,
    PrivateNote,
    PrivatePart,
    Proof,
    ProofState,
    ReceiptLine,
    RulerTick,
    Standing,
    TimelineEntry,
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
    arrest = Citation(
        text=say("Chisinau Convention 2002, provisional arrest", "Кишинёвская конвенция 2002\u00a0г., взятие под стражу до запроса"),
        certainty=UNVERIFIED,
    )
    execution = Citation(
        text=say("Chisinau Convention 2002, time limit", "Кишинёвская конвенция 2002\u00a0г., срок исполнения"), certainty=UNVERIFIED
    )
    return (
        HolderBanner(
            ours=True,
            holder=us,
            other=them,
            happened=say("Russia has detained R. M. and waits for our request.", "Россия задержала Р.\u00a0М. и ждёт нашего запроса."),
            since=date(2026, 11, 2),
            due=DueDate(today=TODAY, on=date(2026, 12, 10), citation=arrest, count=Count(day=23, of=40)),
            until=say("Thu 10 December, 24:00 Moscow", "чт 10 декабря, 24:00 по Москве"),
            consequence=say(
                "The request must be in Russia by then, or R. M. is released.",
                "К этому сроку запрос должен быть в России, иначе Р.\u00a0М. освободят.",
            ),
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
            happened=say(
                "Registered in Astana under its own number; two witnesses are summoned.",
                "Зарегистрировано в Астане под своим номером; вызваны два свидетеля.",
            ),
            since=date(2026, 11, 3),
            due=DueDate(today=TODAY, on=date(2026, 12, 2), citation=execution, count=Count(day=21, of=30)),
            consequence=say("Afterwards we may remind.", "После этого срока можно напомнить."),
            how_url=HERE,
            ticks=(
                RulerTick(day=1, label=say("3 Nov received", "3 нояб. получено")),
                RulerTick(day=30, label=say("2 Dec answer", "2 дек. ответ")),
            ),
        ),
        HolderBanner(
            ours=True,
            holder=us,
            other=them,
            happened=say("Two witnesses in Isfara are still to be questioned.", "В Исфаре предстоит допросить двух свидетелей."),
            since=date(2026, 10, 21),
            due=DueDate(today=TODAY, on=date(2026, 11, 20), citation=execution, count=Count(day=33, of=30)),
            consequence=say(
                "The term has passed: say why, and when the answer follows.", "Срок прошёл: сообщите почему и когда будет ответ."
            ),
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
        HolderBanner(
            ours=False,
            happened=say(
                "Executed, confirmed and closed on 20 November; 34 days.", "Исполнено, подтверждено и завершено 20 ноября; 34 дня."
            ),
        ),
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
                MissingItem(
                    label=say("Text of the law with the penalty", "Текст закона с указанием наказания"), url=HERE, citation=contents
                ),
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
        return datetime(2026, month, day, hour, minute, tzinfo=UTC)

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
            line=say(
                "Tajikistan · move, opens the matter; the file passes to Russia",
                "Таджикистан · открывает производство; оно перешло к России",
            ),
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
            due=DueDate(
                today=TODAY,
                on=date(2026, 12, 10),
                citation=Citation(text=say("Chisinau, provisional arrest", "Кишинёвская конв., арест до запроса"), certainty=UNVERIFIED),
                count=Count(day=23, of=40),
            ),
            how=say(
                "From 1 Nov, calendar days. The first day counts: of two ways to count we take the earlier.",
                "С 1 нояб., календарные дни. Первый день считается: из двух способов берём более ранний.",
            ),
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
        Paper(
            title=say("Arrest decision, certified", "Постановление об аресте, заверено"),
            url=HERE,
            detail=say("tg, ru · 4 p.", "тадж., рус. · 4 с."),
        ),
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
        PrivateNote(
            text=say(
                "Draft 3 of the request is with the translator, due Wednesday.", "Проект запроса №\u00a03 у переводчика, срок — среда."
            ),
            by=unit,
            at=say("today 09:10", "сегодня 09:10"),
        ),
        PrivateNote(
            text=say("The investigator promises the damage figure for Tuesday.", "Следователь обещает сумму ущерба ко вторнику."),
            by=unit,
            at=say("20 Nov", "20 нояб."),
        ),
    )


def private_parts(say: Say) -> tuple[PrivatePart, ...]:
    """Who is assigned, who read it."""
    return (
        PrivatePart(
            title=say("Assigned", "Исполнители"),
            lines=(
                say("Officer, extradition unit", "Сотрудник отдела экстрадиции"),
                say("Seals: head of unit", "Скрепляет: начальник отдела"),
            ),
        ),
        PrivatePart(
            title=say("Who read it", "Кто читал"),
            lines=(say("Three people, 11 times since 30 October.", "Три человека, 11 раз с 30 октября."),),
            url=HERE,
            link=say("Log", "Журнал"),
        ),
    )
