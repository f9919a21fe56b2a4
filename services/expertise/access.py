"""Who may see or do what in contests: pure predicates on a person and facts (model 3.5).

Row-level scope is mandatory; nobody both assigns experts and scores.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from services.expertise.rules.papers import PaperKind
from services.expertise.rules.states import stage_is_closed
from services.expertise.rules.vocabulary import EditionState, StageKind
from shared.person import Person, Role
from shared.refusal import N_, NotAllowed, Refused, SignInNeeded

APPLICANTS = (Role.ORGANISATION, Role.TMS)
ALL_ENTRIES = (Role.SECRETARY, Role.OPERATOR, Role.COUNCIL)


@dataclass(frozen=True)
class EntryScope:
    """Which entries a person may see: all, of some organisations or territories, assigned, published."""

    everything: bool = False
    organisations: frozenset[UUID] = frozenset()
    municipalities: frozenset[str] = frozenset()
    person_id: UUID | None = None
    published: bool = False


def entry_scope(who: Person) -> EntryScope:
    """An applicant sees its own entries, a territory its own, an expert the assigned, ИРО the published."""
    if who.has(*ALL_ENTRIES):
        return EntryScope(everything=True)
    return EntryScope(
        organisations=frozenset(who.organisations(*APPLICANTS)),
        municipalities=frozenset(who.municipalities(Role.EDU_AUTHORITY)),
        person_id=who.person_id if who.has(Role.EXPERT) else None,
        published=who.has(Role.IRO),
    )


def may_see_entry(
    who: Person,
    parties: Collection[UUID],
    municipality_oktmo: str | None,
    published: bool,
    readers: Collection[UUID],
) -> bool:
    """Whether the entry is in the person's scope; ``readers`` declared their independence (BR-42)."""
    scope = entry_scope(who)
    return (
        scope.everything
        or bool(scope.organisations & set(parties))
        or municipality_oktmo in scope.municipalities
        or (scope.person_id is not None and scope.person_id in readers)
        or (scope.published and published)
    )


def may_see_applicant(
    who: Person, parties: Collection[UUID], municipality_oktmo: str | None, experts: Collection[UUID]
) -> bool:
    """Who knows whose a blind work is: the contest's staff, the parties, their territory; ``experts`` never (F18).

    Whoever was asked to judge the work is its expert, whatever other roles this person has.
    """
    if who.person_id in experts and not who.has(Role.SECRETARY):
        return False
    return may_see_entry(who, parties, municipality_oktmo, False, ())


def may_keep_contests(who: Person) -> bool:
    """Series, rubrics and editions are kept by the operator and the secretary."""
    return who.has(Role.OPERATOR, Role.SECRETARY)


def require_contest_keeper(who: Person) -> None:
    """Refuse whoever may not keep contests."""
    if not may_keep_contests(who):
        raise NotAllowed()


def require_operator(who: Person) -> None:
    """An edition is approved by the operator."""
    if not who.has(Role.OPERATOR):
        raise NotAllowed(N_("Выпуск конкурса утверждает оператор сети"))


def require_key_keeper(who: Person) -> None:
    """Keys of the service are replaced by the administrator."""
    if not who.has(Role.SYSTEM_ADMIN):
        raise NotAllowed(N_("Ключи меняет администратор"))


def is_secretary(who: Person) -> bool:
    """Entries, assignments and protocols are run by the contest secretary."""
    return who.has(Role.SECRETARY)


def require_secretary(who: Person) -> None:
    """Refuse whoever is not the contest secretary."""
    if not is_secretary(who):
        raise NotAllowed(N_("Это делает секретарь конкурса"))


def require_assigner(who: Person, expert_persons: Collection[UUID]) -> None:
    """No role may both assign experts and score (model 3.5)."""
    require_secretary(who)
    if who.person_id in expert_persons:
        raise NotAllowed(N_("Эксперт не может назначать экспертов"))


def check_may_be_expert(roles: Collection[Role]) -> None:
    """A contest secretary is not enrolled as an expert (model 3.5)."""
    if Role.SECRETARY in roles:
        raise Refused("ROLE", N_("Секретарь конкурса не может быть экспертом"), field="person_id")


def may_file_for(who: Person, organisation_id: UUID) -> bool:
    """An organisation or ТМС files its own entries; the secretary may file on paper for anybody."""
    return who.has(Role.SECRETARY) or organisation_id in who.organisations(*APPLICANTS)


def require_applicant(who: Person, organisation_id: UUID) -> None:
    """Refuse to act for somebody else's organisation."""
    if not may_file_for(who, organisation_id):
        raise NotAllowed(N_("Заявку ведёт только сам соискатель"))


def is_the_expert(who: Person, expert_person_id: UUID) -> bool:
    """An expert works with own assignments only, and a secretary never scores (model 3.5)."""
    if who.is_system:
        return True
    return who.has(Role.EXPERT) and not who.has(Role.SECRETARY) and who.person_id == expert_person_id


def require_the_expert(who: Person, expert_person_id: UUID) -> None:
    """Refuse somebody else's assignment."""
    if not is_the_expert(who, expert_person_id):
        raise NotAllowed(N_("Это назначение другого эксперта"))


