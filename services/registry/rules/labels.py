"""Russian names of everything that has a code: what pages print and refusals say (glossary 3.1)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from services.registry.rules import kinds, papers
from shared.person import Role
from shared.refusal import N_, Refused, StateTable

S = TypeVar("S", bound=StrEnum)

#: By class first: members of different StrEnums with one value are equal.
LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    kinds.MunicipalityKind: {
        "URBAN_OKRUG": N_("городской округ"),
        "DISTRICT": N_("муниципальный район"),
        "MUNICIPAL_OKRUG": N_("муниципальный округ"),
    },
    kinds.OrgRole: {
        "TMS": N_("территориальная методическая служба"),
        "EDU_ORG": N_("образовательная организация"),
        "EDU_AUTHORITY": N_("муниципальный орган управления образованием"),
        "IRO": N_("институт развития образования"),
        "NETWORK_OPERATOR": N_("оператор сети"),
        "MINISTRY": N_("министерство"),
        "OTHER": N_("иная организация"),
    },
    kinds.EduOrgKind: {
        "PRESCHOOL": N_("дошкольная"),
        "SCHOOL": N_("общеобразовательная"),
        "SUPPLEMENTARY": N_("дополнительного образования"),
        "CORRECTIONAL": N_("коррекционная"),
        "VOCATIONAL": N_("профессиональная"),
    },
    kinds.OrgState: {
        "DRAFT": N_("черновик"),
        "ACTIVE": N_("действует"),
        "REORGANISED": N_("реорганизована"),
        "LIQUIDATED": N_("ликвидирована"),
        "MERGED": N_("присоединена"),
        "WITHDRAWN": N_("внесена по ошибке"),
    },
    kinds.FactKind: {
        "NAME": N_("наименование"),
        "SHORT_NAME": N_("краткое наименование"),
        "ROLE": N_("роль"),
        "EDU_KIND": N_("вид организации"),
        "TERRITORY": N_("муниципальное образование"),
        "PARENT": N_("учредитель"),
        "HEAD": N_("руководитель"),
        "ORG_STATE": N_("состояние организации"),
        "MEMBERSHIP": N_("участие в сети"),
        "CAPACITY": N_("ёмкость ресурсного центра"),
        "MO_NAME": N_("краткое наименование муниципалитета"),
        "MO_OFFICIAL_NAME": N_("официальное наименование муниципалитета"),
        "MO_KIND": N_("вид муниципалитета"),
        "MO_CENTRE": N_("административный центр"),
        "STAGE": N_("этап преобразования сети"),
        "STATUS": N_("статус площадки"),
        "PARTY": N_("участие в площадке"),
        "AGREEMENT": N_("состояние договора"),
        "ACT_FORCE": N_("действие акта"),
    },
    kinds.BasisKind: {
        "ACT": N_("акт"),
        "AGREEMENT": N_("договор"),
        "CORRECTION": N_("исправление"),
        "SOURCE": N_("источник"),
    },
    kinds.ActKind: {
        "LAW": N_("закон"),
        "GOVERNMENT_DECREE": N_("постановление Правительства"),
        "DECREE": N_("постановление"),
        "ORDER": N_("приказ"),
        "DISPOSITION": N_("распоряжение"),
        "LETTER": N_("письмо"),
        "RESOLUTION": N_("резолюция"),
        "REGULATION": N_("положение"),
        "OTHER": N_("иной акт"),
    },
    kinds.ActLevel: {
        "FEDERAL": N_("федеральный"),
        "REGIONAL": N_("региональный"),
        "MUNICIPAL": N_("муниципальный"),
        "LOCAL": N_("локальный"),
    },
    kinds.ActState: {
        "NOT_YET": N_("не вступил в силу"),
        "IN_FORCE": N_("действующий"),
        "REPEALED": N_("утратил силу"),
    },
    kinds.RelationType: {
        "AMENDS": N_("изменяет"),
        "REPEALS": N_("отменяет"),
        "REPLACES": N_("заменяет"),
        "APPROVES": N_("утверждает"),
        "BASED_ON": N_("издан на основании"),
        "LAUNCHES": N_("объявляет"),
        "AWARDS": N_("присваивает статус"),
        "TERMINATES": N_("прекращает"),
    },
    kinds.AgreementState: {
        "DRAFT": N_("черновик"),
        "ON_SIGNING": N_("на подписании"),
        "SIGNED": N_("подписан"),
        "IN_FORCE": N_("в действии"),
        "EXPIRED": N_("срок истёк"),
        "TERMINATED": N_("расторгнут"),
        "REFUSED": N_("отклонён стороной"),
    },
    kinds.AgreementChangeKind: {
        "SUPPLEMENT": N_("дополнительное соглашение"),
        "AUTO": N_("автоматическая пролонгация"),
    },
    kinds.AgreementDay: {
        "ENTRY": N_("вступление в силу"),
        "TERMINATION": N_("расторжение"),
    },
    kinds.MembershipBasis: {
        "AGREEMENT": N_("по договору"),
        "TERRITORY": N_("по территории"),
    },
    kinds.PlatformKind: {
        "MUNICIPAL": N_("муниципальная (МИП)"),
        "MUNICIPAL_NETWORK": N_("муниципальная сетевая (МСИП)"),
        "KRAI": N_("краевая (КИП)"),
        "KRAI_EXPERIMENTAL": N_("краевая экспериментальная (КЭП)"),
        "FEDERAL": N_("федеральная (ФИП)"),
        "PARTNER": N_("партнёрская"),
        "FGOS_PILOT": N_("пилотная площадка ФГОС"),
    },
    kinds.PlatformState: {
        "APPLIED": N_("заявлена"),
        "ACTIVE": N_("действует"),
        "SUSPENDED": N_("приостановлена"),
        "EXPIRED": N_("срок истёк"),
        "COMPLETED": N_("завершена"),
        "TERMINATED": N_("прекращена"),
        "DECLINED": N_("отклонена"),
    },
    kinds.StatusStep: {
        "AWARD": N_("присвоение"),
        "EXTEND": N_("продление"),
        "SUSPEND": N_("приостановление"),
        "RESUME": N_("возобновление"),
        "EXPIRE": N_("окончание срока"),
        "COMPLETE": N_("завершение"),
        "TERMINATE": N_("прекращение"),
        "DECLINE": N_("отклонение"),
    },
    kinds.PartyRole: {
        "HUB": N_("сетевой центр"),
        "HOLDER": N_("держатель"),
        "MEMBER": N_("участник"),
    },
    kinds.Outcome: {
        "AWARD_STATUS": N_("присвоить статус"),
        "EXTEND": N_("продлить статус"),
        "COMPLETE": N_("завершить"),
        "TERMINATE": N_("прекратить статус"),
    },
    kinds.ProposalState: {
        "WAITING": N_("ждёт приказа"),
        "ENACTED": N_("исполнено"),
        "DECLINED": N_("не исполнено"),
    },
    kinds.Stage: {
        "NOT_STARTED": N_("не начато"),
        "ANALYSIS": N_("анализ"),
        "AGREEMENT_SIGNED": N_("договор подписан"),
        "ROADMAP_APPROVED": N_("дорожная карта утверждена"),
        "STAFF_TRAINED": N_("специалисты обучены"),
        "FIRST_PLATFORM": N_("открыта первая площадка"),
        "TRANSFORMED": N_("сеть преобразована"),
        "PAUSED": N_("приостановлено"),
    },
    kinds.Evidence: {
        "AGREEMENT": N_("договор"),
        "ROADMAP": N_("дорожная карта"),
        "INTERNSHIP": N_("стажировка"),
        "PLATFORM": N_("площадка"),
        "NOTE": N_("основание"),
    },
    papers.PaperKind: {
        "D07_ORDER_DRAFT": N_("проект приказа о присвоении статуса"),
        "D11_ROADMAP": N_("дорожная карта"),
        "D13_AGREEMENT": N_("соглашение о сетевом взаимодействии"),
        "D14_DESTRUCTION": N_("акт об уничтожении персональных данных"),
        "D15_CONSENT": N_("согласие на обработку персональных данных"),
        "D19_EXTRACT": N_("выписка из реестра площадок"),
        "D20_BIBLIOGRAPHY": N_("перечень нормативных актов"),
    },
    papers.PaperState: {
        "ISSUED": N_("выпущен"),
        "CANCELLED": N_("аннулирован"),
    },
    Role: {
        "SYSTEM_ADMIN": N_("системный администратор"),
        "OPERATOR": N_("оператор сети"),
        "SECRETARY": N_("секретарь конкурса"),
        "COUNCIL": N_("член совета"),
        "EXPERT": N_("эксперт"),
        "TMS": N_("ТМС"),
        "EDU_AUTHORITY": N_("МОУО"),
        "ORGANISATION": N_("организация"),
        "IRO": N_("ИРО"),
        "PARTICIPANT": N_("участник"),
    },
}


def label(code: StrEnum) -> str:
    """The Russian name of a code, a msgid."""
    return LABELS[type(code)][code.value]


def after(table: StateTable[S], state: S, action: str, refusals: Mapping[str, str]) -> S:
    """The state that an action leads to, or a refusal that says what the action needs (model 3.3).

    ``refusals`` has a sentence for every action of the table.
    """
    if not table.allows(state, action):
        raise Refused(
            table.rule, N_("%(reason)s. Сейчас: %(state)s."), reason=refusals[action], state=label(state)
        )
    return table.after(state, action)
