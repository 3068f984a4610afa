"""Queries that most requests send: built and put into SQL once a process, sent with other values.

Django takes longer to put a query of several tables into SQL than PostgreSQL takes to answer it
(docs/adr/0010).
"""

from collections.abc import Callable
from copy import copy
from functools import cache
from typing import Any, Generic, ParamSpec, TypeVar, cast
from weakref import WeakSet

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Shape = ParamSpec("Shape")


class Parameter(Expression):
    """A value of a prepared query that is named when it is built, and given when it is sent."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        super().__init__()
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Stand among the parameters of the statement until there is a value."""
        return "%s", [self]


class Prepared(Generic[Row]):
    """One query, whose SQL is the same for every value of its parameters.

    What it asks must depend on its parameters alone: whatever else `build` reads, it reads once.
    """

    known: WeakSet["Prepared[Any]"] = WeakSet()

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        """Keep how the query is built; the parts that change are `Parameter`s."""
        self.build = build
        self.compiled: tuple[QuerySet[Any, Row], SQLCompiler, str, tuple[Any, ...]] | None = None
        self.known.add(self)

    def __call__(self, **values: Any) -> list[Row]:
        """Send it with these values, as the database takes them, and return the rows.

        Raises:
            KeyError: a parameter has no value.
        """
        queryset, compiler, sql, parameters = self.compiled or self._compile()
        given = tuple(values[p.name] if isinstance(p, Parameter) else p for p in parameters)
        sent = copy(compiler)
        sent.connection = connections[queryset.db]
        sent.as_sql = lambda *_options: (sql, given)  # type: ignore[method-assign]
        asked = queryset.all()
        asked.query.get_compiler = lambda *_args, **_options: sent  # type: ignore[method-assign]
        return list(asked)

    def one(self, **values: Any) -> Row | None:
        """Return the one row that there can be, or None.

        Raises:
            KeyError: a parameter has no value.
        """
        return next(iter(self(**values)), None)

    def _compile(self) -> tuple[QuerySet[Any, Row], SQLCompiler, str, tuple[Any, ...]]:
        queryset = self.build()
        compiler = queryset.query.get_compiler(queryset.db)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:  # whatever the values: Django then sends nothing
            sql, parameters = "", ()
        self.compiled = queryset, compiler, sql, tuple(parameters)
        return self.compiled


def by_shape(build: Callable[Shape, QuerySet[Any, Row]]) -> Callable[Shape, Prepared[Row]]:
    """Return a function of what decides a query's shape, with one prepared query for each answer."""

    @cache
    def prepared(**shape: Any) -> Prepared[Row]:
        return Prepared(lambda: build(**shape))  # type: ignore[call-arg]

    return cast("Callable[Shape, Prepared[Row]]", prepared)


def only(queryset: QuerySet[Any, Row]) -> Row | None:
    """Return the one row that there can be, or None: `first` puts it in order, which costs more."""
    return next(iter(queryset.order_by()[:1]), None)


def forget() -> None:
    """Let every query be built anew when it is next sent: for tests that change what is asked."""
    for prepared in Prepared.known:
        prepared.compiled = None
