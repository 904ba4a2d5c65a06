"""What an action raises. Pages show the message; the command line prints it and exits with 2."""


class Refused(Exception):
    """Something is not allowed, for a reason that a person can act on. Nothing was changed."""


class NotAllowed(Refused):
    """This officer may not do this, whatever the state of the record."""


class BadInput(Refused):
    """What was given cannot be used: the message names what, where and why."""
