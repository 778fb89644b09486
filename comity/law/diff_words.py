"""A change of the register in words: whose fact, what it said and what it says, in English or Russian."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from comity.canonical import Value
from comity.law._voice import Voice
from comity.law.addresses import Fact
from comity.law.diff import HEAD, KeyChange, LegalChange, LegalChangeKind, words_only
from comity.law.explain import length_words
from comity.law.model import Register, Unit
from comity.law.naming import fact_title, key_title
from comity.words import _

_LENGTHS = {"hours": Unit.HOURS, "days": Unit.DAYS, "working_days": Unit.WORKING_DAYS, "months": Unit.MONTHS, "years": Unit.YEARS}
_GROUPS = {
    **dict.fromkeys(("kind", "kinds", "also_kinds", "subjects", "never_alone"), "kind"),
    **dict.fromkeys(("channel", "effect", "form", "limit", "tier", "topic"), ""),
    "offence_areas": "offence-area",
    "languages": "language",
    "grounds": "ground",
    "conditions": "condition",
    "counted_from": "event",
}
"""The group of words a key takes its values from; empty where the group is called as the key is."""
_STATES = frozenset({"state", "states", "towards", "suspended_with", "researched"})
_TITLES = frozenset({"target", "instruments", "added_by", "amended_by", "amends", "protocol_to"})
_FIELDS = frozenset({"required_fields", "attachments_prosecution", "attachments_enforcement"})
_OWN = frozenset({"state", "note", "id"})
STATUSES: Mapping[str, str] = {
    "party": _("a party"),
    "withdrawn": _("has left"),
    "signatory": _("has only signed"),
    "invited": _("has only been invited to accede"),
    "none": _("not a party"),
    "unknown": _("not known"),
    "in-force": _("in force"),
    "ratified": _("ratified, entry into force not seen"),
    "ratified-by-kz": _("ratified by Kazakhstan, entry into force not seen"),
    "ratified-by-kz-parliament": _("ratified by the parliament of Kazakhstan, entry into force not seen"),
    "concluded": _("concluded, entry into force not seen"),
    "draft-approved": _("only a draft was approved"),
    "not-found": _("no treaty was found"),
}
"""What a status says, by the word in the files."""


def change_words(change: LegalChange, before: Register, after: Register, language: str) -> str:
    """A change as one sentence, such as “Chisinau Convention 2002: Tajikistan: now verified (in force since 20 June 2006).”."""
    register = after if change.after else before
    voice = Voice(register, language)
    title = _title(change.fact, register, voice)
    return _SAID[change.kind](change, title, voice) + "."


def _title(fact: Fact, register: Register, voice: Voice) -> str:
    if fact.table == HEAD:
        return voice.title(fact.label)
    if fact.table in {"word", "field"}:
        label = str(fact.keys.get("ru" if voice.language == "ru" else "en") or fact.keys.get(f"label_{voice.language}") or "")
        return voice.say(_("The word “{word}” ({label})"), word=fact.label, label=label)
    return fact_title(fact, register, voice.language)


def _added(change: LegalChange, title: str, voice: Voice) -> str:
    return _with(_("{title}: added ({details})"), _("{title}: added"), title, _stated(change.fact, voice), voice)


def _removed(change: LegalChange, title: str, voice: Voice) -> str:
    return _with(_("{title}: removed ({details})"), _("{title}: removed"), title, _stated(change.fact, voice), voice)


def _verified(change: LegalChange, title: str, voice: Voice) -> str:
    return _with(_("{title}: now verified ({details})"), _("{title}: now verified"), title, _read(change, voice), voice)


def _doubted(change: LegalChange, title: str, voice: Voice) -> str:
    return _with(_("{title}: no longer verified ({details})"), _("{title}: no longer verified"), title, _read(change, voice), voice)


def _changed(change: LegalChange, title: str, voice: Voice) -> str:
    said = [*_lengths(change, voice), *(_key(one, voice) for one in change.keys if one.key not in _LENGTHS and not words_only(one.key))]
    if change.before and change.after and change.before.doubtful != change.after.doubtful:
        said.append(voice.say(_("no longer verified") if change.after.doubtful else _("now verified")))
    return voice.say(_("{title}: {what}"), title=title, what="; ".join(said))


def _source(change: LegalChange, title: str, voice: Voice) -> str:
    return voice.say(_("{title}: only another source ({source})"), title=title, source=change.fact.source)


def _wording(change: LegalChange, title: str, voice: Voice) -> str:
    keys = ", ".join(key_title(one.key, voice.language) for one in change.keys)
    return voice.say(_("{title}: only other words ({keys})"), title=title, keys=keys)


_SAID: Mapping[LegalChangeKind, Callable[[LegalChange, str, Voice], str]] = {
    LegalChangeKind.ADDED: _added,
    LegalChangeKind.REMOVED: _removed,
    LegalChangeKind.CHANGED: _changed,
    LegalChangeKind.VERIFIED: _verified,
    LegalChangeKind.NO_LONGER_VERIFIED: _doubted,
    LegalChangeKind.SOURCE: _source,
    LegalChangeKind.WORDING: _wording,
}


def _with(full: str, short: str, title: str, details: str, voice: Voice) -> str:
    return voice.say(full, title=title, details=details) if details else voice.say(short, title=title)


def _read(change: LegalChange, voice: Voice) -> str:
    """What was read, or is in doubt: the keys by which it differs, else the days and the status of a row."""
    one, other = change.before, change.after
    if one and other and set(one.unverified) != set(other.unverified):
        differ = set(one.unverified) ^ set(other.unverified)
        return ", ".join(key_title(key, voice.language) for key in other.keys if key in differ)
    return _stated(change.fact, voice)


def _stated(fact: Fact, voice: Voice) -> str:
    """The status and days of a row, the length of a time limit; nothing of a fact that its title tells."""
    keys = [key for key in fact.keys if "/" not in key and (key == "status" or _is_day(fact.keys[key])) and key not in _OWN]
    said = [_pair(key, fact.keys[key], voice) for key in keys]
    return ", ".join([*said, *(_length(fact, key, voice) for key in _LENGTHS if isinstance(fact.keys.get(key), int))])


def _pair(key: str, value: Value, voice: Voice) -> str:
    said = value_words(key, value, voice)
    return said if key == "status" else f"{key_title(key, voice.language)} {said}"


def _lengths(change: LegalChange, voice: Voice) -> Iterator[str]:
    """A time limit that changed, in one piece whatever its units: from 30 days to 40 days."""
    before, after = change.before, change.after
    if not any(one.key in _LENGTHS for one in change.keys) or before is None or after is None:
        return
    was, now = (
        next((_length(fact, key, voice) for key in _LENGTHS if isinstance(fact.keys.get(key), int)), "") for fact in (before, after)
    )
    yield _from_to(key_title("limit", voice.language), was, now, voice)


def _length(fact: Fact, key: str, voice: Voice) -> str:
    number = fact.keys.get(key)
    return length_words(number, _LENGTHS[key], voice.language) if isinstance(number, int) else ""


def _key(change: KeyChange, voice: Voice) -> str:
    was, now = (value_words(change.key, value, voice) if value is not None else "" for value in (change.before, change.after))
    return _from_to(key_title(change.key, voice.language), was, now, voice)


def _from_to(key: str, was: str, now: str, voice: Voice) -> str:
    if not was:
        return voice.say(_("{key}: {now} (not stated before)"), key=key, now=now)
    if not now:
        return voice.say(_("{key}: {was} before, not stated now"), key=key, was=was)
    return voice.say(_("{key}: from {was} to {now}"), key=key, was=was, now=now)


def value_words(key: str, value: Value, voice: Voice) -> str:
    """A value of a fact as people say it: days in full, names of States, labels of words."""
    name = key.rpartition("/")[2]
    if isinstance(value, bool):
        return voice.say(_("yes") if value else _("no"))
    if isinstance(value, list | tuple):
        return ", ".join(value_words(key, item, voice) for item in value)
    return _word(name, value, voice) if isinstance(value, str) else str(value)


def _word(name: str, value: str, voice: Voice) -> str:
    if _is_day(value):
        return voice.day(date.fromisoformat(value))
    if name in _STATES:
        return voice.state(value)
    if name in _TITLES:
        return voice.title(value)
    if name == "status":
        return voice.say(STATUSES[value]) if value in STATUSES else value
    if name in _FIELDS:
        field = voice.register.fields.get(value)
        return field.label(voice.language) if field else value
    return voice.word(_GROUPS[name] or name, value) if name in _GROUPS else value


def _is_day(value: Value) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4:8:3] == "--" and value.replace("-", "").isdigit()
