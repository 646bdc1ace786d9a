"""The project: packc.yaml, the environment, and which files are packs."""

from packc.project.fault import ProjectFault, fault
from packc.project.find import find_project
from packc.project.ledger import find_ledger, ledger_path
from packc.project.packs import PackFile, check_targets, chosen_targets, find_packs, shown_path
from packc.project.settings import Project
from packc.project.words import find_words

__all__ = [
    "PackFile",
    "Project",
    "ProjectFault",
    "check_targets",
    "chosen_targets",
    "fault",
    "find_ledger",
    "find_packs",
    "find_project",
    "find_words",
    "ledger_path",
    "shown_path",
]
