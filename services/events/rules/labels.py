"""What the dictionaries are called in the field's words; translated where they are shown."""

from enum import StrEnum

from services.events.rules.kinds import (
    AttendanceSource,
    Audience,
    CertificateState,
    DatePrecision,
    EventKind,
    EventMode,
    MatchedBy,
    OrdinalStyle,
    ParticipationRole,
    Provider,
)
from services.events.rules.states import EventState, RegistrationState
from shared.refusal import N_

#: Pairs and not a mapping: members of different dictionaries may be equal as strings.
_LABELS: tuple[tuple[StrEnum, str], ...] = (
    (EventKind.WEBINAR, N_("вебинар")),
    (EventKind.DISCUSSION_WEBINAR, N_("дискуссионный вебинар")),
    (EventKind.ONLINE_CONFERENCE, N_("онлайн-конференция")),
    (EventKind.CONFERENCE, N_("конференция")),
    (EventKind.MEETING, N_("совещание")),
    (EventKind.MASTER_CLASS, N_("мастер-класс")),
    (EventKind.FESTIVAL, N_("фестиваль")),
    (EventKind.PRACTICE, N_("практическая деятельность")),
    (EventKind.EXPERTISE_SESSION, N_("экспертиза")),
    (EventKind.OTHER, N_("другое мероприятие")),
    (EventMode.ONLINE, N_("дистанционно")),
    (EventMode.OFFLINE, N_("очно")),
    (EventMode.HYBRID, N_("очно и дистанционно")),
    (DatePrecision.DAY, N_("известен день")),
    (DatePrecision.MONTH, N_("известен месяц")),
    (DatePrecision.YEAR, N_("известен год")),
    (Audience.OPEN, N_("для всех")),
    (Audience.NETWORK, N_("для участников сети")),
    (Audience.TMS, N_("для ТМС")),
    (Provider.ZOOM, N_("Zoom")),
    (Provider.LINK_ONLY, N_("другая площадка")),
    (OrdinalStyle.ROMAN, N_("римскими цифрами")),
    (OrdinalStyle.ARABIC, N_("арабскими цифрами")),
    (ParticipationRole.OBSERVER, N_("наблюдатель")),
    (ParticipationRole.EXPERT, N_("эксперт")),
    (ParticipationRole.SPEAKER, N_("спикер")),
    (ParticipationRole.ATTENDEE, N_("участник")),
    (ParticipationRole.DELEGATE, N_("делегат")),
    (ParticipationRole.ORGANISER, N_("организатор")),
    (ParticipationRole.MODERATOR, N_("модератор")),
    (AttendanceSource.ZOOM_CSV, N_("отчёт Zoom")),
    (AttendanceSource.MANUAL, N_("вручную")),
    (AttendanceSource.SIGN_SHEET, N_("явочный лист")),
    (MatchedBy.JOIN_CODE, N_("по коду")),
    (MatchedBy.EMAIL, N_("по электронной почте")),
    (MatchedBy.NAME, N_("по имени")),
    (MatchedBy.MANUAL, N_("вручную")),
    (CertificateState.VALID, N_("действителен")),
    (CertificateState.CANCELLED, N_("аннулирован")),
    (EventState.PLANNED, N_("запланировано")),
    (EventState.REGISTRATION, N_("идёт регистрация")),
    (EventState.READY, N_("регистрация закрыта")),
    (EventState.RUNNING, N_("идёт")),
    (EventState.HELD, N_("проведено")),
    (EventState.ARCHIVED, N_("в архиве")),
    (EventState.CANCELLED, N_("отменено")),
    (RegistrationState.REQUESTED, N_("заявка подана")),
    (RegistrationState.WAITLIST, N_("в листе ожидания")),
    (RegistrationState.CONFIRMED, N_("зарегистрирован")),
    (RegistrationState.ATTENDED, N_("присутствовал")),
    (RegistrationState.NO_SHOW, N_("не явился")),
    (RegistrationState.CERTIFIED, N_("получил сертификат")),
    (RegistrationState.CANCELLED, N_("регистрация отменена")),
)

#: In whose name a certificate is given, by role (D-08).
PAPER_TITLES: dict[ParticipationRole, str] = {
    ParticipationRole.OBSERVER: N_("Сертификат наблюдателя"),
    ParticipationRole.EXPERT: N_("Сертификат эксперта"),
    ParticipationRole.SPEAKER: N_("Сертификат спикера"),
    ParticipationRole.ATTENDEE: N_("Сертификат участника"),
    ParticipationRole.DELEGATE: N_("Сертификат делегата"),
    ParticipationRole.ORGANISER: N_("Сертификат организатора"),
    ParticipationRole.MODERATOR: N_("Сертификат модератора"),
}


_LABEL_OF = {(type(member), member.value): text for member, text in _LABELS}


def label(value: StrEnum) -> str:
    """The msgid of a member of any dictionary of events."""
    return _LABEL_OF[type(value), value.value]
