"""The pages of transfers."""

from django.urls import path

from goldenthread.standards.allocation.transferring.deeds import DEEDS
from goldenthread.standards.allocation.transferring.views import lists, record

_ON = {False: "transfers/<int:pk>/", True: "transfers/<int:pk>/obstacles/<int:obstacle>/"}

urlpatterns = [
    path("transfers/", lists.meeting, name="transfers"),
    path("files/<int:pk>/transfer/", record.ask, name="file-transfer"),
    path("transfers/<int:pk>/", record.show, name="transfer"),
    path("transfers/<int:pk>/correct/<slug:kind>/<int:target>/", record.correct, name="transfer-correct"),
    *(path(f"{_ON[deed.on_obstacle]}{deed.key}/", record.deed_view(deed.key), name=deed.url_name) for deed in DEEDS),
]
