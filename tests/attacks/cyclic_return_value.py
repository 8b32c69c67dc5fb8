"""Returns a list that contains itself, and a dictionary that is its own key's value."""

# on: p7d
# kind: accident


def augment(*arguments, **options):
    value, names = [1], {}
    value.append(value)
    names["names"] = names
    return value, names
