"""The verbs by which a name shows itself to be that of a body: "Monitor wants", "Barset has agreed"."""

from __future__ import annotations

import re

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
ACTS = re.compile(rf",? (?:{_HELPING}|{_PRESENT}|{_PAST})\b")
"""What follows a name that acts, from the end of the name on."""
DECIDES = re.compile(rf",? (?:(?:has|had|also|now|itself) )*(?:{_PRESENT}|{_PAST})\b")
"""What follows a name that speaks, decides or pays: more than that it is or has something."""
