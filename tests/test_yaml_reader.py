"""Reading YAML: where things stand, and what is refused, however hostile the file."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from small_data import where, write

from coprod_match import DataError, Problem
from coprod_match.files.limits import MAX_BYTES, MAX_DEPTH
from coprod_match.files.yaml_reader import parse_yaml, read_yaml

NAME = "file.yaml"

printable = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")) | st.just("\n"))
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | printable,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(printable, inner, max_size=3),
    max_leaves=12,
)

marks = st.sampled_from(
    [*"aé[]{},'\"\\|>#%\t\x00=~", "b: ", "? ", ": ", "- ", "---", "\n", "\n  ", "\n...\n", "&x ", "*x"]
)
values = st.sampled_from(["2026-13-45", "1:99", "0x", "<<: ", "!x ", "!!str ", "!!map ", "!!set ", "!!omap "])
tags = st.sampled_from(["!!binary ", "!!int ", "!!float ", "!!bool ", "!!timestamp ", "!!python/none "])


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(DataError) as caught:
        parse_yaml(text, NAME)
    return caught.value.problems


def refusals(text: str) -> tuple[Problem, ...]:
    """The problems of a text; none when it can be read."""
    try:
        parse_yaml(text, NAME)
    except DataError as error:
        return error.problems or (Problem("nowhere", "refused without a word"),)
    return ()


def only_problem(text: str) -> Problem:
    (problem,) = problems(text)
    return problem


class TestGoodFiles:
    def test_the_file_becomes_plain_data(self, tmp_path: Path) -> None:
        path = write(tmp_path, NAME, "name: Café\nlist: [1, 2.5, yes]\nempty:\n")
        assert read_yaml(path).data == {"name": "Café", "list": [1, 2.5, True], "empty": None}

    def test_a_byte_order_mark_is_passed_over(self, tmp_path: Path) -> None:
        path = tmp_path / NAME
        path.write_bytes("name: Café\n".encode("utf-8-sig"))
        assert read_yaml(path).data == {"name": "Café"}

    def test_emoji_and_right_to_left_text_are_kept(self) -> None:
        assert parse_yaml('name: "🎉 مرحبا"\n', NAME).data == {"name": "🎉 مرحبا"}

    def test_a_tab_within_a_value_does_no_harm(self) -> None:
        assert parse_yaml('name: "a\tb"\n', NAME).data == {"name": "a\tb"}

    @given(json_like)
    def test_what_pyyaml_writes_is_read_back_as_it_was(self, data: object) -> None:
        class Writer(yaml.SafeDumper):
            def ignore_aliases(self, data: object) -> bool:
                return True

        assert parse_yaml(yaml.dump(data, Dumper=Writer, allow_unicode=True), NAME).data == data


class TestPositions:
    TEXT = "# a comment\nitems:\n  - id: one\n    tags: [x, yy]\n  - {id: two, tags: []}\n"

    @pytest.mark.parametrize(
        ("path", "part"),
        [
            (("items",), "- id: one"),
            (("items", 0), "id: one"),
            (("items", 0, "id"), "one"),
            (("items", 0, "tags"), "[x"),
            (("items", 0, "tags", 1), "yy"),
            (("items", 1, "id"), "two"),
        ],
    )
    def test_every_value_has_its_line_and_column(self, path: tuple[str | int, ...], part: str) -> None:
        assert parse_yaml(self.TEXT, NAME).where(path) == where(NAME, self.TEXT, part)

    def test_a_key_has_its_own_line_and_column(self) -> None:
        assert parse_yaml(self.TEXT, NAME).where(("items", 0, "tags"), key=True) == where(NAME, self.TEXT, "tags")

    def test_what_is_missing_is_placed_at_the_entry_that_lacks_it(self) -> None:
        document = parse_yaml(self.TEXT, NAME)
        assert document.where(("items", 1, "name", 3)) == where(NAME, self.TEXT, "{id: two")

    def test_windows_line_ends_count_as_one(self) -> None:
        assert parse_yaml("a: 1\r\nb:\r\n  c: 2\r\n", NAME).where(("b", "c")) == f"{NAME}:3:6"

    def test_the_place_names_the_file_and_not_its_folder(self, tmp_path: Path) -> None:
        assert read_yaml(write(tmp_path, NAME, "a: 1\n")).where(("a",)) == f"{NAME}:1:4"


class TestUnreadableFiles:
    def test_a_missing_file_is_named_in_full(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="cannot be read") as caught:
            read_yaml(tmp_path / "none.yaml")
        assert str(tmp_path / "none.yaml") in str(caught.value)

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="cannot be read"):
            read_yaml(tmp_path)

    @pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
    def test_another_encoding_is_said_with_what_to_do(self, tmp_path: Path, encoding: str) -> None:
        path = tmp_path / NAME
        path.write_bytes("name: Café\n".encode(encoding))
        with pytest.raises(DataError, match=r"not UTF-8 text .* Save it again as UTF-8"):
            read_yaml(path)

    def test_a_file_over_the_limit_is_not_even_read(self, tmp_path: Path) -> None:
        path = tmp_path / NAME
        with path.open("wb") as file:
            file.truncate(MAX_BYTES + 1)
        with pytest.raises(DataError, match=r"larger than 64 MB"):
            read_yaml(path)

    @pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
    def test_an_empty_file_is_called_empty(self, text: str) -> None:
        assert "empty" in only_problem(text).message


class TestSlipsOfThePen:
    @pytest.mark.parametrize(
        ("text", "line"), [("a:\n\tb: 1\n", 2), ("a:\n  b: 1\n\tc: 2\n", 3), ("a:\n  - b: 1\n  \tc: 2\n", 3)]
    )
    def test_a_tab_that_indents_is_called_a_tab(self, text: str, line: int) -> None:
        problem = only_problem(text)
        assert problem.where.startswith(f"{NAME}:{line}:")
        assert "tab" in problem.hint
        assert "spaces" in problem.hint

    def test_an_unquoted_colon_is_placed_and_quotation_marks_are_advised(self) -> None:
        problem = only_problem("name: Toolkit: the book\n")
        assert problem.where == f"{NAME}:1:14"
        assert "quotation marks" in problem.hint

    def test_every_key_given_twice_is_told_at_its_second_place(self) -> None:
        text = "a: 1\nb:\n  - {c: 1, d: 2, c: 3}\na: 4\n"
        found = {problem.where: problem.message for problem in problems(text)}
        assert found.keys() == {where(NAME, text, "c: 3"), where(NAME, text, "a: 4")}
        assert "“c”" in found[where(NAME, text, "c: 3")]

    def test_the_same_key_in_two_entries_is_no_problem(self) -> None:
        assert parse_yaml("- {a: 1}\n- {a: 2}\n", NAME).data == [{"a": 1}, {"a": 2}]

    @pytest.mark.parametrize("date", ["2026-13-45", "2026-02-30", "2026-11-31"])
    def test_an_impossible_date_is_placed(self, date: str) -> None:
        text = f"a: 1\nb:\n  - seen: {date}\n"
        assert only_problem(text).where == where(NAME, text, date)

    def test_all_impossible_dates_are_told_at_once(self) -> None:
        text = "- seen: 2026-13-45\n- seen: 2026-02-30\n"
        assert [problem.where for problem in problems(text)] == [f"{NAME}:1:9", f"{NAME}:2:9"]

    @pytest.mark.parametrize("sign", ["=", "<<"])
    def test_a_sign_that_yaml_keeps_for_itself_is_told_in_plain_words(self, sign: str) -> None:
        problem = only_problem(f"a: 1\nb: {sign}\n")
        assert problem.where == f"{NAME}:2:4"
        assert problem.message == f"A value cannot be read: “{sign}” has a meaning of its own in YAML."
        assert "quotation marks" in problem.hint

    def test_a_second_document_in_the_file_is_refused_where_it_starts(self) -> None:
        assert only_problem("a: 1\n---\nb: 2\n").where == f"{NAME}:2:1"

    def test_a_key_that_is_a_list_is_refused_in_plain_words(self) -> None:
        problem = only_problem("? [a, b]\n: c\n")
        assert problem.where.startswith(f"{NAME}:1:")
        assert "Node" not in problem.message


class TestHostileFiles:
    def test_an_alias_bomb_is_refused_at_its_first_anchor(self) -> None:
        lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
        lines += [
            f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
        ]
        problem = only_problem("\n".join(lines))
        assert problem.where == f"{NAME}:1:4"
        assert "not allowed" in problem.message

    @pytest.mark.parametrize("text", ["a: &x 1\n", "a: *x\n", "a: &x {b: 1}\n", "a: &x [1]\n"])
    def test_anchors_and_aliases_are_refused_alone_too(self, text: str) -> None:
        problem = only_problem(text)
        assert problem.where == f"{NAME}:1:4"
        assert "&" in problem.message

    def test_as_deep_as_the_limit_is_allowed(self) -> None:
        data = parse_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, NAME).data
        for _ in range(MAX_DEPTH - 1):
            assert isinstance(data, list)
            data = data[0]
        assert data == []

    @pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 900])
    @pytest.mark.parametrize(("start", "end"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
    def test_deeper_nesting_is_refused(self, depth: int, start: str, end: str) -> None:
        problem = only_problem(start * depth + "x" + end * depth)
        assert "nested" in problem.message
        assert problem.where == f"{NAME}:1:{MAX_DEPTH * len(start) + 1}"

    def test_absurd_nesting_is_refused_without_a_traceback(self) -> None:
        assert only_problem("[" * 200_000).where.startswith(f"{NAME}:1:")

    @pytest.mark.parametrize(
        "value",
        [
            "!!python/object:os.system x",
            "!!python/object/apply:os.system [exit]",
            "!!python/object:collections.Counter {a: 1}",
            "!!python/name:os.system",
            "!local x",
        ],
    )
    def test_tags_of_other_programs_are_refused_where_they_stand(self, value: str) -> None:
        assert only_problem(f"a: {value}\n").where == f"{NAME}:1:4"

    @pytest.mark.parametrize(
        "value", ["!!bool maybe", "!!int x", "!!float x", "!!timestamp x", "!!binary é", "9" * 5_000]
    )
    def test_a_value_that_is_not_what_its_tag_says_is_refused_where_it_stands(self, value: str) -> None:
        assert only_problem(f"a: {value}\n").where == f"{NAME}:1:4"

    @pytest.mark.parametrize("character", ["\x00", "\x01", "\x1b", "\x7f", "\ufffe"])
    def test_a_control_character_is_refused_and_named(self, character: str) -> None:
        problem = only_problem(f"a: 1\nname: x{character}y\n")
        assert f"{ord(character):04x}" in problem.message
        assert "character" in problem.hint

    @given(st.lists(marks | values | tags, max_size=8).map("".join) | st.text(max_size=40))
    def test_any_text_is_read_or_refused_with_its_name_and_nothing_else_happens(self, text: str) -> None:
        assert all(problem.where.startswith(NAME) for problem in refusals(text))
