"""The blueprint that the files of the API share."""

from shared.web.api import Blueprint

bp = Blueprint("expertise_api", __name__, description="Конкурсы, заявки, эксперты, листы, решения")
