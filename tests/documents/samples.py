"""Letters for tests: two requests as an officer would fill them in, and how the text of a PDF is read back."""

import re
from datetime import date
from io import BytesIO

from pypdf import PdfReader

from comity.canonical import Value
from comity.documents import Letter, LetterKind, letter_for, office
from comity.documents.model import Item, Office, Text
from comity.identifiers import MatterId, OfficeId
from comity.law.basis import Basis, Required
from comity.law.load import default_register
from comity.procedures import Procedure, procedure
from tests.procedures.samples import basis

REGISTER = default_register()
KZ = office(REGISTER, OfficeId("kz-gpo"), "mla")
TJ = office(REGISTER, OfficeId("tj-gpo"), "mla")
RU = office(REGISTER, OfficeId("ru-gpo"), "extradition")
MATTER = MatterId("019aab7e-1000-7abc-8def-0123456789ab")
ON = date(2026, 11, 22)
ASSISTANCE = procedure("mutual-assistance", 1)
EXTRADITION = procedure("extradition", 1)


def paper(number: int, title: str, language: str = "ru", **more: Value) -> Value:
    """A paper as content names it."""
    return {"sha256": f"{number:064x}", "size": 2048, "type": "application/pdf", "title": title, "language": language, **more}


REQUEST: dict[str, Value] = {
    "basis": ["minsk-1993"],
    "requesting_authority": KZ.name_ru,
    "requested_authority": TJ.name_ru,
    "conducting_authority": "Следственный департамент, город Астана",
    "case_name": "Уголовное дело № 267500121000045",
    "proceeding": "investigation",
    "facts": "С 3 по 18 марта 2026 года по подложным договорам поставки на счёт в Душанбе переведено 48 300 000 тенге.",
    "legal_qualification": "Часть 4 статьи 190 Уголовного кодекса Республики Казахстан",
    "law_text": "Мошенничество, совершённое в особо крупном размере, наказывается лишением свободы на срок до десяти лет.",
    "damage": "48 300 000 тенге",
    "suspicion": "unknown",
    "persons": [
        {
            "full_name": "Ғ. Ӯ. Ҳ.",
            "role": "witness",
            "birth_date": "1984-05",
            "birth_place": "Хуҷанд",
            "citizenship": ["TJ", "stateless"],
            "residence": "Душанбе, улица Айни, 14",
            "occupation": "unknown",
            "parents_names": "unknown",
        },
        {"full_name": "Қ. Ә. Ұ.", "role": "victim", "birth_date": "1990-01-02", "citizenship": ["KZ"]},
    ],
    "representatives": "unknown",
    "acts_asked": ["questioning", "bank-records"],
    "subject": "Допросить свидетеля по прилагаемому перечню вопросов.\n\nПолучить выписку по счёту за март 2026 года.",
    "purpose": "Установить получателя денежных средств.",
    "confidentiality": "from-persons",
    "wanted_by": "2027-02-01",
    "presence": "told",
    "assurances": ["fair-trial", "no-torture"],
    "checks": [{"check": "cat-1984-art3", "answer": "assured", "reasons": "Гарантии даны письменно."}],
    "papers": [paper(1, "Перечень вопросов", pages=3), paper(2, "Постановление о выемке, заверенная копия", "kk")],
    "translation": [paper(3, "Перевод на таджикский язык", "tg", pages=12)],
    "language": "ru",
    "our_number": "15-08-26/1142",
    "signed_by": "Заместитель Генерального прокурора",
    "official_seal": "paper-follows",
}


def minsk(kind: str = "mla", **changes: object) -> Basis:
    """A basis that rests on the convention, with the contents its article asks for, in its order."""
    rules = REGISTER.instruments["minsk-1993"].provisions
    asking = [one for one in rules if one.topic == "contents-of-request" and kind in one.kinds]
    required = tuple(
        Required(field=field, article=one.article, instrument="minsk-1993", source=one.source, confidence=one.confidence)
        for one in asking
        for field in one.required_fields
    )
    return basis(kind, **{"required": required, "register": REGISTER.release} | changes)


def write(
    act: str = "request.sent/1",
    content: dict[str, Value] = REQUEST,
    of: Procedure = ASSISTANCE,
    law: Basis | None = None,
    offices: tuple[Office, Office] = (KZ, TJ),
    **more: object,
) -> Letter:
    """The letter of an act."""
    values: dict[str, object] = {"number": "15-08-26/1142", "on": ON, "matter": MATTER, "basis": law or minsk()} | more
    return letter_for(of, of.action(act), content, register=REGISTER, sender=offices[0], recipient=offices[1], **values)


def saying(*texts: str) -> Letter:
    """A letter that says these texts and nothing else."""
    return Letter(
        kind=LetterKind.NOTICE,
        matter=MATTER,
        sender=KZ,
        recipient=TJ,
        number="1",
        on=ON,
        subject="",
        basis=(),
        items=tuple(Item(label=f"Item {number}", values=(Text(text),)) for number, text in enumerate(texts, start=1)),
        law="0" * 64,
    )


def read(pdf: bytes) -> str:
    """The whole text of a PDF, squeezed: without spaces, breaks, hyphens and marks of where to break, which setting may add."""
    return squeezed(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def squeezed(text: str) -> str:
    """A text as `read` gives it."""
    return re.sub(r"[\s\u00a0\u00ad\u200b\u202f\u2010-]+", "", text)


def in_order(text: str, *parts: str) -> bool:
    """Whether the squeezed parts stand in the text one after another."""
    place = 0
    for part in map(squeezed, parts):
        place = text.find(part, place) + len(part)
        if place < len(part):
            return False
    return True
