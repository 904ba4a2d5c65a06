"""Its pages."""

from django.urls import path

from goldenthread.standards.assessment.interpreting.deeds import DEEDS
from goldenthread.standards.assessment.interpreting.views import lists, record

urlpatterns = [
    path("interpreters/", lists.figures, name="interpreters"),
    path("interpreters/requests/", lists.requests, name="interpreter-requests"),
    path("files/<int:pk>/interpreter/", record.ask, name="file-interpreter"),
    path("interpreters/<int:pk>/", record.show_one, name="interpreter"),
    path("interpreters/<int:pk>/correct/<slug:kind>/<int:target>/", record.correct_fact, name="interpreter-correct"),
    *(path(f"interpreters/<int:pk>/{deed.key}/", record.deed_view(deed.key), name=deed.url_name) for deed in DEEDS),
]
