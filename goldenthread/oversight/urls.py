"""The pages of access: emergencies, restrictions, conflicts, duty."""

from django.urls import path

from goldenthread.oversight.views import conflicts, duty, emergency, files, restrictions

urlpatterns = [
    path("access/", duty.access, name="access"),
    path("access/emergency/", emergency.emergency, name="emergency"),
    path("access/emergency/<int:pk>/", emergency.emergency_review, name="emergency-review"),
    path("access/duty/", duty.duty, name="duty"),
    path("access/duty/add/", duty.duty_add, name="duty-add"),
    path("access/duty/<int:pk>/end/", duty.duty_end, name="duty-end"),
    path("access/conflicts/", conflicts.conflicts, name="conflicts"),
    path("access/conflicts/declare/", conflicts.conflict_declare, name="conflict-declare"),
    path("access/conflicts/<int:pk>/", conflicts.conflict, name="conflict"),
    path("access/conflicts/<int:pk>/withdraw/", conflicts.conflict_withdraw, name="conflict-withdraw"),
    path("access/restrictions/", restrictions.restrictions, name="restrictions"),
    path("access/restrictions/<int:pk>/", restrictions.restriction, name="restriction"),
    path("access/restrictions/<int:pk>/review/", restrictions.restriction_review, name="restriction-review"),
    path("access/restrictions/<int:pk>/lift/", restrictions.restriction_lift, name="restriction-lift"),
    path("files/<int:pk>/access/", files.file_access, name="file-access"),
    path("files/<int:pk>/access/let-in/", files.file_involve, name="file-involve"),
    path("files/<int:pk>/access/<int:target>/end/", files.involvement_end, name="involvement-end"),
    path("files/<int:pk>/restrict/", files.file_restrict, name="file-restrict"),
]
