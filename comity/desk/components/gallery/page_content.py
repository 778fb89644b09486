"""Titles and sentences of the gallery."""

from collections.abc import Mapping

from comity.desk.components.gallery.language import Say


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
        "journal_aside": say(
            "Both offices hold the same file · verified today 09:12", "У обоих ведомств одно и то же · проверено сегодня 09:12"
        ),
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
        "held": say(
            "Turkmenistan is not answering since Fri 20 Nov, 16:10. Two parcels wait; nothing is lost.",
            "Туркменистан не отвечает с пт 20 нояб., 16:10. Ждут два пакета; ничего не потеряно.",
        ),
        "courier": say("Prepare a courier disk", "Подготовить диск для курьера"),
        "past": say("Shown as it stood on 10 September 2026.", "Показано по состоянию на 10 сентября 2026\u00a0г."),
        "today": say("Show as it stands today", "Показать по состоянию на сегодня"),
        "proofs": say("Proof, in all its states", "Доказательство во всех состояниях"),
        "bound": say("Who is bound by what", "Кто чем связан"),
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
        "letters": say("Kazakh, Tajik, Armenian, Azerbaijani, Romanian:", "Казахский, таджикский, армянский, азербайджанский, румынский:")
        + " Ұлттық қауіпсіздік. Прокуратураи генералӣ. Դատախազություն. Baş Prokurorluq, Əliyev küçəsi. Procuratura Generală.",
    }
