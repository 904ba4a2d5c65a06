"""The pages of allocation, and of files that nobody has."""

from django.urls import path

from goldenthread.standards.allocation.allocating.deeds import DEEDS
from goldenthread.standards.allocation.allocating.views import allocate, lists, record, wait

urlpatterns = [
    path("unallocated/", lists.unallocated, name="unallocated"),
    path("files/<int:pk>/allocate/", allocate.file_allocate, name="file-allocate"),
    path("files/<int:pk>/no-worker/", wait.wait, name="wait"),
    path("files/<int:pk>/no-worker/tell/", wait.tell, name="wait-tell"),
    path("files/<int:pk>/no-worker/<int:target>/answer/", wait.hear, name="wait-hear"),
    path("files/<int:pk>/no-worker/correct/<slug:kind>/<int:target>/", wait.correct, name="wait-correct"),
    path("allocations/<int:pk>/", record.show, name="allocation"),
    path("allocations/<int:pk>/correct/<slug:kind>/<int:target>/", record.correct, name="allocation-correct"),
    *(path(f"allocations/<int:pk>/{deed.key}/", record.deed_view(deed.key), name=deed.url_name) for deed in DEEDS),
]
