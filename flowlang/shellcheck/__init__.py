"""What shellcheck has to say about `bash` scripts; who runs it is handed in."""

from flowlang.shellcheck.comments import Comment, Run, read_comments
from flowlang.shellcheck.scripts import check_scripts

__all__ = ["Comment", "Run", "check_scripts", "read_comments"]
