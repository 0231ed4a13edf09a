"""Everything that a person can change: each edit is one pure function, named, and refused in one sentence."""

from playground.model.edits.clipboard import Fragment, duplicate, fragment, paste
from playground.model.edits.data import replace_all as replace
from playground.model.edits.data import set_data, set_feature, set_target
from playground.model.edits.edges import (
    connect,
    connect_groups,
    set_trainable,
    share,
    unshare,
    why_not_connect,
)
from playground.model.edits.features import add_feature, remove_feature
from playground.model.edits.groups import group, ungroup
from playground.model.edits.layers import add_layer
from playground.model.edits.learning import learn, new_start, set_learning, start_over
from playground.model.edits.nodes import add_node, arrange, delete, move, rename, set_activation
from playground.model.edits.points import clear_points, erase_points, move_point, paint_points
from playground.model.edits.values import set_bias, set_weight

__all__ = [
    "Fragment",
    "add_feature",
    "add_layer",
    "add_node",
    "arrange",
    "clear_points",
    "connect",
    "connect_groups",
    "delete",
    "duplicate",
    "erase_points",
    "fragment",
    "group",
    "learn",
    "move",
    "move_point",
    "new_start",
    "paint_points",
    "paste",
    "remove_feature",
    "rename",
    "replace",
    "set_activation",
    "set_bias",
    "set_data",
    "set_feature",
    "set_learning",
    "set_target",
    "set_trainable",
    "set_weight",
    "share",
    "start_over",
    "ungroup",
    "unshare",
    "why_not_connect",
]
