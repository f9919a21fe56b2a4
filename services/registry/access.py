"""Who may see or do what in the registry (model 3.5), on facts, without a database.

Row-level scope: ТМС and МОУО reach their own municipality, an organisation reaches itself, the
public sees open fields only.
"""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from services.registry.rules.kinds import ActLevel, FactKind, SearchKind
from services.registry.rules.papers import PaperKind
from shared.person import Person, Role
from shared.refusal import N_, NotAllowed

_MANAGERS = (Role.OPERATOR, Role.SYSTEM_ADMIN)
_READS_ALL = (Role.OPERATOR, Role.SYSTEM_ADMIN, Role.IRO)
_COUNCILS = (Role.SECRETARY, Role.COUNCIL)
#: Kinds of things whose names everybody reads; any other kind is found by its own scope only.
OPEN_KINDS = frozenset(
    {SearchKind.ORGANISATION, SearchKind.PLATFORM, SearchKind.ACT, SearchKind.MUNICIPALITY}
)
#: Who speaks for a party of an agreement.
REMINDED = (Role.TMS, Role.ORGANISATION)
_TERRITORIAL = (Role.TMS, Role.EDU_AUTHORITY)
#: Papers with nothing personal in them, for everybody signed in (D-11, D-19, D-20).
_OPEN_PAPERS = (PaperKind.D11_ROADMAP, PaperKind.D19_EXTRACT, PaperKind.D20_BIBLIOGRAPHY)


def require(allowed: bool, text: str = N_("У вас нет права на это действие")) -> None:
    """Refuse with NotAllowed unless a predicate of this module holds."""
    if not allowed:
        raise NotAllowed(text)


def acting(who: Person, *roles: Role) -> Person:
    """The same person in these roles only: what another role reaches stays out of their lists (model 3.6)."""
    return replace(who, grants=tuple(grant for grant in who.grants if grant.role in roles))


def may_manage(who: Person) -> bool:
    """The operator and the administrator keep organisations, municipalities and people (model 3.5: CRU)."""
    return who.has(*_MANAGERS)


def may_manage_accounts(who: Person) -> bool:
    """Accounts are kept by the same people, in person: a program with a personal token lets nobody in."""
    return may_manage(who) and not who.by_token


def may_secure_itself(who: Person) -> bool:
    """Password, second factor, linked login and tokens are a person's own affair, never a program's."""
    return who.account_id is not None and not who.by_token


def may_import(who: Person) -> bool:
    """The operator and the administrator bring tables into the registry (model 3.5: CRU)."""
    return who.has(*_MANAGERS)


def may_operate(who: Person) -> bool:
    """Only the operator runs agreements, statuses and proposals (model 3.5: CRUA)."""
    return who.has(Role.OPERATOR)


def may_record_act(who: Person, level: ActLevel) -> bool:
    """The operator and the ИРО enter any act, a МОУО municipal and local ones, a ТМС local ones."""
    if who.has(Role.OPERATOR, Role.IRO):
        return True
    if who.has(Role.EDU_AUTHORITY) and level in (ActLevel.MUNICIPAL, ActLevel.LOCAL):
        return True
    return who.has(Role.TMS) and level is ActLevel.LOCAL


def keeps_all_drafts(who: Person) -> bool:
    """The operator and the ИРО keep every draft of an act; the others their own."""
    return who.has(Role.OPERATOR, Role.IRO)


def may_keep_draft(who: Person, level: ActLevel, *, own: bool) -> bool:
    """A draft is seen and decided by those who keep all drafts, or by its author within the own levels."""
    return keeps_all_drafts(who) or (own and may_record_act(who, level))


def may_print_bibliography(who: Person) -> bool:
    """The list of acts is printed by those who enter acts and by organisations, for their applications."""
    return who.has(Role.OPERATOR, Role.IRO, *_TERRITORIAL, Role.ORGANISATION)


def may_audit_bases(who: Person) -> bool:
    """What rests on which act is an inner list, because it names the grounds of every status."""
    return who.has(*_READS_ALL)


