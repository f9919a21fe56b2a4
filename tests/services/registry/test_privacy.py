"""Consents, requests, readings, destruction of personal data (F16, PD-01…PD-13, BR-66, BR-69…BR-71)."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import docx
import pypdf
import pytest
import sqlalchemy as sa

from services.registry import actions, model, queries
from services.registry.rules.consents import ConsentPurpose, ConsentState, DataCategory
from services.registry.rules.incidents import IncidentKind
from services.registry.rules.papers import PaperKind
from services.registry.rules.readings import ReadingPurpose, Screen
from services.registry.rules.requests import RequestKind, RequestState
from services.registry.rules.retention import ErasureReason, LegalBasis
from shared import clock, ids
from shared.person import PUBLIC, Grant, Person, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.requisites import PaperFormat
from shared.service import current
from shared.testing.suite import person, told
from shared.unit import read, work
from tests.services.registry.conftest import SEVERSKY, TODAY, World

TEXT = "Я даю согласие оператору сети на обработку моих персональных данных для ведения реестра."
PDF = b"%PDF-1.7 scan"
PASSWORD = "длинное слово 2020"
PROCESSING, DISTRIBUTION, PHOTO, _ = ConsentPurpose
Subject = tuple[UUID, Person]


@pytest.fixture
def subject(inside: World) -> Subject:
    """Somebody of the first ТМС with an account, and the texts of all consents."""
    key = actions.add_person(
        inside.operator,
        last_name="Приватнова",
        first_name="Феодосия",
        middle_name="Лукинична",
        position="методист-исследователь",
        organisation_id=inside.tms,
    )
    account = actions.open_account(
        inside.operator,
        person_id=key,
        login="privatnova",
        password=PASSWORD,
        grants=[{"role": Role.PARTICIPANT}],
    )
    for purpose in ConsentPurpose:
        actions.publish_consent_text(inside.operator, purpose=purpose, text=TEXT)
    return key, Person(account, key, "Приватнова Ф.Л.", (Grant(Role.PARTICIPANT),))


def give(own: Person, purpose: ConsentPurpose = PROCESSING, **more: Any) -> UUID:
    text = queries.consent_texts()[purpose].id
    return actions.give_consent(own, **{"purpose": purpose, "text_id": text, "confirmed": True, **more})


def rule_of(action: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refusal:
        action(*args, **kwargs)
    return refusal.value.rule


def consent_of(key: UUID) -> model.Consent:
    return read().get_one(model.Consent, key)


def test_a_consent_is_given_withdrawn_and_ends_in_destruction(inside: World, subject: Subject) -> None:
    key, own = subject
    consent = give(own)
    assert queries.privacy_card(own, key).destroy_due_on is None
    assert rule_of(give, own) == "PD-01", "one consent a purpose"
    actions.withdraw_consent(own, consent_id=consent)
    due = queries.privacy_due(inside.operator)
    assert [(row.person.id, row.due_on) for row in due.erasures] == [(key, TODAY + timedelta(days=30))]
    assert due.withdrawals == [], "the destruction covers it"
    assert rule_of(actions.withdraw_consent, own, consent_id=consent) == "CONSENT_STATE"
    actions.erase_person(inside.operator, person_id=key, reason=ErasureReason.WITHDRAWAL)
    assert consent_of(consent).state is ConsentState.ERASED
    assert queries.privacy_due(inside.operator).count == 0


def test_a_withdrawn_consent_may_be_given_again(inside: World, subject: Subject) -> None:
    key, own = subject
    actions.withdraw_consent(own, consent_id=give(own))
    give(own)
    assert queries.privacy_card(own, key).destroy_due_on is None
    assert queries.privacy_due(inside.operator).erasures == []


def test_texts_are_versions_and_a_consent_keeps_its_own(inside: World, subject: Subject) -> None:
    _, own = subject
    first = queries.consent_texts()[PROCESSING]
    consent = give(own)
    actions.publish_consent_text(inside.operator, purpose=PROCESSING, text=TEXT + " Новая редакция.")
    assert (first.version, queries.consent_texts()[PROCESSING].version) == (1, 2)
    assert consent_of(consent).text.version == 1
    assert rule_of(give, own, PHOTO, text_id=first.id) == "PD-01", "a text that was not the one shown"
    assert rule_of(actions.publish_consent_text, inside.operator, purpose=PHOTO, text="Согласен") == "PD-01"
    with pytest.raises(NotAllowed):
        actions.publish_consent_text(own, purpose=PHOTO, text=TEXT)


def test_distribution_names_its_categories(subject: Subject) -> None:
    _, own = subject
    assert rule_of(give, own, DISTRIBUTION) == "PD-02"
    consent = give(own, DISTRIBUTION, categories=[DataCategory.NAME, DataCategory.NAME])
    assert consent_of(consent).shown == [DataCategory.NAME]


def test_the_operator_enters_a_paper_with_its_scan(inside: World, subject: Subject) -> None:
    key, own = subject
    given = {
        "person_id": key,
        "purpose": PROCESSING,
        "given_on": TODAY,
        "filename": "../../согласие.exe",
        "content": PDF,
    }
    assert rule_of(actions.record_consent, inside.operator, **{**given, "content": b"MZ"}) == "BR-16"
    later = {**given, "given_on": TODAY + timedelta(days=1)}
    assert rule_of(actions.record_consent, inside.operator, **later) == "PD-01"
    for stranger in (own, inside.tms_person, person(Role.SYSTEM_ADMIN)):
        with pytest.raises(NotAllowed):
            actions.record_consent(stranger, **given)
    consent = actions.record_consent(inside.operator, **given, valid_to=TODAY + timedelta(days=10))
    scan = queries.consent_scan(own, consent)
    assert (scan.filename, scan.content) == ("согласие.pdf", PDF)
    with pytest.raises(NotFound):
        queries.consent_scan(inside.tms_person, consent)
    with clock.at(TODAY + timedelta(days=11)):
        assert consent_of(consent).state_on(clock.today()) is ConsentState.EXPIRED
        assert queries.privacy_card(own, key).destroy_due_on == TODAY + timedelta(days=41)
        give(own)
        assert consent_of(consent).state is ConsentState.EXPIRED
        assert queries.privacy_card(own, key).destroy_due_on is None


def test_an_attacker_touches_nobody_elses_consent(inside: World, subject: Subject) -> None:
    key, own = subject
    consent = give(own)
    actions.withdraw_consent(inside.operator, consent_id=consent, withdrawn_on=TODAY)
    consent = give(own)
    for stranger in (PUBLIC, inside.tms_person, person(Role.PARTICIPANT), person(Role.SYSTEM_ADMIN)):
        with pytest.raises(NotFound):
            actions.withdraw_consent(stranger, consent_id=consent)
        with pytest.raises(NotFound):
            actions.print_consent(stranger, person_id=key, purpose=PROCESSING)
    for stranger in (PUBLIC, inside.tms_person, person(Role.PARTICIPANT), person(Role.IRO)):
        for ask in (queries.privacy_card, queries.readings_of, queries.subject_export):
            with pytest.raises(NotFound):
                ask(stranger, key)
        for act in (queries.privacy_due, queries.readings, queries.all_incidents):
            with pytest.raises(NotAllowed):
                act(stranger)
    with pytest.raises(NotAllowed):
        give(PUBLIC)
    assert consent_of(consent).state is ConsentState.GIVEN


def test_a_person_does_not_backdate_a_withdrawal(subject: Subject) -> None:
    _, own = subject
    consent = give(own)
    with clock.at(TODAY + timedelta(days=5)):
        actions.withdraw_consent(own, consent_id=consent, withdrawn_on=TODAY)
        assert consent_of(consent).withdrawn_on == TODAY + timedelta(days=5)


def test_what_was_withdrawn_is_closed_with_a_note(inside: World, subject: Subject) -> None:
    key, own = subject
    photo, processing = give(own, PHOTO), give(own)
    for consent in (photo, processing):
        assert (
            rule_of(actions.close_consent, inside.operator, consent_id=consent, note="x") == "CONSENT_STATE"
        )
        actions.withdraw_consent(own, consent_id=consent)
    due = queries.privacy_due(inside.operator)
    assert [(row.id, day) for row, _, day in due.withdrawals] == [(photo, TODAY + timedelta(days=30))]
    assert rule_of(actions.close_consent, inside.operator, consent_id=photo, note=" ") == "BR-69"
    actions.close_consent(inside.operator, consent_id=photo, note="Снимки удалены")
    assert consent_of(photo).state is ConsentState.ERASED
    assert rule_of(actions.close_consent, inside.operator, consent_id=processing, note="x") == "BR-69"
    actions.set_processing(inside.operator, person_id=key, basis=LegalBasis.CONTRACT, basis_note="договор")
    assert queries.privacy_due(inside.operator).erasures == [], "another basis stands (PD-13)"
    actions.close_consent(inside.operator, consent_id=processing, note="Обработка по договору")
    with pytest.raises(NotAllowed):
        actions.set_processing(own, person_id=key, basis=LegalBasis.CONSENT)


def test_the_form_of_a_consent_is_printed(inside: World, subject: Subject) -> None:
    key, own = subject
    paper = actions.print_consent(own, person_id=key, purpose=DISTRIBUTION)
    printed = queries.paper_file(own, paper, PaperFormat.DOCX)
    document = docx.Document(io.BytesIO(printed.content))
    words = "\n".join(p.text for p in document.paragraphs)
    words += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "разрешённых субъектом для распространения" in words
    assert "Приватнова Феодосия Лукинична" in words
    assert "фотография" in words
    assert TEXT in words


def test_requests_are_filed_within_ones_reach_and_answered(inside: World, subject: Subject) -> None:
    key, own = subject
    ask = {"person_id": key, "kind": RequestKind.EXPORT}
    for stranger in (
        PUBLIC,
        inside.stranger,
        person(Role.PARTICIPANT),
        person(Role.EDU_AUTHORITY, organisation_id=inside.tms, municipality_oktmo=SEVERSKY),
    ):
        with pytest.raises(NotFound):
            actions.request_data(stranger, **ask)
    request = actions.request_data(inside.tms_person, **ask, note="для проверки")
    assert rule_of(actions.request_data, own, **ask) == "PD-03", "one open request of a kind"
    row = read().get_one(model.DataRequest, request)
    assert (row.state, row.due_on) == (RequestState.NEW, TODAY + timedelta(days=30))
    for stranger in (own, inside.tms_person, person(Role.SYSTEM_ADMIN)):
        with pytest.raises(NotAllowed):
            actions.fulfil_export(stranger, request_id=request)
    actions.fulfil_export(inside.operator, request_id=request)
    assert rule_of(actions.refuse_request, inside.operator, request_id=request, reason="x") == "REQUEST_STATE"
    erasure = actions.request_data(own, person_id=key, kind=RequestKind.ERASURE)
    assert rule_of(actions.fulfil_export, inside.operator, request_id=erasure) == "PD-03"
    assert rule_of(actions.refuse_request, inside.operator, request_id=erasure, reason="") == "PD-03"
    actions.refuse_request(inside.operator, request_id=erasure, reason="Данные нужны по договору")
    states = {r.kind: r.state for r in queries.privacy_card(own, key).requests}
    assert states == {RequestKind.EXPORT: RequestState.DONE, RequestKind.ERASURE: RequestState.REFUSED}


def seen(who: Person, key: UUID) -> list[tuple[Screen, ReadingPurpose]]:
    return [(r.reading.screen, r.reading.purpose) for r in queries.readings_of(who, key).items]


def test_readings_are_written_with_screen_and_purpose(inside: World, subject: Subject) -> None:
    key, own = subject
    other = actions.add_person(
        inside.operator, last_name="Другова", first_name="Ия", organisation_id=inside.tms
    )
    actions.read_person(own, person_id=key)
    assert seen(own, key) == [], "looking at oneself is nobody's business"
    actions.read_person(inside.tms_person, person_id=key, purpose=ReadingPurpose.INSPECTION)
    actions.read_people(inside.tms_person)
    actions.export_subject(inside.operator, person_id=key)
    actions.read_accounts(inside.operator)
    actions.request_data(own, person_id=key, kind=RequestKind.EXPORT)
    actions.read_privacy_due(inside.operator)
    assert seen(own, key) == [
        (Screen.PRIVACY, ReadingPurpose.RIGHTS),
        (Screen.ACCOUNTS, ReadingPurpose.ACCOUNTS),
        (Screen.EXPORT, ReadingPurpose.RIGHTS),
        (Screen.PEOPLE, ReadingPurpose.REGISTER),
        (Screen.PERSON, ReadingPurpose.INSPECTION),
    ]
    log = queries.readings(person(Role.SYSTEM_ADMIN))
    assert [row.people for row in log.items] == [1, 1, 1, 2, 1]
    assert seen(inside.operator, other) == [(Screen.PEOPLE, ReadingPurpose.REGISTER)]
    with pytest.raises(NotFound):
        queries.readings_of(own, other)
    with pytest.raises(NotFound):
        actions.read_person(inside.stranger, person_id=key)
    assert len(seen(own, key)) == 5, "a refused reading showed nothing"


@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
@pytest.mark.parametrize(("table", "column"), [("reading", "screen"), ("reading_person", "person_id")])
def test_the_log_of_readings_cannot_be_rewritten(
    inside: World, subject: Subject, statement: str, table: str, column: str
) -> None:
    actions.read_person(inside.operator, person_id=subject[0])
    with pytest.raises(sa.exc.DBAPIError, match="append only"), work(inside.operator) as u:
        u.session.execute(sa.text(statement.format(table, column)))
    assert len(seen(inside.operator, subject[0])) == 1


def test_the_export_holds_everything_and_no_hash(inside: World, subject: Subject) -> None:
    key, own = subject
    give(own)
    actions.request_data(own, person_id=key, kind=RequestKind.EXPORT)
    actions.read_person(inside.operator, person_id=key)
    data = actions.export_subject(own, person_id=key)
    text = json.dumps(data, default=str, ensure_ascii=False)
    for expected in (
        "Приватнова",
        "методист-исследователь",
        "privatnova",
        TEXT,
        "EXPORT",
        "PERSON",
        "CONSENT",
    ):
        assert expected in text
    assert "argon2" not in text
    assert {line["what"] for line in data["journal"]} >= {"person.added", "account.opened", "consent.given"}


def everything_written(*skip: str) -> str:
    """All text of all tables of the registry, also inside binary columns."""
    found: list[str] = []
    for table in current().db.metadata.sorted_tables:
        for row in read().execute(sa.select(table)).mappings():
            for name, value in row.items():
                if f"{table.name}.{name}" not in skip:
                    value = value.decode("utf-8", "ignore") if isinstance(value, bytes) else value
                    found.append(f"{table.name}.{name}={value}")
    return "\n".join(found)


def test_destruction_leaves_no_name_in_any_table(inside: World, subject: Subject) -> None:
    key, own = subject
    actions.record_consent(
        inside.operator,
        person_id=key,
        purpose=PHOTO,
        given_on=TODAY,
        filename="Приватнова.pdf",
        content=PDF + "Приватнова".encode(),
    )
    actions.withdraw_consent(own, consent_id=give(own))
    form = actions.print_consent(own, person_id=key, purpose=PROCESSING)
    actions.request_data(own, person_id=key, kind=RequestKind.ERASURE, note="Я, Приватнова, прошу")
    actions.set_processing(
        inside.operator,
        person_id=key,
        basis=LegalBasis.CONSENT,
        basis_note="заявление Приватнова Ф.",
        keep_until=date(2025, 1, 1),
        keep_basis="протоколы, ст. 21.1 125-ФЗ",
        anonymisation_keeps=True,
    )
    actions.deactivate_account(inside.operator, account_id=own.account_id, reason="Приватнова уволилась")
    assert "Приватнова" in everything_written()
    erasure = actions.erase_person(inside.operator, person_id=key, reason=ErasureReason.REQUEST)
    left = everything_written().casefold()
    for name in ("приватнова", "феодосия", "лукинична", "privatnova", "методист-исследователь"):
        assert name not in left, [line for line in left.splitlines() if name in line][:3]
    assert read().get_one(model.Person, key).full_name == "Обезличено №1"
    assert read().get_one(model.Person, key).organisation_id == inside.tms, "numbers stay"
    card = queries.paper(inside.operator, form)
    assert card.is_destroyed
    assert queries.verify(card.paper.verify_code).kind is PaperKind.D15_CONSENT
    with pytest.raises(NotFound):
        queries.paper_file(inside.operator, form, PaperFormat.PDF)
    names = [data for name, data in told(inside.app) if name == "registry.person.changed.v1"]
    ours = [data for data in names if data["person_id"] == str(key)]
    assert len(ours) == 2
    assert all((data["last_name"], data["erased"]) == ("Обезличено", True) for data in ours)
    request = queries.privacy_card(inside.operator, key).requests[0]
    assert (request.state, request.note) == (RequestState.DONE, "Я, Обезличено №1, прошу")
    assert (
        queries.erasure_extract(inside.operator, erasure).kept == "протоколы, ст. 21.1 125-ФЗ, до 01.01.2025"
    )


def test_act_and_extract_of_destruction(inside: World, subject: Subject) -> None:
    key, own = subject
    actions.withdraw_consent(own, consent_id=give(own))
    erasure = queries.erasure_extract(
        inside.operator,
        actions.erase_person(inside.operator, person_id=key, reason=ErasureReason.WITHDRAWAL),
    )
    assert erasure.keep_until == date(2023, 12, 31)
    assert erasure.extract_sha256 == hashlib.sha256(erasure.extract).hexdigest()
    rows = list(csv.reader(io.StringIO(erasure.extract.decode("utf-8-sig")), delimiter=";"))
    assert {row[5] for row in rows[1:]} >= {
        "person.added",
        "consent.given",
        "consent.withdrawn",
        "person.erased",
    }
    assert all(row[0] == f"Обезличено №1 ({key})" for row in rows[1:])
    printed = queries.paper_file(inside.operator, erasure.paper_id, PaperFormat.PDF)
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed.content)).pages)
    plain = "".join(words.split())
    for expected in ("Актобуничтожении", "Обезличено№1", "отзывсогласия", "31.12.2023", str(key)):
        assert expected.casefold() in plain.casefold(), expected
    assert "Приватнова" not in words
    with pytest.raises(NotFound):
        queries.paper(own, erasure.paper_id)
    with pytest.raises(NotAllowed):
        queries.erasure_extract(inside.tms_person, erasure.id)


def test_who_destroys_and_when_it_is_refused(inside: World, subject: Subject) -> None:
    key, own = subject
    erase = actions.erase_person
    for stranger in (PUBLIC, own, inside.tms_person, person(Role.SYSTEM_ADMIN)):
        with pytest.raises(NotAllowed):
            erase(stranger, person_id=key, reason=ErasureReason.UNLAWFUL)
    actions.withdraw_consent(own, consent_id=give(own))
    actions.set_processing(
        inside.operator,
        person_id=key,
        basis=LegalBasis.CONSENT,
        keep_until=date(2025, 1, 1),
        keep_basis="приказ Росархива № 236",
    )
    with pytest.raises(Refused, match=r"приказ Росархива № 236") as refusal:
        erase(inside.operator, person_id=key, reason=ErasureReason.WITHDRAWAL)
    assert refusal.value.rule == "BR-69"
    with clock.at(date(2025, 1, 2)):
        erase(inside.operator, person_id=key, reason=ErasureReason.WITHDRAWAL)
        assert rule_of(erase, inside.operator, person_id=key, reason=ErasureReason.UNLAWFUL) == "BR-70"
    for again in (
        lambda: give(own),
        lambda: actions.set_processing(inside.operator, person_id=key, basis=LegalBasis.CONTRACT),
        lambda: actions.request_data(inside.operator, person_id=key, kind=RequestKind.EXPORT),
        lambda: actions.activate_account(inside.operator, account_id=own.account_id),
        lambda: actions.open_account(
            inside.operator, person_id=key, login="again", password=PASSWORD, grants=[{"role": Role.EXPERT}]
        ),
    ):
        assert rule_of(again) == "BR-70"
    with pytest.raises(Refused, match="SIGN_IN"):
        actions.sign_in("privatnova", PASSWORD)


def test_an_operator_destroys_neither_oneself_nor_an_administrator(inside: World, subject: Subject) -> None:
    key, own = subject
    operator = Person(own.account_id, key, "Приватнова", (Grant(Role.OPERATOR),))
    assert rule_of(actions.erase_person, operator, person_id=key, reason=ErasureReason.UNLAWFUL) == "BR-70"
    chief = actions.add_person(inside.operator, last_name="Главнова", first_name="Яна")
    actions.open_account(
        inside.operator,
        person_id=chief,
        login="chief",
        password=PASSWORD,
        grants=[{"role": Role.SYSTEM_ADMIN}],
    )
    with pytest.raises(NotAllowed):
        actions.erase_person(operator, person_id=chief, reason=ErasureReason.UNLAWFUL)
    assert read().get_one(model.Person, chief).last_name == "Главнова"


def test_only_people_with_a_basis_are_named_to_the_iro(inside: World, subject: Subject) -> None:
    """BR-66: the others are a number."""
    _, own = subject
    assert actions.disclose_people(inside.operator) == ([], 1)
    consent = give(own)
    named, others = actions.disclose_people(inside.operator)
    assert ([row.last_name for row in named], others) == (["Приватнова"], 0)
    assert seen(own, subject[0])[0] == (Screen.DISCLOSURE, ReadingPurpose.DISCLOSURE)
    actions.withdraw_consent(own, consent_id=consent)
    assert actions.disclose_people(inside.operator) == ([], 1)
    with pytest.raises(NotAllowed):
        actions.disclose_people(person(Role.IRO))


def test_incidents_have_deadlines_and_are_closed_with_a_note(inside: World) -> None:
    found = datetime(2020, 12, 30, 9, tzinfo=clock.MOSCOW)
    card = {"kind": IncidentKind.LEAK, "discovered_at": found, "notes": "Письмо не тому адресату"}
    with pytest.raises(NotAllowed):
        actions.record_incident(person(Role.PARTICIPANT), **card)
    later = {**card, "discovered_at": found + timedelta(days=3)}
    assert rule_of(actions.record_incident, inside.operator, **later) == "PD-10"
    key = actions.record_incident(inside.operator, **card)
    assert [due for _, due in queries.incident(inside.operator, key).deadlines] == [
        found + timedelta(hours=24),
        found + timedelta(hours=72),
    ]
    assert len(queries.privacy_due(inside.operator).incidents) == 1
    assert rule_of(actions.close_incident, inside.operator, incident_id=key, note=" ") == "PD-10"
    actions.close_incident(inside.operator, incident_id=key, note="Уведомлены, доступ закрыт")
    assert queries.privacy_due(inside.operator).incidents == []
    with pytest.raises(NotFound):
        queries.incident(inside.operator, ids.new_id())


def test_the_policy_is_published_by_the_administrator(inside: World) -> None:
    assert queries.policy() is None
    with pytest.raises(NotAllowed):
        actions.publish_policy(person(Role.OPERATOR), text=TEXT)
    for version in (1, 2):
        actions.publish_policy(inside.operator, text=f"{TEXT} {version}")
        policy = queries.policy()
        assert policy is not None
        assert (policy.version, policy.text[-1]) == (version, str(version))
