"""Every address of the desk, grouped under a comment with its prefix."""

from django.conf import settings
from django.urls import include, path

from comity.desk.accounts import urls as accounts
from comity.desk.api.routes import addresses
from comity.desk.today import views as today

urlpatterns = [
    # / — Today, /matters — all of them
    path("", today.today, name="today"),
    path("matters", today.matters, name="matters"),
    # /matters/…, /drafts/…, /requests/…
    path("", include("comity.desk.matters.urls")),
    # /correspondence
    path("correspondence", include("comity.desk.correspondence.urls")),
    # /law/…
    path("law/", include("comity.desk.law.urls")),
    # /api/v1
    path("api/v1/", addresses()),
    # /log-in, /log-out, /language
    path("", include(accounts.session)),
    # /administration
    path("administration/", include(accounts.administration)),
]

if settings.GALLERY:
    # /gallery — every component on one page, for those who build pages
    urlpatterns += [path("gallery", include("comity.desk.components.urls"))]
