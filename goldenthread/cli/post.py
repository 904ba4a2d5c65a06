"""`goldenthread post`."""

from goldenthread.cli.output import say
from goldenthread.core.errors import Refused


def post() -> None:
    """Send the e-mails that are still in the outbox: those that could not be sent at the time.

    A message holds a reference and a link, never a name. Run it every few minutes, from the machine's own timetable.

    Example: GOLDENTHREAD_SMTP_URL=smtps://user:password@mail.example:465 goldenthread post
    """
    from goldenthread.cli.database import settings as load

    load()
    from django.conf import settings

    from goldenthread.core import post as mail

    if not settings.EMAIL_HOST:
        raise Refused(
            "No mail server is named: set GOLDENTHREAD_SMTP_URL, like smtps://user:password@mail.example:465."
        )
    sent, left = mail.send_waiting()
    say(f"Sent {sent}; {left} still to send")
    if left:
        raise Refused("The mail server did not take all of them. They are kept, and tried again next time.")
