from armclients.models.import_run import ImportRun
from armclients.models.jump_link import JumpLink
from armclients.models.search_card import SearchCard
from armclients.models.user import User
from armclients.models.workplace import Workplace

__all__ = ["ImportRun", "JumpLink", "SearchCard", "User", "Workplace"]
