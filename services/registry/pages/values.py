"""What people may choose as the value of a fact."""

from typing import Any

from services.registry import queries
from services.registry.pages.door import choices
from services.registry.rules.kinds import EduOrgKind, FactKind, OrgRole
from shared.web.person import current_person


def value_choices(kind: FactKind) -> Any:
    """What a fact of a kind may say, where that is a list; None where it is free text."""
    match kind:
        case FactKind.ROLE:
            return choices(OrgRole)
        case FactKind.EDU_KIND:
            return choices(EduOrgKind)
        case FactKind.TERRITORY:
            return queries.municipality_names()
        case FactKind.PARENT:
            return queries.organisation_choices()
        case FactKind.HEAD:
            return queries.all_person_choices(current_person())
    return None
