"""Where a house stands points at a family: it is optional, limited, and stays out of bundles without names."""

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import attachments, recording
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import HARD, SOFT, Record
from p2kp_desktop.store import views
from tests.photos import exif, jpeg

AT = {"latitude": "-2.990933", "longitude": "104.756554"}


def found(workspace, form):
    with workspace.asking() as connection:
        return next(views.found(connection, form))


def test_a_place_out_of_the_country_cannot_be_and_one_out_of_the_province_is_asked_about():
    def judged(latitude):
        record = Record(Household, "1", {**AT, "latitude": latitude})
        return [each.severity for each in record.problems() if each.question == "latitude"]

    assert [judged(each) for each in ("-2.990933", "-7.25", "48.1")] == [[], [SOFT], [HARD]]


def test_a_bundle_without_names_leaves_out_where_a_house_and_its_photo_are(make_workspace, tmp_path):
    here, city = make_workspace(), make_workspace("Kota", role="district", regions=("16.71",))
    house = recording.record(here, Household, {"rt": "014/005", "head_name": "Siti", "form_number": 42, **AT}).id
    photo = tmp_path / "rumah.jpg"
    photo.write_bytes(jpeg(exif()))
    attachments.attach(here, house, "", photo)
    sent = sending.send(here, tmp_path, to="district", withhold=True)
    receiving.receive(city, sent.path)
    came = found(city, Household)
    assert (came[Household.form_number], came[Household.latitude], came[Household.longitude]) == (42, None, None)
    picture = found(city, Attachment)
    assert (picture[Attachment.latitude], picture[Attachment.longitude]) == (None, None)
