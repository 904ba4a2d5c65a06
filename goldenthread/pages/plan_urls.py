"""The plan's pages. Everything under “plan/”."""

from django.urls import path

from goldenthread.pages import plan_import, plan_settling, plan_verbs, plan_views
from goldenthread.pages.plan_recommendation import recommendation

urlpatterns = [
    path("", plan_views.current, name="plan-current"),
    path("all/", plan_views.plans, name="plans"),
    path("import/", plan_import.upload, name="plan-import"),
    path("import/check/", plan_import.preview, name="plan-import-preview"),
    path("import/check/<str:number>/", plan_import.correct_lines, name="plan-import-correct"),
    path("import/forget/", plan_import.discard, name="plan-import-discard"),
    path("adopt/", plan_views.adopt_template, name="plan-adopt"),
    path("action/<int:pk>/complete/", plan_verbs.complete, name="plan-action-complete"),
    path("action/<int:pk>/reopen/", plan_verbs.reopen, name="plan-action-reopen"),
    path("action/<int:pk>/due/", plan_verbs.change_due, name="plan-action-due"),
    path("action/<int:pk>/reassign/", plan_verbs.reassign, name="plan-action-reassign"),
    path("to-settle/<int:pk>/", plan_settling.settle, name="plan-settle"),
    path("<int:pk>/", plan_views.plan, name="plan"),
    path("<int:pk>/changes/", plan_views.changes, name="plan-changes"),
    path("<int:pk>/export/<str:kind>/", plan_views.export, name="plan-export"),
    path("<int:pk>/<str:number>/", recommendation, name="plan-recommendation"),
    path("<int:pk>/<str:number>/progress/", plan_verbs.add_progress, name="plan-progress-add"),
    path("<int:pk>/<str:number>/next-step/", plan_verbs.add_next_step, name="plan-next-step-add"),
    path("<int:pk>/<str:number>/action/", plan_verbs.add_action, name="plan-action-add"),
    path("<int:pk>/<str:number>/pair/", plan_settling.pair, name="plan-pair"),
    path("<int:pk>/<str:number>/tie/", plan_settling.tie, name="plan-tie"),
    path("<int:pk>/<str:number>/untie/<str:key>/", plan_settling.untie, name="plan-untie"),
]
