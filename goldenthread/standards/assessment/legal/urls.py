"""The pages of legal advice."""

from django.urls import path

from goldenthread.standards.assessment.legal.views import advice, keeping, rota, totals

urlpatterns = [
    path("legal/", rota.legal_rota, name="legal-rota"),
    path("legal/keeper/", keeping.keeper, name="legal-keeper"),
    path("legal/shifts/add/", keeping.shift_add, name="legal-shift-add"),
    path("legal/shifts/every-week/", keeping.pattern, name="legal-pattern"),
    path("legal/shifts/<int:pk>/cut-short/", keeping.shift_cut, name="legal-shift-cut"),
    path("legal/shifts/<int:pk>/hand-over/", keeping.shift_hand, name="legal-shift-hand"),
    path("legal/shifts/<int:pk>/take-back/", keeping.shift_back, name="legal-shift-back"),
    path("legal/solicitors/add/", keeping.solicitor_add, name="solicitor-add"),
    path("legal/solicitors/<int:pk>/", keeping.solicitor_change, name="solicitor-change"),
    path("legal/test/", keeping.test_call, name="legal-test"),
    path("legal/figures/", totals.figures, name="legal-figures"),
    path("files/<int:pk>/legal-advice/", advice.ask, name="file-advice"),
    path("legal/advice/<int:pk>/", advice.advice, name="advice"),
    path("legal/advice/<int:pk>/answer/", advice.answer, name="advice-answer"),
    path("legal/advice/<int:pk>/correct/<int:target>/", advice.correct, name="advice-correct"),
]
