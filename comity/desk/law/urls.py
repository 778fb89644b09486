"""The addresses of Law: each page module of `views` lists its own. Everybody who is logged in may read the law."""

from comity.desk.law.views import answer_pdf, facts, home, instruments, matrix, pair, quality, states

app_name = "law"
# /law/
urlpatterns = [
    *home.addresses,
    *answer_pdf.addresses,
    *matrix.addresses,
    *pair.addresses,
    *instruments.addresses,
    *states.addresses,
    *quality.addresses,
    *facts.addresses,
]
