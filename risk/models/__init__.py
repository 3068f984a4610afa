"""The records of risk, one topic a module."""

from risk.models.flags import Flag, FlagDecision
from risk.models.rounds import Ask, Contribution, Decision, Dissent, RiskRound, ShownEvidence

__all__ = [
    "Ask",
    "Contribution",
    "Decision",
    "Dissent",
    "Flag",
    "FlagDecision",
    "RiskRound",
    "ShownEvidence",
]
