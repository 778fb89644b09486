"""The addresses of Law: each page module of `views` lists its own. Everybody who is logged in may read the law."""

from comity.desk.law.views import home

app_name = "law"
# /law/
urlpatterns = [*home.addresses]
