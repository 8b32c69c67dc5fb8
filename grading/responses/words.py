"""Small words and verbs of English: enough grammar to tell sentences from lists and from scrambled words."""

SMALL_WORDS = frozenset(
    """
    a an the this that these those it its they their them he she his we you your i my one each every all both no
    not of to in into on onto at by for from with without over under through across about between among than as
    like and or but so if then when while where which who whose what how because since therefore thus hence via
    per n u r -> <-> = : there here only also just more most very same other another such out up off down 's
    """.split()
)

# Words that are verbs wherever they stand in an answer of this field; "weights", "states", "focus" are not among them.
VERBS = frozenset(
    """
    is are was were be been being has have had can could does do did will would may might should must let lets
    get gets make makes give gives giv take takes read reads write writes generate generates produce produces
    predict predicts see sees look looks attend attends learn learns know knows work works go goes come comes
    relate relates compare compares compute computes capture captures improve improves help helps allow allows
    need needs handle handles run runs start starts become becomes keep keeps pass passes turn turns decide
    decides tell tells show shows find finds understand understands weigh weighs combine combines stand stands
    depend depends train trains outperform outperforms reach reaches connect connects convert converts encode
    encodes decode decodes compress compresses summarise summarises summarize summarizes feed feeds wait waits
    forget forgets suffer suffers receive receives consume consumes build builds pick picks choose chooses guess
    guesses fill fills send sends process processes use uses follow follows begin begins return returns adapt
    adapts adjust adjusts update updates add adds mix mixes refine refines extract extracts preserve preserves
    achieve achieves enable enables exploit exploits perform performs provide provides remember remembers set
    sets deliver delivers yield yields save saves require requires finish accelerate accelerates reduce reduces
    obtain offer offers create creates avoid avoids retain retains apply applies contain contains consist
    consists rely relies replace replaces remove removes drop drops represent represents resolve resolves raise
    raises lead leads interpret interprets beat beats grow grows treat treats lower lowers translate translates
    continue continues respond responds scale scales vanish vanishes happen happens mean means
    """.split()
)
