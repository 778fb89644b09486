"""A new request under way: its steps, what is missing, and forms with every kind of field beside its article."""

from comity.desk.components.gallery.desk_content import chisinau
from comity.desk.components.gallery.language import HERE, Say
from comity.desk.components.model import MissingItem, Step, StepState


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
        MissingItem(
            label=say("Residence of the witness", "Место жительства свидетеля"),
            url="#id_residence",
            step=persons,
            citation=chisinau(say, "art. 7", "ст.\u00a07"),
        ),
        MissingItem(
            label=say("Questions to be clarified", "Вопросы, подлежащие выяснению"),
            url=HERE,
            step=asked,
            citation=chisinau(say, "art. 7", "ст.\u00a07"),
        ),
        MissingItem(
            label=say("Certified translation into Kazakh or Russian", "Заверенный перевод на казахский или русский"),
            url=HERE,
            step=papers_,
            citation=chisinau(say, "art. 17", "ст.\u00a017"),
        ),
    )
