"""What can be chosen of assessments, of how children are heard, and of plans for children in need."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """Initial and core assessments are those of 2003; single assessments took their place in 2013."""

    INITIAL = "initial", "Initial assessment"
    CORE = "core", "Core assessment"
    SINGLE = "single", "Single assessment"
    SECTION_47 = "section-47", "Section 47 enquiry"


class PartKind(TextChoices):
    """The four parts of an assessment, in the order in which one follows from another."""

    INFORMATION = "information", "Information"
    ANALYSIS = "analysis", "Analysis"
    CONCLUSIONS = "conclusions", "Conclusions"
    DECISIONS = "decisions", "Decisions"


class Outcome(TextChoices):
    """What an assessment's decisions come to."""

    PLAN = "child-in-need-plan", "A plan for a child in need"
    STRATEGY = "strategy-discussion", "A strategy discussion"
    FURTHER = "further-assessment", "A further assessment"
    SERVICES = "services", "Services or information, without a plan"
    NO_ACTION = "no-further-action", "No further action"


class State(TextChoices):
    """How far an assessment has come."""

    IN_PROGRESS = "in-progress", "In progress"
    HANDED_IN = "handed-in", "Handed in"
    RETURNED = "returned", "Returned"
    SIGNED_OFF = "signed-off", "Signed off"
    REOPENED = "reopened", "Reopened"


class Answer(TextChoices):
    """A manager's answer to what was handed in. Reopened stands in the place of a sign-off that should not have been."""

    SIGNED_OFF = State.SIGNED_OFF.value, "Signed off"
    RETURNED = State.RETURNED.value, "Returned for more work"
    REOPENED = State.REOPENED.value, "Reopened"


class Way(TextChoices):
    """How a child and a worker understood each other."""

    SPEECH = "speech", "Speech"
    BSL = "bsl", "British Sign Language"
    OTHER_SIGN = "other-sign", "Another sign language"
    MAKATON = "makaton", "Makaton or other key-word signs"
    PICTURES = "pictures", "Picture exchange (PECS) or a symbol board"
    DEVICE = "device", "A speech device or eye gaze"
    WRITING = "writing", "Writing or typing"
    DRAWING = "drawing", "Drawing"
    PLAY = "play", "Play"
    TOUCH = "touch", "Touch, objects or hand signing"
    OBSERVED = "observation", "Observation, as of a baby"


class Tool(TextChoices):
    """What helps to hear a child whom questions alone do not reach. `guidance.TOOLS` says what each is for."""

    CHOICE_CARDS = "choice-cards", "Choice cards"
    FEELINGS_FACES = "feelings-faces", "Faces for feelings"
    MY_DAY = "my-day", "My day in pictures"
    BODY_MAP = "body-map", "Outline of a body"
    THREE_HOUSES = "three-houses", "Worries, good things and wishes"
    YES_NO = "yes-no", "Yes and no, in the child's own signs"
    WATCHING = "watching", "Watching over a whole routine"
    WHO_KNOWS = "who-knows", "Someone who knows how the child speaks"


class ReviewOutcome(TextChoices):
    """What a review of a plan comes to."""

    CONTINUE = "continue", "The plan goes on"
    END = "end", "The plan ends: it is not needed any more"
    STEP_UP = "step-up", "The plan is not enough: step up to child protection"


class Whose(TextChoices):
    """Who does a step of a plan."""

    US = "us", "Children's services"
    AGENCY = "agency", "Another agency"
    FAMILY = "family", "The child or the family"
