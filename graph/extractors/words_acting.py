"""The verbs by which a name shows itself to be that of a body: "Monitor wants", "Barset has agreed"."""

from __future__ import annotations

from graph.patterns import make_regex

_PRESENT = (
    "says|wants|argues|warns|claims|insists|believes|hopes|fears|thinks|expects|intends|proposes|recommends"
    "|suggests|complains|admits|denies|accepts|rejects|refuses|objects|agrees|disputes|estimates|reckons"
    "|employs|provides|runs|operates|owns|pays|buys|spends|funds|commissions|contracts|sells|charges"
    "|inspects|regulates|publishes|reports|announces|advises|urges|asks|calls|demands|requires|expects"
    "|meets|hosts|leads|chairs|appoints|represents|speaks|receives|gets|gives|sends|takes|keeps|makes"
    "|faces|needs|plans|holds|does|puts|lets|leaves|sits|offers|supports|opposes|contributes|delivers"
    "|manages|covers|serves|shares|owes|remains|relies|welcomes|declines|tells|writes|points"
)
_PAST = (
    "said|wanted|argued|warned|claimed|insisted|believed|hoped|feared|thought|expected|intended|proposed"
    "|recommended|suggested|complained|admitted|denied|accepted|rejected|refused|objected|agreed|disputed"
    "|estimated|reckoned|employed|provided|ran|operated|owned|paid|bought|spent|funded|commissioned"
    "|contracted|sold|charged|inspected|regulated|published|reported|announced|advised|urged|asked|called"
    "|demanded|required|met|hosted|led|chaired|appointed|represented|spoke|received|got|gave|sent|took"
    "|kept|made|faced|needed|planned|held|did|put|let|left|sat|offered|supported|opposed|contributed"
    "|delivered|managed|covered|served|shared|owed|remained|relied|welcomed|declined|told|wrote|pointed"
    "|found|decided|closed|opened|won|lost|issued|signed|launched|approved|withdrew|blamed|withheld|fined"
)
_HELPING = (
    "has|had|is|was|will|would|can|could|may|might|must|should|cannot|did not|does not|has not|had not"
    "|will not|would not|wo|never|now|also|already|itself|alone|still"
)
ACTS = make_regex(rf",? (?:{_HELPING}|{_PRESENT}|{_PAST})\b")
"""What follows a name that acts, from the end of the name on."""
DECIDES = make_regex(rf",? (?:(?:has|had|also|now|itself) )*(?:{_PRESENT}|{_PAST})\b")
"""What follows a name that speaks, decides or pays: more than that it is or has something."""
AREAS = frozenset(("county", "borough", "district"))
"""Areas whose councils go by them: "the county has agreed to pay"."""
_AREA_ACTS = make_regex(
    rf"(?:,? (?:(?:has|had|also|now|itself|would|will|could|should|must|did|does|can|cannot|not|never) )*"
    rf"(?:{_PRESENT}|{_PAST}|pay|agree|fund|buy|run|take|give|commission|provide|keep|meet|say|make)\b"
    r"|'s (?:own )?(?:(?:adult|social|children's|public|joint|new|chief|care|legal|health|welfare"
    r"|scrutiny) ){0,2}(?:budgets?|council"
    r"|plans?|services|directors?|directorate|decisions?|bid|share|contribution|leaders?|cabinet|officers?"
    r"|executive|money|managers?|department|teams?|workers|staff|grant|funding|policy|proposals?|response"
    r"|committees?|auditors?|lawyers|solicitors?|contracts?|homes|fees|behalf|view|offer|headquarters"
    r"|therapists|nurses|offices?|\d+ homes)\b"
    r"|,? (?:and|or|nor) (?:the|its|his|her) (?:PCTs?|CCGs?|ICB|trusts?|health|district|county|board|NHS)\b)"
)
_AREA_ALONE = make_regex(
    r"[.,;:?!)\u201d\"]|$"
    r"| (?:[a-z]+ed|is (?:to|now)|was (?:to|not)|were|does|from"
    r"|go|goes|went|cut|each|both|jointly|and|or|to|for|that|which|as"
    r"|had|has|have|but|with|at|on|in|by|if|when|since|after|before|until|while|over|into|than|not"
    r"|this year)\b"
)
"""What follows an area that is no modifier of a noun ("the county ground")."""


def acts_for_council(before: str, after: str) -> bool:
    """Say whether an area stands for its council: it decides, or money, posts and duties are its.

    >>> acts_for_council("so the ", " agreed to pay"), acts_for_council("villages across the ", " agreed")
    (True, False)
    """
    if _IN_AREA.search(before):
        return False
    return bool(_AREA_ACTS.match(after) or _AREA_ALONE.match(after))


_IN_AREA = make_regex(
    r"\b(?:in|across|throughout|within|around|over|into|for|through|outside|leave|left|half|rest of|serves"
    r"|round|serving|covers|covering|cover|beyond|near|inside"
    r"|(?<!those )(?<!staff )(?<!behalf )(?<!side )(?<!officers )of)"
    r" (?:[Tt]he|[Tt]his|[Tt]hat|our|my) (?:whole |new |old )?$"
)
