"""The kinds of error that are written for the person who uses the program."""


class UserError(Exception):
    """A message meant for the person: what is wrong and what to do, shown as it is."""


class NotAllowed(UserError):
    """The person who asks may not do that."""
