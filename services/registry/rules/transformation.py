"""BR-18: how a municipality turns its methodical service into a part of the network, stage by stage."""

from collections.abc import Iterable, Mapping

from services.registry.rules.kinds import Evidence, Stage
from services.registry.rules.labels import label
from shared.refusal import N_, Refused

#: What each stage asks for; the registry itself knows agreements and platforms, the rest is shown to it.
NEEDED: Mapping[Stage, tuple[Evidence, ...]] = {
    Stage.ANALYSIS: (Evidence.NOTE,),
    Stage.AGREEMENT_SIGNED: (Evidence.AGREEMENT,),
    Stage.ROADMAP_APPROVED: (Evidence.ROADMAP,),
    Stage.STAFF_TRAINED: (Evidence.INTERNSHIP,),
    Stage.FIRST_PLATFORM: (Evidence.PLATFORM,),
    Stage.TRANSFORMED: (Evidence.AGREEMENT, Evidence.ROADMAP, Evidence.INTERNSHIP, Evidence.PLATFORM),
    Stage.PAUSED: (Evidence.NOTE,),
}
_MISSING = {
    Evidence.AGREEMENT: N_("Нет действующего договора с ТМС"),
    Evidence.ROADMAP: N_("Нет утверждённой дорожной карты муниципалитета"),
    Evidence.INTERNSHIP: N_("Нет завершённой стажировки"),
    Evidence.PLATFORM: N_("В муниципалитете нет действующей площадки"),
    Evidence.NOTE: N_("Опишите основание этапа"),
}
_ORDER: list[Stage] = [stage for stage in Stage if stage is not Stage.PAUSED]


def check_stage(reached: Stage, now: Stage, target: Stage, evidence: Mapping[Evidence, str]) -> None:
    """Stages go forward one by one, each with its evidence; a pause may come at any time (BR-18).

    ``reached`` is the furthest stage so far, ``now`` the present one (which may be the pause).
    """
    if target is Stage.PAUSED:
        if now is Stage.PAUSED or now is Stage.TRANSFORMED:
            raise Refused("BR-18", N_("Приостановить можно только идущее преобразование"), field="stage")
    elif now is Stage.PAUSED and target is reached:
        return
    elif _ORDER.index(target) != _ORDER.index(reached) + 1:
        raise Refused(
            "BR-18",
            N_("Этапы идут по порядку; сейчас пройден %(reached)s"),
            field="stage",
            reached=label(reached),
        )
    for kind in NEEDED.get(target, ()):
        if not evidence.get(kind):
            raise Refused("BR-18", _MISSING[kind], field="evidence")


def following(stage: Stage) -> Stage | None:
    """The stage that comes after the one reached; nothing after the last (BR-18)."""
    place = _ORDER.index(stage) + 1
    return _ORDER[place] if place < len(_ORDER) else None


def reached(stages: Iterable[Stage]) -> Stage:
    """The stage reached so far, by the stages in their order; a pause takes nothing back (BR-18)."""
    return next((one for one in reversed(list(stages)) if one is not Stage.PAUSED), Stage.NOT_STARTED)
