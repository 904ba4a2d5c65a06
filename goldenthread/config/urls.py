"""Every URL. Each room lists its own; each name stands once in the access table."""

from django.urls import URLPattern, URLResolver, include, path

handler500 = "goldenthread.pages.errors.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("goldenthread.people.urls")),
    path("", include("goldenthread.pages.urls")),
    path("plan/", include("goldenthread.pages.plan_urls")),
    path("", include("goldenthread.reports.urls")),
    path("", include("goldenthread.standards.referrals.urls")),
    path("", include("goldenthread.standards.assessment.household.urls")),
    path("", include("goldenthread.standards.assessment.register.urls")),
    path("", include("goldenthread.standards.assessment.assessing.urls")),
    path("", include("goldenthread.standards.assessment.recording.urls")),
    path("", include("goldenthread.standards.assessment.protection.urls")),
    path("", include("goldenthread.standards.assessment.interpreting.urls")),
    path("", include("goldenthread.standards.assessment.housing.urls")),
    path("", include("goldenthread.standards.assessment.legal.urls")),
    path("", include("goldenthread.standards.assessment.hospital.urls")),
    path("", include("goldenthread.standards.allocation.allocating.urls")),
    path("", include("goldenthread.standards.allocation.transferring.urls")),
    path("", include("goldenthread.standards.allocation.chronology.urls")),
    path("", include("goldenthread.standards.allocation.conferring.urls")),
    path("", include("goldenthread.standards.allocation.supervising.urls")),
    path("", include("goldenthread.standards.allocation.closing.urls")),
    path("", include("goldenthread.oversight.urls")),
]
