from armclients.models.call_target import CallTarget
from armclients.models.import_run import ImportRun
from armclients.models.jump_link import JumpLink
from armclients.models.name_word import NameWord
from armclients.models.saved_search import SavedSearch
from armclients.models.search_card import SearchCard
from armclients.models.search_layout import SearchLayout
from armclients.models.user import User
from armclients.models.workplace import Workplace

__all__ = [
    "CallTarget",
    "ImportRun",
    "JumpLink",
    "NameWord",
    "SavedSearch",
    "SearchCard",
    "SearchLayout",
    "User",
    "Workplace",
]
