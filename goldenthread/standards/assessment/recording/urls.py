"""Its pages."""

from django.urls import path

from goldenthread.standards.assessment.recording import views

urlpatterns = [
    path("files/<int:pk>/records/", views.file_records, name="file-records"),
    path("files/<int:pk>/records/add/", views.file_record_add, name="file-record-add"),
    path("records/<int:pk>/", views.entry, name="entry"),
    path("records/<int:pk>/correct/", views.entry_correct, name="entry-correct"),
    path("recording/", views.guidelines, name="recording-guidelines"),
]
