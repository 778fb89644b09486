"""What a lawyer of the office confirms or corrects in the register of law, and takes back: events of the office's notebook."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.canonical import Value
from comity.exchange import ExchangeUnit
from comity.law import Confirmation, FactId, LawDataError, confirmed, overlaid
from comity.node.commands.model import Actor, Done, Result, Stop, not_allowed, reason_missing
from comity.node.commands.writing import keep
from comity.node.lawbook import CONFIRMED, TAKEN_BACK, confirmed_by, law_of, notebook
from comity.node.office import Office
from comity.node.roles import Action, roles_for
from comity.procedures import Refusal
from comity.procedures.sentence import sentence
from comity.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a lawyer read of one fact. `values`: the keys that read otherwise than the register has them; empty confirms it as it stands."""

    fact: FactId
    values: Mapping[str, Value]
    source: str
    read_on: date
    note: str = ""


def confirm_fact(office: Office, actor: Actor, reading: Reading) -> Result:
    """Keep what was read, for this office's answers alone.

    Refuses a reading without a source or of a day to come, of a fact the register has not, or of values it cannot hold.
    """
    if refusal := not_allowed(actor, Action.CONFIRM_LAW) or _ill_read(office, reading):
        return refusal
    with office.store.write() as unit:
        made = _tried(office, unit, reading)
        if isinstance(made, Refusal):
            return made
        _keep(office, unit, CONFIRMED, _value(made, actor))
    return Done(matter=notebook(office.id))


def take_back_confirmation(office: Office, actor: Actor, fact: str, reason: str) -> Result:
    """The register's own fact counts again. The confirmation stays in the notebook and can be read there."""
    if refusal := not_allowed(actor, Action.CONFIRM_LAW):
        return refusal
    if not reason.strip():
        return reason_missing(_("Say why the confirmation is taken back."))
    with office.store.write() as unit:
        if fact not in {one.fact for one in confirmed_by(office, unit)}:
            return Refusal(ground=Stop.NOT_CONFIRMED, words=sentence(_("This office has not confirmed this fact.")), field="fact")
        _keep(office, unit, TAKEN_BACK, {"fact": fact, "reason": reason.strip(), "by": actor.user})
    return Done(matter=notebook(office.id))


def _ill_read(office: Office, reading: Reading) -> Refusal | None:
    if not reading.source.strip():
        return _bad("source", _("Say where it was read: a page, a gazette, a letter of the depositary."))
    if reading.read_on > office.today():
        return _bad("read_on", _("The day of reading lies ahead."))
    return None


def _bad(field: str, words: str, **values: str) -> Refusal:
    return Refusal(ground=Stop.BAD_CONFIRMATION, words=sentence(words, **values), field=field)


def _tried(office: Office, unit: ExchangeUnit, reading: Reading) -> Confirmation | Refusal:
    """The confirmation, once the register has been seen to hold it beside all others of the office."""
    others = tuple(one for one in confirmed_by(office, unit) if one.fact != reading.fact)
    said: dict[str, Any] = {
        "values": dict(reading.values),
        "source": reading.source.strip(),
        "read_on": reading.read_on,
        "note": reading.note.strip(),
    }
    try:
        made = confirmed(office.register, FactId(reading.fact), office=office.id, by="", **said)
        overlaid(office.register, (*others, made))
    except LawDataError as error:
        words = _("The register cannot hold this: {what} {next_step} ({where})")
        return _bad("values", words, what=error.what, next_step=error.next_step, where=error.where)
    return made


def _value(made: Confirmation, actor: Actor) -> dict[str, Value]:
    return {
        "fact": made.fact,
        "values": dict(made.values),
        "source": made.source,
        "read_on": made.read_on.isoformat(),
        "note": made.note,
        "release": made.release,
        "held": made.held,
        "by": actor.user,
        "role": next(role for role in roles_for(Action.CONFIRM_LAW) if role in actor.roles),
    }


def _keep(office: Office, unit: ExchangeUnit, act: str, value: Mapping[str, Value]) -> None:
    """Write it, and bring up to date what was made with the law as it stood before."""
    before = law_of(office, unit)
    keep(office, unit, notebook(office.id), act, value)
    office.projector.law_changed(unit, before, law_of(office, unit))
