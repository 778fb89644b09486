"""Papers and the evidence file going out: decrypted as they are sent, never whole in memory, never run by the browser."""

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from comity.desk.accounts.access import person, requires
from comity.desk.matters import queries
from comity.desk.matters.answers import papers_in_field
from comity.desk.matters.shown import ENDINGS
from comity.desk.matters.uploads import OTHER, SHOWN_IN_BROWSER
from comity.desk.matters.views.common import of_a_draft, visible_draft, visible_matter
from comity.desk.office import current_office
from comity.exchange import PaperError, PaperRef, papers_in
from comity.identifiers import MatterId
from comity.node import proofs
from comity.node.commands import find_draft
from comity.node.office import Office
from comity.node.roles import Action

_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,90}")


@require_safe
@requires(Action.READ_MATTERS)
def paper(request: HttpRequest, matter: UUID, sha256: str) -> HttpResponseBase:
    """A paper that an event of this matter names."""
    office, row = current_office(), visible_matter(request, matter)
    with office.store.read() as unit:
        named = (one for sealed in unit.events(MatterId(row.matter)) for one in papers_in(sealed.event.content))
        found = next((one for one in named if one.sha256 == sha256), None)
    return _sent(request, office, found)


@require_safe
@requires(Action.READ_MATTERS)
@of_a_draft
def draft_paper(request: HttpRequest, draft: UUID, sha256: str) -> HttpResponseBase:
    """A paper that a draft names."""
    office, row = current_office(), visible_draft(request, draft)
    with office.store.read() as unit:
        content = find_draft(unit, row.matter, row.id).content
    named = (one for value in content.values() for one in papers_in_field(value))
    found = next((PaperRef.from_value(one) for one in named if one["sha256"] == sha256), None)
    return _sent(request, office, found)


def _sent(request: HttpRequest, office: Office, found: PaperRef | None) -> HttpResponseBase:
    if found is None:
        raise Http404(gettext("There is no such paper here."))
    if not office.files.has(found.root):
        words = gettext("This paper has not arrived yet. It is on its way, and nothing is lost.")
        return render(request, "matters/paper_missing.html", {"words": words, "paper": found}, status=404)
    return stream(office.files.read(found), kind=found.type, title=found.title, size=found.size, sha256=found.sha256)


def stream(pieces: Iterator[bytes], *, kind: str, title: str, size: int, sha256: str) -> HttpResponseBase:
    """A paper as a download; documents and pictures that a browser shows by itself are shown. Its SHA-256 goes with it."""
    known = kind if _MEDIA_TYPE.fullmatch(kind) else OTHER
    shown = known in SHOWN_IN_BROWSER
    answer = StreamingHttpResponse(_checked(pieces), content_type=known if shown else OTHER)
    answer["Content-Disposition"] = content_disposition_header(not shown, file_name(title, known)) or "attachment"
    answer["Content-Length"] = str(size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Repr-Digest"] = f"sha-256=:{_base64(sha256)}:"
    return answer


def _checked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from pieces
    except PaperError:
        # The header with the length has gone: a body that ends short tells the browser that the file is not whole.
        return


def _base64(sha256: str) -> str:
    return b64encode(bytes.fromhex(sha256)).decode("ascii")


def file_name(title: str, kind: str) -> str:
    """A name for the file on disk: the title without what no file system takes, and the ending of its type."""
    plain = " ".join(re.sub(r"[^\w .,()№-]+", " ", title).split()).strip(" .")[:120] or "paper"
    ending = ENDINGS.get(kind, "")
    return plain if ending and plain.lower().endswith(ending) else f"{plain}{ending}"


@require_safe
@requires(Action.EXPORT)
def export(request: HttpRequest, matter: UUID) -> HttpResponseBase:
    """The whole matter as one `.comity` file: journal, proofs, keys, receipts and papers, for a court."""
    office = current_office()
    row = queries.plain_matter(queries.reader(person(request)), str(matter)) or visible_matter(request, matter)
    folder = TemporaryDirectory(prefix="comity-export-")
    path = Path(folder.name) / f"{row.matter}.comity"
    try:
        proofs.export_matter(office, MatterId(row.matter), path)
        file = path.open("rb")
    finally:
        folder.cleanup()  # an open file stays readable after its name is gone
    return FileResponse(file, as_attachment=True, filename=path.name, content_type="application/vnd.comity")


def pdf(data: bytes, name: str) -> HttpResponse:
    """A letter, shown by the browser."""
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    answer["Cache-Control"] = "private, no-store"
    return answer
