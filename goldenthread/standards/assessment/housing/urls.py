"""Its pages."""

from django.urls import path

from goldenthread.standards.assessment.housing.deeds import DEEDS
from goldenthread.standards.assessment.housing.views import lists, record

urlpatterns = [
    path("temporary-accommodation/", lists.figures, name="temporary-accommodation"),
    path("temporary-accommodation/moves/", lists.moves, name="temporary-moves"),
    path("temporary-accommodation/recommend/<str:month>/", lists.recommend_page, name="temporary-recommend"),
    path("files/<int:pk>/temporary-accommodation/", record.add, name="file-temporary-move"),
    path("temporary-accommodation/<int:pk>/", record.show_one, name="temporary-move"),
    path(
        "temporary-accommodation/<int:pk>/correct/<slug:kind>/<int:target>/",
        record.correct_fact,
        name="temporary-correct",
    ),
    *(
        path(
            f"temporary-accommodation/<int:pk>/{deed.key}/" + ("<int:target>/" if deed.on else ""),
            record.deed_view(deed.key),
            name=deed.url_name,
        )
        for deed in DEEDS
    ),
]
