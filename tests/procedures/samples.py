"""Values that the tests of the procedures share: an answer for every field, a basis, a journal written by two offices."""

from datetime import UTC, date, datetime, timedelta

from comity.canonical import Value
from comity.identifiers import MatterId, OfficeId, StateCode, uuid7
from comity.journal import OPENED, Event, Head, write
from comity.law.basis import (
    Applied,
    Attachment,
    Basis,
    BasisKind,
    Bound,
    Certainty,
    Evidence,
    Ground,
    HumanRightsCheck,
    Purpose,
    Required,
    TimeLimit,
)
from comity.law.basis import Role as Part
from comity.law.model import Confidence, Status, Unit
from comity.procedures import Action, Field, Kind, MatterState, Procedure, applies, opened_state, opening

DUSHANBE, MOSCOW, ASTANA = OfficeId("tj-gpo"), OfficeId("ru-gpo"), OfficeId("kz-gpo")
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MATTER = MatterId(uuid7(START, bytes(10)))
SOURCE = "written for this test"
VERIFIED, UNVERIFIED = Confidence.VERIFIED, Confidence.UNVERIFIED
PAPER: Value = {"sha256": "a" * 64, "size": 1024, "type": "application/pdf", "title": "Decision", "language": "ru"}


def applied(instrument: str) -> Applied:
    evidence = Evidence(
        state=StateCode("TJ"),
        bound=Bound.YES,
        status=Status.PARTY,
        source=SOURCE,
        confidence=VERIFIED,
        verified=True,
        since=date(1994, 12, 20),
    )
    return Applied(id=instrument, role=Part.PRIMARY, certainty=Certainty.CERTAIN, evidence=(evidence, evidence))


def required(name: str, article: str = "58", instrument: str = "minsk-1993") -> Required:
    return Required(field=name, article=article, instrument=instrument, source=SOURCE, confidence=UNVERIFIED)


def attachment(name: str, purpose: Purpose) -> Attachment:
    return Attachment(field=name, purpose=purpose, article="58", instrument="minsk-1993", source=SOURCE, confidence=UNVERIFIED)


def limit(topic: str, length: int, article: str, instrument: str = "minsk-1993", unit: Unit = Unit.DAYS, **more: int) -> TimeLimit:
    return TimeLimit(
        topic=topic,
        length=length,
        unit=unit,
        article=article,
        instrument=instrument,
        source=SOURCE,
        confidence=UNVERIFIED,
        summary="",
        **more,
    )


def ground(code: str, article: str = "57(1)", *, mandatory: bool = True) -> Ground:
    return Ground(code=code, mandatory=mandatory, article=article, instrument="minsk-1993", source=SOURCE, confidence=UNVERIFIED)


def rights_check(name: str, *grounds: str, absolute: bool) -> HumanRightsCheck:
    return HumanRightsCheck(
        id=name,
        title_en=f"Check {name}",
        title_ru=f"Проверка {name}",
        rule_en="",
        rule_ru="",
        grounds=grounds,
        absolute=absolute,
        binds=(),
        source=SOURCE,
        confidence=VERIFIED,
    )


def basis(kind: str = "extradition", **changes: object) -> Basis:
    values: dict[str, object] = {
        "requesting": StateCode("TJ"),
        "requested": StateCode("RU"),
        "kind": kind,
        "on": START.date(),
        "offence_area": None,
        "basis": BasisKind.TREATY,
        "certainty": Certainty.CERTAIN,
        "primary": (applied("minsk-1993"),),
        "subsidiary": (),
        "order_is_open": False,
        "excluded": (),
        "reciprocity": (),
        "channels": (),
        "authorities": (),
        "languages": (),
        "required": (),
        "attachments": (),
        "conditions": (),
        "form": (),
        "rules": (),
        "time_limits": (),
        "refusal": (ground("own-national"), ground("sovereignty", "19", mandatory=False)),
        "human_rights": (
            rights_check("cat-1984-art3", "torture", absolute=True),
            rights_check("consular-1963-art36", "consular-notice", absolute=False),
        ),
        "doubts": (),
        "register": "0" * 64,
    } | changes
    return Basis(**values)  # type: ignore[arg-type]  # the keys are those of Basis, given above


def answer(field: Field) -> Value:
    """A well-formed answer to a field."""
    match field.kind:
        case Kind.DATE | Kind.PARTIAL_DATE:
            return "2026-11-20"
        case Kind.TIME:
            return "2026-11-20T09:30:00Z"
        case Kind.NUMBER:
            return 40
        case Kind.CHOICE:
            return field.choices[0].value
        case Kind.CHOICES:
            return [choice.value for choice in field.choices]
        case Kind.STATE:
            return "TJ"
        case Kind.STATES:
            return ["TJ"]
        case Kind.LANGUAGE:
            return "ru"
        case Kind.OFFICE:
            return "ru-gpo"
        case Kind.PERSON:
            return {part.name: answer(part) for part in field.parts}
        case Kind.PERSONS | Kind.OFFENCES:
            return [{part.name: answer(part) for part in field.parts}]
        case Kind.PAPERS:
            return [PAPER]
        case Kind.INSTRUMENTS:
            return ["minsk-1993"]
        case Kind.GROUND:
            return {"ground": "own-national", "instrument": "minsk-1993", "article": "57(1)"}
        case Kind.CHECKS:
            return [{"check": name, "answer": "no-risk", "reasons": ""} for name in ("cat-1984-art3", "consular-1963-art36")]
        case _:
            return f"Answer to {field.name}"


def answers(procedure: Procedure, action: Action, **instead: Value) -> dict[str, Value]:
    """Every field of an action that applies, answered."""
    content = {field.name: answer(field) for field in procedure.asked(action)} | instead
    return {field.name: content[field.name] for field in procedure.asked(action) if applies(field, content)}


def roles(procedure: Procedure) -> dict[str, tuple[OfficeId, ...]]:
    offices = iter(((DUSHANBE,), (MOSCOW,)))
    return {role.name: (MOSCOW, ASTANA) if role.many else next(offices) for role in procedure.roles}


def opened(procedure: Procedure) -> MatterState:
    return opened_state(opening(procedure, roles(procedure), "0" * 64))


class Journal:
    """A matter as several offices write it, each on what it has seen."""

    def __init__(self, procedure: Procedure, opener: OfficeId = DUSHANBE) -> None:
        self.events: list[Event] = []
        self.heads: dict[OfficeId, Head] = {}
        self.at = START
        self.add(opener, OPENED, opening(procedure, roles(procedure), "0" * 64))

    def add(self, office: OfficeId, act: str, content: dict[str, Value], *, blind: bool = False) -> Event:
        """Appends an act; a `blind` author has seen nothing but the opening and its own acts."""
        self.at += timedelta(hours=1)
        others = [head.id for other, head in self.heads.items() if other != office]
        seen = [self.events[0].id] if blind and others else others
        event = write(
            office=office,
            matter=MATTER,
            act=act,
            value=content,
            at=self.at,
            salt=len(self.events).to_bytes(32),
            head=self.heads.get(office),
            seen=seen if self.events else (),
        )
        self.events.append(event)
        self.heads[office] = Head(seq=event.header.seq, id=event.id)
        return event
