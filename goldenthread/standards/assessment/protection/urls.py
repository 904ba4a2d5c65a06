"""Its pages."""

from django.urls import path

from goldenthread.standards.assessment.protection.views import correcting, discussions, plans

urlpatterns = [
    path("files/<int:pk>/strategy/", discussions.file_strategy, name="file-strategy"),
    path("referrals/<int:pk>/strategy/", discussions.referral_strategy, name="referral-strategy"),
    path("strategy/<int:pk>/", discussions.strategy, name="strategy"),
    path("strategy/<int:pk>/outcome/", discussions.strategy_outcome, name="strategy-outcome"),
    path("strategy/<int:pk>/arrange/", discussions.strategy_arrange, name="strategy-arrange"),
    path("strategy/<int:pk>/conference/", discussions.strategy_conference, name="strategy-conference"),
    path("strategy/<int:pk>/correct/<slug:kind>/<int:target>/", correcting.strategy_correct, name="strategy-correct"),
    path("protection-plans/<int:pk>/", plans.protection_plan, name="protection-plan"),
    path("protection-plans/<int:pk>/core-group/", plans.core_group, name="protection-core-group"),
    path("protection-plans/<int:pk>/review/", plans.review, name="protection-review"),
    path("protection-plans/<int:pk>/end/", plans.end, name="protection-end"),
    path(
        "protection-plans/<int:pk>/correct/<slug:kind>/<int:target>/",
        correcting.protection_correct,
        name="protection-correct",
    ),
]
