"""The main job of the suite, by API: from a new ТМС to the network report. One road for every way to run it.

A *world* says where the suite is (one process, or services with RabbitMQ and PostgreSQL, or containers
behind the gateway), how its messages come to rest and how its time passes.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any, Protocol

from shared.clock import MOSCOW

ADMIN = ("journey-admin", "первый пароль журнала 1")
PASSWORD = "длинный пароль для пути 7"
CITY, DISTRICT = "03701000", "03605000"
RUBRIC = {"C1": 3, "C2": 5, "C3": 7, "C4": 5, "C5": 10, "C6": 8, "C7": 6, "C8": 6}


class World(Protocol):
    """Where the journey takes place."""

    def request(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        """Send a request; the status and the JSON (or bytes) of the answer."""

    def settle(self) -> None:
        """Wait until messages are at rest."""

    def now(self) -> datetime: ...

    def pass_time(self, until: datetime) -> None:
        """Let the clock of the suite reach ``until``."""


class Journey:
    """The road; :meth:`run` walks it and ``log`` keeps what was seen."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tokens: dict[str, str] = {}
        self.log: list[str] = []

    def call(self, who: str, method: str, path: str, expect: int | None = None, **options: Any) -> Any:
        """A request as ``who``; anything but success (or the expected status) ends the journey."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        status, answer = self.world.request(method, path, headers=headers, **options)
        assert (status == expect) if expect else (status < 300), f"{method} {path}: {status} {answer}"
        return answer

    def made(self, who: str, path: str, **data: Any) -> str:
        """POST; the identifier of what was made."""
        return str(self.call(who, "POST", path, json=data)["id"])

    def today(self) -> date:
        """The calendar day of the network, which is Moscow's."""
        return self.world.now().astimezone(MOSCOW).date()

    def say(self, text: str) -> None:
        self.log.append(text)

    def sign_in(self, name: str, login: str, password: str = PASSWORD) -> None:
        self.tokens[name] = self.call(
            "", "POST", "/registry/api/v1/tokens", json={"login": login, "password": password}
        )["access_token"]

    def account(self, name: str, organisation_id: str, roles: list[dict[str, Any]]) -> str:
        """A synthetic person with an account, signed in; the person's identifier."""
        person = self.made(
            "admin",
            "/registry/api/v1/people",
            last_name="Путников",
            first_name=name.capitalize(),
            organisation_id=organisation_id,
            is_synthetic=True,
        )
        self.made(
            "admin",
            "/registry/api/v1/accounts",
            person_id=person,
            login=f"journey.{name}",
            password=PASSWORD,
            grants=roles,
            must_change_password=False,
        )
        self.sign_in(name, f"journey.{name}")
        return person

    def organisation(self, name: str, oktmo: str, *roles: str, **more: Any) -> str:
        return self.made(
            "admin",
            "/registry/api/v1/organisations",
            full_name=name,
            roles=list(roles),
            municipality_oktmo=oktmo,
            **more,
        )

    def run(self) -> None:
        """Walk the whole road."""
        self.sign_in("admin", *ADMIN)
        self.network()
        self.agreement()
        self.webinar()
        self.contest()
        self.order()
        self.report()

    def network(self) -> None:
        """Territories, organisations, people with cabinets."""
        for oktmo, name in ((CITY, "город Краснодар"), (DISTRICT, "Апшеронский район")):
            self.made("admin", "/registry/api/v1/municipalities", oktmo=oktmo, short_name=name)
        self.operator_id = self.organisation("Научно-методический центр пути", CITY, "NETWORK_OPERATOR")
        self.school = self.organisation("Школа № 1 пути", CITY, "EDU_ORG", edu_kind="SCHOOL")
        self.tms = self.organisation("Информационно-методический центр пути", DISTRICT, "TMS")
        self.call(
            "admin",
            "POST",
            f"/registry/api/v1/municipalities/{CITY}/counts",
            json={
                "year": self.today().year,
                "as_of": str(self.today()),
                "total": 4,
                "source": "путь",
            },
        )
        self.account("operator", self.operator_id, [{"role": "OPERATOR"}])
        self.account("secretary", self.operator_id, [{"role": "SECRETARY"}])
        self.account("council", self.operator_id, [{"role": "COUNCIL"}])
        self.account("school", self.school, [{"role": "ORGANISATION", "organisation_id": self.school}])
        self.account("tms", self.tms, [{"role": "TMS", "organisation_id": self.tms}])
        self.experts = {
            name: self.account(name, self.tms, [{"role": "EXPERT"}])
            for name in ("first", "second", "third")
        }
        self.world.settle()
        self.say("сеть: 2 муниципалитета, 3 организации, 8 учётных записей")

    def agreement(self) -> None:
        """ТМС → agreement → in force → the ТМС's cabinet and the number in reports."""
        today = self.today()
        assert self.value("I-03") == "0"
        key = self.made(
            "operator",
            "/registry/api/v1/agreements",
            number="П-1",
            date=str(today),
            operator_id=self.operator_id,
            tms_id=self.tms,
            subject="О сетевом взаимодействии",
            valid_from=str(today),
            valid_to=str(today + timedelta(days=700)),
        )
        base = f"/registry/api/v1/agreements/{key}"
        self.call(
            "operator", "POST", f"{base}/put-in-force", 409, json={"on": str(today), "scan_waiver": "рано"}
        )
        self.call("operator", "POST", f"{base}/send")
        self.call(
            "school", "POST", f"{base}/sign", 403, json={"organisation_id": self.tms, "signed_on": str(today)}
        )
        self.call("tms", "POST", f"{base}/sign", json={"organisation_id": self.tms, "signed_on": str(today)})
        self.call(
            "operator",
            "POST",
            f"{base}/sign",
            json={"organisation_id": self.operator_id, "signed_on": str(today)},
        )
        self.call("operator", "POST", f"{base}/put-in-force", 422, json={"on": str(today)})
        self.call(
            "operator",
            "POST",
            f"{base}/put-in-force",
            json={"on": str(today), "scan_waiver": "скан в канцелярии"},
        )
        self.world.settle()
        assert self.call("tms", "GET", base)["agreement"]["state"] == "IN_FORCE"
        assert (self.value("I-03"), self.value("I-04")) == ("1", "1")
        self.say("договор: черновик → на подписи → подписан → действует; I-03 = 1, I-04 = 1")

    def webinar(self) -> None:
        """Webinar → registrations → Zoom CSV → attendance → certificates."""
        start = self.world.now().astimezone(MOSCOW).replace(hour=10, minute=0, second=0, microsecond=0)
        end = start + timedelta(minutes=90)
        event = self.made(
            "operator",
            "/events/api/v1/events",
            kind="WEBINAR",
            title="Основы работы с площадками",
            mode="ONLINE",
            starts_at=start.isoformat(),
            ends_at=end.isoformat(),
            organiser_ids=[self.operator_id],
            provider="ZOOM",
        )
        base = f"/events/api/v1/events/{event}"
        self.call("operator", "POST", f"{base}/open-registration")
        first = self.call(
            "tms",
            "POST",
            f"{base}/registrations",
            json={"last_name": "Ёлкина", "first_name": "Анна", "organisation_id": self.tms},
        )
        self.call(
            "",
            "POST",
            f"{base}/registrations",
            json={"last_name": "Гостев", "first_name": "Пётр", "email": "gost@example.org"},
        )
        self.call(
            "tms",
            "POST",
            f"{base}/registrations",
            json={"last_name": "Неявкина", "first_name": "Ольга", "organisation_id": self.tms},
        )
        for step in ("close-registration", "start"):
            self.call("operator", "POST", f"{base}/{step}")
        self.call(
            "operator",
            "POST",
            f"{base}/finish",
            json={"started_at": start.isoformat(), "ended_at": end.isoformat()},
        )
        report = zoom(
            start,
            (f"{first['join_code']} Елкина А", "", 5, 30),
            (f"{first['join_code']} Елкина А", "", 25, 50),
            (f"{first['join_code']} Елкина А", "", 60, 80),
            ("гость", "gost@example.org", 0, 90),
            ("iPhone", "", 0, 40),
        )
        found = self.call("operator", "POST", f"{base}/attendance", files={"file": ("zoom.csv", report)})
        assert (found["matched"], found["unmatched"]) == (4, 1), found
        again = self.call("operator", "POST", f"{base}/attendance", files={"file": ("zoom.csv", report)})
        assert again["added"] == 0
        assert self.call("operator", "POST", f"{base}/attendance/settle") == {"attended": 2, "no_show": 1}
        issued = self.call("operator", "POST", f"{base}/certificates")["ids"]
        assert len(issued) == 2
        self.world.settle()
        mine = self.call("tms", "GET", f"{base}/certificates")
        assert [one["full_name"] for one in mine] == ["Ёлкина Анна"]
        card = self.call("", "GET", f"/events/api/v1/verify/{mine[0]['verify_code']}")
        assert "Ёлкина" not in str(card)
        paper = self.call("tms", "GET", f"/events/api/v1/certificates/{mine[0]['id']}/pdf")
        assert paper[:4] == b"%PDF"
        assert self.value("I-09") == "2"
        self.say("вебинар: 3 регистрации, отчёт Zoom 5 строк (4 узнаны), явка 2 из 3, 2 сертификата")

    def contest(self) -> None:
        """Edition → entry → technical check → three experts → sheets → rating → decision."""
        now = self.world.now()
        closing = now + timedelta(seconds=6)
        later = [now + timedelta(days=day) for day in (1, 10, 20)]
        self.made(
            "operator",
            "/expertise/api/v1/rubrics",
            code="R-JOURNEY",
            title="Проект",
            criteria=[
                {"code": code, "title": f"Критерий {code}", "weight": str(weight), "priority": code == "C3"}
                for code, weight in RUBRIC.items()
            ],
            scale={"type": "SET", "values": [0, 1, 2]},
        )
        series = self.made(
            "operator",
            "/expertise/api/v1/contest-series",
            name="Конкурс пути",
            organiser_id=self.operator_id,
            code="PATH",
        )

        def stage(order: int, kind: str, opens: datetime, closes: datetime, **more: Any) -> dict[str, Any]:
            return {
                "order": order,
                "kind": kind,
                "opens_at": opens.isoformat(),
                "closes_at": closes.isoformat(),
                **more,
            }

        edition = self.made(
            "operator",
            "/expertise/api/v1/editions",
            series_id=series,
            ordinal=1,
            year=self.today().year,
            title="I конкурс пути",
            opens_on=str(self.today()),
            closes_on=str(later[2].astimezone(MOSCOW).date()),
            stages=[
                stage(1, "SUBMISSION", now - timedelta(minutes=1), closing),
                stage(2, "TECHNICAL", closing, later[0]),
                stage(3, "CORRESPONDENCE", closing, later[1], weight="100", min_experts=3),
                stage(4, "DECISION", closing, later[2]),
            ],
            nominations=[
                {
                    "code": "N1",
                    "title": "Новые проекты",
                    "entry_kind": "PROJECT",
                    "rubric_code": "R-JOURNEY",
                    "platform_kind": "MUNICIPAL",
                }
            ],
        )
        base = f"/expertise/api/v1/editions/{edition}"
        self.call("operator", "POST", f"{base}/approve", json={"act_ref": "приказ № 1"})
        self.call("secretary", "POST", f"{base}/advance")
        (nomination,) = self.call("", "GET", base)["nominations"]
        entry = self.made(
            "school",
            f"{base}/entries",
            nomination_id=nomination["nomination_id"],
            applicant_id=self.school,
            topic="Арт-педагогика",
        )
        self.call("tms", "POST", f"/expertise/api/v1/entries/{entry}/submit", 403)
        self.call("school", "POST", f"/expertise/api/v1/entries/{entry}/submit")
        for person in self.experts.values():
            self.made("secretary", "/expertise/api/v1/experts", person_id=person)
        self.world.pass_time(closing)
        registered = self.call("secretary", "POST", f"/expertise/api/v1/entries/{entry}/register")
        assert registered["reg_no"] == "PATH-I-N1-001", registered
        assert self.call("secretary", "POST", f"{base}/advance")["state"] == "TECHNICAL"
        self.call(
            "secretary",
            "POST",
            f"/expertise/api/v1/entries/{entry}/check",
            json={"outcome": "ADMITTED", "items": [{"requirement": "Заявка подписана", "ok": True}]},
        )
        assert self.call("secretary", "POST", f"{base}/advance")["state"] == "CORRESPONDENCE"
        planned = self.call("secretary", "POST", f"{base}/assignments", json={"stage_kind": "CORRESPONDENCE"})
        assert planned["count"] == 3, planned
        for name, scores in zip(self.experts, ("22122121", "21122111", "22221121"), strict=True):
            (task,) = self.call(name, "GET", "/expertise/api/v1/assignments")
            work = f"/expertise/api/v1/assignments/{task['assignment_id']}"
            other = next(one for one in self.experts if one != name)
            self.call(other, "POST", f"{work}/accept", 403)
            self.call(name, "POST", f"{work}/accept")
            marks = dict(zip(RUBRIC, scores, strict=True))
            comment = "Обоснование крайней оценки, достаточно подробное."
            self.call(
                name,
                "PUT",
                f"{work}/sheet",
                json={
                    "scores": marks,
                    "comments": dict.fromkeys(RUBRIC, comment),
                    "conclusion": "Поддержать.",
                },
            )
            self.call(name, "POST", f"{work}/sheet/sign")
        assert self.call("secretary", "POST", f"{base}/advance")["state"] == "DECISION"
        (row,) = self.call("council", "GET", f"{base}/rating/{nomination['nomination_id']}")
        assert (row["final"], row["place"]) == ("74.33", 1), row
        self.call(
            "council",
            "POST",
            f"{base}/protocols",
            json={
                "number": "1",
                "date": str(self.today()),
                "chair": "Председателев П.П.",
                "secretary": "Секретарёва С.С.",
                "members_total": 7,
                "present": 5,
                "decisions": [
                    {"entry_id": entry, "outcome": "AWARD_STATUS", "title": "WINNER", "votes_for": 5}
                ],
            },
        )
        self.call("operator", "POST", f"{base}/publish")
        self.world.settle()
        self.say(
            "конкурс: заявка PATH-I-N1-001, три листа 79, 68, 76 → 74.33, место 1, совет: присвоить статус"
        )

    def order(self) -> None:
        """The decision is in registry; the order makes the platform active."""
        today = self.today()
        (proposal,) = self.call("operator", "GET", "/registry/api/v1/proposals")
        assert (proposal["outcome"], proposal["state"]) == ("AWARD_STATUS", "WAITING")
        act = self.made(
            "operator",
            "/registry/api/v1/acts",
            kind="ORDER",
            number="77",
            date=str(today),
            title="О присвоении статуса",
            level="MUNICIPAL",
            issuer_id=self.operator_id,
        )
        assert self.value("I-02") == "0"
        self.call(
            "operator",
            "POST",
            "/registry/api/v1/proposals/enact",
            json={"act_id": act, "proposal_ids": [proposal["id"]], "valid_from": str(today)},
        )
        self.world.settle()
        (platform,) = self.call("", "GET", "/registry/api/v1/platforms")
        assert platform["state"] == "ACTIVE", platform
        assert self.value("I-02") == "1"
        self.say("приказ № 77: площадка действует; I-02 = 1")

    def report(self) -> None:
        """The new numbers with the records behind them, on paper in both kinds."""
        today = self.today()
        assert Decimal(self.value("I-01", municipality=CITY)) == 25
        behind = self.call("operator", "GET", f"/reports/api/v1/indicators/I-02/records?as_of={today}")
        assert "Арт-педагогика" in str(behind), behind
        key = self.made(
            "operator",
            "/reports/api/v1/reports",
            as_of=str(today),
            period_from=str(today.replace(month=1, day=1)),
            period_to=str(today),
        )
        docx = self.call("operator", "GET", f"/reports/api/v1/reports/{key}/full.docx")
        pdf = self.call("operator", "GET", f"/reports/api/v1/reports/{key}/full.pdf")
        assert docx[:2] == b"PK"
        assert pdf[:4] == b"%PDF"
        self.world.settle()
        self.say(f"отчёт сети: DOCX {len(docx)} байт, PDF {len(pdf)} байт; I-01 Краснодар = 25,0 %")

    def value(self, code: str, **more: str) -> str:
        """The present value of an indicator, as a text without superfluous zeros."""
        today = self.today()
        period = {"as_of": today, "period_from": today.replace(month=1, day=1), "period_to": today, **more}
        query = "&".join(f"{name}={value}" for name, value in period.items())
        listed = self.call(
            "operator",
            "GET",
            f"/reports/api/v1/indicators?{query}",
        )
        return str(next(one["value"] for one in listed if one["code"] == code))


def zoom(start: datetime, *stays: tuple[str, str, int, int]) -> BytesIO:
    """A participants report as Zoom writes it: name, e-mail, minutes of joining and leaving."""
    lines = ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room"]
    for name, email, joined, left in stays:
        times = [(start + timedelta(minutes=m)).strftime("%m/%d/%Y %I:%M:%S %p") for m in (joined, left)]
        lines.append(f"{name},{email},{times[0]},{times[1]},{left - joined},Yes,No")
    return BytesIO("\r\n".join(lines).encode("utf-8-sig"))
