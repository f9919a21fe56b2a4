"""Forms of entries as data, completeness, tables; requirements of the technical check (model 3.2, BR-39)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.expertise.rules import files, technical
from services.expertise.rules.templates import (
    changed_sections,
    check_complete,
    check_text,
    read_template,
    table_rows,
)
from services.expertise.rules.vocabulary import AttachmentKind, EntryKind, EntryState
from shared.refusal import Refused

K = AttachmentKind
TEXT = {"code": "1.1", "title": "Обоснование"}
AUTO = {"code": "1.2", "title": "Акты", "kind": "AUTO", "source": "ACTS"}
TABLE = {"code": "3", "title": "План", "kind": "TABLE", "columns": ["Срок", "Что"]}


def test_a_form_is_read_and_written_without_a_loss() -> None:
    template = read_template([TEXT, AUTO, TABLE], [{"kind": "PROGRAMME"}, {"kind": "OTHER", "required": False}])
    again = read_template([one.as_data() for one in template.sections], [])
    assert again.sections == template.sections
    assert (template.required_files, template.optional_files) == ((K.PROGRAMME,), (K.OTHER,))


@pytest.mark.parametrize(
    "sections",
    [
        [],
        [TEXT, TEXT],
        [{"code": "1", "title": ""}],
        [{"code": "1/2", "title": "Часть"}],
        [{**AUTO, "source": None}],
        [{**TEXT, "source": "ACTS"}],
        [{**AUTO, "source": "NOBODY"}],
        [{**TABLE, "columns": ["Один"]}],
        [{**TEXT, "columns": ["Один", "Два"]}],
        [{**TEXT, "max_length": 0}],
        [{**TEXT, "max_length": 50_001}],
        [{**TEXT, "kind": "PICTURE"}],
        [{"code": str(number), "title": "Раздел"} for number in range(61)],
    ],
)
def test_a_wrong_form_is_refused(sections: list[dict[str, Any]]) -> None:
    with pytest.raises(Refused) as refusal:
        read_template(sections)
    assert refusal.value.field == "sections"


def test_a_kind_of_file_is_named_once() -> None:
    with pytest.raises(Refused, match="дважды"):
        read_template([TEXT], [{"kind": "PROGRAMME"}, {"kind": "PROGRAMME", "required": False}])


def test_what_is_missing_is_named() -> None:
    template = read_template(
        [TEXT, {**AUTO, "required": False}, TABLE], [{"kind": "PROGRAMME"}, {"kind": "CALENDAR_PLAN"}]
    )
    with pytest.raises(Refused, match=r"1\.1, 3"):
        check_complete(template, {"1.1": {"text": ""}}, set())
    filled = {"1.1": {"text": "Да"}, "3": {"text": "май | открыть"}}
    with pytest.raises(Refused) as refusal:
        check_complete(template, filled, {K.PROGRAMME, K.OTHER})
    assert (refusal.value.field, refusal.value.params["kinds"]) == ("files", ["календарный план"])
    check_complete(template, filled, {K.PROGRAMME, K.CALENDAR_PLAN})


def test_a_section_keeps_to_its_length_and_columns() -> None:
    section = read_template([{**TEXT, "max_length": 5}]).sections[0]
    check_text(section, "12345")
    with pytest.raises(Refused, match="6"):
        check_text(section, "123456")
    table = read_template([TABLE]).sections[0]
    check_text(table, "май | открыть\n\n июнь| закрыть ")
    with pytest.raises(Refused, match="Строка 2"):
        check_text(table, "май | открыть\nиюнь")
    assert table_rows(" май|открыть \n") == [["май", "открыть"]]


TEXTS = st.dictionaries(st.sampled_from(["1", "2", "3"]), st.sampled_from(["", "а", "б"]))


@given(TEXTS, TEXTS)
def test_only_a_different_text_is_a_change(before: dict[str, str], after: dict[str, str]) -> None:
    """F-05: a section that says the same is not marked, an empty one is as good as an absent one."""
    old = {code: {"text": text} for code, text in before.items()}
    new = {code: {"text": text, "edited": True} for code, text in after.items()}
    expected = {code for code in {*before, *after} if before.get(code, "") != after.get(code, "")}
    assert set(changed_sections(old, new)) == expected


def test_requirements_come_from_the_form() -> None:
    """BR-39: sections, required files, and what only a person can check; without a form the usual list."""
    template = read_template([TEXT], [{"kind": "PROGRAMME"}, {"kind": "OTHER", "required": False}], ["Шрифт 14"])
    found = technical.requirements(template, EntryKind.PROJECT)
    assert [one.kind for one in found] == [None, K.PROGRAMME, None]
    assert found[-1].text == "Шрифт 14"
    usual = [one.kind for one in technical.requirements(None, EntryKind.REPORT)]
    assert usual[:2] == [K.APPLICATION, K.REPORT]
    assert len(usual) == 5


@pytest.mark.parametrize("state", EntryState)
def test_when_files_come_and_go(state: EntryState) -> None:
    takes = state in {EntryState.DRAFT, EntryState.CONDITIONAL, EntryState.REVISION}
    for rule, allowed in ((files.check_open, takes), (files.check_removable, state is EntryState.DRAFT)):
        if allowed:
            rule(state)
        else:
            with pytest.raises(Refused):
                rule(state)
