"""Roadmaps: composed as a draft, approved on the ground of an act or agreement, versioned (S-053, D-11)."""

from datetime import date
from uuid import UUID

from services.registry import access, model, queries
from services.registry.actions import territory
from services.registry.actions.citing import cite
from services.registry.actions.organisations import need
from services.registry.actions.papers import issue_paper
from services.registry.rules import roadmaps
from services.registry.rules.names import clean
from services.registry.rules.papers import PaperKind
from services.registry.rules.project_kinds import DuePrecision, Section
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def draft_roadmap(
    who: Person, *, title: str, project_id: UUID | None = None, municipality_oktmo: str | None = None
) -> UUID:
    """Begin a roadmap of a project (operator) or of a municipality (its ТМС, МОУО too) (S-053, BR-18)."""
    access.require(access.may_draft_roadmap(who, municipality_oktmo))
    if not title.strip():
        raise Refused("ROADMAP", N_("Укажите название"), field="title")
    if (project_id is None) == (municipality_oktmo is None):
        raise Refused(
            "ROADMAP", N_("Карта принадлежит либо проекту, либо муниципалитету"), field="project_id"
        )
    with work(who) as u:
        if municipality_oktmo is not None:
            territory.need(u, municipality_oktmo)
        elif project_id is not None:
            u.get(model.NetworkProject, project_id)
        row = u.add(
            model.Roadmap(
                title=clean(title),
                project_id=project_id,
                municipality_oktmo=municipality_oktmo,
                versions=[model.RoadmapVersion(no=1, items=[])],
            )
        )
        u.journal("roadmap.drafted", row)
        return row.id


def add_item(
    who: Person,
    *,
    roadmap_id: UUID,
    section: Section | str,
    title: str,
    due_on: date,
    due_precision: DuePrecision | str = DuePrecision.DAY,
    responsible_id: UUID | None = None,
    responsible_words: str | None = None,
    result: str | None = None,
) -> UUID:
    """Enter an item into the draft; it is numbered inside its section (D-11)."""
    with work(who) as u:
        row, draft = composed(u, roadmap_id)
        item = model.RoadmapItem(position=1 + max((one.position for one in draft.items), default=0))
        _say(u, item, section, title, (due_on, due_precision), (responsible_id, responsible_words), result)
        draft.items.append(item)
        u.journal("roadmap.item_added", row, {"title": item.title})
        return item.id


def change_item(
    who: Person,
    *,
    roadmap_id: UUID,
    item_id: UUID,
    section: Section | str,
    title: str,
    due_on: date,
    due_precision: DuePrecision | str = DuePrecision.DAY,
    responsible_id: UUID | None = None,
    responsible_words: str | None = None,
    result: str | None = None,
) -> None:
    """Correct an item of the draft; an approved version is never edited (D-11)."""
    with work(who) as u:
        row, _draft, item = _drafted(u, roadmap_id, item_id)
        _say(u, item, section, title, (due_on, due_precision), (responsible_id, responsible_words), result)
        u.journal("roadmap.item_changed", row, {"title": item.title})


def drop_item(who: Person, *, roadmap_id: UUID, item_id: UUID) -> None:
    """Take an item out of the draft; approved versions keep theirs (D-11)."""
    with work(who) as u:
        row, draft, item = _drafted(u, roadmap_id, item_id)
        draft.items.remove(item)
        u.journal("roadmap.item_dropped", row, {"title": item.title})


def new_version(who: Person, *, roadmap_id: UUID) -> int:
    """Begin a new version as a copy of the approved one, with the due dates as they are now (S-053)."""
    with work(who) as u:
        row = owned(u, roadmap_id)
        newest = row.newest
        if newest is None or row.draft is not None:
            raise Refused("ROADMAP", N_("Проект новой версии уже составляется"))
        today = clock.today()
        copies = []
        for item in newest.items:
            due = row.standing(item, newest.no, today).due
            precision = item.due_precision if due == item.due_on else DuePrecision.DAY
            copies.append(
                model.RoadmapItem(
                    item_key=item.item_key,
                    position=item.position,
                    section=item.section,
                    title=item.title,
                    due_on=due,
                    due_precision=precision,
                    responsible_id=item.responsible_id,
                    responsible_words=item.responsible_words,
                    result=item.result,
                )
            )
        number = row.versions[-1].no + 1
        row.versions.append(model.RoadmapVersion(no=number, items=copies))
        u.journal("roadmap.version_begun", row, {"version": number})
        return number


