"""Every address of the desk, grouped under a comment with its prefix."""

from django.conf import settings
from django.urls import include, path

from comity.desk.accounts import urls as accounts

urlpatterns = [
    # /log-in, /log-out, /language
    path("", include(accounts.session)),
    # /administration
    path("administration/", include(accounts.administration)),
]

if settings.GALLERY:
    # /gallery — every component on one page, for those who build pages
    urlpatterns += [path("gallery", include("comity.desk.components.urls"))]
