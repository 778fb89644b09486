"""What a fact of the register, and each key of it, is called: for pages, lists and letters about the register itself, in one language."""

from collections.abc import Callable, Mapping

from comity.canonical import Value
from comity.law._voice import Voice
from comity.law.addresses import Fact
from comity.law.model import Register
from comity.words import _, translate


def fact_title(fact: Fact, register: Register, language: str) -> str:
    """A fact in a few words, such as “Chisinau Convention 2002: Tajikistan” or “Minsk Convention 1993, art. 61: provisional arrest”."""
    voice = Voice(register, language)
    return _TITLES.get(fact.table, _other)(fact, voice)


def key_title(key: str, language: str) -> str:
    """What a key says, such as “in force since”; of a table within a fact with its label: “AM: since”. An unknown key as it is written."""
    inner, _slash, name = key.rpartition("/")
    said = translate(KEYS[name], language) if name in KEYS else name
    return f"{inner.rpartition('/')[2]}: {said}" if inner else said


def _party(fact: Fact, voice: Voice) -> str:
    return voice.say(_("{title}: {what}"), title=voice.title(fact.file), what=voice.state(_text(fact, "state")))


def _provision(fact: Fact, voice: Voice) -> str:
    article, topic = _text(fact, "article"), voice.word("topic", _text(fact, "topic"))
    title = voice.title(fact.file)
    place = voice.say(_("{title}, art. {article}"), title=title, article=article) if article else title
    limit = _text(fact, "limit")
    return voice.say(_("{title}: {what}"), title=place, what=voice.word("limit", limit) if limit else topic)


def _declaration(fact: Fact, voice: Voice) -> str:
    what = voice.say(_("declaration by: {state}"), state=voice.state(_text(fact, "state")))
    return voice.say(_("{title}: {what}"), title=voice.title(fact.file), what=what)


def _relation(fact: Fact, voice: Voice) -> str:
    what = voice.say(_("relation to: {other}"), other=voice.title(_text(fact, "target")))
    return voice.say(_("{title}: {what}"), title=voice.title(fact.file), what=what)


def _named(fact: Fact, voice: Voice) -> str:
    return voice.title(_text(fact, "id"))


def _authority(fact: Fact, voice: Voice) -> str:
    return voice.say(
        _("{title}: {what}"), title=voice.state(_text(fact, "state")), what=_text(fact, "name_ru" if voice.language == "ru" else "name_en")
    )


def _question(fact: Fact, voice: Voice) -> str:
    return _text(fact, "text_ru" if voice.language == "ru" else "text_en")


def _of_state(fact: Fact, voice: Voice) -> str:
    said = (fact.keys.get(f"{name}_{voice.language}") or fact.keys.get(name) for name in ("summary", "name", "title", "on"))
    what = next((str(one).partition(";")[0].rstrip(".") for one in said if one), fact.label)
    return voice.say(_("{title}: {what}"), title=_file(fact, voice), what=what)


def _other(fact: Fact, voice: Voice) -> str:
    return voice.say(_("{title}: {what}"), title=_file(fact, voice), what=fact.label)


def _file(fact: Fact, voice: Voice) -> str:
    """What a file is called that is no instrument: by its State, or by its own name."""
    if state := _text(fact, "state"):
        return voice.state(state)
    name, _dash, code = fact.file.rpartition("-")
    if name == "calendar":
        return voice.say(_("Calendar: {state}"), state=voice.state(code.upper()))
    return voice.title(fact.file)


def _text(fact: Fact, key: str) -> str:
    found: Value = fact.keys.get(key)
    return "" if found is None else str(found)


_TITLES: Mapping[str, Callable[[Fact, Voice], str]] = {
    "party": _party,
    "provision": _provision,
    "declaration": _declaration,
    "relation": _relation,
    "treaty": _named,
    "check": _named,
    "document": _named,
    "authority": _authority,
    "question": _question,
    "term": _of_state,
    "holiday": _of_state,
    "moved": _of_state,
    "announced": _of_state,
    "head": _of_state,
}

