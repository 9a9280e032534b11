"""The one error of this package."""


class MetricError(ValueError):
    """A frame or an argument breaks a rule; the message names the column and the rule in a plain sentence."""
