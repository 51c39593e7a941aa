"""`NamedTuple` and `cached_property` as in the standard library, without what takes its time there and serves nothing here.

Every run makes a hundred classes of named tuples: `typing` compiles each annotation of each, which takes as long as making the classes.
Before Python 3.12 `functools` takes a lock for each first look at a cached property.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from functools import cached_property
    from typing import NamedTuple
else:
    from collections import namedtuple

    class cached_property:
        """A property that is computed once, and from then on stands in the instance."""

        def __init__(self, compute):
            self.compute = compute
            self.name = compute.__name__
            self.__doc__ = compute.__doc__

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            value = instance.__dict__[self.name] = self.compute(instance)
            return value

    _OWN = frozenset({"__annotations__", "__module__", "__qualname__", "__new__", "__slots__"})

    class _Maker(type):
        """Makes a class of named tuples of a class body with annotations as texts, which stay unread."""

        def __new__(cls, name, bases, body):
            if bases == ():
                return super().__new__(cls, name, bases, body)
            fields = body.get("__annotations__", {})
            defaults = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            made.__annotations__ = fields
            made.__qualname__ = body["__qualname__"]
            for key, value in body.items():
                if key not in fields and key not in _OWN:
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Maker):
        """What classes of named tuples are derived from."""


__all__ = ["NamedTuple", "cached_property"]
