"""The rules: pages for all of them, functions for those that nothing below finds by itself."""

from flowlang.rules.registry import all_pages, check_file, check_project

__all__ = ["all_pages", "check_file", "check_project"]
