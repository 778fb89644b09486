"""The addresses of matters, drafts and new requests, included at the root under the namespace `matters`."""

from django.urls import path

from comity.desk.matters.views import acts, approval, discarding, drafts, erasure, matter, papers, requests

app_name = "matters"
urlpatterns = [
    # /requests — a new request
    path("requests/new", requests.new, name="new"),
    # /drafts — what is being drafted, approved, sealed
    path("drafts/<uuid:draft>", drafts.draft, name="draft"),
    path("drafts/<uuid:draft>/steps/<int:number>", drafts.step, name="draft-step"),
    path("drafts/<uuid:draft>/letter", drafts.letter, name="draft-letter"),
    path("drafts/<uuid:draft>/letter.<str:language>.pdf", drafts.letter_pdf, name="draft-letter-pdf"),
    path("drafts/<uuid:draft>/papers/<str:sha256>", papers.draft_paper, name="draft-paper"),
    path("drafts/<uuid:draft>/approval", approval.page, name="draft-approval"),
    path("drafts/<uuid:draft>/submit", approval.submit, name="draft-submit"),
    path("drafts/<uuid:draft>/return", approval.give_back, name="draft-return"),
    path("drafts/<uuid:draft>/approve", approval.approve, name="draft-approve"),
    path("drafts/<uuid:draft>/discard", discarding.page, name="draft-discard"),
    # /matters/<matter>
    path("matters/<uuid:matter>", matter.page, name="matter"),
    path("matters/<uuid:matter>/acts/<str:name>/<int:version>", acts.page, name="act"),
    path("matters/<uuid:matter>/proof", matter.proof, name="matter-proof"),
    path("matters/<uuid:matter>/events/<str:event>", matter.event, name="matter-event"),
    path("matters/<uuid:matter>/events/<str:event>/erasure", erasure.page, name="event-erasure"),
    path("matters/<uuid:matter>/deadlines/<slug:clock>", matter.deadline, name="deadline"),
    path("matters/<uuid:matter>/basis", matter.basis, name="matter-basis"),
    path("matters/<uuid:matter>/papers/<str:sha256>", papers.paper, name="paper"),
    path("matters/<uuid:matter>/export", papers.export, name="matter-export"),
    path("matters/<uuid:matter>/notes", matter.keep_note, name="private-note"),
    path("matters/<uuid:matter>/assignment", matter.assign, name="assign"),
]
