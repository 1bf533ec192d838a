"""One letter on question 12, from its key to the disk and the screen: the figures that README names are kept."""

import walk

ROOMS, CHANGES = 78, 1100  # at most; three rooms say whether this person may type here


def test_one_letter_goes_through_few_rooms(tmp_path):
    way = walk.walk(tmp_path)
    assert "store/drafts" in way.entered  # it is on disk
    assert "ui/form/focused" in way.entered  # and painted
    assert len(way.entered) <= ROOMS, walk.told(way)
    assert sum(way.changes.values()) <= CHANGES, walk.told(way)


def test_the_figures_are_told_with_where_most_goes_to_and_fro():
    way = walk.Way()
    way.entered.update({"ui/one": 3, "ui/two": 2})
    way.changes.update({("ui/one", "ui/two"): 2, ("ui/two", "ui/one"): 3})
    way.calls.update({"ui/one.act": 4})
    assert walk.told(way) == (
        "One letter on question 12: 2 rooms, 5 changes of room, 4 calls.\n"
        "Of the changes 0 lead into ui/kit and ui/look, which paint.\n\nMost to and fro:\n"
        "      5  ui/one ↔ ui/two"
    )
    assert walk.told(way, met=True).endswith("Most called:\n      4  ui/one.act")
