"""The rings and the targets of an area: the diamond stands on the path, and words say how far off the figure is."""

from p2kp_desktop.actions.home import overview
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.target import Target
from p2kp_desktop.ui.home.rings import on_path, path_words
from tests.conftest import KELURAHAN
from tests.records import YEAR, save


def target(workspace, indicator, **said):
    given = {"indicator": indicator, "baseline": 40, "baseline_year": 2020, "end_year": 2030, "end_value": 100, **said}
    recording.record(workspace, Target, given)


def test_a_ring_is_marked_where_its_figure_has_a_target(workspace):
    for source in ("a", "a", "a", "h"):
        save(workspace, water_source=source, water_distance=None)
    picture = overview.picture(workspace, KELURAHAN, YEAR)
    assert (on_path(picture.now, picture.targets), path_words(picture.targets)) == ((None, None, None), "")
    target(workspace, "water_safe")
    target(workspace, "slum_share", baseline=20, end_value=0)
    target(workspace, "sanitation_technical", end_year=2019, end_value=100)
    picture = overview.picture(workspace, KELURAHAN, YEAR)
    assert on_path(picture.now, picture.targets) == (0.76, 0.08, None)
    assert "Akses aman air minum (3a) **tertinggal 1 titik dari jalur 2030**" in path_words(picture.targets)
    assert "tepat pada jalur 2019" in path_words(picture.targets)
