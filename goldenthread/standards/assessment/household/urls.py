"""Its pages."""

from django.urls import path

from goldenthread.standards.assessment.household.views import asking, child, merging, recording

_CHILD = "files/<int:pk>/children/<int:child>/"

urlpatterns = [
    path("files/<int:pk>/household/", child.household, name="household"),
    path(_CHILD, child.show_child, name="child"),
    path(_CHILD + "change/", recording.amend, name="child-amend"),
    path(_CHILD + "add/<slug:kind>/", recording.add, name="child-add"),
    path(_CHILD + "correct/<slug:kind>/<int:target>/", recording.correct, name="child-correct"),
    path(_CHILD + "end/<slug:kind>/<int:target>/", recording.end, name="child-end"),
    path(_CHILD + "find/<slug:purpose>/", merging.find, name="child-find"),
    path(_CHILD + "merge/<int:other>/", merging.merge_page, name="child-merge"),
    path("files/<int:pk>/merges/<int:merge>/", merging.merged, name="child-merged"),
    path("files/<int:pk>/merges/<int:merge>/back/", merging.back, name="child-unmerge"),
    path("files/<int:pk>/merges/<int:merge>/settle/<int:row>/", merging.settle_row, name="child-settle"),
    path("referrals/<int:pk>/language/", asking.ask, name="referral-language"),
]
