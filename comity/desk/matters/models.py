"""Views of the journal, one row a matter, draft, deadline, paper and private note. The journal is the truth: these are dropped and rebuilt.

Rows are written by `projection.DeskProjector` alone, in the transaction that writes the events. A row names a person by initials only;
`words`, which holds full names so that they can be searched for, is never shown and goes with the content when that is erased.
"""

from typing import ClassVar

from django.db import models

from comity.desk.matters import subjects


class MatterRow(models.Model):
    """One matter as both offices derive it, seen from this office.

    `due` is the earliest running deadline that the law or a fixed date sets, or else the earliest service target (`due_is_target`).
    `due_from` is day 1 of `due_days`, of which `due` is the last; both are null where a date is fixed without a count. `due_latest` is
    later than `due` where a decree may still move days; `due_warn`: the day a warning is due.
    """

    matter = models.CharField(max_length=36, primary_key=True)
    procedure = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    law_kind = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    subject_is_person = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    roles = models.JSONField()
    our_role = models.CharField(max_length=64, blank=True)
    requesting = models.CharField(max_length=64, blank=True)
    requested = models.CharField(max_length=64, blank=True)
    requesting_state = models.CharField(max_length=2, blank=True)
    requested_state = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=64)
    state_since = models.DateTimeField()
    holder = models.CharField(max_length=64, blank=True)
    on_our_desk = models.BooleanField(default=False)
    terminal = models.BooleanField(default=False)
    frozen = models.BooleanField(default=False)
    due = models.DateField(null=True)
    due_clock = models.CharField(max_length=64, blank=True)
    due_from = models.DateField(null=True)
    due_days = models.PositiveIntegerField(null=True)
    due_latest = models.DateField(null=True)
    due_warn = models.DateField(null=True)
    due_instrument = models.CharField(max_length=64, blank=True)
    due_article = models.CharField(max_length=64, blank=True)
    due_confidence = models.CharField(max_length=16, blank=True)
    due_is_target = models.BooleanField(default=False)
    own_number = models.CharField(max_length=100, blank=True)
    peer_numbers = models.JSONField(default=dict)
    unit = models.CharField(max_length=32, blank=True)
    assigned = models.CharField(max_length=64, blank=True)
    ours = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    last_act = models.CharField(max_length=100)
    last_office = models.CharField(max_length=64)
    events = models.PositiveIntegerField()
    law_release = models.CharField(max_length=64)
    offence_area = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["-changed_at", "matter"]
        indexes: ClassVar = [
            models.Index(fields=["on_our_desk", "terminal", "due"], name="matters_desk_due"),
            models.Index(fields=["unit", "on_our_desk", "due"], name="matters_unit_due"),
            models.Index(fields=["-changed_at", "matter"], name="matters_changed"),
            models.Index(fields=["requesting_state", "requested_state"], name="matters_pair"),
            models.Index(fields=["procedure", "state"], name="matters_kind_state"),
            models.Index(fields=["assigned", "terminal"], name="matters_assigned"),
            models.Index(fields=["own_number"], name="matters_own_number"),
        ]

    def __str__(self) -> str:
        return self.own_number or self.matter

    @property
    def title(self) -> str:
        """What a page calls it, in the page's language; a person by initials."""
        return subjects.title(self.procedure, self.version, self.subject, person=self.subject_is_person)


class PlainMatter(models.Model):
    """A matter that is kept, verified and receipted, but of which no view can be made: something in it is hostile, or newer than we are.

    It says only what the headers of its events say (`offices`: their authors), our own number where we gave one, and for the administrator
    what went wrong (`fault`: the kind of error and its place, never its words).
    """

    matter = models.CharField(max_length=36, primary_key=True)
    own_number = models.CharField(max_length=100, blank=True)
    offices = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    last_office = models.CharField(max_length=64)
    events = models.PositiveIntegerField()
    unit = models.CharField(max_length=32, blank=True)
    assigned = models.CharField(max_length=64, blank=True)
    fault = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["-changed_at", "matter"]

    def __str__(self) -> str:
        return self.own_number or self.matter


class DeadlineRow(models.Model):
    """One running clock of a matter: the term the law sets, a fixed date, or a service target (`target`: ours, not law).

    `ends_on` is null where nothing sets a term or none can be counted. `days` is how many days it has, the last being `ends_on`; null for a
    fixed date. Whether the day it began on is day 1 says `first_day_counts`. `longest` and `extended` are later last days that the
    instrument allows. `latest` is later than `ends_on` where a decree may still move days of `state`; `steps` tell the count.
    """

    id = models.CharField(max_length=200, primary_key=True)
    matter = models.ForeignKey(MatterRow, on_delete=models.CASCADE, related_name="deadlines")
    clock = models.CharField(max_length=64)
    starts_on = models.DateField()
    started_by = models.CharField(max_length=64)
    ends_on = models.DateField(null=True)
    days = models.PositiveIntegerField(null=True)
    first_day_counts = models.BooleanField(default=False)
    longest = models.DateField(null=True)
    extended = models.DateField(null=True)
    latest = models.DateField(null=True)
    warn_on = models.DateField(null=True)
    state = models.CharField(max_length=2, blank=True)
    steps = models.JSONField(default=list)
    instrument = models.CharField(max_length=64, blank=True)
    article = models.CharField(max_length=64, blank=True)
    confidence = models.CharField(max_length=16, blank=True)
    target = models.BooleanField(default=False)
    warnings = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["matter_id", "ends_on", "id"]
        indexes: ClassVar = [models.Index(fields=["ends_on"], name="matters_deadline_due")]

    def __str__(self) -> str:
        return f"{self.clock} {self.ends_on or ''}"


class DraftRow(models.Model):
    """One draft as it stands. `opens`: its approval opens the matter.

    `hands` are the accounts that wrote it, none of whom may approve; `hand_words` are the same as text between spaces, so that both
    databases can search it.
    """

    id = models.CharField(max_length=36, primary_key=True)
    matter = models.CharField(max_length=36, db_index=True)
    procedure = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=100)
    roles = models.JSONField()
    counterparts = models.JSONField(default=list)
    subject = models.CharField(max_length=300, blank=True)
    subject_is_person = models.BooleanField(default=False)
    opens = models.BooleanField(default=False)
    status = models.CharField(max_length=16)
    open = models.BooleanField(default=True)
    revision = models.PositiveIntegerField()
    hands = models.JSONField(default=list)
    hand_words = models.TextField(blank=True)
    unit = models.CharField(max_length=32, blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-saved_at", "id"]
        indexes: ClassVar = [models.Index(fields=["open", "status", "saved_at"], name="matters_draft_open")]

    def __str__(self) -> str:
        return f"{self.act} {self.revision}"

    @property
    def title(self) -> str:
        """What a page calls the matter it belongs to, in the page's language; a person by initials."""
        return subjects.title(self.procedure, self.version, self.subject, person=self.subject_is_person)


class PaperRow(models.Model):
    """One paper named in an event. Its key stays in the event's content, so that erasing the content makes the paper unreadable."""

    id = models.CharField(max_length=80, primary_key=True)
    matter = models.ForeignKey(MatterRow, on_delete=models.CASCADE, related_name="papers")
    event = models.CharField(max_length=64)
    office = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, db_index=True)
    root = models.CharField(max_length=64)
    size = models.BigIntegerField()
    type = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return self.title


class PrivateNote(models.Model):
    """A note that never leaves the office."""

    event = models.CharField(max_length=64, primary_key=True)
    matter = models.CharField(max_length=36, db_index=True)
    text = models.TextField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-event"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
