"""The pages of closing case files."""

from django.urls import path

from goldenthread.standards.allocation.closing.deeds import DEEDS
from goldenthread.standards.allocation.closing.views import lists, record

urlpatterns = [
    path("closures/", lists.closures, name="closures"),
    path("closures/referred-again/", lists.rereferrals, name="rereferrals"),
    path("files/<int:pk>/close/", record.ask, name="file-close"),
    path("closures/<int:pk>/", record.show, name="closure"),
    path("closures/<int:pk>/correct/<slug:kind>/<int:target>/", record.correct, name="closure-correct"),
    *(path(f"closures/<int:pk>/{deed.key}/", record.deed_view(deed.key), name=deed.url_name) for deed in DEEDS),
]
