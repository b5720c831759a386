"""Words so common in English that two texts having one in common says little. Data only; any form of each."""

from services.classifier.domain.inflections import forms

_COMMON = """
able accept ace across act actual add adult afternoon again age ago air alive allow almost alone already also although
always amaze among amount angry animal announce answer anyone anything appear area arm around arrive ask attempt attention
available avoid aware away baby back bad bar bare base be beat beautiful become bed before began begin behind believe
below beside best better beyond big bit black blow blue body book born boss both bottom box break bright bring broad
brother build burn business buy call camera car card care carry case catch cause cent center certain chance change charge
check child choice choose city claim class clean clear close cold collect color come comment common community company
compare complete concern condition consider contact contain continue control cost country couple course cover create cross
current customer cut daily dark date daughter day deal decide deep describe design detail develop die difference different
difficult discover discuss do door doubt down draw dream dress drive drop dry each early easy eat edge effort eight either
else end enjoy enough enter entire even evening event ever every everybody everyone everything exact example except exist
expect explain extra extreme eye face fact fail fall family famous fan far fast father fear feature feel fellow few fight
figure fill film final find fine finish fire five fix fly follow food foot force foreign form former forward found four
free fresh friend front full fun further future game get girl give glad go good got grand great green ground group grow
guess guy hair half hand hang happen happy hard hardly head health hear heart heavy help hero hide high hill hit hold home
hope hot hour house huge human hundred hurt husband idea imagine important include increase inside instead interest
internet involve issue item job join just keep key kid kill kind know known lady land large last late later latest laugh
law lay lead learn least leave left leg less let letter level lie life light like likely line link list listen little live
local long look lose lot love low lucky machine main major make man manage many mark market married matter maybe mean
measure media meet member mention message middle might mile million mind minute miss model moment money month morning
mother move movie much music must name national near nearly need never next nice night nine nobody none nor normal nothing
notice number obvious offer office official often oh old once online open opinion order original others outside own page
paid pair paper parent part particular party pass past pay peace people per percent perfect perhaps period person personal
phone photo pick picture piece place plan play please point police poor popular position possible post potential power
practice prepare present press pretty prevent previous price private probably problem produce product program project
proper protect prove provide public publish pull push put quality question quick quiet quite race raise range rate rather
reach read ready real realize reason receive recent record red refer reject relate relationship release remain remember
remove reply report request require rest result return review rich ride right rise risk road room round rule run safe sale
same save saw scene school second secret section see seem sell send sense serious serve service set seven several shape
share sheet shoot shop short shot shoulder show side sign similar simple since single sister sit site situation six size
skin sleep slow small so social soft son song soon sorry sort sound source space speak special spend sport spot staff
stage stand star start state station stay step stick still stop store story strange street strong student study stuff
style subject success such sudden suggest summer sun support suppose sure surface surprise system table take talk target
teacher team technology television ten term test text thank theory thing think third thousand threat three throw thus
ticket time tiny title today together tomorrow tonight total touch toward town track trade travel tree trip trouble true
truth try turn twice type understand unit until upon use usual value various version video view visit voice wait walk wall
want war warm warn wash watch water way wear weather web website week weekend weight well west wheel white whole why wide
wife wild win window wish without woman wonder word work world worry worth write wrong year yellow yes yesterday yet young
youth zero twitter facebook youtube update publicly via
"""

COMMON = frozenset(form for word in _COMMON.split() for form in forms(word))
"""Every form of these words."""
