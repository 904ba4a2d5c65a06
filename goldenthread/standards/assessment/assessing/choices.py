"""What can be chosen of assessments."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """Initial and core assessments are those of 2003; single assessments took their place in 2013."""

    INITIAL = "initial", "Initial assessment"
    CORE = "core", "Core assessment"
    SINGLE = "single", "Single assessment"
    SECTION_47 = "section-47", "Section 47 enquiry"
