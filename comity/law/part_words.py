"""What the parts of an answer are called."""

from comity.law.basis import Part
from comity.words import _

PARTS: dict[Part, str] = {
    Part.INSTRUMENTS: _("what the request rests on"),
    Part.CHANNEL: _("channel"),
    Part.AUTHORITIES: _("authorities"),
    Part.LANGUAGES: _("languages"),
    Part.REQUIRED: _("contents of the request and annexes"),
    Part.FORM: _("form of the request and annexes"),
    Part.CONDITIONS: _("conditions"),
    Part.TIME_LIMITS: _("time limits"),
    Part.REFUSAL: _("grounds for refusal"),
    Part.RULES: _("other rules"),
    Part.HUMAN_RIGHTS: _("human-rights checks"),
}
"""Each part as it stands in the middle of a sentence, in English, marked for translation."""
