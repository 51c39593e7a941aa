"""Mixins: who includes whom, in the order and with the oddities of the engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from flowlang.diagnostics import Diagnostic, Fix, Label, rule
from flowlang.expr import Scope, Unknown, evaluate, text_of
from flowlang.light import cached_property
from flowlang.model import Block, Leaf, ListItem, MapItem
from flowlang.model.mending import replacement
from flowlang.semantics.bounds import has_too_many, too_many_pieces
from flowlang.semantics.leaves import is_poisoned, problem_diagnostic
from flowlang.semantics.merge import Merged, lay_over, merged
from flowlang.text import closest, listing, quoted
from flowlang.yamltree import Mapping as YamlMapping

OF_ALL_UNITS = frozenset(
    {
        *("title", "name", "image", "preset", "schedule_timeout", "entrypoint", "cmd", "workdir", "env", "volumes", "tags"),
        *("life_span", "http_port", "http_auth", "pass_config", "restart"),
    }
)
"""What a mixin of project.yml can hold, and so take over from others."""


def mixin_names(block: Block, sink: list[Diagnostic] | None = None) -> list[tuple[str, Leaf]]:
    """The names under ``mixins`` with their places; names that cannot be told are left out, the reasons in `sink`."""
    item = block.fields.get("mixins")
    names: list[tuple[str, Leaf]] = []
    for leaf in item.items if isinstance(item, ListItem) else ():
        if not isinstance(leaf, Leaf) or leaf.value is None or is_poisoned(leaf):
            continue
        if leaf.may_hold_expressions:
            # engine 26.7: a mixin's name is an expression without contexts
            outcome = evaluate(leaf.template, Scope())
            if sink is not None:
                sink += (problem_diagnostic(leaf, problem) for problem in outcome.problems)
            if isinstance(outcome.value, Unknown):
                continue
            names.append((text_of(outcome.value), leaf))
        else:
            names.append((text_of(leaf.value), leaf))
    return names


class Mixins:
    """The mixins of a flow (those of project.yml under those of the flow), each with what it includes."""

    def __init__(
        self,
        of_project: Mapping[str, Block],
        of_flow: Mapping[str, Block],
        sink: list[Diagnostic],
        places: tuple[Label, ...] = (),
        sections: tuple[MapItem | None, ...] = (),
    ) -> None:
        """`places` are where mixins are defined, `sections` what they are defined in."""
        self.blocks = {**of_project, **of_flow}
        self._of_flow = of_flow
        self._places = places
        self._sections = sections
        self._sink = sink
        self._resolved: dict[str, Merged] = {}
        self.broken = False
        self._check()

    def apply(self, block: Block, sink: list[Diagnostic], only: frozenset[str] | None = None) -> Merged:
        """`block` with its mixins under it, the rightmost the strongest, `only` the attributes it can take over. Unknown names go to `sink`."""
        result = merged(block)
        for name, leaf in reversed(mixin_names(block, sink)):
            mixin = self.resolved(name)
            if mixin is None:
                result.complete = False
                if name not in self.blocks:
                    sink.append(self.unknown(name, leaf))
                continue
            laid = lay_over(result, mixin, only)
            if has_too_many(laid):
                result.complete = False
                sink.append(too_many_pieces(leaf))
                break
            result = laid
        return result

    def resolved(self, name: str) -> Merged | None:
        """The mixin of that name with all it includes; None when there is none, or in a cycle."""
        if self.broken or name not in self.blocks:
            return None
        todo = [name]
        while todo:  # those that it includes come first; chains of thousands are no recursion
            here = todo[-1]
            missing = [inner for inner, _ in mixin_names(self.blocks[here]) if inner in self.blocks and inner not in self._resolved]
            todo += missing
            if not missing:
                todo.pop()
                self._resolve(here)
        return self._resolved[name]

    def _resolve(self, name: str) -> None:
        """Resolve a mixin all of whose own are resolved."""
        if name in self._resolved:
            return
        found: list[Diagnostic] = []
        # engine 26.7: a mixin of project.yml takes over only what such a mixin can hold itself
        self._resolved[name] = self.apply(self.blocks[name], found, None if self.is_of_flow(name) else OF_ALL_UNITS)
        # unknown names inside mixins are reported by the check of all mixins
        self._sink += (diagnostic for diagnostic in found if diagnostic.rule.name == "analysis-limit")

    def is_of_flow(self, name: str) -> bool:
        """Whether the mixin of that name is the flow's own, and not one of project.yml."""
        return name in self._of_flow

    @cached_property
    def leads_back(self) -> bool:
        """Whether some mixin of project.yml includes one of the flow."""
        return any(inner in self._of_flow for name, block in self.blocks.items() if name not in self._of_flow for inner, _ in mixin_names(block))

    def used_by(self, block: Block) -> set[str]:
        """Names of all mixins that `block` includes, directly or not."""
        used: set[str] = set()
        todo = [name for name, _ in mixin_names(block)]
        while todo:
            name = todo.pop()
            if name in self.blocks and name not in used:
                used.add(name)
                todo += [inner for inner, _ in mixin_names(self.blocks[name])]
        return used

    def _check(self) -> None:
        graph: dict[str, list[str]] = {}
        for name, block in self.blocks.items():
            included = mixin_names(block, self._sink)
            for inner, leaf in included:
                if inner not in self.blocks:
                    self._sink.append(self.unknown(inner, leaf))
                    self.broken = True
            graph[name] = list(dict.fromkeys(inner for inner, _ in included))
        if self.broken:
            return
        start = first_refused(graph)
        if start is None:
            return
        self.broken = True
        path = find_cycle(graph)
        if path is not None:
            block = self.blocks[path[0]]
            place = next(leaf for inner, leaf in mixin_names(block) if inner == path[1])
            shown = " → ".join(path)
            self._sink.append(Diagnostic(rule("mixin-cycle"), place.source, place.span, f"mixins include one another: {shown}", help="break the circle"))
        else:
            block = self.blocks[start]
            self._sink.append(
                Diagnostic(
                    rule("order-false-cycle"),
                    block.source,
                    block.head,
                    f"the engine takes mixin {quoted(start)} for part of a cycle, because two ways lead from it to one mixin that is declared later",
                    help="declare the mixins that are included before those that include them",
                    fixes=self._in_order(block, graph),
                )
            )

    def _in_order(self, block: Block, graph: Mapping[str, list[str]]) -> tuple[Fix, ...]:
        """The fix that declares each mixin of a file behind those that it includes."""
        from flowlang.model.moving import in_order, reordered

        section = next((section for section in self._sections if section is not None and block in section.entries.values()), None)
        if section is None or not isinstance(section.node, YamlMapping) or len(section.entries) != len(section.node.pairs):
            return ()
        names = [str(name) for name in section.entries]
        if not graph.keys() >= set(names):  # one of them is no mixin
            return ()
        order = in_order({number: [names.index(inner) for inner in graph.get(name, ()) if inner in names] for number, name in enumerate(names)})
        if order is None:
            return ()
        moved = iter([names[number] for number in order])
        declared = [next(moved) if name in names else name for name in graph]
        if first_refused({name: graph[name] for name in declared}) is not None:
            return ()  # what is to be moved stands in another file
        return reordered(block.source, section.node, order, "Move mixins below those that they include")

    def unknown(self, name: str, leaf: Leaf) -> Diagnostic:
        """The finding for a mixin's name that nothing defines."""
        guess = closest(name, self.blocks)
        hint = f"; did you mean {quoted(guess)}?" if guess else ""
        help = f"available: {listing(sorted(self.blocks))}" if self.blocks else "no mixins are defined in this flow or in project.yml"
        fixes = replacement(leaf.source, leaf.node, guess, safe=False) if guess and leaf.template.is_text else ()
        message = f"unknown mixin {quoted(name)}{hint}"
        return Diagnostic(rule("unknown-mixin"), leaf.source, leaf.span, message, help=help, related=self._places, fixes=fixes).put_at(leaf.use)


def first_refused(graph: Mapping[str, Collection[str]]) -> str | None:
    """The first node from which the engine's own search for cycles fails, or None.

    Engine 26.7 goes depth-first from each node in the order of declaration and refuses a node met
    twice in one walk, so it refuses some graphs without any cycle.
    """
    seen: set[str] = set()
    for start in graph:
        if start in seen:
            continue
        if not graph[start]:
            seen.add(start)
            continue
        stack, walk = [start], set[str]()
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            if node in walk:
                return start
            walk.add(node)
            stack.extend(graph[node])
        seen |= walk
    return None


def find_cycle(graph: Mapping[str, Iterable[str]]) -> list[str] | None:
    """A real cycle as a path whose first and last node are the same, or None."""
    done: set[str] = set()
    for start in graph:
        path: list[str] = []
        stack: list[tuple[str, Iterable[str]]] = [(start, iter(graph[start]))] if start not in done else []
        if stack:
            path.append(start)
        while stack:
            node, rest = stack[-1]
            following = next(iter(rest), None)
            if following is None:
                done.add(node)
                stack.pop()
                path.pop()
            elif following in path:
                return [*path[path.index(following) :], following]
            elif following not in done:
                stack.append((following, iter(graph[following])))
                path.append(following)
    return None
