"""Its pages. The document is made in `pages`: documents stand above the standards."""

from django.urls import path

from goldenthread.standards.allocation.chronology.views import reading, writing

_FILE = "files/<int:pk>/chronology/"

urlpatterns = [
    path(_FILE, reading.chronology, name="chronology"),
    path(f"{_FILE}add/", writing.add, name="chronology-add"),
    path(f"{_FILE}mark/<str:kind>/<int:target>/", writing.mark, name="chronology-mark"),
    path(f"{_FILE}review/", writing.review, name="chronology-review"),
    path(f"{_FILE}seen/<int:target>/", writing.seen, name="chronology-seen"),
    path(f"{_FILE}correct/<slug:kind>/<int:target>/", writing.correct, name="chronology-correct"),
]
