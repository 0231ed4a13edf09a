"""The difference of two mappings leads from one to the other and back, order included."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playground.app.deltas import Delta

MAPPINGS = st.lists(
    st.tuples(st.integers(0, 8), st.sampled_from(["a", "b", "c"])),
    max_size=9,
    unique_by=lambda entry: entry[0],
).map(dict)


@given(before=MAPPINGS, after=MAPPINGS)
def test_it_leads_there_and_back(before: dict[int, str], after: dict[int, str]) -> None:
    delta = Delta.between(before, after)
    assert delta is not None
    assert list(delta.forward(before).items()) == list(after.items())
    assert list(delta.backward(after).items()) == list(before.items())
    assert delta.is_empty == (list(before.items()) == list(after.items()))


@given(before=MAPPINGS, data=st.data())
def test_it_holds_only_what_changed(before: dict[int, str], data: st.DataObject) -> None:
    after = dict(before)
    if before:
        after.pop(data.draw(st.sampled_from(sorted(before))))
    after[99] = "new"
    delta = Delta.between(before, after)
    assert delta is not None
    assert len(delta.removed) == len(before) - len(after) + 1
    assert [key for _, key, _ in delta.added] == [99]
    assert delta.changed == ()


def test_the_same_mapping_has_no_difference() -> None:
    mapping = {1: "a"}
    assert Delta.between(mapping, mapping) is None
