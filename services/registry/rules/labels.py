"""Russian names of everything that has a code: what pages print and refusals say (glossary 3.1)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from services.registry.rules import consents, incidents, kinds, papers, readings, requests, retention, witness
from services.registry.rules.importing import kinds as importing
from services.registry.rules.project_labels import PROJECT_LABELS
from shared.person import Role
from shared.refusal import N_, Refused, StateTable
from shared.requisites import PaperState

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
        "DRAFT": N_("проект"),
        "NOT_YET": N_("не вступил в силу"),
        "IN_FORCE": N_("действующий"),
        "REPEALED": N_("утратил силу"),
        "REJECTED": N_("отклонён"),
    },
    kinds.BasisFault: {
        "OUT_NOW": N_("акт утратил силу или ещё не вступил в неё"),
        "OUT_AT_START": N_("акт не действовал на дату начала"),
        "UNDERMINED": N_("акт опирается на утративший силу"),
    },
    kinds.ActTarget: {
        "PLATFORM": N_("площадка"),
        "AGREEMENT": N_("договор"),
        "ORGANISATION": N_("организация"),
        "PROJECT": N_("сетевой проект"),
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
    kinds.ReportState: {
        "OPEN": N_("ждём отчёт"),
        "SUBMITTED": N_("представлен"),
        "RETURNED": N_("возвращён с замечаниями"),
        "ACCEPTED": N_("принят"),
        "NOT_ACCEPTED": N_("не принят"),
        "OVERDUE": N_("просрочен"),
    },
    kinds.Warned: {
        "SUSPEND": N_("вынести на совет приостановление"),
        "TERMINATE": N_("вынести на совет прекращение"),
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
    consents.ConsentPurpose: {
        "PROCESSING": N_("обработка персональных данных"),
        "DISTRIBUTION": N_("распространение персональных данных"),
        "PHOTO_VIDEO": N_("фото- и видеосъёмка"),
        "CROSS_BORDER": N_("трансграничная передача"),
    },
    consents.ConsentState: {
        "GIVEN": N_("дано"),
        "WITHDRAWN": N_("отозвано"),
        "ERASED": N_("данные уничтожены"),
        "EXPIRED": N_("срок истёк"),
    },
    consents.ConsentMethod: {
        "CABINET": N_("в личном кабинете"),
        "PAPER": N_("на бумаге"),
    },
    consents.DataCategory: {
        "NAME": N_("фамилия, имя, отчество"),
        "POSITION": N_("должность"),
        "ORGANISATION": N_("место работы"),
        "PHOTO": N_("фотография"),
        "VIDEO": N_("видеозапись"),
    },
    retention.LegalBasis: {
        "CONSENT": N_("согласие"),
        "CONTRACT": N_("договор"),
        "LEGAL_DUTY": N_("обязанность по закону"),
    },
    retention.ErasureReason: {
        "WITHDRAWAL": N_("отзыв согласия"),
        "PURPOSE_REACHED": N_("цель обработки достигнута"),
        "REQUEST": N_("запрос человека"),
        "UNLAWFUL": N_("неправомерная обработка"),
    },
    retention.ErasedCategory: {
        "NAME": N_("фамилия, имя, отчество"),
        "POSITION": N_("должность"),
        "ACCOUNTS": N_("учётные записи"),
        "CONSENTS": N_("согласия на бумаге"),
    },
    requests.RequestKind: {
        "EXPORT": N_("получить свои данные"),
        "ERASURE": N_("уничтожить данные"),
    },
    requests.RequestState: {
        "NEW": N_("новый"),
        "DONE": N_("исполнен"),
        "REFUSED": N_("отказано"),
    },
    readings.Screen: {
        "PERSON": N_("карточка человека"),
        "PEOPLE": N_("список людей"),
        "ACCOUNTS": N_("список учётных записей"),
        "PRIVACY": N_("согласия и сроки"),
        "EXPORT": N_("выгрузка данных"),
        "DISCLOSURE": N_("передача в ИРО"),
    },
    readings.ReadingPurpose: {
        "REGISTER": N_("ведение реестра"),
        "ACCOUNTS": N_("ведение учётных записей"),
        "RIGHTS": N_("права субъекта данных"),
        "DISCLOSURE": N_("передача данных"),
        "INSPECTION": N_("проверка"),
    },
    incidents.IncidentKind: {
        "LEAK": N_("утечка"),
        "UNLAWFUL_PROCESSING": N_("неправомерная обработка"),
    },
    incidents.Duty: {
        "NOTIFY_24H": N_("уведомить Роскомнадзор (24 часа)"),
        "REPORT_72H": N_("сообщить Роскомнадзору итоги расследования (72 часа)"),
        "STOP": N_("прекратить обработку (3 рабочих дня)"),
        "DESTROY": N_("уничтожить данные (10 рабочих дней)"),
    },
    **PROJECT_LABELS,
    papers.PaperKind: {
        "D07_ORDER_DRAFT": N_("проект приказа о присвоении статуса"),
        "D11_ROADMAP": N_("дорожная карта"),
        "D13_AGREEMENT": N_("соглашение о сетевом взаимодействии"),
        "D14_DESTRUCTION": N_("акт об уничтожении персональных данных"),
        "D15_CONSENT": N_("согласие на обработку персональных данных"),
        "D19_EXTRACT": N_("выписка из реестра площадок"),
        "D20_BIBLIOGRAPHY": N_("перечень нормативных актов"),
    },
    PaperState: {
        "ISSUED": N_("выпущен"),
        "CANCELLED": N_("аннулирован"),
    },
    kinds.GrantState: {
        "TO_COME": N_("ещё не действует"),
        "IN_FORCE": N_("действует"),
        "OVER": N_("срок истёк"),
    },
    kinds.InvitationState: {
        "WAITING": N_("ждёт ответа"),
        "ACCEPTED": N_("принято"),
        "REVOKED": N_("отозвано"),
        "EXPIRED": N_("срок истёк"),
    },
    kinds.SearchKind: {
        "ORGANISATION": N_("организация"),
        "PLATFORM": N_("площадка"),
        "ACT": N_("акт"),
        "AGREEMENT": N_("договор"),
        "MUNICIPALITY": N_("муниципальное образование"),
        "PERSON": N_("человек"),
    },
    importing.BatchKind: {
        "ORGANISATIONS": N_("организации"),
        "PLATFORMS": N_("площадки"),
    },
    importing.BatchState: {
        "UPLOADED": N_("ждёт проверки"),
        "CHECKING": N_("проверяется"),
        "READY": N_("проверена"),
        "APPLYING": N_("применяется"),
        "APPLIED": N_("применена"),
        "UNDOING": N_("отменяется"),
        "UNDONE": N_("отменена"),
        "FAILED": N_("не прочитана"),
        "DISCARDED": N_("отброшена"),
    },
    importing.Verdict: {
        "NEW": N_("новая"),
        "MERGE": N_("объединить"),
        "SAME": N_("без изменений"),
        "UNDECIDED": N_("нужно решение"),
        "ERROR": N_("ошибка"),
    },
    importing.Decision: {
        "NEW": N_("завести новую"),
        "MERGE": N_("объединить"),
        "SKIP": N_("пропустить"),
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
    witness.Trouble: {
        "BAD_SIGNATURE": N_("подпись головы не сходится"),
        "FORKED": N_("у журнала появилась вторая история: тот же номер или размер, другой корень"),
        "SHRUNK": N_("журнал стал короче, чем был"),
        "REWRITTEN": N_("журнал не продолжает сохранённую голову: прежние записи изменены"),
        "GAP": N_("предыдущая голова не пришла: рост журнала не проверить"),
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