def may_relate_acts(who: Person, *, own_source: bool) -> bool:
    """Relations of an act are entered by the operator, the ИРО, or whoever entered the act itself."""
    return who.has(Role.OPERATOR, Role.IRO) or own_source


def reads_all_agreements(who: Person) -> bool:
    """Whether the person reads every agreement; the others read their own (model 3.5)."""
    return who.has(*_READS_ALL)


def agreement_scope(who: Person) -> tuple[set[UUID], set[str]]:
    """Organisations and municipalities whose agreements the person reads (model 3.5: own, own territory)."""
    return who.organisations(Role.TMS, Role.ORGANISATION), who.municipalities(*_TERRITORIAL)


def may_read_agreement(who: Person, parties: Collection[UUID], municipality: str | None) -> bool:
    """An agreement is read by its parties and by the МОУО of its territory; the public sees counts only."""
    organisations, municipalities = agreement_scope(who)
    return (
        reads_all_agreements(who)
        or bool(organisations.intersection(parties))
        or municipality in municipalities
    )


def may_sign(who: Person, organisation: UUID) -> bool:
    """The operator records signatures of the parties; a ТМС signs for itself (model 3.5: own, sign)."""
    return who.has(Role.OPERATOR) or organisation in who.organisations(Role.TMS)


def may_read_projects(who: Person) -> bool:
    """Projects and approved roadmaps of the network are open to everybody signed in (S-055)."""
    return not who.is_public


def may_draft_roadmap(who: Person, municipality: str | None) -> bool:
    """The operator composes any roadmap and marks its progress, ТМС and МОУО that of their municipality."""
    return who.has(Role.OPERATOR) or municipality in who.municipalities(*_TERRITORIAL)


def may_recommend(who: Person, municipality: str) -> bool:
    """ТМС and МОУО recommend for their municipality; the operator enters what came by letter (S-003)."""
    return who.has(Role.OPERATOR) or municipality in who.municipalities(*_TERRITORIAL)


def reads_all_recommendations(who: Person) -> bool:
    """Whether the person reads every recommendation; ТМС and МОУО read those of their municipality."""
    return who.has(*_READS_ALL)


def recommendation_scope(who: Person) -> set[str]:
    """Municipalities whose recommendations the person reads (S-003)."""
    return who.municipalities(*_TERRITORIAL)


def case_scope(who: Person) -> tuple[set[UUID], set[str]]:
    """Organisations, and municipalities as their МОУО, whose cases the person has; the operator has all."""
    return who.organisations(Role.TMS, Role.ORGANISATION), who.municipalities(Role.EDU_AUTHORITY)


def may_reach_case(who: Person, organisation: UUID | None, municipality: str) -> bool:
    """A case is reached by the operator and by the one requester whose case it is, by nobody else (S-055).

    A case without an organisation belongs to the МОУО of the municipality.
    """
    organisations, municipalities = case_scope(who)
    own = municipality in municipalities if organisation is None else organisation in organisations
    return who.has(Role.OPERATOR) or own


def parties_spoken_for(who: Person, operator: UUID, parties: Collection[UUID]) -> set[UUID]:
    """Parties of an agreement that the person reads reminders for: the operator's, or the own (BR-15)."""
    own = who.organisations(*REMINDED).intersection(parties)
    return own | {operator} if who.has(Role.OPERATOR) else own


def readable_facts(who: Person) -> list[FactKind]:
    """Facts of every subject that the person reads in registers of everything; the others have a scope."""
    closed = {FactKind.HEAD}
    if not reads_all_agreements(who):
        closed |= {FactKind.AGREEMENT, FactKind.MEMBERSHIP}
    if not reads_all_platforms(who):
        closed |= {FactKind.STATUS, FactKind.PARTY}
    return [kind for kind in FactKind if kind not in closed]


def may_read_organisation(who: Person, organisation: UUID, municipality: str | None) -> bool:
    """Inner fields of an organisation (raw spellings, e-mail, codes): some roles all, the rest own rows."""
    if who.has(*_READS_ALL, *_COUNCILS, Role.EXPERT):
        return True
    return organisation in who.organisations() or municipality in who.municipalities(*_TERRITORIAL)


