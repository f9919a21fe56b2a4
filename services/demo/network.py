"""The network: ``resource_centre``, ``agreements``, ``transformations``."""

from services.demo.outline import day, keyed, outline
from services.demo.world import World
from services.registry import actions as registry


def resource_centre(world: World) -> None:
    """КНМЦ becomes the krai resource centre (``resource_centre``, S-049)."""
    status = outline()["resource_centre"]
    since = day(status["from"])
    with world.inside("registry", since):
        registry.grant_resource_centre(
            world.operator,
            organisation_id=world.organisations[status["organisation"]],
            act_id=world.acts[status["act"]],
            valid_from=since,
            capacity=status["capacity"],
        )


def agreements(world: World) -> None:
    """Eleven agreements go the whole way: drafted, sent, signed by both parties, put in force."""
    operator = world.operator
    for item in sorted(outline()["agreements"], key=lambda one: one["date"]):
        signed = day(item["date"])
        with world.inside("registry", signed):
            parties = [world.organisations[key] for key in item["parties"]]
            agreement = registry.draft_agreement(
                operator,
                number=item["number"],
                date=signed,
                operator_id=parties[0],
                tms_id=parties[1],
                subject=outline()["agreement_subject"],
                valid_from=day(item["valid_from"]),
                valid_to=day(item["valid_to"]),
            )
            registry.send_agreement(operator, agreement_id=agreement)
            for party in parties:
                registry.sign_agreement(
                    operator, agreement_id=agreement, organisation_id=party, signed_on=signed
                )
            registry.put_in_force(
                operator, agreement_id=agreement, on=signed, scan_waiver=outline()["scan_waiver"]
            )


def transformations(world: World) -> None:
    """How far each municipality has come: the agreement first, then the stage of the outline (BR-18)."""
    days = outline()["transformation_days"]
    signed = {item["parties"][1]: item["date"] for item in keyed("agreements").values()}
    for item in outline()["transformations"]:
        stages = dict.fromkeys(("AGREEMENT_SIGNED", item["stage"]))
        for stage in stages:
            since = day(days.get(stage, signed[item["tms"]]))
            with world.inside("registry", since):
                registry.set_transformation(
                    world.operator,
                    municipality_oktmo=item["municipality"],
                    tms_id=world.organisations[item["tms"]],
                    stage=stage,
                    since=since,
                    evidence={"NOTE": outline()["transformation_evidence"]},
                    historical=True,
                )
