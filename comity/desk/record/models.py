"""The tables of the journal and of the exchange.

They are written by `comity.desk.record.store` alone; other parts of the desk may read them but never write. Ids that are hashes or UUIDs
are kept as their bytes (32 or 16), office ids as text. Rows of the journal are never changed except in two ways: an erased content becomes
null, and an internal event gets its seal.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

STATE = 16
OFFICE = 40
CODE = 32
WORKER = 128


# The journal


class Seal(models.Model):
    """A seal over a group of events, once for all of them. `data` are its canonical bytes, `digest` their SHA-256."""

    digest = models.BinaryField(max_length=32, primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.digest.hex()


class Event(models.Model):
    """One event of a matter, shared or internal, in the order of arrival.

    `header` and `content` are canonical bytes; content and salt are null once erased or where they were never sent. `seal`, `leaf` and
    `path` (hashes of 32 bytes, nearest first) say where it stands in its sealed group; an internal event has none until its group is
    sealed. `rival` marks the later of two different events that claim the same place in a strand: a fork, of which both are kept.
    """

    arrival = models.BigAutoField(primary_key=True)
    event = models.BinaryField(max_length=32, unique=True)
    matter = models.BinaryField(max_length=16)
    office = models.CharField(max_length=OFFICE)
    seq = models.BigIntegerField()
    act = models.CharField(max_length=128)
    internal = models.BooleanField()
    rival = models.BooleanField()
    header = models.BinaryField()
    salt = models.BinaryField(null=True)
    content = models.BinaryField(null=True)
    # No constraint in the database: a check for each event of a group that names the same seal costs more than storing the event.
    seal = models.ForeignKey(Seal, null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    leaf = models.IntegerField(null=True)
    path = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "office", "seq"], condition=Q(rival=False), name="record_event_place"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["matter", "arrival"], name="record_event_rivals", condition=Q(rival=True)),
            models.Index(fields=["arrival"], name="record_event_unsealed", condition=Q(seal=None)),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.event.hex()}"


class Strand(models.Model):
    """The newest event of one strand of one matter; where that place is forked, the smaller id. Kept in step with `Event` by the store."""

    pk = models.CompositePrimaryKey("matter", "office")
    matter = models.BinaryField(max_length=16)
    office = models.CharField(max_length=OFFICE)
    internal = models.BooleanField()
    seq = models.BigIntegerField()
    event = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.office} {self.seq}"


# Sending


class Route(models.Model):
    """What is known about reaching one recipient. `parcels` is the counter of the last parcel made for it."""

    recipient = models.CharField(max_length=OFFICE, primary_key=True)
    parcels = models.BigIntegerField(default=0)
    failures = models.IntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    code = models.CharField(max_length=CODE, null=True)

    def __str__(self) -> str:
        return self.recipient


class Outgoing(models.Model):
    """A parcel made for one recipient. `events` are the ids of its events, in order, 32 bytes each; they never change."""

    parcel = models.BinaryField(max_length=16, primary_key=True)
    recipient = models.CharField(max_length=OFFICE)
    counter = models.BigIntegerField()
    events = models.BinaryField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    fence = models.BigIntegerField(default=0)
    worker = models.CharField(max_length=WORKER, null=True)
    leased_until = models.DateTimeField(null=True)
    code = models.CharField(max_length=CODE, null=True)
    receipt = models.BinaryField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["recipient", "counter"], name="record_outgoing_counter")]
        indexes: ClassVar = [models.Index(fields=["due_at", "counter"], name="record_outgoing_due", condition=Q(settled_at=None))]

    def __str__(self) -> str:
        return f"{self.recipient} {self.counter}"


class Outbox(models.Model):
    """One event that one recipient must get. `parcel` is the parcel it is in, or was settled in; null while it waits for one."""

    recipient = models.CharField(max_length=OFFICE)
    event = models.BinaryField(max_length=32)
    matter = models.BinaryField(max_length=16)
    size = models.IntegerField()
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=STATE)
    parcel = models.BinaryField(max_length=16, null=True)
    code = models.CharField(max_length=CODE, null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "recipient"], name="record_outbox_once")]
        indexes: ClassVar = [
            models.Index(fields=["recipient", "id"], name="record_outbox_loose", condition=Q(parcel=None)),
            models.Index(fields=["recipient"], name="record_outbox_open", condition=Q(state__in=["waiting", "held"])),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.event.hex()}"


# Receiving


class Incoming(models.Model):
    """A parcel that came, with the receipt (canonical) and the sealed receipt as it was first answered."""

    sender = models.CharField(max_length=OFFICE)
    parcel = models.BinaryField(max_length=16)
    counter = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    receipt = models.BinaryField()
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["sender", "parcel"], name="record_incoming_once")]

    def __str__(self) -> str:
        return f"{self.sender} {self.counter}"


class Held(models.Model):
    """An event kept aside until the one thing it waits for arrives."""

    event = models.BinaryField(max_length=32, unique=True)
    header = models.BinaryField()
    salt = models.BinaryField(null=True)
    content = models.BinaryField(null=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, db_constraint=False, db_index=False)  # as for `Event`
    leaf = models.IntegerField()
    path = models.BinaryField()
    sender = models.CharField(max_length=OFFICE, db_index=True)
    waits_for = models.CharField(max_length=200, db_index=True)
    code = models.CharField(max_length=CODE)
    held_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.event.hex()} waits for {self.waits_for}"


class Want(models.Model):
    """An event known of but not here, and the peer to ask for it."""

    peer = models.CharField(max_length=OFFICE)
    event = models.BinaryField(max_length=32)
    matter = models.BinaryField(max_length=16)
    due_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "peer"], name="record_want_once")]
        indexes: ClassVar = [models.Index(fields=["peer", "due_at", "event"], name="record_want_due")]

    def __str__(self) -> str:
        return f"{self.peer} {self.event.hex()}"


# Papers


class PaperOut(models.Model):
    """A paper to be carried to a peer."""

    peer = models.CharField(max_length=OFFICE)
    root = models.BinaryField(max_length=32)
    matter = models.BinaryField(max_length=16)
    size = models.BigIntegerField()
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    fence = models.BigIntegerField(default=0)
    worker = models.CharField(max_length=WORKER, null=True)
    leased_until = models.DateTimeField(null=True)
    code = models.CharField(max_length=CODE, null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["root", "peer"], name="record_paperout_once")]
        indexes: ClassVar = [models.Index(fields=["due_at", "id"], name="record_paperout_due", condition=Q(settled_at=None))]

    def __str__(self) -> str:
        return f"{self.peer} {self.root.hex()}"


class PaperIn(models.Model):
    """A paper that a peer may bring."""

    peer = models.CharField(max_length=OFFICE)
    root = models.BinaryField(max_length=32)
    matter = models.BinaryField(max_length=16)
    size = models.BigIntegerField()
    expected_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["root", "peer"], name="record_paperin_once")]
        indexes: ClassVar = [models.Index(fields=["expected_at", "id"], name="record_paperin_missing", condition=Q(arrived_at=None))]

    def __str__(self) -> str:
        return f"{self.peer} {self.root.hex()}"


# Workers


class Lease(models.Model):
    """Work that one worker at a time does, by its name."""

    name = models.CharField(max_length=128, primary_key=True)
    worker = models.CharField(max_length=WORKER)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.worker}"
