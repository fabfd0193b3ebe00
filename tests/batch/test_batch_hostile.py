"""Files that were made to do harm are refused before anything reads them."""

import zipfile
from pathlib import Path

import pytest
from sheets import packed, repacked, write_ods, write_xlsx

from coprod_match import DataError
from coprod_match.batch import packed as limits
from coprod_match.batch.packed import check_packed
from coprod_match.batch.read import read_table

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["text", "place"], ["a", "b"]]


def sheet(tmp_path: Path, old: bytes, new: bytes) -> Path:
    """A workbook with `old` replaced by `new` in its only sheet."""
    source = write_xlsx(tmp_path / "good.xlsx", ROWS)

    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return repacked(tmp_path / "bad.xlsx", source, SHEET, change)


def refused(path: Path) -> str:
    with pytest.raises(DataError) as error:
        read_table(path)
    return str(error.value)


def what_is_seen(path: Path) -> str:
    """The rows of a file, or what is said instead of them."""
    try:
        return repr(list(read_table(path).rows()))
    except DataError as error:
        return str(error)


def test_a_good_workbook_is_let_through(tmp_path: Path) -> None:
    check_packed(write_xlsx(tmp_path / "a.xlsx", ROWS))
    check_packed(write_ods(tmp_path / "a.ods", ROWS))


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED", 1_000_000)
    path = packed(tmp_path / "bomb.xlsx", [("xl/workbook.xml", b"0" * 1_000_001)])
    assert path.stat().st_size < 2_000
    assert "too large to be read safely" in refused(path)


def test_a_zip_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "liar.xlsx", [("xl/workbook.xml", b"0" * 1_000_000)])
    size = (1_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))
    with zipfile.ZipFile(path) as archive:
        assert archive.infolist()[0].file_size == 10
    assert "damaged" in refused(path)


@pytest.mark.parametrize("place", ["XFD1048576", "xfd1048576", "A999999999", "XFD2000"])
def test_a_cell_that_is_absurdly_far_away_is_refused(place: str, tmp_path: Path) -> None:
    assert "spans more than" in refused(sheet(tmp_path, b'r="B2"', f'r="{place}"'.encode()))


@pytest.mark.parametrize("hidden", [b"s='>' r='XFD1048576'", b's=">" r="XFD1048576"', b"r='XFD1048576'"])
def test_a_far_cell_that_hides_from_a_hasty_look_is_refused(hidden: bytes, tmp_path: Path) -> None:
    assert "unusual" in refused(sheet(tmp_path, b'r="B2"', hidden))


def test_rows_and_cells_that_do_not_say_where_they_are_count_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS", 1_000)
    cells = b"<row>" + b"<c><v>1</v></c>" * 40 + b"</row>"
    assert "spans more than" in refused(sheet(tmp_path, b"</sheetData>", cells * 40 + b"</sheetData>"))


def test_a_far_cell_that_is_only_coloured_is_let_through(tmp_path: Path) -> None:
    path = sheet(tmp_path, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')
    assert read_table(path).total == 1


def test_repeated_cells_of_an_ods_sheet_are_counted(tmp_path: Path) -> None:
    def repeat(content: bytes) -> bytes:
        return content.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1048576">').replace(
            b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="16384" '
        )

    path = repacked(tmp_path / "bad.ods", write_ods(tmp_path / "good.ods", ROWS), "content.xml", repeat)
    assert "spans more than" in refused(path)


def test_blank_ends_of_an_ods_sheet_are_let_through(tmp_path: Path) -> None:
    end = (
        b'<table:table-row table:number-rows-repeated="1048574">'
        b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    path = repacked(
        tmp_path / "b.ods",
        write_ods(tmp_path / "a.ods", ROWS),
        "content.xml",
        lambda content: content.replace(b"</table:table>", end),
    )
    assert read_table(path).total == 1


def test_a_tag_without_an_end_is_refused_at_once(tmp_path: Path) -> None:
    path = sheet(tmp_path, b"</sheetData>", b"<c " + b'r="A1" ' * 300_000 + b"</sheetData>")
    assert "cannot be read" in refused(path)  # a slow pattern would need hours for this


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    entity = f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file://{secret}">]><worksheet'.encode()
    source = sheet(tmp_path, b"<worksheet", entity)
    path = repacked(tmp_path / "worse.xlsx", source, SHEET, lambda content: content.replace(b"<t>b</t>", b"<t>&x;</t>"))
    assert "the secret" not in what_is_seen(path)
