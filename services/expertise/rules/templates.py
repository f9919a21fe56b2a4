"""Entry templates: sections and attachments that an entry of a nomination consists of (model 3.2, seed 1.2)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from services.expertise.rules.labels import label
from services.expertise.rules.vocabulary import AttachmentKind, SectionKind, SectionSource
from shared.refusal import N_, Refused

E = TypeVar("E", bound=StrEnum)

LONGEST = 50_000
USUAL = 20_000
MOST_SECTIONS = 60
#: Between the cells of one line of a table.
CELLS = "|"
_RULE = "3.2 Entry"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section of the form; ``part`` is the heading that it opens, ``words`` narrow the acts it names."""

    code: str
    title: str
    kind: SectionKind = SectionKind.TEXT
    source: SectionSource | None = None
    required: bool = True
    max_length: int = USUAL
    help: str = ""
    part: str = ""
    columns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The section as JSON data."""
        return {
            "code": self.code,
            "title": self.title,
            "kind": self.kind.value,
            "source": self.source.value if self.source else None,
            "required": self.required,
            "max_length": self.max_length,
            "help": self.help,
            "part": self.part,
            "columns": list(self.columns),
            "words": list(self.words),
        }


@dataclass(frozen=True)
class Template:
    """What an entry consists of; ``checks`` are requirements that only a person can check (BR-39)."""

    sections: tuple[Section, ...]
    required_files: tuple[AttachmentKind, ...] = ()
    optional_files: tuple[AttachmentKind, ...] = ()
    checks: tuple[str, ...] = ()

    def section(self, code: str) -> Section:
        """The section with this code."""
        found = next((one for one in self.sections if one.code == code), None)
        if found is None:
            raise Refused(_RULE, N_("В форме заявки нет раздела %(code)s"), code=code)
        return found


def read_template(
    sections: Sequence[Mapping[str, Any]],
    attachments: Sequence[Mapping[str, Any]] = (),
    checks: Sequence[str] = (),
) -> Template:
    """A template has sections with different codes; a filled one names its source, a table its columns."""
    read = tuple(_section(one) for one in sections)
    if not read or len(read) > MOST_SECTIONS:
        raise Refused(
            _RULE, N_("В форме заявки от 1 до %(most)s разделов"), field="sections", most=MOST_SECTIONS
        )
    codes = [one.code for one in read]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice:
        raise Refused(_RULE, N_("Раздел %(code)s встречается дважды"), field="sections", code=twice)
    kinds = [(_word(AttachmentKind, one.get("kind"), "attachments"), one) for one in attachments]
    if len({kind for kind, _ in kinds}) != len(kinds):
        raise Refused(_RULE, N_("Вид файла назван дважды"), field="attachments")
    return Template(
        sections=read,
        required_files=tuple(kind for kind, one in kinds if one.get("required", True)),
        optional_files=tuple(kind for kind, one in kinds if not one.get("required", True)),
        checks=tuple(text for text in (str(one).strip() for one in checks) if text),
    )


def _section(one: Mapping[str, Any]) -> Section:
    code, title = (str(one.get(name) or "").strip() for name in ("code", "title"))
    if not code or not title or "/" in code:
        raise Refused(_RULE, N_("У раздела нужны номер (без «/») и название"), field="sections")
    kind = _word(SectionKind, one.get("kind") or SectionKind.TEXT, "sections")
    source = _word(SectionSource, one["source"], "sections") if one.get("source") else None
    if (kind is SectionKind.AUTO) != (source is not None):
        raise Refused(
            _RULE,
            N_("Раздел %(code)s: источник данных называют у разделов, которые заполняются из данных"),
            field="sections",
            code=code,
        )
    columns = _texts(one.get("columns"))
    if (kind is SectionKind.TABLE) != (len(columns) > 1):
        raise Refused(
            _RULE,
            N_("Раздел %(code)s: у таблицы не меньше двух столбцов, у текста их нет"),
            field="sections",
            code=code,
        )
    longest = USUAL if one.get("max_length") is None else one["max_length"]
    if type(longest) is not int or not 1 <= longest <= LONGEST:
        raise Refused(
            _RULE,
            N_("Раздел %(code)s: предел длины от 1 до %(longest)s знаков"),
            field="sections",
            code=code,
            longest=LONGEST,
        )
    return Section(
        code=code,
        title=title,
        kind=kind,
        source=source,
        required=bool(one.get("required", True)),
        max_length=longest,
        help=str(one.get("help") or "").strip(),
        part=str(one.get("part") or "").strip(),
        columns=columns,
        words=_texts(one.get("words")),
    )


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(text for text in (str(one).strip() for one in values or ()) if text)


def _word(kind: type[E], value: object, field: str) -> E:
    try:
        return kind(str(value))
    except ValueError:
        raise Refused(_RULE, N_("Недопустимое значение: %(value)s"), field=field, value=value) from None


def check_text(section: Section, text: str) -> None:
    """A section keeps to its length, a table to its columns."""
    if len(text) > section.max_length:
        raise Refused(
            _RULE,
            N_("Раздел %(code)s длиннее %(limit)s знаков: %(length)s"),
            field="text",
            code=section.code,
            limit=section.max_length,
            length=len(text),
        )
    if section.kind is SectionKind.TABLE:
        for number, row in enumerate(table_rows(text), 1):
            if len(row) != len(section.columns):
                raise Refused(
                    _RULE,
                    N_("Строка %(number)s: нужно столбцов %(wanted)s через «|», а есть %(found)s"),
                    field="text",
                    number=number,
                    wanted=len(section.columns),
                    found=len(row),
                )


def table_rows(text: str) -> list[list[str]]:
    """The rows of a table section: a line each, cells apart by «|»."""
    return [[cell.strip() for cell in line.split(CELLS)] for line in text.splitlines() if line.strip()]


def check_complete(template: Template, answers: Mapping[str, Any], files: Collection[AttachmentKind]) -> None:
    """An entry is complete when its required sections are filled and its required files enclosed (model 3.3)."""
    empty = [one.code for one in template.sections if one.required and not text_of(answers, one.code)]
    if empty:
        raise Refused(
            _RULE, N_("Не заполнены обязательные разделы: %(codes)s"), field="answers", codes=", ".join(empty)
        )
    missing = [kind for kind in template.required_files if kind not in files]
    if missing:
        raise Refused(
            _RULE,
            N_("Не приложены обязательные файлы: %(kinds)s"),
            field="files",
            kinds=[label(kind) for kind in missing],
        )


def text_of(answers: Mapping[str, Any], code: str) -> str:
    """What is written in a section."""
    return str((answers.get(code) or {}).get("text") or "")


def changed_sections(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Codes of the sections whose text differs (F-05: experts see what a revision changed)."""
    codes = list(dict.fromkeys([*before, *after]))
    return [code for code in codes if text_of(before, code) != text_of(after, code)]
