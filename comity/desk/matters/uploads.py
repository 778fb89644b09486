"""Papers on their way in: streamed to disk in the request, then encrypted in chunks into the file store; in memory never more than a piece.

A file that is too big is let go of; an upload that is cut off leaves nothing: the temporary file has no name, and nothing is in the store
before all of it is there. What a paper is, is read from its first bytes, not believed from its name.
"""

from collections.abc import Iterator
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import Any
from weakref import finalize

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext

from comity.exchange import PaperRef
from comity.node.office import Office

LARGEST = 200 * 2**20
PIECE = 2**20
LONGEST_TITLE = 300
TOO_BIG = "comity.upload_too_big"
OTHER = "application/octet-stream"

_FIRST_BYTES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)
_ZIPPED = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
SHOWN_IN_BROWSER = frozenset({"application/pdf", "image/png", "image/jpeg"})


class PaperUploadHandler(FileUploadHandler):
    """Streams each file into a temporary one without a name: whatever cuts the upload off, a crash too, the disk is as it was before.

    A file that grows beyond `LARGEST` is let go of; the request then says so (`too_big`).
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Opens the temporary file."""
        super().new_file(*args, **kwargs)
        self.file = TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115  # it lives as long as the request
        # A line that goes dead raises past every handler: the file is closed with the handler, which goes with the request.
        finalize(self, self.file.close)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Writes a piece, unless the file is too big by now."""
        if start + len(raw_data) > LARGEST:
            self.file.close()
            if self.request is not None:
                self.request.META[TOO_BIG] = self.file_name or "?"
            raise SkipFile
        self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """The file, whole."""
        self.file.seek(0)
        return UploadedFile(self.file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra)

    def upload_interrupted(self) -> None:
        """Lets go of what came so far."""
        self.file.close()


def too_big(request: HttpRequest) -> bool:
    """Whether a file of this request was let go of because of its size. Ask after the form has been read."""
    return TOO_BIG in request.META


def upload_fault(request: HttpRequest, file: "UploadedFile[bytes] | None", title: str) -> str:
    """Why this upload cannot be taken, in words; empty where it can."""
    if too_big(request):
        return gettext("The file is larger than 200 MB. Divide it, or send it on a disk by courier.")
    if file is None:
        return gettext("Choose a file first.")
    if not file.size:
        return gettext("The file is empty.")
    if not title.strip():
        return gettext("Give the paper a title, as the list of annexes will name it.")
    if _first(file).startswith(_PROGRAMS):
        return gettext("This is a program, not a paper. Send documents, pictures, sound or tables.")
    return ""


def keep(office: Office, file: "UploadedFile[bytes]", *, title: str, language: str) -> PaperRef:
    """Encrypts the file into the store and says how a content names it. Nothing is kept where reading fails."""
    kind = media_type(_first(file), file.name or "")
    return office.files.add(_pieces(file), type=kind, title=" ".join(title.split())[:LONGEST_TITLE], language=language)


def media_type(first: bytes, name: str) -> str:
    """The media type that the first bytes show; the name only tells kinds apart that begin alike."""
    for mark, kind in _FIRST_BYTES:
        if first.startswith(mark):
            return kind
    if first.startswith(b"PK\x03\x04"):
        return _ZIPPED.get(PurePath(name).suffix.lower(), "application/zip")
    if first[4:8] == b"ftyp":
        return "video/mp4"
    return "text/plain" if _is_text(first) else OTHER


def _is_text(first: bytes) -> bool:
    try:
        # The last character may be cut in two.
        text = first.decode("utf-8", "strict") if len(first) < PIECE // 256 else first[:-4].decode("utf-8", "ignore")
    except UnicodeDecodeError:
        return False
    return bool(text) and all(sign.isprintable() or sign in "\n\r\t\ufeff" for sign in text)


def _first(file: "UploadedFile[bytes]") -> bytes:
    file.seek(0)
    first = file.read(4096)
    file.seek(0)
    return bytes(first)


def _pieces(file: "UploadedFile[bytes]") -> Iterator[bytes]:
    yield from file.chunks(PIECE)
