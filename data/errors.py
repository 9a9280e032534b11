"""The one kind of error that is written for the person who uses the program."""


class UserError(Exception):
    """A message meant for the person: what is wrong and what to do, shown as it is."""
