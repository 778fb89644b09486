"""An answer as plain JSON values: what `comity explain --json` prints and other programs read."""

from collections.abc import Mapping

from comity.canonical import Value
from comity.law._confirmed_words import own_confirmations
from comity.law._voice import number_sure
from comity.law.basis import (
    Applied,
    Asked,
    Attachment,
    Basis,
    Channel,
    Citation,
    Condition,
    Doubt,
    Excluded,
    Form,
    Ground,
    HumanRightsCheck,
    Languages,
    Required,
    Rule,
    TimeLimit,
)
from comity.law.confirmation import Confirmation
from comity.law.explain import condition_words, doubt_words, why_not
from comity.law.model import Authority, Register


def to_json(basis: Basis, register: Register, language: str = "en") -> Mapping[str, Value]:
    """The answer under the keys other programs rely on; labels and sentences are in `language`, all else in words of the register.

    `channel` is null where the instruments name none or do not agree, an `article` where it is not known. `asked` is the union of what is
    asked: each thing once, with every article. Items of lists may get more keys later; the keys here stay.
    """
    of = _Plain(register, language)
    return {
        "requesting": basis.requesting,
        "requested": basis.requested,
        "kind": basis.kind,
        "on": basis.on.isoformat(),
        "offence_area": basis.offence_area,
        "committed": basis.committed.isoformat() if basis.committed else None,
        "basis": basis.basis.value,
        "certainty": basis.certainty.value,
        "researched": basis.researched,
        "parts": {part.value: certainty.value for part, certainty in basis.parts.items()},
        "primary": [applied.id for applied in basis.primary],
        "subsidiary": [applied.id for applied in basis.subsidiary],
        "applied": [of.applied(applied) for applied in basis.applied],
        "order_is_open": basis.order_is_open,
        "excluded": [of.excluded(left) for left in basis.excluded],
        "reciprocity": [of.place(law) for law in basis.reciprocity],
        "channel": basis.channel,
        "channels": [of.channel(way) for way in basis.channels],
        "authorities": [of.authority(authority) for authority in basis.authorities],
        "languages": list(basis.language_codes),
        "language_rules": [of.languages(rule) for rule in basis.languages],
        "required": [of.required(item) for item in basis.required],
        "attachments": [of.attachment(item) for item in basis.attachments],
        "asked": [of.asked(item) for item in basis.asked],
        "form": [of.form(item) for item in basis.form],
        "conditions": [of.condition(item) for item in basis.conditions],
        "time_limits": [of.limit(item) for item in basis.time_limits],
        "refusal": [of.ground(item) for item in basis.refusal],
        "rules": [of.rule(item) for item in basis.rules],
        "human_rights": [of.check(item) for item in basis.human_rights],
        "doubts": [of.doubt(doubt) for doubt in basis.doubts],
        "confirmed": [of.confirmed(made) for made in own_confirmations(basis, register)],
        "register": basis.register,
    }