KEYS: Mapping[str, str] = {
    "adopted": _("adopted"),
    "added_by": _("added by"),
    "also_kinds": _("also for"),
    "amended_by": _("amended by"),
    "applies_only_without_treaty": _("applies only without another treaty"),
    "article": _("article"),
    "articles": _("articles"),
    "assurance_possible": _("assurances possible"),
    "attachments_enforcement": _("annexes, to enforce a sentence"),
    "attachments_prosecution": _("annexes, to prosecute"),
    "aut_dedere": _("extradite or prosecute"),
    "by_decree": _("by decree"),
    "categories": _("categories"),
    "central_authority": _("central authority"),
    "central_authority_kz": _("central authority of Kazakhstan"),
    "central_authority_other": _("central authority of the other State"),
    "channel": _("channel"),
    "competence": _("competence"),
    "competent_officials": _("competent officials"),
    "conditions": _("conditions"),
    "consent_required": _("consent needed"),
    "counted_from": _("counted from"),
    "date": _("date"),
    "days": _("days"),
    "death_penalty_excluded": _("death penalty excluded"),
    "declaration_based": _("rests on declarations"),
    "deposited": _("deposited"),
    "dual_criminality": _("dual criminality"),
    "effect": _("effect"),
    "entry_after_days": _("enters into force after, days"),
    "extension": _("extension"),
    "first_day": _("first day"),
    "form": _("form"),
    "grounds": _("grounds"),
    "hours": _("hours"),
    "human_rights_flag": _("to be reviewed against human rights"),
    "in_force": _("in force since"),
    "in_force_not_earlier_than": _("not in force before"),
    "in_force_not_later_than": _("in force by"),
    "instead_of": _("instead of"),
    "instruments": _("instruments"),
    "kind": _("kind of request"),
    "kinds": _("kinds of request"),
    "known_years": _("years known"),
    "kz_law_date": _("date of Kazakhstan's law of ratification"),
    "kz_law_no": _("number of Kazakhstan's law of ratification"),
    "languages": _("languages"),
    "law_en": _("law, in English"),
    "law_ru": _("law, in Russian"),
    "legalisation_required": _("legalisation needed"),
    "limit": _("time limit"),
    "longest": _("at most"),
    "longest_unit": _("unit of the longest"),
    "mandatory": _("mandatory"),
    "min_penalty_years": _("least penalty, years"),
    "min_remaining_months": _("least time left to serve, months"),
    "min_sentence_months": _("least sentence, months"),
    "months": _("months"),
    "name": _("name"),
    "name_en": _("name in English"),
    "name_kk": _("name in Kazakh"),
    "name_ru": _("name in Russian"),
    "not_found": _("looked for and not found"),
    "note": _("remark"),
    "note_ru": _("remark in Russian"),
    "notice_months": _("notice, months"),
    "offence_date_rule": _("rule on the date of the offence"),
    "on": _("day"),
    "operative_part_read": _("operative part was read"),
    "optional": _("optional"),
    "pairs": _("pairs of States"),
    "place": _("place"),
    "ratifications_needed": _("ratifications needed"),
    "ratified": _("ratified"),
    "replaces_article": _("replaces article"),
    "required_fields": _("a request contains"),
    "researched": _("States looked up"),
    "reservations": _("reservations"),
    "rule": _("rule"),
    "rule_en": _("rule in English"),
    "rule_ru": _("rule in Russian"),
    "settles_en": _("what settles it, in English"),
    "settles_ru": _("what settles it, in Russian"),
    "short_en": _("short title in English"),
    "short_ru": _("short title in Russian"),
    "signed": _("signed"),
    "since": _("since"),
    "since_not_earlier_than": _("not before"),
    "since_not_later_than": _("since, at the latest"),
    "stage": _("stage"),
    "state": _("the State"),
    "states": _("States"),
    "status": _("status"),
    "subjects": _("kinds of request"),
    "summary": _("rule in English"),
    "summary_ru": _("rule in Russian"),
    "suspended_from": _("suspended from"),
    "suspended_with": _("suspended towards"),
    "target": _("the other text"),
    "term_years": _("term, years"),
    "test": _("where it applies"),
    "text_en": _("question in English"),
    "text_ru": _("question in Russian"),
    "title_en": _("title in English"),
    "title_ru": _("title in Russian"),
    "topic": _("topic"),
    "towards": _("towards"),
    "type": _("kind of relation"),
    "unit": _("unit of time"),
    "unsettles": _("makes answers uncertain"),
    "until": _("until"),
    "usable_as_basis": _("may serve as basis"),
    "use": _("use"),
    "warn_days": _("warning before, days"),
    "withdrawn": _("no longer bound from"),
    "withdrawn_not_later_than": _("withdrawal certain from"),
    "working_days": _("working days"),
    "works": _("a working day"),
    "zone": _("time zone"),
}