def reads_all_platforms(who: Person) -> bool:
    """Whether the person reads grounds and history of every status; the others within their scope."""
    return who.has(*_READS_ALL, *_COUNCILS, Role.EXPERT)


def may_read_platform(who: Person, organisations: Collection[UUID], municipality: str | None) -> bool:
    """Grounds and history of a status: some roles all, ТМС and МОУО their territory, the rest own rows."""
    return (
        reads_all_platforms(who)
        or bool(who.organisations().intersection(organisations))
        or municipality in who.municipalities(*_TERRITORIAL)
    )


def may_apply_for_platform(who: Person, holders: Collection[UUID], municipality: str | None) -> bool:
    """The operator, the holder itself, or the ТМС of its territory proposes a platform (model 3.5)."""
    if who.has(Role.OPERATOR):
        return True
    own = who.organisations(Role.ORGANISATION)
    return bool(own.intersection(holders)) or municipality in who.municipalities(Role.TMS)


def may_speak_for_platform(who: Person, holders: Collection[UUID]) -> bool:
    """The operator, or a holder itself, hands in the platform's reports and keeps the words of its card."""
    own = who.organisations(Role.ORGANISATION, Role.TMS)
    return who.has(Role.OPERATOR) or bool(own.intersection(holders))


def reads_all_people(who: Person) -> bool:
    """People are personal data: the operator, the administrator and the contest secretary read all."""
    return who.has(*_MANAGERS, Role.SECRETARY)


def may_read_person(who: Person, person: UUID, organisation: UUID | None) -> bool:
    """One reads oneself; ТМС, МОУО and organisations read their own people."""
    return reads_all_people(who) or who.person_id == person or organisation in people_scope(who)


def people_scope(who: Person) -> set[UUID]:
    """Organisations whose people the person reads."""
    return who.organisations(Role.TMS, Role.EDU_AUTHORITY, Role.ORGANISATION)


def searched_kinds(who: Person) -> set[SearchKind]:
    """Kinds of things that the person can find at all: open ones, agreements and people by scope."""
    kinds = set(OPEN_KINDS)
    if reads_all_agreements(who) or any(agreement_scope(who)):
        kinds.add(SearchKind.AGREEMENT)
    if reads_all_people(who) or people_scope(who) or who.person_id:
        kinds.add(SearchKind.PERSON)
    return kinds


def may_grant(who: Person, roles: Collection[Role]) -> bool:
    """Only the administrator makes administrators and operators; the operator gives the other roles."""
    if who.by_token:
        return False
    if who.has(Role.SYSTEM_ADMIN):
        return True
    return who.has(Role.OPERATOR) and not {Role.SYSTEM_ADMIN, Role.OPERATOR}.intersection(roles)


def may_read_account(who: Person, account: UUID) -> bool:
    """Accounts are seen by the administrator and the operator; everybody sees the own one."""
    return may_manage(who) or who.account_id == account


def may_read_paper(who: Person, kind: PaperKind, person: UUID | None) -> bool:
    """Open papers are for everybody signed in, personal ones for managers and the person (BR-67)."""
    if who.has(*_MANAGERS):
        return True
    if kind in _OPEN_PAPERS:
        return not who.is_public
    return person is not None and who.person_id == person


def may_read_privacy(who: Person, person: UUID) -> bool:
    """Consents, bases, requests and the log of readings: for managers and for the person (model 3.5)."""
    return may_manage(who) or who.person_id == person


def may_consent(who: Person, person: UUID) -> bool:
    """A consent is given and withdrawn by the person alone, or entered from paper by the operator (PD-01)."""
    return who.has(Role.OPERATOR) or who.person_id == person


def may_request_data(who: Person, person: UUID, organisation: UUID | None) -> bool:
    """Oneself; ТМС and organisations for their own people; the operator for whoever wrote (model 3.5)."""
    if who.has(Role.OPERATOR) or who.person_id == person:
        return True
    return organisation in who.organisations(Role.TMS, Role.ORGANISATION)


def may_publish_policy(who: Person) -> bool:
    """The administrator publishes the policy of personal data (PD-09)."""
    return who.has(Role.SYSTEM_ADMIN)
