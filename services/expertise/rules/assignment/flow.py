"""The exact optimum of an instance as a flow of minimum cost, proved over all allowed pairs (F1).

S → expert [lower, upper] → (work, municipality) [0, cap] → work [need]. The matrix is totally unimodular, so the
optimum is whole. Only the best candidates of each work and of each expert enter the network at first; then the
reduced costs of *all* allowed pairs are looked at, and whoever would improve the plan enters too, until nobody would.
What cannot be covered runs along arcs so dear that they are used only where nothing else is possible.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from services.expertise.rules.assignment.instance import FORBIDDEN, Instance, Ints, Longs
from services.expertise.rules.assignment.prices import Prices, improving, prices

#: Candidates that enter the network at the beginning, for each work and for each expert.
BEST = 16
#: How many pairs a pricing round may add for each work.
MORE = 12


@dataclass(frozen=True)
class Weights:
    """What a unit of each goal costs; a greater goal outweighs all that a lesser one can bring."""

    affinity: int = 1
    spread: int = 0
    kept: int = 0


@dataclass(frozen=True)
class Flow:
    """A plan of pairs ``expert[i]``, ``work[i]``; what is ``short`` of a work, ``idle`` below a lower bound.

    ``prices`` prove it: no allowed pair would improve the plan at these prices.
    """

    expert: Ints
    work: Ints
    short: Ints
    idle: Ints
    rounds: int
    arcs: int
    prices: Prices | None = None

    @property
    def complete(self) -> bool:
        """Whether every work has its experts and every lower bound is met."""
        return not self.short.any() and not self.idle.any()

    def loads(self, experts: int) -> Ints:
        """How many works each expert got."""
        return np.bincount(self.expert, minlength=experts).astype(np.int32)


def affinity_of(problem: Instance, expert: Ints, work: Ints) -> int:
    """The total affinity of pairs, in ten-thousandths."""
    return int(problem.affinity[expert, work].sum(dtype=np.int64))


def solve(problem: Instance, weights: Weights | None = None, kept: tuple[Ints, Ints] | None = None) -> Flow:
    """The best plan: full coverage as far as possible first, then what ``weights`` say; exact.

    ``kept`` pairs stand in the old plan: each that stays earns ``weights.kept``.
    """
    return _Network(problem, weights or Weights(), kept).run()


class _Network:
    def __init__(self, problem: Instance, weights: Weights, kept: tuple[Ints, Ints] | None) -> None:
        self.problem = problem
        self.weights = weights
        self.open = (problem.affinity != FORBIDDEN) & (problem.upper > 0)[:, None] & (problem.need > 0)
        if (problem.caps <= 0).any():
            self.open &= (problem.caps.T > 0)[problem.group]
        self.open = np.ascontiguousarray(self.open)  # pairs are found in it by their codes
        self.binding = problem.caps < problem.need[:, None]
        top = max(int(problem.affinity.max(initial=0)), 1) * weights.affinity + weights.kept
        steepest = 2 * int((problem.base + problem.upper).max(initial=0)) * weights.spread
        self.dear = top * (problem.experts + 2) + 4 * steepest + 1
        mine = np.zeros(0, dtype=np.int64) if kept is None else self._coded(*kept)
        self.kept = np.unique(mine[self.open.ravel()[mine]])
        self.codes = np.union1d(self._first(), self.kept)
        self.outside = self.open  # allowed pairs that are not in the network yet
        self.outside.ravel()[self.codes] = False

    def _coded(self, expert: Ints, work: Ints) -> Longs:
        return expert.astype(np.int64) * self.problem.works + work

    def run(self) -> Flow:
        rounds = 0
        while True:
            rounds += 1
            flow = self._solve(rounds)
            paid = self._prices(flow)
            more = improving(self.problem, self.outside, paid, self.weights.affinity, more=MORE * rounds)
            if not more.size:
                return replace(flow, prices=paid)
            self.outside.ravel()[more] = False
            self.codes = np.union1d(self.codes, more)

    def _first(self) -> Longs:
        """The best allowed candidates of every work and of every expert; equals are mixed evenly."""
        problem, found = self.problem, []
        for axis, size in ((0, problem.works), (1, problem.experts)):
            other = problem.affinity.shape[axis]
            count = min(BEST + 2 * int(problem.need.max(initial=1)), other)
            block = max(1, 1_000_000 // max(other, 1))
            for start in range(0, size, block):
                part = slice(start, min(start + block, size))
                mine = np.arange(part.start, part.stop, dtype=np.int64)
                scores = problem.affinity[:, part].T if axis == 0 else problem.affinity[part]
                allowed = self.open[:, part].T if axis == 0 else self.open[part]
                others = np.arange(other, dtype=np.int64)
                mixed = (mine[:, None] * 40_503 + others * 30_011 + mine[:, None] * others * 7_919) % 4_093
                ranked = np.where(allowed, scores.astype(np.int32) * 4_096 + mixed.astype(np.int32), -1)
                best = np.argpartition(-ranked, count - 1, axis=1)[:, :count] if count < other else others[None, :]
                best = np.broadcast_to(best, (mine.size, count))
                row = np.repeat(mine, count)
                column = best.ravel().astype(np.int64)
                good = ranked[row - start, column] >= 0
                expert, work = (column, row) if axis == 0 else (row, column)
                found.append((expert * problem.works + work)[good])
        return np.unique(np.concatenate(found))

    def _solve(self, rounds: int) -> Flow:
        """The optimum over the candidates of now; the dear arcs enter only where it cannot do without them."""
        problem = self.problem
        expert, work = np.divmod(self.codes, problem.works)
        self.cost = -self.weights.affinity * problem.affinity[expert, work].astype(np.int64)
        if self.weights.kept:
            self.cost[np.isin(self.codes, self.kept, assume_unique=True)] -= self.weights.kept
        none = np.zeros(problem.experts, dtype=np.int32), np.zeros(problem.works, dtype=np.int32)
        flow, pairs = self._network(expert, work)
        idle, short = none
        if flow.solve() != flow.OPTIMAL:
            flow, pairs = self._network(expert, work)
            back, aside = self._dear(flow)
            status = flow.solve()
            if status != flow.OPTIMAL:
                raise ArithmeticError(f"the flow of an assignment ended with {status}")
            idle, short = flow.flows(back).astype(np.int32), flow.flows(aside).astype(np.int32)
        self.used = flow.flows(pairs) > 0
        return Flow(
            expert=expert[self.used].astype(np.int32),
            work=work[self.used].astype(np.int32),
            short=short,
            idle=idle,
            rounds=rounds,
            arcs=int(self.codes.size),
        )

    def _network(self, expert: Longs, work: Longs) -> tuple[Any, Any]:
        """Nodes: experts, S, works, seats of capped municipalities; gives the arcs of the pairs."""
        from ortools.graph.python import min_cost_flow

        problem = self.problem
        experts, works = problem.experts, problem.works
        group = problem.group[expert]
        capped = self.binding[work, group]
        seats, seat = np.unique(work[capped] * problem.caps.shape[1] + group[capped], return_inverse=True)
        seat_work, seat_group = np.divmod(seats, problem.caps.shape[1])
        source, first_work = experts, experts + 1
        first_seat = first_work + works
        head = first_work + work
        head[capped] = first_seat + seat

        flow = min_cost_flow.SimpleMinCostFlow()
        pairs = flow.add_arcs_with_capacity_and_unit_cost(expert, head, np.ones_like(expert), self.cost)
        flow.add_arcs_with_capacity_and_unit_cost(
            first_seat + np.arange(seats.size),
            first_work + seat_work,
            problem.caps[seat_work, seat_group].astype(np.int64),
            np.zeros(seats.size, dtype=np.int64),
        )
        owner, capacity, price = self._burdens()
        flow.add_arcs_with_capacity_and_unit_cost(np.full(owner.size, source), owner, capacity, price)
        flow.set_nodes_supplies(np.arange(experts), problem.lower.astype(np.int64))
        flow.set_node_supply(source, problem.wanted - int(problem.lower.sum()))
        flow.set_nodes_supplies(first_work + np.arange(works), -problem.need.astype(np.int64))
        return flow, pairs

    def _dear(self, flow: Any) -> tuple[Any, Any]:
        """Arcs for what is not possible: back from an idle expert, aside to a work that lacks somebody."""
        problem, source = self.problem, self.problem.experts
        experts, works = np.arange(problem.experts), np.arange(problem.works)
        back = flow.add_arcs_with_capacity_and_unit_cost(
            experts,
            np.full(experts.size, source),
            problem.lower.astype(np.int64),
            np.full(experts.size, self.dear),
        )
        aside = flow.add_arcs_with_capacity_and_unit_cost(
            np.full(works.size, source),
            source + 1 + works,
            problem.need.astype(np.int64),
            np.full(works.size, self.dear),
        )
        return back, aside

    def _burdens(self) -> tuple[Longs, Longs, Longs]:
        """Arcs from S to experts above their lower bounds; with a price of spread each further work costs more."""
        problem = self.problem
        room = (problem.upper - problem.lower).astype(np.int64)
        if not self.weights.spread:
            owner = np.flatnonzero(room > 0)
            return owner, room[owner], np.zeros(owner.size, dtype=np.int64)
        owner = np.repeat(np.arange(problem.experts), room)
        step = np.arange(owner.size) - np.repeat(np.cumsum(room) - room, room)
        load = problem.base[owner] + problem.lower[owner] + step + 1
        return owner, np.ones_like(owner), self.weights.spread * (2 * load.astype(np.int64) - 1)

    def _prices(self, flow: Flow) -> Prices:
        return prices(
            self.problem,
            codes=self.codes,
            used=self.used,
            cost=self.cost,
            idle=flow.idle,
            spread=self.weights.spread,
            dear=self.dear,
        )
