"""A moment of learning at which something was changed."""

from __future__ import annotations

from dataclasses import dataclass

from playground.model.run_settings import Setting


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One setting, by its key as `run_settings` has it, before and after."""

    key: str
    old: Setting
    new: Setting


@dataclass(frozen=True, slots=True)
class Mark:
    """What was changed at an epoch."""

    epoch: float
    changes: tuple[SettingChange, ...]
