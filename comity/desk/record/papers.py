"""One transaction over the papers on their way, and over the work that one worker at a time does.

The rules are those of `comity.exchange.store`.
"""

from collections.abc import Sequence
from datetime import datetime

from comity.desk.record import models
from comity.desk.record.routes import know_routes
from comity.desk.record.rows import file_of, matter_bytes, matter_of
from comity.desk.record.sql import DO_NOTHING, Database, Row, time_of
from comity.errors import Code
from comity.exchange.store import FileEntry, LeasedFile
from comity.identifiers import FileId, OfficeId

_OUT = ("peer", "root", "matter", "size", "queued_at", "due_at", "attempts", "fence")
_IN = ("peer", "root", "matter", "size", "expected_at")


class PapersUnit:
    """The papers' half of the store's unit."""

    database: Database

    def queue_files(self, files: Sequence[FileEntry]) -> None:
        """See `comity.exchange.ExchangeUnit`."""
        know_routes(self.database, {one.peer for one in files})
        self.database.insert(models.PaperOut, _OUT, [(*self._row(one), self.database.moment(one.at), 0, 0) for one in files], DO_NOTHING)

    def lease_file(self, worker: str, now: datetime, until: datetime) -> LeasedFile | None:
        """See `comity.exchange.ExchangeUnit`."""
        moment = self.database.moment(now)
        skip = "FOR UPDATE OF p SKIP LOCKED" if self.database.postgresql else ""
        row = self.database.row(
            "UPDATE record_paperout SET worker = %s, leased_until = %s, fence = fence + 1, attempts = attempts + 1 WHERE id = ("
            " SELECT p.id FROM record_paperout p JOIN record_route r ON r.recipient = p.peer"
            " WHERE p.settled_at IS NULL AND p.due_at <= %s AND (p.leased_until IS NULL OR p.leased_until <= %s)"
            f" AND (r.due_at IS NULL OR r.due_at <= %s) ORDER BY p.due_at, p.id LIMIT 1 {skip}"
            ") RETURNING peer, root, size, fence, attempts",
            [worker, self.database.moment(until), moment, moment, moment],
        )
        if row is None:
            return None
        peer, root, size, fence, attempt = row
        return LeasedFile(peer=OfficeId(peer), root=file_of(root), size=size, fence=fence, attempt=attempt)

    def settle_file(self, leased: LeasedFile, at: datetime) -> bool:
        """See `comity.exchange.ExchangeUnit`."""
        return self._end_lease(leased, "settled_at = %s, code = NULL", [self.database.moment(at)])

    def postpone_file(self, leased: LeasedFile, due_at: datetime, code: Code | None) -> bool:
        """See `comity.exchange.ExchangeUnit`."""
        return self._end_lease(leased, "due_at = %s, code = %s", [self.database.moment(due_at), code])

    def expect_files(self, files: Sequence[FileEntry]) -> None:
        """See `comity.exchange.ExchangeUnit`."""
        self.database.insert(models.PaperIn, _IN, [self._row(one) for one in files], DO_NOTHING)

    def expected(self, root: FileId) -> tuple[FileEntry, ...]:
        """See `comity.exchange.ExchangeUnit`."""
        return self._entries("root = %s ORDER BY peer", [bytes.fromhex(root)])

    def file_arrived(self, root: FileId, at: datetime) -> None:
        """See `comity.exchange.ExchangeUnit`."""
        self.database.execute(
            "UPDATE record_paperin SET arrived_at = %s WHERE root = %s AND arrived_at IS NULL",
            [self.database.moment(at), bytes.fromhex(root)],
        )

    def files_missing(self, limit: int) -> tuple[FileEntry, ...]:
        """See `comity.exchange.ExchangeUnit`."""
        return self._entries("arrived_at IS NULL ORDER BY expected_at, id LIMIT %s", [limit])

    def take_lease(self, name: str, worker: str, now: datetime, until: datetime) -> bool:
        """See `comity.exchange.ExchangeUnit`."""
        return bool(
            self.database.rows(
                "INSERT INTO record_lease (name, worker, until) VALUES (%s, %s, %s) ON CONFLICT (name) DO UPDATE"
                " SET worker = excluded.worker, until = excluded.until"
                " WHERE record_lease.worker = excluded.worker OR record_lease.until <= %s RETURNING name",
                [name, worker, self.database.moment(until), self.database.moment(now)],
            )
        )

    # How

    def _end_lease(self, leased: LeasedFile, change: str, parameters: list[object]) -> bool:
        changed = self.database.execute(
            f"UPDATE record_paperout SET worker = NULL, leased_until = NULL, {change}"
            " WHERE root = %s AND peer = %s AND fence = %s AND settled_at IS NULL",
            [*parameters, bytes.fromhex(leased.root), leased.peer, leased.fence],
        )
        return bool(changed)

    def _row(self, entry: FileEntry) -> Row:
        return (entry.peer, bytes.fromhex(entry.root), matter_bytes(entry.matter), entry.size, self.database.moment(entry.at))

    def _entries(self, which: str, parameters: list[object]) -> tuple[FileEntry, ...]:
        rows = self.database.rows(f"SELECT {', '.join(_IN)} FROM record_paperin WHERE {which}", parameters)
        return tuple(
            FileEntry(peer=OfficeId(peer), root=file_of(root), matter=matter_of(matter), size=size, at=time_of(at))
            for peer, root, matter, size, at in rows
        )
