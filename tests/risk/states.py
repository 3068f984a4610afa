"""The states of the pages of risk in the loaded demonstration."""

from tests.browser.state import State

STATES: list[State] = []
