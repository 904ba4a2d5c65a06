"""The pages of children in hospital."""

from django.urls import path

from goldenthread.standards.assessment.hospital.deeds import DEEDS
from goldenthread.standards.assessment.hospital.views import lists, record

urlpatterns = [
    path("hospital/", lists.in_hospital, name="hospital-children"),
    path("files/<int:pk>/hospital/", record.notify, name="file-hospital"),
    path("hospital/<int:pk>/", record.show, name="hospital"),
    path("hospital/<int:pk>/correct/<slug:kind>/<int:target>/", record.correct, name="hospital-correct"),
    *(path(f"hospital/<int:pk>/{deed.key}/", record.deed_view(deed.key), name=deed.url_name) for deed in DEEDS),
]