def discard_draft(who: Person, *, roadmap_id: UUID) -> None:
    """Give up the draft of a new version; the approved one stays as it is (S-053)."""
    with work(who) as u:
        row, draft = composed(u, roadmap_id)
        if row.newest is None:
            raise Refused("ROADMAP", N_("У карты ещё нет утверждённой версии"))
        row.versions.remove(draft)
        u.journal("roadmap.version_discarded", row, {"version": draft.no})


def approve_roadmap(
    who: Person,
    *,
    roadmap_id: UUID,
    approved_on: date,
    approved_by: str,
    act_id: UUID | None = None,
    agreement_id: UUID | None = None,
) -> None:
    """Record that the draft was approved, by whom and on what ground; from here on it is never edited (S-053)."""
    access.require(access.may_operate(who))
    with work(who) as u:
        row = owned(u, roadmap_id)
        draft, previous = row.draft, row.newest
        if draft is None:
            raise Refused("ROADMAP", N_("Утвердить можно только проект дорожной карты"))
        act = cite(u, act_id, approved_on) if act_id else None
        agreement = u.get(model.Agreement, agreement_id) if agreement_id else None
        roadmaps.check_approval(
            len(draft.items),
            approved_on,
            clock.today(),
            previous=previous.approved_on if previous else None,
            bases=[ground.date for ground in (act, agreement) if ground is not None],
            signed=approved_by,
        )
        draft.state = roadmaps.approve(draft.state)
        draft.approved_on, draft.approved_by = approved_on, clean(approved_by)
        draft.act, draft.agreement = act, agreement
        draft.recorded_at, draft.recorded_by = clock.now(), who.account_id
        u.journal("roadmap.approved", row, {"version": draft.no, "on": approved_on.isoformat()})
        u.announce(row)


def print_roadmap(who: Person, *, roadmap_id: UUID) -> UUID:
    """Issue the approved roadmap on paper, with number, code and hashes (D-11, BR-67)."""
    with work(who) as u:
        row = owned(u, roadmap_id)
        if row.newest is None:
            raise Refused("BR-67", N_("Печатается утверждённая карта"))
        card = queries.roadmap(who, roadmap_id, version=row.newest.no)
        paper = issue_paper(
            u,
            kind=PaperKind.D11_ROADMAP,
            object_id=row.newest.id,
            build=lambda requisites: queries.roadmap_paper(card, requisites),
        )
        return paper.id


def owned(u: Unit, roadmap_id: UUID) -> model.Roadmap:
    """A roadmap that this person composes and marks; locked, for two people must not do it at once."""
    row = u.session.get(model.Roadmap, roadmap_id, with_for_update=True)
    if row is None:
        raise NotFound(N_("дорожная карта"))
    access.require(access.may_draft_roadmap(u.who, row.municipality_oktmo))
    return row


def composed(u: Unit, roadmap_id: UUID) -> tuple[model.Roadmap, model.RoadmapVersion]:
    """A roadmap and its draft; without a draft there is nothing to edit (D-11)."""
    row = owned(u, roadmap_id)
    version = row.versions[-1]
    roadmaps.check_draft(version.state)
    return row, version


def _drafted(
    u: Unit, roadmap_id: UUID, item_id: UUID
) -> tuple[model.Roadmap, model.RoadmapVersion, model.RoadmapItem]:
    """An item of the draft; an item of an approved version is refused (D-11)."""
    row = owned(u, roadmap_id)
    for version in row.versions:
        for item in version.items:
            if item.id == item_id:
                roadmaps.check_draft(version.state)
                return row, version, item
    raise NotFound(N_("пункт дорожной карты"))


def _say(
    u: Unit,
    item: model.RoadmapItem,
    section: Section | str,
    title: str,
    term: tuple[date, DuePrecision | str],
    responsible: tuple[UUID | None, str | None],
    result: str | None,
) -> None:
    day, precision = term[0], DuePrecision(term[1])
    organisation_id, words = responsible
    if not title.strip():
        raise Refused("ROADMAP_ITEM", N_("Укажите название"), field="title")
    if organisation_id is None and not (words and words.strip()):
        raise Refused("ROADMAP_ITEM", N_("Укажите ответственного"), field="responsible_id")
    item.section, item.title = Section(section), clean(title)
    item.due_on, item.due_precision = roadmaps.last_day(day, precision), precision
    item.responsible_org = need(u, organisation_id, "responsible_id") if organisation_id else None
    item.responsible_words = clean(words) if words else None
    item.result = clean(result) if result else None
