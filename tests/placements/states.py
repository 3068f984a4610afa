"""The states of the pages of placements in the loaded demonstration."""

from tests.browser.state import State

STATES: list[State] = []
