"""The scopes of steering groups, for people in tests."""

from data.actor import ENGLAND
from data.catalogue import load

EVERYWHERE = load().inside(ENGLAND)
"""Every code inside the scope of the national steering group."""
