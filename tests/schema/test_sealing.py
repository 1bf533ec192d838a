import pytest

from p2kp_desktop.schema import sealing


def test_what_is_sealed_to_a_key_opens_with_it_alone_and_only_as_it_was():
    ours, other = sealing.new_key(), sealing.new_key()
    sealed = sealing.seal(sealing.public_of(ours), b"NIK", b"bundle")

    assert b"NIK" not in sealed
    assert sealing.unseal(ours, sealed, b"bundle") == b"NIK"
    assert sealing.unseal(other, sealed, b"bundle") is None
    assert sealing.unseal(ours, sealed, b"slot") is None
    assert sealing.unseal(ours, sealed[:-1], b"bundle") is None
    assert sealing.unseal(ours, b"", b"bundle") is None


@pytest.mark.parametrize("text", ["", "x", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="])
def test_a_text_that_is_no_key_is_known_as_none(text):
    assert not sealing.is_public(text)
    with pytest.raises(ValueError, match=r"."):
        sealing.seal(text, b"NIK", b"bundle")


def test_a_public_key_is_known_as_one():
    assert sealing.is_public(sealing.public_of(sealing.new_key()))
    assert sealing.public_of("") == ""
