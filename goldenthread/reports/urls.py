"""Addresses of the reports' pages."""

from django.urls import path

from goldenthread.reports import unallocated_views, views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/progress/<int:plan>/<str:as_at>/", views.progress, name="report-progress"),
    path("reports/progress/<int:plan>/<str:as_at>/<str:kind>/", views.progress_file, name="report-progress-file"),
    path("reports/figures/<slug:name>/<str:as_at>/", views.named, name="report-named"),
    path("reports/figures/<slug:name>/<str:as_at>/publish/", views.named_publish, name="report-named-publish"),
    path("reports/figures/<slug:name>/<str:as_at>/<str:kind>/", views.named_file, name="report-named-file"),
    path("unallocated/reports/", unallocated_views.unallocated_reports, name="unallocated-reports"),
    path("unallocated/reports/keeper/", unallocated_views.keeper, name="unallocated-keeper"),
    path("unallocated/reports/<slug:period>/<str:as_at>/send/", unallocated_views.send, name="unallocated-send"),
    path("reports/published/<int:pk>/", views.published, name="report-published"),
    path("reports/published/<int:pk>/<str:kind>/", views.published_file, name="report-published-file"),
]
