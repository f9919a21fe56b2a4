"""Errors become a page or a problem document, depending on who asked; details of our faults never leave."""

from http import HTTPStatus
from typing import Any

from flask import Flask, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from shared.refusal import N_, NotAllowed, Refused
from shared.web import links
from shared.web.origin import SAFE
from shared.web.person import current_person
from shared.web.problems import problem
from shared.web.wording import flatten, refusal_text, word, word_all

#: Status -> what happened and what to do about it.
PAGES: dict[int, tuple[str, str]] = {
    400: (N_("Запрос не понят"), N_("Вернитесь назад, проверьте введённое и повторите.")),
    401: (N_("Нужно войти"), N_("Войдите в систему и откройте страницу снова.")),
    403: (
        N_("Доступ закрыт"),
        N_("Если эта страница нужна вам по работе, попросите оператора сети выдать вам подходящую роль."),
    ),
    404: (
        N_("Страница не найдена"),
        N_("Проверьте адрес или начните с главной страницы раздела: запись могли перенести или удалить."),
    ),
    405: (N_("Так обратиться нельзя"), N_("Вернитесь назад и воспользуйтесь кнопками на странице.")),
    409: (
        N_("Действие сейчас невозможно"),
        N_("Вернитесь назад, обновите страницу и проверьте состояние записи."),
    ),
    413: (N_("Слишком большой запрос"), N_("Уменьшите файл или разделите его на части и отправьте снова.")),
    422: (N_("Введённое не принято"), N_("Вернитесь назад, исправьте введённое и отправьте снова.")),
    429: (N_("Слишком много запросов"), N_("Подождите немного и повторите.")),
    500: (
        N_("Ошибка на нашей стороне"),
        N_("Она записана в журнал. Повторите позже; если не поможет, сообщите оператору номер запроса."),
    ),
    503: (N_("Сервис временно недоступен"), N_("Повторите через несколько минут.")),
}


def asks_for_api() -> bool:
    """Whether the current request is an API call."""
    return request.path.startswith("/api/")


def _page(status: int, detail: str) -> Response:
    title, advice = PAGES.get(status, PAGES[500 if status >= 500 else 400])
    html = render_template(
        "shared/error.html",
        status=status,
        title=word(title),
        detail=detail,
        advice=word(advice),
        request_id=g.get("request_id", ""),
    )
    return Response(html, status, mimetype="text/html")


def _sign_in() -> ResponseReturnValue:
    """Send an unknown person to the sign-in page and, afterwards, back here."""
    here = request.script_root + (request.full_path.rstrip("?") if request.method in SAFE else "/")
    return redirect(links.sign_in(here), 303)


def on_refused(refusal: Refused) -> ResponseReturnValue:
    """A rule refused and no form took it: 401, 403, 404, 409 or 422."""
    status, text = refusal.status, refusal_text(refusal)
    if isinstance(refusal, NotAllowed) and current_person().is_public:
        status = 401
    if asks_for_api():
        more: dict[str, Any] = {"rule": refusal.rule}
        if refusal.field:
            more["errors"] = {refusal.field: [text]}
        response = problem(status, HTTPStatus(status).phrase, text, **more)
        if status == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        return response
    if status == 401 and "HX-Request" not in request.headers:
        return _sign_in()
    return _page(status, text)


def on_invalid(fault: ValidationError) -> ResponseReturnValue:
    """Input that a schema did not accept, outside a form."""
    errors = flatten(word_all(fault.normalized_messages()))
    texts = [text for found in errors.values() for text in found]
    if asks_for_api():
        return problem(422, HTTPStatus(422).phrase, word(PAGES[422][0]), errors=errors)
    return _page(422, " ".join(texts))


def on_http(error: HTTPException) -> ResponseReturnValue:
    """An error of HTTP itself: unknown address, wrong method, too large a body, our own fault."""
    if error.response is not None:
        return error.response
    status = error.code or 500
    if status < 400:
        return error.get_response()
    data = getattr(error, "data", None) or {}
    faults = data.get("messages") or data.get("errors")
    errors = _by_field(faults) if faults else {}
    detail = word(str(data.get("message") or "")) or word(PAGES.get(status, PAGES[500])[0])
    texts = " ".join(text for found in errors.values() for text in found)
    api = asks_for_api()
    response = problem(status, error.name, detail, errors=errors) if api else _page(status, texts)
    kept = [(k, v) for k, v in error.get_headers() if k.lower() not in ("content-type", "content-length")]
    response.headers.extend([*kept, *dict(data.get("headers") or {}).items()])
    return response


def _by_field(messages: Any) -> dict[str, list[str]]:
    """Faults by field; webargs puts the place they were found in (json, query …) above them."""
    flat: dict[str, list[str]] = {}
    for place, inner in messages.items() if isinstance(messages, dict) else [("", messages)]:
        for name, texts in flatten(word_all(inner)).items():
            flat.setdefault(name or str(place), []).extend(texts)
    return flat


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Refused, on_refused)
    app.register_error_handler(ValidationError, on_invalid)
    app.register_error_handler(HTTPException, on_http)
