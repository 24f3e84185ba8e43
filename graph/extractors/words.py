"""The small words by which names are told from what stands beside them."""

from __future__ import annotations

JOINS = frozenset("of for and the & upon with de la in on to".split())
"""Small words that may stand inside a name."""

STARTERS = frozenset(
    "the a an in on at by for from to of with and or but if as so when while where what which who how why "
    "this that these those there here it its he she they we you i his her their our my your all any each "
    "every both some many most several few no not only even last next yesterday today tomorrow now then "
    "also however meanwhile since after before during under over about against between monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december former ex new local other another one two three four five six "
    "seven eight nine ten further more such did does do is are was were will would can could should has "
    "have had let asked yet thus despite although because until through across according following "
    "including unlike like per dear said says earlier later recently private public read see note contact "
    "cut reduce shorten close charity regulator watchdog union author title source than chair within "
    "without via".split()
)
"""Words that open a sentence and not a name."""

TITLES = frozenset(
    "minister secretary director chairman chairwoman chairperson president professor dr mr mrs ms miss "
    "lord lady baroness sir dame councillor cllr chief officer leader member members mp msp am mep "
    "manager spokesman spokeswoman spokesperson editor dean chancellor commissioner governor head nurse "
    "doctor consultant rev reverend hon honourable friend bishop prime deputy shadow vice-chairman vice- "
    "president lecturer fellow inspector partner".split()
)
"""Words of persons' titles: what stands before them belongs to a person."""

ADJECTIVES = frozenset(
    "english british scottish welsh irish european american labour conservative tory liberal democrat lib "
    "dem snp green independent victorian nhs coalition republican democratic french german swedish".split()
)
"""Capitalised adjectives: before a head in lower case they make no name ("English councils")."""

GENERIC = frozenset(
    "local joint executive shadow management partnership community general national regional scrutiny new "
    "private public trust district county city borough town independent acute foundation primary care "
    "health social services nhs hospital clinical adult adults children's childrens ethics steering "
    "project programme working planning first full own voluntary advisory audit select medical business "
    "royal strategic integrated teaching university specialist central main good better quality mental "
    "residential nursing home day great this the parish unitary metropolitan commissioning special "
    "standing cabinet overview and of support sector committee inquiry &".split()
)
"""Words that say what sort of body it is, not which."""

SERVICE_CARE = frozenset(
    "social health primary community secondary intermediate acute long-term term palliative day nursing "
    "home personal respite residential continuing emergency urgent elderly adult child free domiciliary "
    "end-of-life intensive patient integrated better and".split()
)
"""Words before "Care" that make it a service, no company."""

PLACE_TYPES = frozenset(
    "PrimaryCareTrust StrategicHealthAuthority HealthAuthority ClinicalCommissioningGroup LocalAuthority "
    "CountyCouncil NHSTrust FoundationTrust HealthBoard CareTrust PrimaryCareGroup IntegratedCareBoard "
    "DistrictCouncil".split()
)
"""Types whose bodies are named after one or more places."""

WEAK_HEADS = frozenset(
    "care services uk partners group groups social bank bureau school rail city health press centre".split()
)
"""Heads that are common inside names too, so that they do not part coordinated bodies."""

DIRECTIONS = frozenset(
    "belfast london cardiff edinburgh glasgow northern southern eastern western south north east west "
    "central".split()
)
"""Words before "Trust" that make it a trust of the health service."""

PLURALS = frozenset("pcts ccgs trusts groups councils universities boards".split())
"""Plural heads."""

COUNTRIES = frozenset("london scottish english welsh yorkshire midlands northern southern".split())
"""Names before a plural head that make it a class of a place ("London CCGs")."""

OWNERS = frozenset(
    "government england britain scotland wales ireland london kingdom authority country nation".split()
)
"""Owners that are no part of a name ("Scotland's Health Board")."""

FUNCTION_WORDS = frozenset(
    "is are was were be been being has have had do does did will would shall should can could may might "
    "must and or but nor of in on at by for from to with who which that as than when where while if "
    "because since until after before between across against about into under over through not also now "
    "then said says told added argued claimed warned announced agreed decided wants wanted needs plans "
    "planned faces faced has's 's recognises failed made makes took runs ran spent spends gets got gave "
    "gives set sets already alone itself themselves too more only still never often always rather instead "
    "within during a an the its their his her cannot recently currently later together provides provided "
    "wrote called asked urged ought whose whom".split()
)
"""Words after which a noun before them stands as a body by itself ("the PCT has")."""

BODY_NOUNS = frozenset(
    "board boards leader leaders boss bosses chief chiefs chairman chair chairs staff services budget "
    "budgets funding funds finances spending areas area maps boundaries borders boundary managers manager "
    "officials officer officers members member services' care provision bureaucracy partnerships "
    "partnership commissioning commissioners investment cuts cut status level levels representatives "
    "representative headquarters premises workers employees directors director executive executives "
    "spokesman spokeswoman spokesperson functions responsibilities responsibility plan social adult "
    "children's education housing grants grant support finance resources performance associations nurses "
    "homes home meeting meetings cabinet decision decisions run owned funded controlled led nhs "
    "reconfiguration reorganisation mergers merger mental public health elections group groups providers "
    "provider structure structures sector bodies employers decision-makers money allocations costs "
    "patients deficits deficit trusts control consent cash contracts contract teams team scrutiny hands "
    "partners colleagues".split()
)
"""Nouns that a body as modifier stands before ("PCT budgets")."""

NATIONAL = frozenset(
    "act acts acute agenda alliance app bank benchmarking bill bills blood bodies britain budget budgets "
    "cancer care charitable charities check checks choices circular clinical commissioner commissioners "
    "commissioning complaints confederation connecting constitution continuing contract contracts core "
    "counter covid covid-19 crisis cuts day delivery dentist dentistry dentists diabetes digital direct "
    "direction directions elect employers england estates evidence executive five forward foundation "
    "framework fraud fund funding funds future gateway getting gp green highland hospital hospitals "
    "identity improvement injury institute jobs leadership litigation logistics long mail manager "
    "managers modernisation number nurse nurses ombudsman online operating order orders outcomes paper "
    "pathways patient patients payroll pensions people plan plans prevention professionals programme "
    "programmes protect providers quality race redress reform reforms regulations reorganisation "
    "reorganization report resolution responders review reviews right rightcare safety scheme scotland "
    "screening sickness spine staff standard standards strategy supply term test together trace tribunal "
    "trust trusts uk union unions university vaccine values view volunteer volunteers wales walk-in "
    "website white winter workforce year".split()
)
"""Words after "NHS" that are part of no place ("NHS Improvement", "NHS Plan")."""
