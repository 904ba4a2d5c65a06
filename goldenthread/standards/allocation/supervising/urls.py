"""The pages of supervision."""

from django.urls import path

from goldenthread.standards.allocation.supervising.views import cases, lists, pairs

urlpatterns = [
    path("supervision/", lists.supervision, name="supervision"),
    path("supervision/new/", pairs.new, name="supervision-new"),
    path("supervision/<int:pk>/", pairs.pair, name="supervision-pair"),
    path("supervision/<int:pk>/session/", pairs.session, name="supervision-session"),
    path("supervision/<int:pk>/end/", pairs.end, name="supervision-end"),
    path("supervision/<int:pk>/correct/<int:target>/", pairs.correct, name="supervision-correct"),
    path("files/<int:pk>/supervision/", cases.discuss, name="file-supervision"),
    path("discussions/<int:pk>/", cases.discussion, name="discussion"),
    path("discussions/<int:pk>/agree/", cases.agree, name="discussion-agree"),
    path("discussions/<int:pk>/correct/", cases.correct, name="discussion-correct"),
    path("agreed/<int:pk>/done/", cases.done, name="agreed-done"),
    path("agreed/<int:pk>/move/", cases.move, name="agreed-move"),
    path("agreed/<int:pk>/take-back/", cases.take_back, name="agreed-take-back"),
]
