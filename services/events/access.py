"""Who may do and see what at events: pure predicates (model 3.5).

Events are open to read. Personal data of participants is not: the operator and the system
administrator see everybody, a ТМС and an organisation their own people, everybody else oneself.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from services.events.rules.kinds import Audience, ParticipationRole
from services.events.rules.registration import OPEN_ROLES
from shared.person import Person, Role
from shared.refusal import N_, NotAllowed, SignInNeeded

#: Roles that act for an organisation and answer for its people.
OF_PEOPLE = (Role.TMS, Role.ORGANISATION)


@dataclass(frozen=True)
class Scope:
    """Whose personal data may be seen: everybody's, or of these organisations and of oneself."""

    everybody: bool = False
    organisations: frozenset[UUID] = frozenset()
    person_id: UUID | None = None

    def sees(self, organisation_id: UUID | None, person_id: UUID | None) -> bool:
        """Whether one participant is within the scope."""
        return (
            self.everybody
            or (organisation_id is not None and organisation_id in self.organisations)
            or (person_id is not None and person_id == self.person_id)
        )


def personal_scope(who: Person) -> Scope:
    """Whose participation, attendance and certificates ``who`` may see."""
    return Scope(
        everybody=who.has(Role.OPERATOR, Role.SYSTEM_ADMIN),
        organisations=frozenset(who.organisations(*OF_PEOPLE)),
        person_id=who.person_id,
    )


def counted_municipalities(who: Person) -> frozenset[str] | None:
    """Of which municipalities ``who`` sees counts of participants; None means of all."""
    if who.has(Role.OPERATOR, Role.SYSTEM_ADMIN, Role.IRO):
        return None
    return frozenset(who.municipalities(Role.TMS, Role.EDU_AUTHORITY))


def may_plan(who: Person) -> bool:
    """Whether ``who`` may announce events at all."""
    return who.has(Role.OPERATOR, Role.TMS, Role.IRO)


def must_plan(who: Person, organiser_ids: Collection[UUID]) -> None:
    """The operator plans any event; a ТМС and the ИРО those that they organise themselves."""
    _signed_in(who)
    if who.has(Role.OPERATOR) or who.organisations(Role.TMS, Role.IRO) & set(organiser_ids):
        return
    raise NotAllowed(N_("Вы можете объявлять только мероприятия своей организации"))


def manages(who: Person, organiser_ids: Collection[UUID]) -> bool:
    """The operator leads any event, a ТМС its own."""
    return who.has(Role.OPERATOR) or bool(led_organisations(who) & set(organiser_ids))


def led_organisations(who: Person) -> frozenset[UUID]:
    """Organisations whose events this person leads."""
    return frozenset(who.organisations(Role.TMS))


def must_manage(who: Person, organiser_ids: Collection[UUID]) -> None:
    """Refuse whoever does not lead the event."""
    _signed_in(who)
    if not manages(who, organiser_ids):
        raise NotAllowed(N_("Вести мероприятие может только его организатор"))


def keeps_attendance(who: Person) -> bool:
    """Attendance and certificates of everybody are kept by the operator only."""
    return who.has(Role.OPERATOR)


def must_keep_attendance(who: Person) -> None:
    """Refuse whoever is not the operator."""
    _signed_in(who)
    if not keeps_attendance(who):
        raise NotAllowed(N_("Посещаемость, сертификаты и списки участников ведёт оператор сети"))


def must_keep_series(who: Person) -> None:
    """Series of events are a dictionary of the operator."""
    _signed_in(who)
    if not who.has(Role.OPERATOR):
        raise NotAllowed(N_("Серии мероприятий ведёт оператор сети"))


def must_register(
    who: Person,
    *,
    leads: bool,
    audience: Audience,
    role: ParticipationRole,
    organisation_id: UUID | None,
    person_id: UUID | None,
) -> None:
    """The operator registers anybody, a ТМС and an organisation their people, others only themselves.

    The public form takes anybody to an open event, but in no other person's name.
    """
    if who.has(Role.OPERATOR):
        return
    if role not in OPEN_ROLES and not leads:
        raise NotAllowed(N_("Эту роль назначает организатор мероприятия"))
    if organisation_id is not None and organisation_id in who.organisations(*OF_PEOPLE):
        return
    if person_id is not None and person_id == who.person_id:
        return
    if person_id is None and audience is Audience.OPEN and role is ParticipationRole.ATTENDEE:
        return
    _signed_in(who)
    raise NotAllowed(N_("Вы можете зарегистрировать только себя и людей своей организации"))


def must_own_registration(
    who: Person, *, organisation_id: UUID | None, person_id: UUID | None, code_shown: bool
) -> None:
    """A registration is cancelled by its owner, the owner's organisation, the operator, or by its code."""
    scope = personal_scope(who)
    if code_shown or who.has(Role.OPERATOR):
        return
    if not scope.everybody and scope.sees(organisation_id, person_id):
        return
    raise NotAllowed(N_("Эта регистрация принадлежит другому человеку"))


def _signed_in(who: Person) -> None:
    if who.is_public:
        raise SignInNeeded