class _Plain:
    """Elements of an answer as plain values, with sentences in one language."""

    def __init__(self, register: Register, language: str) -> None:
        self.register = register
        self.language = language

    def place(
        self, item: Channel | Citation | Condition | Form | Ground | Languages | Required | Attachment | Rule | TimeLimit
    ) -> dict[str, Value]:
        """Where it stands: `article_sure` false where the register says that the number cannot be relied on."""
        return {
            "article": item.article,
            "article_sure": item.article is not None and number_sure(self.register, item.instrument, item.confidence),
            "instrument": item.instrument,
            "source": item.source,
            "confidence": item.confidence.value,
        }

    def confirmed(self, made: Confirmation) -> Value:
        """What the office itself confirmed: other offices answer without it."""
        return {"fact": made.fact, "office": made.office, "read_on": made.read_on.isoformat(), "source": made.source}

    def applied(self, applied: Applied) -> Value:
        """An instrument with the status of both States, requesting first."""
        return {
            "id": applied.id,
            "role": applied.role.value,
            "certainty": applied.certainty.value,
            "evidence": [
                {
                    "state": found.state,
                    "bound": found.bound.value,
                    "since": found.since.isoformat() if found.since else None,
                    "not_earlier_than": found.not_earlier_than.isoformat() if found.not_earlier_than else None,
                    "not_later_than": found.not_later_than.isoformat() if found.not_later_than else None,
                    "until": found.until.isoformat() if found.until else None,
                    "verified": found.verified,
                    "source": found.source,
                }
                for found in applied.evidence
            ],
        }

    def excluded(self, left: Excluded) -> Value:
        """Why not."""
        return {
            "id": left.id,
            "why": why_not(left, self.register, self.language),
            "code": left.why.value,
            "article": left.article,
            "by": left.by,
            "states": list(left.states),
            "source": left.source,
            "confidence": left.confidence.value,
        }

    def channel(self, way: Channel) -> Value:
        """A way; `optional` where it stands beside the main one."""
        return {"channel": way.code, "optional": way.optional, **self.place(way)}

    def authority(self, authority: Authority) -> Value:
        """A body of one of the two States."""
        return {
            "state": authority.state,
            "name": authority.name(self.language),
            "stage": authority.stage,
            "source": authority.source,
            "confidence": authority.confidence.value,
        }

    def languages(self, rule: Languages) -> Value:
        """Languages by one instrument, or by the declaration of `state`."""
        return {"languages": list(rule.codes), "state": rule.state, **self.place(rule)}

    def required(self, item: Required) -> Value:
        """One thing the request contains, and who asks for it."""
        return {"field": item.field, **self.place(item)}

    def attachment(self, item: Attachment) -> Value:
        """One annex for its purpose, and who asks for it."""
        return {"field": item.field, "purpose": item.purpose.value, **self.place(item)}

    def asked(self, item: Asked) -> Value:
        """One thing, once, with everyone who asks; `purpose` is null for contents."""
        word = self.register.fields[item.field]
        return {
            "field": item.field,
            "label": word.label(self.language),
            "purpose": item.purpose.value if item.purpose else None,
            "by": [self.place(one) for one in item.by],
        }

    def form(self, item: Form) -> Value:
        """One demand of form."""
        return {"form": item.code, "label": self.register.label("form", item.code, self.language), **self.place(item)}

    def condition(self, item: Condition) -> Value:
        """A threshold or another condition; `state` where its declaration makes it."""
        return {
            "condition": item.code,
            "value": item.value,
            "label": condition_words(item, self.register, self.language),
            "rule": (item.summary_ru or item.summary) if self.language == "ru" else item.summary,
            "state": item.state,
            "effect": item.effect,
            **self.place(item),
        }

    def limit(self, item: TimeLimit) -> Value:
        """A time limit: lengths in its unit."""
        return {
            "topic": item.topic,
            "length": item.length,
            "unit": item.unit.value,
            "longest": item.longest,
            "extension": item.extension,
            **self.place(item),
        }

    def ground(self, item: Ground) -> Value:
        """A ground for refusal; `state` where its declaration gives it."""
        return {
            "ground": item.code,
            "mandatory": item.mandatory,
            "assurance_possible": item.assurance_possible,
            "state": item.state,
            **self.place(item),
        }

    def rule(self, item: Rule) -> Value:
        """A rule in its own words."""
        return {"topic": item.topic, "rule": item.words(self.language), **self.place(item)}

    def check(self, item: HumanRightsCheck) -> Value:
        """A check, and whether it binds each of the two States."""
        return {
            "id": item.id,
            "grounds": list(item.grounds),
            "absolute": item.absolute,
            "binds": {state: bound.value for state, bound in item.binds},
            "source": item.source,
            "confidence": item.confidence.value,
        }

    def doubt(self, doubt: Doubt) -> Value:
        """What is not sure, what would settle it, and which parts of the answer it touches."""
        words = doubt_words(doubt, self.register, self.language)
        return {
            "doubt": doubt.kind.value,
            "unsettles": doubt.unsettles,
            "parts": [part.value for part in doubt.parts],
            "instruments": list(doubt.instruments),
            "states": list(doubt.states),
            "what": words.what,
            "settles": words.settles,
        }
