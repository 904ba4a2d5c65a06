"""Its pages."""

from django.urls import path

from goldenthread.standards.assessment.register.views import asking, checks, entries, settling

urlpatterns = [
    path("register/", entries.register, name="register"),
    path("register/placed/", entries.placed, name="register-placed"),
    path("register/ask/", asking.ask, name="register-ask"),
    path("register/entries/<int:pk>/", entries.entry, name="register-entry"),
    path("register/entries/<int:pk>/kinds/", entries.kinds, name="register-kinds"),
    path("register/entries/<int:pk>/key-worker/", entries.worker, name="register-worker"),
    path("register/entries/<int:pk>/end/", entries.end, name="register-end"),
    path("register/entries/<int:pk>/correct/<str:kind>/<int:target>/", entries.correct, name="register-correct"),
    path("register/checks/<int:pk>/", checks.check, name="check"),
    path("register/checks/<int:pk>/correct/", checks.correct, name="check-correct"),
    path("referrals/<int:pk>/register/", asking.ask_for_referral, name="referral-register"),
    path("referrals/<int:pk>/register/answer/", settling.settle, name="referral-settle"),
    path("files/<int:pk>/register/", entries.enter, name="file-enter"),
]
