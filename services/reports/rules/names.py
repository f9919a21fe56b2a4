"""Names of the values that come in messages, for screens and papers (model 3.1)."""

from collections.abc import Mapping

from services.reports.rules.terms import Edition, RecordKind, ReportState, Source
from shared.refusal import N_

PLATFORM_KINDS: Mapping[str, str] = {
    "MUNICIPAL": N_("муниципальные (МИП)"),
    "MUNICIPAL_NETWORK": N_("муниципальные сетевые (МСИП)"),
    "KRAI": N_("краевые (КИП)"),
    "KRAI_EXPERIMENTAL": N_("краевые экспериментальные (КЭП)"),
    "FEDERAL": N_("федеральные (ФИП)"),
    "PARTNER": N_("партнёрские"),
    "FGOS_PILOT": N_("пилотные площадки ФГОС"),
}
EVENT_KINDS: Mapping[str, str] = {
    "WEBINAR": N_("вебинар"),
    "DISCUSSION_WEBINAR": N_("дискуссионный вебинар"),
    "ONLINE_CONFERENCE": N_("онлайн-конференция"),
    "CONFERENCE": N_("конференция"),
    "MEETING": N_("совещание"),
    "MASTER_CLASS": N_("мастер-класс"),
    "FESTIVAL": N_("фестиваль"),
    "PRACTICE": N_("практическая деятельность"),
    "EXPERTISE_SESSION": N_("экспертиза"),
    "OTHER": N_("другое"),
}
EVENT_MODES: Mapping[str, str] = {
    "ONLINE": N_("дистанционно"),
    "OFFLINE": N_("очно"),
    "HYBRID": N_("смешанно"),
}
PARTICIPATION_ROLES: Mapping[str, str] = {
    "OBSERVER": N_("наблюдатель"),
    "EXPERT": N_("эксперт"),
    "SPEAKER": N_("спикер"),
    "ATTENDEE": N_("участник"),
    "DELEGATE": N_("делегат"),
    "ORGANISER": N_("организатор"),
    "MODERATOR": N_("модератор"),
}
PARTICIPATION_STATES: Mapping[str, str] = {
    "CONFIRMED": N_("подтверждён"),
    "ATTENDED": N_("присутствовал"),
    "CERTIFIED": N_("присутствовал, сертификат выдан"),
    "NO_SHOW": N_("не явился"),
}
ENTRY_KINDS: Mapping[str, str] = {
    "PROJECT": N_("проект"),
    "PRODUCT": N_("продукт"),
    "REPORT": N_("отчёт"),
    "PROGRAMME": N_("программа"),
}
OUTCOMES: Mapping[str, str] = {
    "AWARD_STATUS": N_("присвоить статус"),
    "EXTEND": N_("продлить статус"),
    "COMPLETE": N_("завершить работу площадки"),
    "TERMINATE": N_("прекратить статус"),
    "RETURN": N_("вернуть на доработку"),
    "DECLINE": N_("отклонить"),
    "RECOMMEND": N_("рекомендовать к распространению"),
    "DIPLOMA": N_("диплом"),
    "PARTICIPANT": N_("участник конкурса"),
}
STAGE_KINDS: Mapping[str, str] = {
    "SUBMISSION": N_("приём работ"),
    "TECHNICAL": N_("технический этап"),
    "CORRESPONDENCE": N_("заочный этап"),
    "IN_PERSON": N_("очный этап"),
    "DECISION": N_("решение"),
}
SHEET_KINDS: Mapping[str, str] = {
    "REGULAR": N_("основной эксперт"),
    "EXTRA": N_("дополнительный эксперт"),
}
EDITION_STATES: Mapping[str, str] = {
    "DRAFT": N_("готовится"),
    "ANNOUNCED": N_("объявлен"),
    "ACCEPTING": N_("приём работ"),
    "TECHNICAL": N_("техническая экспертиза"),
    "CORRESPONDENCE": N_("заочный этап"),
    "IN_PERSON": N_("очный этап"),
    "DECISION": N_("принятие решений"),
    "APPEALS": N_("апелляции"),
    "COMPLETED": N_("завершён"),
    "ARCHIVED": N_("в архиве"),
    "CANCELLED": N_("отменён"),
}
COMPANIONS: Mapping[str, str] = {
    "UNIQUE_PEOPLE": N_("разных участников"),
    "SHARE_OF_SHEETS": N_("их доля среди всех листов"),
    "SHARE_WITH_EXTRA": N_("доля работ с дополнительным экспертом"),
}
RECORD_KINDS: Mapping[RecordKind, str] = {
    RecordKind.ORGANISATION: N_("Организации"),
    RecordKind.PLATFORM: N_("Площадки"),
    RecordKind.AGREEMENT: N_("Договоры"),
    RecordKind.TRANSFORMATION: N_("Муниципалитеты"),
    RecordKind.EVENT: N_("Мероприятия"),
    RecordKind.PARTICIPATION: N_("Участия"),
    RecordKind.SHEET: N_("Оценочные листы"),
    RecordKind.ENTRY: N_("Конкурсные работы"),
}
REPORT_STATES: Mapping[ReportState, str] = {
    ReportState.ISSUED: N_("действителен"),
    ReportState.CANCELLED: N_("аннулирован"),
}
SOURCES: Mapping[Source, str] = {
    Source.COMPUTED: N_("рассчитано"),
    Source.IMPORTED: N_("внесено из документа"),
}
EDITIONS: Mapping[Edition, str] = {
    Edition.FULL: N_("полный"),
    Edition.OPEN: N_("открытый"),
}
DETAILS: Mapping[str, str] = {**PLATFORM_KINDS, **EVENT_KINDS, **EVENT_MODES, **ENTRY_KINDS, **COMPANIONS}


class Word(str):
    """A word of ours in a list of records: a msgid, unlike titles and names, which nobody translates."""

    __slots__ = ()


def named(names: Mapping[str, str], value: str | None) -> Word:
    """The name of a value; one that a newer service invented is shown as it came."""
    return Word(names.get(value, value) if value else "")
