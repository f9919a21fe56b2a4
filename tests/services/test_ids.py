"""Identifiers grow and are never given twice."""

from shared import ids


def test_many_identifiers_at_once_are_new_ordered_and_of_version_7() -> None:
    found = [*ids.new_ids(1000), *ids.new_ids(1000)]
    assert len(set(found)) == len(found)
    assert found[:1000] == sorted(found[:1000])
    assert {(one.version, one.variant) for one in found} == {(7, "specified in RFC 4122")}
    assert ids.new_ids(0) == []
