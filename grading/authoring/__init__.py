"""Tools for those who write questions: a new one, a look at the student's view, masters without outputs."""
