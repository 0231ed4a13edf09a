"""The stage for an audience: network, one sentence and the timeline, full screen, without controls."""

from widgets.presenter.presenter import Presenter

__all__ = ["Presenter"]
