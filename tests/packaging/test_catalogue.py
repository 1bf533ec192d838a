"""The English catalogue is the same whenever it is compiled."""

import catalogue


def test_the_same_texts_give_the_same_bytes_whenever_they_are_compiled(tmp_path, monkeypatch):
    shipped = catalogue.MO.read_bytes()
    (tmp_path / "en.po").write_bytes(catalogue.PO.read_bytes())
    monkeypatch.setattr(catalogue, "PO", tmp_path / "en.po")
    monkeypatch.setattr(catalogue, "MO", tmp_path / "en.mo")
    catalogue.write(catalogue.kept())
    assert catalogue.MO.read_bytes() == shipped
