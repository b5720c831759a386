"""The states of the world as news names them: other names and adjectives, capital and seats of government. Data only.

Left out are capitals that are as often something else (Victoria, Kingston, Hamilton). Invented or unknown states are told by the form of
their names (``states``).
"""

COUNTRIES = """
Afghanistan|AF|afghan,afghani|kabul
Albania|AL|albanian|tirana
Algeria|DZ|algerian|algiers
Andorra|AD|andorran|andorra la vella
Angola|AO|angolan|luanda
Antigua and Barbuda|AG|antiguan|st john's
Argentina|AR|argentine,argentinian|buenos aires,casa rosada
Armenia|AM|armenian|yerevan
Australia|AU|australian|canberra
Austria|AT|austrian|vienna
Azerbaijan|AZ|azerbaijani,azeri|baku
Bahamas|BS|bahamian|nassau
Bahrain|BH|bahraini|manama
Bangladesh|BD|bangladeshi|dhaka
Barbados|BB|barbadian,bajan|bridgetown
Belarus|BY|belarusian,belarussian|minsk
Belgium|BE|belgian|brussels
Belize|BZ|belizean|belmopan
Benin|BJ|beninese|porto-novo,cotonou
Bhutan|BT|bhutanese|thimphu
Bolivia|BO|bolivian|la paz,sucre
Bosnia and Herzegovina|BA|bosnian,bosnia|sarajevo
Botswana|BW|botswanan,batswana|gaborone
Brazil|BR|brazilian|brasilia,planalto
Brunei|BN|bruneian|bandar seri begawan
Bulgaria|BG|bulgarian|sofia
Burkina Faso|BF|burkinabe|ouagadougou
Burundi|BI|burundian|gitega,bujumbura
Cambodia|KH|cambodian|phnom penh
Cameroon|CM|cameroonian|yaounde
Canada|CA|canadian|ottawa
Cape Verde|CV|cape verdean,cabo verde|praia
Central African Republic|CF|central african|bangui
Chad|TD|chadian|n'djamena,ndjamena
Chile|CL|chilean|la moneda
China|CN|chinese|beijing,zhongnanhai
Colombia|CO|colombian|bogota
Comoros|KM|comorian|moroni
Congo|CG|congolese|brazzaville,kinshasa
Costa Rica|CR|costa rican|
Croatia|HR|croatian|zagreb
Cuba|CU|cuban|havana
Cyprus|CY|cypriot|nicosia
Czech Republic|CZ|czech,czechia|prague
Denmark|DK|danish|copenhagen,christiansborg
Djibouti|DJ|djiboutian|
Dominica|DM|dominica|roseau
Dominican Republic|DO|dominican|santo domingo
East Timor|TL|east timorese,timor-leste,timorese|dili
Ecuador|EC|ecuadorian,ecuadorean|quito
Egypt|EG|egyptian|cairo
El Salvador|SV|salvadoran,salvadorean|san salvador
Equatorial Guinea|GQ|equatorial guinean,equatoguinean|malabo
Eritrea|ER|eritrean|asmara
Estonia|EE|estonian|tallinn
Eswatini|SZ|swazi,swaziland|mbabane
Ethiopia|ET|ethiopian|addis ababa
Fiji|FJ|fijian|suva
Finland|FI|finnish|helsinki
France|FR|french|paris,elysee,quai d'orsay,matignon
Gabon|GA|gabonese|libreville
Gambia|GM|gambian|banjul
Georgia|GE|georgian|tbilisi
Germany|DE|german|berlin
Ghana|GH|ghanaian|accra
Greece|GR|greek|athens
Grenada|GD|grenadian|
Guatemala|GT|guatemalan|guatemala city
Guinea|GN|guinean|conakry
Guinea-Bissau|GW|bissau-guinean|bissau
Guyana|GY|guyanese|
Haiti|HT|haitian|port-au-prince
Honduras|HN|honduran|tegucigalpa
Hungary|HU|hungarian|budapest
Iceland|IS|icelandic|reykjavik
India|IN|indian|delhi,new delhi
Indonesia|ID|indonesian|jakarta
Iran|IR|iranian,islamic republic|tehran
Iraq|IQ|iraqi|baghdad
Ireland|IE|irish|dublin
Israel|IL|israeli|jerusalem,tel aviv
Italy|IT|italian|rome,palazzo chigi,farnesina
Ivory Coast|CI|ivorian,cote d'ivoire|yamoussoukro,abidjan
Jamaica|JM|jamaican|
Japan|JP|japanese|tokyo
Jordan|JO|jordanian|amman
Kazakhstan|KZ|kazakh,kazakhstani|astana
Kenya|KE|kenyan|nairobi
Kiribati|KI|i-kiribati|tarawa
Kosovo|XK|kosovar,kosovan|pristina
Kuwait|KW|kuwaiti|kuwait city
Kyrgyzstan|KG|kyrgyz,kirghiz|bishkek
Laos|LA|lao,laotian|vientiane
Latvia|LV|latvian|riga
Lebanon|LB|lebanese|beirut
Lesotho|LS|basotho|maseru
Liberia|LR|liberian|monrovia
Libya|LY|libyan|tripoli
Liechtenstein|LI|liechtensteiner|vaduz
Lithuania|LT|lithuanian|vilnius
Luxembourg|LU|luxembourger,luxembourgish|
Madagascar|MG|malagasy|antananarivo
Malawi|MW|malawian|lilongwe
Malaysia|MY|malaysian|kuala lumpur,putrajaya
Maldives|MV|maldivian|
Mali|ML|malian|bamako
Malta|MT|maltese|valletta
Marshall Islands|MH|marshallese|majuro
Mauritania|MR|mauritanian|nouakchott
Mauritius|MU|mauritian|port louis
Mexico|MX|mexican|mexico city
Micronesia|FM|micronesian|palikir
Moldova|MD|moldovan|chisinau
Monaco|MC|monegasque|
Mongolia|MN|mongolian|ulaanbaatar,ulan bator
Montenegro|ME|montenegrin|podgorica
Morocco|MA|moroccan|rabat
Mozambique|MZ|mozambican|maputo
Myanmar|MM|burmese,burma|naypyidaw,naypyitaw,yangon
Namibia|NA|namibian|windhoek
Nauru|NR|nauruan|yaren
Nepal|NP|nepali,nepalese|kathmandu
Netherlands|NL|dutch|the hague
New Zealand|NZ|new zealand|wellington,beehive
Nicaragua|NI|nicaraguan|managua
Niger|NE|nigerien|niamey
Nigeria|NG|nigerian|abuja,aso rock
North Korea|KP|north korean,dprk|pyongyang
North Macedonia|MK|north macedonian,macedonian,macedonia|skopje
Norway|NO|norwegian|oslo
Oman|OM|omani|muscat
Pakistan|PK|pakistani|islamabad,rawalpindi
Palau|PW|palauan|ngerulmud
Palestine|PS|palestinian,palestinian authority|ramallah
Panama|PA|panamanian|panama city
Papua New Guinea|PG|papua new guinean|port moresby
Paraguay|PY|paraguayan|asuncion
Peru|PE|peruvian|lima
Philippines|PH|philippine,filipino|manila,malacanang
Poland|PL|polish|warsaw
Portugal|PT|portuguese|lisbon
Qatar|QA|qatari|doha
Romania|RO|romanian|bucharest
Russia|RU|russian,russian federation|moscow,kremlin,the kremlin
Rwanda|RW|rwandan|kigali
Saint Kitts and Nevis|KN|kittitian|basseterre
Saint Lucia|LC|saint lucian,st lucia|castries
Saint Vincent and the Grenadines|VC|vincentian,st vincent|kingstown
Samoa|WS|samoan|apia
San Marino|SM|sammarinese|
Sao Tome and Principe|ST|sao tomean,sao tome|
Saudi Arabia|SA|saudi,saudi arabian|riyadh
Senegal|SN|senegalese|dakar
Serbia|RS|serbian,serb|belgrade
Seychelles|SC|seychellois|
Sierra Leone|SL|sierra leonean|freetown
Singapore|SG|singaporean|istana
Slovakia|SK|slovak,slovakian|bratislava
Slovenia|SI|slovenian,slovene|ljubljana
Solomon Islands|SB|solomon islander,solomons|honiara
Somalia|SO|somali,somalian|mogadishu
South Africa|ZA|south african|pretoria,union buildings
South Korea|KR|south korean|seoul,blue house
South Sudan|SS|south sudanese|juba
Spain|ES|spanish|madrid,moncloa
Sri Lanka|LK|sri lankan|colombo
Sudan|SD|sudanese|khartoum
Suriname|SR|surinamese|paramaribo
Sweden|SE|swedish|stockholm,rosenbad
Switzerland|CH|swiss|bern,berne
Syria|SY|syrian|damascus
Taiwan|TW|taiwanese|taipei
Tajikistan|TJ|tajik,tajikistani|dushanbe
Tanzania|TZ|tanzanian|dodoma,dar es salaam
Thailand|TH|thai|bangkok
Togo|TG|togolese|lome
Tonga|TO|tongan|nuku'alofa
Trinidad and Tobago|TT|trinidadian,trinidad|port of spain
Tunisia|TN|tunisian|tunis,carthage palace
Turkey|TR|turkish,turkiye|ankara
Turkmenistan|TM|turkmen|ashgabat
Tuvalu|TV|tuvaluan|funafuti
Uganda|UG|ugandan|kampala
Ukraine|UA|ukrainian|kyiv,kiev
United Arab Emirates|AE|emirati,uae,emirates|abu dhabi
United Kingdom|GB|british,uk,u.k.,u.k,britain,great britain|london,downing street,10 downing street,whitehall,foreign office
United States|US|american,us,u.s,u.s.,usa,america|washington,pentagon,white house,state department,foggy bottom,oval office,capitol hill
Uruguay|UY|uruguayan|montevideo
Uzbekistan|UZ|uzbek,uzbekistani|tashkent
Vanuatu|VU|ni-vanuatu|port vila
Vatican|VA|vatican city|holy see
Venezuela|VE|venezuelan|caracas,miraflores
Vietnam|VN|vietnamese|hanoi
Yemen|YE|yemeni|sanaa,sana'a
Zambia|ZM|zambian|lusaka
Zimbabwe|ZW|zimbabwean|harare
"""

NAMES: dict[str, str] = {}
"""State by its name, other names and adjectives, lower case."""

SEATS: dict[str, str] = {}
"""State by its capital and the seats of its government, lower case."""

BY_CODE: dict[str, str] = {}
"""State by its code (ISO 3166-1 alpha-2)."""

for _row in COUNTRIES.strip().split("\n"):
    _country, _code, _others, _seats = _row.split("|")
    BY_CODE[_code] = _country
    NAMES.update(dict.fromkeys((_country.lower(), *filter(None, _others.split(","))), _country))
    SEATS.update(dict.fromkeys(filter(None, _seats.split(",")), _country))
