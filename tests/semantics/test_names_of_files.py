"""Names of config files: what is never read, or read as something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workspaces import findings

LIVE, BATCH = "kind: live\njobs: {}\n", "kind: batch\ntasks: []\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".neuro/live.yml": LIVE, ".neuro/a_b.yml": BATCH}, []),
        ({".neuro/live.yml": BATCH}, [("wrong-kind", "betrayed", ".neuro/live.yml")]),
        ({".neuro/jupyter.yml": LIVE}, [("flow-name", "advice", ".neuro/jupyter.yml")]),
        ({".neuro/live.yml": LIVE, ".neuro/live.yaml": LIVE}, [("shadowed-config", "advice", ".neuro/live.yaml")]),
        ({".neuro/a.yml": BATCH, ".neuro/a.yaml": BATCH}, [("shadowed-config", "advice", ".neuro/a.yaml")]),
        ({".neuro/a.yml": BATCH, ".neuro/a.b.yml": BATCH}, [("dotted-flow-name", "betrayed", ".neuro/a.b.yml")]),
        ({".neuro/a.b.yml": BATCH}, [("dotted-flow-name", "refused", ".neuro/a.b.yml")]),
        ({".neuro/live.v2.yml": LIVE}, [("dotted-flow-name", "refused", ".neuro/live.v2.yml")]),
        ({".apolo/live.yml": LIVE, ".neuro/live.yml": LIVE}, [("shadowed-config", "advice", ".neuro/live.yml")]),
        ({".apolo/live.yml": LIVE, ".neuro/notes.txt": "x"}, []),
        ({".neuro/live.yml": LIVE, ".neuro/project.yml": "id: a\n", ".neuro/project.yaml": "id: b\n"}, [("shadowed-config", "advice", ".neuro/project.yaml")]),
    ],
)
def test_names(tmp_path: Path, files: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    found = [(d.rule.name, d.effect.value, d.source.path.rpartition("demo/")[2]) for d in findings(tmp_path, files)]
    assert found == expected
