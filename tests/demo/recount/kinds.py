"""The kinds of fact that an auditor reads, and by what each hangs on its record."""

from django.db import models

from goldenthread.standards.allocation.conferring import models as tables
from goldenthread.standards.allocation.transferring import models as moves
from goldenthread.standards.assessment.hospital import models as wards
from goldenthread.standards.assessment.legal import models as law
from goldenthread.standards.assessment.protection import models as safety
from goldenthread.standards.assessment.recording import models as contacts
from goldenthread.standards.assessment.register import models as register
from goldenthread.standards.referrals import models as room

Kind = tuple[type[models.Model], str]
DECISION: Kind = (room.Decision, "referral_id")
ACKNOWLEDGED: Kind = (room.Acknowledgement, "referral_id")
WRITTEN: Kind = (room.WrittenConfirmation, "referral_id")
OFFENCE: Kind = (room.OffenceView, "referral_id")
POLICE: Kind = (room.PoliceAdvice, "referral_id")
ONWARD: Kind = (room.OnwardReferral, "referral_id")
RESPONSE: Kind = (room.OnwardResponse, "onward_id")
TOLD: Kind = (room.PoliceTold, "onward_id")
ANSWER: Kind = (room.UnmetNeedAnswer, "decision_id")
NEED: Kind = (room.UnmetNeed, "answer_id")
MET: Kind = (room.NeedMet, "need_id")
SENT: Kind = (room.ReportSent, "cycle_id")
ADVISED: Kind = (law.AdviceAnswer, "request_id")
VISIT: Kind = (wards.WardVisit, "notification_id")
STEP: Kind = (wards.StepTaken, "notification_id")
HARM_REVIEW: Kind = (wards.HarmReview, "notification_id")
DISCHARGE_PLAN: Kind = (wards.DischargePlan, "notification_id")
LEFT: Kind = (wards.Discharge, "notification_id")
ANSWERED: Kind = (wards.Escalation, "notification_id")
CONTACT: Kind = (contacts.CaseRecord, "case_file_id")
TALK: Kind = (safety.StrategyDiscussion, "case_file_id")
FOUND: Kind = (safety.EnquiryOutcome, "discussion_id")
CONFERENCE: Kind = (safety.ConferenceDate, "discussion_id")
PLAN: Kind = (safety.ProtectionPlan, "case_file_id")
GROUP: Kind = (safety.CoreGroup, "plan_id")
REVIEW: Kind = (safety.ReviewConference, "plan_id")
END: Kind = (safety.PlanEnd, "plan_id")
CHECKED: Kind = (register.CheckDecision, "check_of_id")
SETTLED: Kind = (register.CheckSettled, "shown_id")
INVITEE: Kind = (tables.Invitee, "meeting_id")
INVITED: Kind = (tables.Invitation, "invitee_id")
REPORTED: Kind = (tables.ReportStep, "invitee_id")
APOLOGY: Kind = (tables.InvitationReply, "invitee_id")
PRESENT: Kind = (tables.Presence, "invitee_id")
SAT: Kind = (tables.MeetingHeld, "meeting_id")
POSTED: Kind = (tables.MeetingSent, "meeting_id")
PUT_OFF: Kind = (tables.MeetingMove, "meeting_id")
IN_CARE: Kind = (tables.LookedAfter, "case_file_id")
LEFT_CARE: Kind = (tables.CareEnd, "care_id")
# (end of conferring)
REPLY: Kind = (moves.TransferAnswer, "transfer_id")
HURDLE: Kind = (moves.TransferObstacle, "transfer_id")
HURDLE_MOVED: Kind = (moves.ObstacleMove, "obstacle_id")
HURDLE_GONE: Kind = (moves.ObstacleCleared, "obstacle_id")
HANDED: Kind = (moves.HandoverRecord, "transfer_id")
TOGETHER: Kind = (moves.JointVisit, "transfer_id")
RULING: Kind = (moves.TransferRuling, "transfer_id")
WENT_OVER: Kind = (moves.TransferDone, "transfer_id")
NOT_ASKED: Kind = (moves.TransferWithdrawn, "transfer_id")
KINDS = (
    CHECKED, SETTLED, DECISION, ACKNOWLEDGED, WRITTEN, OFFENCE, POLICE, ONWARD, RESPONSE, TOLD, ANSWER, NEED, MET, SENT,
    ADVISED, VISIT, STEP, HARM_REVIEW, DISCHARGE_PLAN, LEFT, ANSWERED, CONTACT, TALK, FOUND,
    CONFERENCE, PLAN, GROUP, REVIEW, END,
    INVITEE, INVITED, REPORTED, APOLOGY, PRESENT, SAT, POSTED, PUT_OFF, IN_CARE, LEFT_CARE,
    REPLY, HURDLE, HURDLE_MOVED, HURDLE_GONE, HANDED, TOGETHER, RULING, WENT_OVER, NOT_ASKED,
)  # fmt: skip