def require_sheet_reader(who: Person, expert_person_id: UUID) -> None:
    """A paper about a sheet is for the secretary and for the expert who signed it (BR-44)."""
    if not is_secretary(who) and not is_the_expert(who, expert_person_id):
        raise NotAllowed(N_("Это лист другого эксперта"))


def may_see_rating(who: Person, edition: EditionState, stages: Collection[StageKind]) -> bool:
    """The secretary sees the rating at any time, operator and council when every expert stage is closed."""
    if who.has(Role.SECRETARY):
        return True
    closed = all(stage_is_closed(stage, edition) for stage in stages)
    return closed and who.has(Role.OPERATOR, Role.COUNCIL)


def may_see_sheets(who: Person, edition: EditionState, stage: StageKind) -> bool:
    """Sheets are for the secretary, and after the stage for operator and council (BR-44)."""
    return who.has(Role.SECRETARY) or (
        stage_is_closed(stage, edition) and who.has(Role.OPERATOR, Role.COUNCIL)
    )


def may_browse_log(who: Person) -> bool:
    """The log of an edition is browsed by those who see every entry; it holds no open mark of a running stage."""
    return who.has(*ALL_ENTRIES)


def may_take_log(who: Person, published: bool) -> bool:
    """Everybody may take the log and check it once the results are published (F6)."""
    return published or may_browse_log(who)


def may_prove_entry(who: Person, parties: Collection[UUID]) -> bool:
    """The proof of an entry is for its applicants and for those who see every entry."""
    return may_browse_log(who) or bool(set(parties) & set(who.organisations(*APPLICANTS)))


def require_council_keeper(who: Person) -> None:
    """Decisions are recorded by the secretary or a member of the council."""
    if not who.has(Role.SECRETARY, Role.COUNCIL):
        raise NotAllowed(N_("Решения совета вносит секретарь или член совета"))


def may_keep_session(who: Person, secretary_id: UUID | None) -> bool:
    """A protocol is written by the contest secretary or by the secretary of the council itself."""
    return who.has(Role.SECRETARY) or (who.person_id is not None and who.person_id == secretary_id)


def require_session_keeper(who: Person, secretary_id: UUID | None) -> None:
    """Refuse whoever does not write the protocol."""
    if not may_keep_session(who, secretary_id):
        raise NotAllowed(N_("Протокол ведёт секретарь конкурса или секретарь совета"))


def may_read_session(who: Person, seats: Collection[UUID], published: bool) -> bool:
    """A protocol is read by secretary, operator and council, by its members, and by all once published (BR-62)."""
    return published or who.has(*ALL_ENTRIES) or who.person_id in seats


def may_read_ballots(who: Person, seats: Collection[UUID]) -> bool:
    """Who voted how, and who did not because of a conflict, is for the council and the secretariat."""
    return who.has(*ALL_ENTRIES) or who.person_id in seats


def may_decide_appeal(who: Person, hearers: Collection[UUID]) -> bool:
    """The secretary writes the decision of the appeal commission down, or one of those who hear it (BR-59)."""
    return who.has(Role.SECRETARY) or (who.person_id is not None and who.person_id in hearers)


def require_appeal_decider(who: Person, hearers: Collection[UUID]) -> None:
    """Refuse whoever does not hear the appeal."""
    if not may_decide_appeal(who, hearers):
        raise NotAllowed(N_("Апелляцию рассматривает комиссия, решение вносит её член или секретарь конкурса"))


def require_signed_in(who: Person) -> None:
    """Lists for forms are for people who are known."""
    if who.is_public:
        raise SignInNeeded()


#: Papers that the secretary, the operator and the council read whatever they are about.
_STAFF = (Role.SECRETARY, Role.OPERATOR, Role.COUNCIL)
#: Papers about an entry that its applicant may have before the results are published.
BEFORE_RESULTS = frozenset({PaperKind.D04_TECHNICAL_ACT, PaperKind.D18_APPLICATION})
#: Papers about a sheet: what they say is a secret of the jury until the stage is closed.
_SHEETS = frozenset({PaperKind.D02_CONCLUSION, PaperKind.D03_SHEET})


def may_read_paper(who: Person, kind: PaperKind) -> bool:
    """Papers are for secretary, operator and council; those about a sheet for the secretary alone (BR-44)."""
    return who.has(Role.SECRETARY) if kind in _SHEETS else who.has(*_STAFF)


def require_waiving(who: Person) -> None:
    """A conflict of interest is waived by the operator, who answers for the act (F17)."""
    if not who.has(Role.OPERATOR):
        raise NotAllowed(N_("Конфликт интересов снимает оператор сети по акту"))


def require_conflict_reader(who: Person) -> None:
    """Conflicts of experts are seen by the secretary and the operator."""
    if not who.has(Role.SECRETARY, Role.OPERATOR):
        raise NotAllowed()


def require_declarer(who: Person, expert_person_id: UUID | None) -> None:
    """An expert alone declares the own conflicts (BR-42)."""
    if expert_person_id is None or not is_the_expert(who, expert_person_id):
        raise NotAllowed(N_("О конфликте интересов заявляет сам эксперт"))
