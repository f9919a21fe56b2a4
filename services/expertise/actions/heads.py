"""Signed heads of an edition's log: what it holds is checked, signed and told outside (F6)."""

from uuid import UUID

import sqlalchemy as sa
import structlog

from services.expertise import access
from services.expertise.actions.log_keys import signing_key
from services.expertise.messages import TreeHeadSigned
from services.expertise.model import ContestEdition, LedgerCount, LedgerLine, TreeHead
from services.expertise.queries import found
from shared import clock, heads
from shared.merkle import Tree, leaf
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work

log = structlog.get_logger()


def sign_edition_head(who: Person, *, edition_id: UUID) -> int:
    """The secretary or operator signs the log as it is now; gives how many lines the head covers (F6)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        edition = found.edition(u.session, edition_id)
        if u.session.get(LedgerCount, edition_id) is None:
            raise Refused("F6", N_("В журнале выпуска ещё нет записей"))
        head = sign_head(u, edition)
        u.journal("tree_head.signed", head, {"size": head.size, "root": head.root})
        return head.size


def sign_head(u: Unit, edition: ContestEdition) -> TreeHead:
    """Sign the head of everything that the log holds now; nothing new gives the last head again (F6).

    The lines are read and hashed anew: a log that is not the one signed before is never signed again.
    """
    u.session.flush()
    tree = _checked_tree(u, edition)
    last = _last(u, edition.id)
    if last is not None and (tree.size < last.size or tree.root_of(last.size).hex() != last.root):
        log.error("log differs from its signed head", edition=str(edition.id), size=last.size)
        raise _broken()
    key, private = signing_key(u)
    if last is not None and last.size == tree.size and last.kid == key.kid:
        return last
    now, public = clock.now(), private.public_key().public_bytes_raw()
    signed = heads.head_of(edition=edition.id, size=tree.size, root=tree.root, at=now, public=public)
    head = u.add(
        TreeHead(
            edition_id=edition.id,
            number=last.number + 1 if last else 1,
            size=tree.size,
            root=signed.root,
            at=now,
            kid=key.kid,
            text=signed.text,
            signature=heads.sign(signed, private),
        )
    )
    before = last.size if last else 0
    u.tell(_told(head, key.public, before, [one.hex() for one in tree.consistency(before)]), of=head)
    return head


def _checked_tree(u: Unit, edition: ContestEdition) -> Tree:
    """The tree over the lines of the log, which must be as many as were counted; nobody adds one meanwhile."""
    counter = u.session.get(LedgerCount, edition.id, with_for_update=True, populate_existing=True)
    rows = u.session.execute(
        sa.select(LedgerLine.seq, LedgerLine.line)
        .where(LedgerLine.edition_id == edition.id)
        .order_by(LedgerLine.seq)
    ).all()
    if [row.seq for row in rows] != list(range(counter.size if counter else 0)):
        log.error("lines of a log are missing", edition=str(edition.id), lines=len(rows))
        raise _broken()
    return Tree([leaf(row.line) for row in rows])


def _last(u: Unit, edition_id: UUID) -> TreeHead | None:
    return u.session.scalar(
        sa.select(TreeHead).where(TreeHead.edition_id == edition_id).order_by(TreeHead.number.desc()).limit(1)
    )


def _told(head: TreeHead, public: str, before: int, consistency: list[str]) -> TreeHeadSigned:
    return TreeHeadSigned(
        edition_id=head.edition_id,
        head_id=head.id,
        number=head.number,
        size=head.size,
        root=head.root,
        signed_at=head.at,
        kid=head.kid,
        public_key=public,
        text=head.text,
        signature=head.signature,
        previous_size=before,
        consistency=consistency,
    )


def _broken() -> Refused:
    return Refused(
        "F6",
        N_(
            "Журнал выпуска не сходится с подписанным ранее: записи изменены или удалены мимо программы. "
            "Сохраните базу и обратитесь к администратору"
        ),
    )
