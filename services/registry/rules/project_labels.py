"""Russian names of the codes of the network's project work (glossary 3.1)."""

from collections.abc import Mapping
from enum import StrEnum

from services.registry.rules import project_kinds as kinds
from shared.refusal import N_

PROJECT_LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    kinds.ProjectLevel: {
        "MUNICIPAL": N_("муниципальный проект"),
        "KRAI": N_("краевой проект"),
        "FEDERAL": N_("федеральный проект"),
    },
    kinds.ProductKind: {
        "APPROACH": N_("инновационный подход"),
        "MECHANISM": N_("механизм"),
        "MODEL": N_("модель"),
        "CONDITION": N_("условие"),
        "METHODICAL": N_("методическая разработка"),
        "RESOURCE": N_("методический ресурс"),
        "OTHER": N_("иной продукт"),
    },
    kinds.VersionState: {
        "DRAFT": N_("проект карты"),
        "APPROVED": N_("утверждена"),
    },
    kinds.Section: {
        "NORMATIVE": N_(
            "Формирование нормативных правовых и организационно-методических условий"
            " системной инновационной деятельности"
        ),
        "IMPLEMENTATION": N_("Мероприятия, направленные на реализацию проекта"),
        "DISSEMINATION": N_("Мероприятия по внедрению и распространению инновационных практик"),
    },
    kinds.DuePrecision: {
        "DAY": N_("день"),
        "MONTH": N_("месяц"),
        "QUARTER": N_("квартал"),
        "YEAR": N_("год"),
    },
    kinds.ItemState: {
        "PLANNED": N_("запланировано"),
        "IN_PROGRESS": N_("выполняется"),
        "MOVED": N_("срок перенесён"),
        "DONE": N_("выполнено"),
        "CANCELLED": N_("отменено"),
        "OVERDUE": N_("просрочено"),
    },
    kinds.ItemStep: {
        "START": N_("начато"),
        "FINISH": N_("выполнение подтверждено"),
        "MOVE": N_("перенос срока"),
        "CANCEL": N_("отмена"),
        "REOPEN": N_("отметка снята"),
    },
    kinds.RecommendationState: {
        "SUBMITTED": N_("ждёт решения"),
        "ACCEPTED": N_("принята"),
        "REJECTED": N_("отклонена оператором"),
        "REALISED": N_("реализована"),
    },
    kinds.CaseState: {
        "OPEN": N_("ждёт ответа"),
        "ANSWERED": N_("есть ответ"),
        "CLOSED": N_("закрыто"),
    },
    kinds.CaseSide: {
        "OPERATOR": N_("оператор сети"),
        "REQUESTER": N_("муниципалитет"),
    },
    kinds.EntryKind: {
        "MESSAGE": N_("сообщение"),
        "CLOSING": N_("обращение закрыто"),
        "REOPENING": N_("обращение открыто снова"),
    },
}
