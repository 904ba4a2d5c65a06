"""The pages of meetings and reviews, and of looked-after children."""

from django.urls import path

from goldenthread.standards.allocation.conferring.deeds import DEEDS
from goldenthread.standards.allocation.conferring.views import care, lists, record

urlpatterns = [
    path("meetings/", lists.meetings, name="meetings"),
    path("attendance/", lists.attendance, name="attendance"),
    path("files/<int:pk>/meeting/", record.convene, name="file-meeting"),
    path("meetings/<int:pk>/", record.show_one, name="meeting"),
    path("meetings/<int:pk>/correct/<slug:kind>/<int:target>/", record.correct, name="meeting-correct"),
    *(path(f"meetings/<int:pk>/{deed.key}/", record.deed_view(deed.key), name=deed.url_name) for deed in DEEDS),
    path("files/<int:pk>/looked-after/", care.look_after, name="file-care"),
    path("looked-after/<int:pk>/", care.show_care, name="care"),
    path("looked-after/<int:pk>/end/", care.end, name="care-end"),
    path("looked-after/<int:pk>/correct/<slug:kind>/<int:target>/", care.correct, name="care-correct"),
]
