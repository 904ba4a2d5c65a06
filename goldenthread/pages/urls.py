"""Pages that span several rooms."""

from django.urls import path

from goldenthread.pages.drafting import draft
from goldenthread.pages.home import home

urlpatterns = [
    path("", home, name="home"),
    path("draft/", draft, name="draft"),
]
