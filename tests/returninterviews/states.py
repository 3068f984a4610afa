"""The states of the pages of returninterviews in the loaded demonstration."""

from tests.browser.state import State

STATES: list[State] = []
