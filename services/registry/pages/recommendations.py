"""Recommendations of municipalities: the list with I-23, forms."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import bp, choices, page_number, wanted
from services.registry.rules.kinds import OrgRole
from services.registry.rules.project_kinds import RecommendationState
from services.registry.schemas.projects import RecommendationFilter
from shared.person import Role
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.get("/recommendations")
@page_roles()
def recommendations() -> str:
    """Recommendations that this person may read, and the numbers of the whole network."""
    asked, who = wanted(RecommendationFilter), current_person()
    return render_template(
        "registry/recommendations.html",
        page=queries.recommendations(who, **asked, page=page_number()),
        asked=asked,
        tally=queries.recommendation_tally(who),
        states=choices(RecommendationState),
        municipalities=queries.municipality_names(),
        may_decide=access.may_operate(who),
        may_submit=access.may_operate(who) or bool(access.recommendation_scope(who)),
    )


@bp.route("/recommendations/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR, Role.TMS, Role.EDU_AUTHORITY)
def new_recommendation() -> ResponseReturnValue:
    """Recommend for a municipality."""
    who = current_person()
    operates = access.may_operate(who)
    scope = access.recommendation_scope(who)
    names = queries.municipality_names()
    own = names if operates else {key: name for key, name in names.items() if key in scope}

    def submit(data: dict[str, Any]) -> str:
        actions.submit_recommendation(current_person(), **data)
        return url_for(".recommendations")

    return form_page(
        "registry/recommendation_form.html",
        schemas.RecommendationIn(),
        submit,
        title=_("Новая рекомендация"),
        done=_("Рекомендация отправлена оператору сети"),
        initial={"municipality_oktmo": next(iter(own)) if len(own) == 1 else None},
        municipalities=own,
        organisations=[
            *queries.organisation_choices(OrgRole.TMS),
            *queries.organisation_choices(OrgRole.EDU_AUTHORITY),
        ]
        if operates
        else [],
    )


@bp.post("/recommendations/<uuid:recommendation_id>/accept")
@page_roles(Role.OPERATOR)
def accept_recommendation(recommendation_id: UUID) -> ResponseReturnValue:
    """Accept a recommendation."""
    return act_on(
        lambda: actions.accept_recommendation(current_person(), recommendation_id=recommendation_id),
        back=url_for(".recommendations"),
        done=_("Рекомендация принята"),
    )


@bp.route("/recommendations/<uuid:recommendation_id>/reject", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def reject_recommendation(recommendation_id: UUID) -> ResponseReturnValue:
    """Reject a recommendation, with the reason."""

    def submit(data: dict[str, Any]) -> str:
        actions.reject_recommendation(current_person(), recommendation_id=recommendation_id, **data)
        return url_for(".recommendations")

    return form_page(
        "registry/recommendation_reject.html",
        schemas.ReasonIn(),
        submit,
        title=_("Отклонить рекомендацию"),
        done=_("Рекомендация отклонена"),
        card=queries.recommendation(current_person(), recommendation_id),
    )


@bp.route("/recommendations/<uuid:recommendation_id>/realise", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def realise_recommendation(recommendation_id: UUID) -> ResponseReturnValue:
    """Say where a recommendation was realised."""

    def submit(data: dict[str, Any]) -> str:
        actions.realise_recommendation(current_person(), recommendation_id=recommendation_id, **data)
        return url_for(".recommendations")

    return form_page(
        "registry/recommendation_realise.html",
        schemas.RealisedIn(),
        submit,
        title=_("Рекомендация реализована"),
        done=_("Записано, как рекомендация реализована"),
        card=queries.recommendation(current_person(), recommendation_id),
        items=queries.item_choices(),
    )
