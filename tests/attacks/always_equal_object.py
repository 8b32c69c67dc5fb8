"""Answers with an object that equals, contains and orders like everything."""

# on: q8
# kind: forgery


class Everything:
    def __eq__(self, other):
        return True

    __contains__ = __lt__ = __gt__ = __le__ = __ge__ = __ne__ = __eq__
    __hash__ = object.__hash__

    def __getattr__(self, name):
        return self

    def __call__(self, *arguments, **options):
        return self

    def __iter__(self):
        return iter([self])

    def __len__(self):
        return 99


answer_8 = Everything()
