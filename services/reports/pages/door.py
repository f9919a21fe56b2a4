"""The blueprint of the pages."""

from flask import Blueprint

bp = Blueprint("reports", __name__, template_folder="../templates")
