"""Forms of the gallery: every kind of field beside its article, one of them missing and one wrong."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict

from comity.desk.components.forms import DateField, DeskForm, FieldLaw
from comity.desk.components.gallery.desk_content import chisinau, minsk
from comity.desk.components.gallery.language import Say
from comity.desk.components.model import Certainty, Citation


def person_form(say: Say) -> DeskForm:
    """The step "Persons" as it comes back from the server with one item missing and one wrong."""
    roles = tuple(
        (value, say(english, russian))
        for value, english, russian in (
            ("witness", "Witness", "Свидетель"),
            ("victim", "Victim", "Потерпевший"),
            ("suspect", "Suspect", "Подозреваемый"),
        )
    )
    risk = [("no", say("No", "Нет")), ("yes", say("Yes", "Да")), ("unknown", say("Not known", "Неизвестно"))]
    states = [("", say("Choose a State", "Выберите государство")), ("KZ", say("Kazakhstan", "Казахстан")), ("RU", say("Russia", "Россия"))]
    kinds = [
        ("questioning", say("Questioning", "Допрос")),
        ("records", say("Bank records", "Банковские сведения")),
        ("search", say("Search", "Обыск")),
        ("seizure", say("Seizure", "Выемка")),
        ("expertise", say("Expert examination", "Экспертиза")),
    ]

    class Person(DeskForm):
        laws: Mapping[str, FieldLaw] = {
            "name": FieldLaw(citation=chisinau(say, "art. 7", "ст.\u00a07"), why=say("The persons concerned", "Лица, о которых идёт речь")),
            "role": FieldLaw(
                citation=chisinau(say, "art. 7", "ст.\u00a07"),
                why=say("Decides which rights are read out", "От неё зависит, какие права разъяснят"),
            ),
            "born": FieldLaw(citation=chisinau(say, "art. 7", "ст.\u00a07"), why=say("In criminal matters", "По уголовным делам")),
            "citizenship": FieldLaw(citation=chisinau(say, "art. 7", "ст.\u00a07")),
            "residence": FieldLaw(
                citation=chisinau(say, "art. 7", "ст.\u00a07"), why=say("Without it requests come back", "Без него запросы возвращают")
            ),
            "occupation": FieldLaw(
                citation=minsk(say, 7),
                why=say(
                    "Not demanded here: Minsk does not apply between the two States. Optional.",
                    "Здесь не требуется: Минская конвенция между этими государствами не действует.",
                ),
                demanded=False,
            ),
            "acts": FieldLaw(citation=chisinau(say, "art. 7", "ст.\u00a07")),
            "facts": FieldLaw(
                citation=chisinau(say, "art. 7", "ст.\u00a07"), why=say("What happened, where and when", "Что, где и когда произошло")
            ),
            "death": FieldLaw(
                citation=Citation(text=say("ICCPR, Second Protocol", "МПГПП, Второй протокол"), certainty=Certainty.UNVERIFIED),
                why=say(
                    "Kazakhstan is bound, Tajikistan is not: expect a question and offer an assurance.",
                    "Казахстан связан, Таджикистан — нет: ждите вопроса и предложите заверение.",
                ),
            ),
            "papers": FieldLaw(
                citation=chisinau(say, "art. 17", "ст.\u00a017"),
                why=say("Certified copies with a translation", "Заверенные копии с переводом"),
            ),
        }
        unknowns: Mapping[str, str] = {"residence": "residence_unknown"}

        name = forms.CharField(
            label=say("Full name", "Полное имя"),
            help_text=say(
                "As in the identity document; add the spelling of the case file if it differs.",
                "Как в документе; добавьте написание из дела, если оно другое.",
            ),
        )
        role = forms.ChoiceField(label=say("Role in the case", "Положение в деле"), choices=roles, widget=forms.RadioSelect)
        born = DateField(label=say("Date of birth", "Дата рождения"))
        citizenship = forms.ChoiceField(label=say("Citizenship", "Гражданство"), choices=states)
        residence = forms.CharField(
            label=say("Residence", "Место жительства"),
            help_text=say("Street, house, flat.", "Улица, дом, квартира."),
            error_messages={"required": say("Give an address or tick “unknown”.", "Укажите адрес или отметьте «неизвестно».")},
        )
        residence_unknown = forms.BooleanField(
            label=say("Unknown: ask Kazakhstan to find the address", "Неизвестно: просить Казахстан установить адрес"), required=False
        )
        occupation = forms.CharField(label=say("Occupation", "Род занятий"), required=False)
        acts = forms.MultipleChoiceField(label=say("What is asked", "Что требуется"), choices=kinds, widget=forms.CheckboxSelectMultiple)
        facts = forms.CharField(label=say("Facts of the case", "Обстоятельства дела"), widget=forms.Textarea(attrs={"rows": 4}))
        death = forms.ChoiceField(
            label=say("Could the evidence lead to a death sentence?", "Могут ли доказательства привести к смертному приговору?"),
            choices=risk,
            widget=forms.RadioSelect,
            error_messages={"required": say("Answer, even if the answer is “not known”.", "Ответьте, даже если ответ — «неизвестно».")},
        )
        papers = forms.FileField(
            label=say("Papers", "Документы"), required=False, help_text=say("PDF, up to 200 MB each.", "PDF, до 200 МБ каждый.")
        )
        confirmed = forms.BooleanField(label=say("I compared the names with the case file", "Имена сверены с делом"), required=False)

    given = QueryDict(mutable=True)
    given.update(
        {
            "name": say("Witness, initials M. Kh.", "Свидетель, инициалы М.\u00a0Х."),
            "role": "witness",
            "born": "31.02.1987",
            "citizenship": "KZ",
            "facts": say("On 3 March 2026 a contract was signed.", "3 марта 2026\u00a0г. был подписан договор."),
        }
    )
    given.setlist("acts", ["questioning", "records"])
    return Person(given)


def note_form(say: Say) -> DeskForm:
    """A private note."""

    class Note(DeskForm):
        private_note = forms.CharField(
            label=say("Add a private note", "Добавить внутреннюю заметку"), widget=forms.Textarea(attrs={"rows": 2})
        )

    return Note()


def filter_form(say: Say) -> DeskForm:
    """What narrows the list of matters."""

    class Filter(DeskForm):
        words = forms.CharField(label=say("Number, name, words", "Номер, имя, слова"), required=False)
        counterpart = forms.ChoiceField(
            label=say("Counterpart", "Другая сторона"), choices=[("", say("all", "все")), ("RU", say("Russia", "Россия"))], required=False
        )
        state = forms.ChoiceField(
            label=say("Where it lies", "Где находится"),
            choices=[("", say("all desks", "везде")), ("ours", say("on our desk", "у нас"))],
            required=False,
        )
        since = DateField(label=say("Since", "С даты"), required=False)

    return Filter()
