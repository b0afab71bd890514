"""The words reports are made of: districts, groups, indicators, goals, sentences.

Belongs here: lists only. The sentences are written for the tests; none is taken from a report.
Does not belong here: choosing among them (`content`).
"""

from __future__ import annotations

# slug, name, first and last year in which it reports (mergers of 2020-07 and 2023-07)
DISTRICTS = (
    ("bromma", "Bromma", 2008, 2026),
    ("enskede-arsta-vantor", "Enskede-Årsta-Vantör", 2008, 2026),
    ("farsta", "Farsta", 2008, 2026),
    ("hagersten-alvsjo", "Hägersten-Älvsjö", 2021, 2026),
    ("hagersten-liljeholmen", "Hägersten-Liljeholmen", 2008, 2019),
    ("hasselby-vallingby", "Hässelby-Vällingby", 2008, 2026),
    ("jarva", "Järva", 2024, 2026),
    ("kungsholmen", "Kungsholmen", 2008, 2026),
    ("norra-innerstaden", "Norra innerstaden", 2024, 2026),
    ("norrmalm", "Norrmalm", 2008, 2022),
    ("rinkeby-kista", "Rinkeby-Kista", 2008, 2022),
    ("skarholmen", "Skärholmen", 2008, 2026),
    ("skarpnack", "Skarpnäck", 2008, 2026),
    ("sodermalm", "Södermalm", 2008, 2026),
    ("spanga-tensta", "Spånga-Tensta", 2008, 2022),
)

GROUPS = (
    "barn", "barn och unga", "elever i årskurs 9", "ungdomar", "unga vuxna 18-24 år", "vuxna",
    "brukare inom socialpsykiatri", "brukare inom omsorgen för personer med funktionsnedsättning",
    "omsorgstagare i hemtjänsten", "boende på vård- och omsorgsboende", "medarbetare", "hushåll",
    "kvinnor med långvarigt bistånd", "nyanlända", "föräldrar till barn i förskolan", "invånare",
    "besökare på parklekarna", "chefer", "anhöriga", "äldre personer över 80 år", "stockholmare",
    "familjehemsplacerade barn i skolåldern", "föreningar", "vårdnadshavare", "flickor 7-12 år",
)  # fmt: skip
THINGS = (
    "lekplatser", "feriejobb", "platser för praktik", "träffar i Kvarterslabbet", "bokade besök",
    "inkomna synpunkter", "cirkulära inköp", "odlingslådor", "utbildade ombud", "vräkningar",
    "digitala fixarbesök", "nya hyresavtal", "orosanmälningar", "trygghetsronder",
    "genomförda hembesök i område B2", "kontaktpersoner",
    "tillhandahållna platser för verksamhetsförlagd utbildning",
)  # fmt: skip
RATES = (
    "timmar utevistelse per barn", "barn per grupp", "barn per anställd", "barn per förskollärare",
    "personal en hemtjänsttagare möter under en 14-dagarsperiod", "besök per invånare",
)  # fmt: skip
VERBS = (
    "som upplever att de kan påverka hur hjälpen utförs", "som känner sig trygga på kvällen",
    "som är nöjda med sin insats", "som deltar i lovaktiviteter minst en gång per termin",
    "som inte återkommer inom 12 månader efter avslutad insats", "som har en genomförandeplan",
    "som vet vart de ska vända sig", "som uppger att de trivs i bostadsområdet", "som trivs",
    "som fått information om sina rättigheter", "som inte upplever diskriminering",
    "som har avslutat sitt ekonomiska bistånd på grund av arbete eller studier",
    "som erbjudits samtal inom 48 timmar", "som klarar målen i grundskolan",
    "som skattar sin hälsa som god", "som har svarat på enkäten", "som gått kursen steg 1-3",
    "som tagit del av informations- och utbildningsinsatser", "utan fast boende",
    "som rekommenderar sin arbetsplats", "som har fått kontakt med socialtjänsten/mottagningen",
)  # fmt: skip
SUBJECTS = (
    "skötsel av park och grönområden",
    "renhållning och städning",
    "stadsmiljön",
    "maten",
    "bemötandet i receptionen",
    "tillgängligheten till kvällsöppna mötesplatser",
    "utemiljön",
    "måltidsmiljön på servicehus",
    "samverkan mellan förskola och hem",
)
INDEXES = (
    "Index för aktivt ledarskap", "Aktivt medskapande", "Index för delaktighet i hemtjänsten",
    "Kvalitetsindikatorn - Självvärdering utifrån läroplansuppdraget", "Upplevt inflytande",
    "Förskolans tillgänglighetsindex", "Preventionsindex mini (PI-mini)", "Personalkontinuitet",
    "Nöjd-medborgar-index", "Index Bra arbetsplats", "Självvärdering steg 3",
)  # fmt: skip
SHARES = (
    "Sjukfrånvaro", "Sjukfrånvaro dag 1-14", "Nämndens prognossäkerhet T1", "Frisknärvaro",
    "Nämndens prognossäkerhet T2", "Budgetföljsamhet efter resultatöverföring", "Nyttjandegrad",
    "Budgetföljsamhet före resultatöverföring", "Inskrivningsgrad i förskola", "Inköpstrohet",
    "Andel elbilar", "Svarsfrekvens i enkäten 2030", "Andel upphandlingar med sociala krav",
)  # fmt: skip
# Names that begin as cells do; aims that end in a date; sentences that begin as headers do.
ODD_NAMES = (
    "Minska matsvinnet i kök", "Öka andelen trygga besökare", "Max antal barn i grupp",
    "iStöd i bruk", "Minska köerna till förskolan för", "Öka samverkan med",
)  # fmt: skip
ODD_AIM = "senast {d}"
ODD_ANALYSES = (
    "Indikatorer med ett årsmål på {p} % följs upp av nämnden.",
    "Aktiviteter och indikatorer redovisas {d}, och {n} personer deltar.",
)
NO_FIGURE = ("-", "i.u.", "Uppgift saknas", "Ej mätt")
ENERGIES = (
    "Köpt energi i nämndens lokaler", "Total energianvändning", "Elanvändning",
    "Klimatpåverkan från inköpta livsmedel och måltider", "Klimatpåverkan från transporter",
)  # fmt: skip
MONIES = (
    "Medelbidrag per hushåll och månad", "Kostnad per vårddygn", "Genomsnittlig kostnad per plats",
    "Uttag ur fonder", "Beviljade föreningsbidrag",
)  # fmt: skip
SUFFIXES = (
    "(årsarbetare)", "(stöd och service till personer med funktionsnedsättning)", "(LSS)",
    "(vuxna missbruk)", "(socialpsykiatri)", "(BVB)", "(IOP)", "- LSS-boende, vuxna och barn",
    "- gruppbostad", "(enkät)", "(medarbetar-/chefsenkät)",
)  # fmt: skip

INRIKTNINGAR = (
    "En stad där alla får plats och kan växa",
    "Ett Stockholm som håller ihop genom hela livet med stark välfärd i varje stadsdel",
    "En klimatsmart huvudstad med rent vatten och levande parker",
    "En väl skött ekonomi med utbildning, arbete och bostäder för kommande generationer",
)
OMRADEN = (
    "Barn och unga har likvärdiga villkor och en rik fritid nära hemmet",
    "Stockholm är en trygg stad att bo, vistas och åldras i",
    "Förskolan ger alla barn ett rikt språk och en god start",
    "Stöd och omsorg ges i tid till den som behöver, med hög kvalitet och rättssäkerhet",
    "Äldre har en meningsfull vardag med inflytande över sin omsorg",
    "Stockholm har ett levande kultur- och föreningsliv i hela staden",
    "Resurserna används klokt och ekonomin är i balans",
    "Stockholm är en bra arbetsgivare med goda arbetsvillkor",
)
NAMNDMAL = (
    "Invånarna är självförsörjande och etablerade",
    "Barn i behov av stöd upptäcks tidigt",
    "Torg, parker och stråk är välskötta, tillgängliga och trygga.",
    "Äldre är delaktiga i hur insatserna utformas",
    "Förskolans undervisning leds av förskollärare",
    "Personer med funktionsnedsättning lever självständiga liv utifrån egna val",
    "Verksamheterna är energi- och resurseffektiva.",
    "Medarbetare har en hållbar arbetssituation och utvecklas i sitt uppdrag",
    "Föreningslivet i stadsdelsområdet är starkt",
    "Invånarna har förtroende för stadsdelsförvaltningen",
)
ENHETSMAL = (
    "Barnen möter trygga och engagerade pedagoger",
    "Barnens språk stimuleras i alla delar av dagen",
    "Utemiljön inbjuder till rörelse och lek",
    "Brukarna bestämmer över sin vardag",
    "Enheten har en budget i balans",
)
STATUSES = ("Uppfylls helt", "Uppfylls delvis", "Uppfylls inte", "Ingen")

UNITS = (
    "Almens förskolor", "Björkgårdens vård- och omsorgsboende", "Enheten för parklek och fritid",
    "Tallbackens servicehus", "Södra Lindens förskolor", "Hemtjänsten Norra Viken",
    "Daglig verksamhet Verkstaden", "Förskoleenhet Kvarnen 2",
)  # fmt: skip

SECTIONS = ("Analys", "Beskrivning", "Förväntat resultat")
TOPICS = (
    "Självförsörjning", "Feriejobb", "Barns rättigheter", "Agenda 2030", "Jämställdhet",
    "Trygghet och säkerhet", "Samverkan med civilsamhället", "Kompetensförsörjning", "Utmaningar",
    "Lokala miljö- och klimatfrågor", "Uppföljning av introduktionsförskola",
)  # fmt: skip

# Slots: {n} {n3} counts, {n2} larger count, {p} {p2} percentages, {m} {m2} millions, {y} year,
# {y1} year before, {d} {d2} dates, {name} an indicator, {group} a group, {place} a place,
# {act} an activity.
PLAIN = (
    "Arbetet har följt planen under perioden och berörda enheter har träffats regelbundet.",
    "Samverkan med skolor, polis och föreningar har fördjupats i {place}.",
    "Förvaltningen bedömer att målet nås under året trots att några insatser har senarelagts.",
    "Syftet är att {group} ska få stöd tidigt och slippa bli hänvisade mellan olika kontakter.",
    "Rutinerna har setts över och ett nytt arbetssätt provas på två enheter.",
    "Dialogen med vårdnadshavare, brukare och anhöriga har utvecklats genom återkommande möten.",
    "Barnrättsperspektivet är en del av varje beslut som rör barn och unga.",
    "Ett gemensamt informations- och utbildningsmaterial tas fram tillsammans med civilsamhället.",
    "I {place} har mötesplatsen haft öppet även på helgerna.",
    "Personalens kompetens har stärkts, bland annat inom lågaffektivt bemötande.",
    "Resultatet analyseras vidare och redovisas i kommande rapport.",
    "En handlingsplan är beslutad och följs upp i ledningsgruppen varje månad.",
)
DECOYS = (
    "Indikatorn visar att {p} % av de svarande är nöjda, jämfört med {p2} % {y1}.",
    "Indikatorn {name} redovisas först i verksamhetsberättelsen.",
    "Indikatorns utfall bygger på {n} svar och ska tolkas försiktigt.",
    "Årsmålet {p} % nås inte, men utfallet har gått från {p2} % till {p} % under {y}.",
    "Under våren {y} deltog {n} personer, varav {n3} kvinnor, i {act}.",
    "Kostnaden uppgick till {m} mnkr, varav {m2} mnkr avser lokaler och {n2} kr material.",
    "Aktiviteten inleddes {d} och avslutades {d2}.",
    "Aktivitet och gemenskap efterfrågas av {group}.",
    "Andel {group} har ökat med {p} procentenheter sedan {y1}.",
    "Antalet ärenden var {n} i januari, {n3} i april och {n2} totalt.",
    "Period {d} - {d2} omfattas av mätningen.",
    "Prognosen för helår är {p} % och KF:s årsmål {p2} %.",
    "Totalt {n2} st besök registrerades, vilket är {n3} st fler än {y1}.",
    "Analys av enkäten visar på skillnader mellan män ({p} %) och kvinnor ({p2} %).",
    "Målet uppfylls helt inom förskolan och uppfylls delvis inom äldreomsorgen.",
    "{n} barn i åldern 1-5 år saknade plats den {d}.",
    "Tertial 2 {y1} visade samma mönster som tertial 1 samma år.",
    "Nämndmålet bedöms uppfyllas trots ett underskott om -{m} mnkr.",
    "Sedan 22-08-23 hanteras frågan av socialförvaltningen, se ärende 4.1-{n}/{y}.",
    "Utfallet {p} avser ett index mellan 0 och 100 där värdet {p2} är stadens snitt.",
)
ANALYSES = (
    "Indikatorn visar ett utfall på {p} procent, vilket är lägre än {y1} då det var {p2} procent.",
    "Indikatorn mäter andelen svar med värdet 4 eller 5 på en skala 1-5.",
    "Utfallet för {y} bygger på {n} svar, {p} % från kvinnor och {p2} % från män.",
    "Utfallet {p} % nås genom fler besök, {n} st, och nya arbetssätt i {place}.",
    "Inget utfall redovisas eftersom mätningen inte genomfördes {y}.",
    "Analys och åtgärder presenteras i verksamhetsberättelsen.",
    "Årsmålet är satt utifrån senaste mätningen {d}.",
    "Nivån {n2} kr per plats gäller från {d}.",
    "Mätningen görs var tredje år, senast {y1}; nästa gång {d2}.",
    "Två av tio enheter når inte målet om {p} %.",
    "Resultatet har påverkats av personalomsättning och {n} vakanta tjänster.",
)
PLACES = ("Linden", "Östra torget", "Kvarnparken", "Bergsslingan", "Viksängen", "Nya Ängby")
ACTS = (
    "föräldraskapsstöd", "kursen Digital vardag", "öppna förskolans sångstunder",
    "simskola för nyanlända", "områdesvandringar", "språkcafé på fritidsbiblioteket",
)  # fmt: skip
ACTORS = (
    "Stadsdelsnämnderna ska i samarbete med socialnämnden", "Förvaltningen ska",
    "Kommunstyrelsen ska i samråd med trafiknämnden och stadsdelsnämnderna",
    "Utbildningsnämnden ska tillsammans med stadsdelsnämnderna",
    "Miljö- och hälsoskyddsnämnden ska",
    "Äldrenämnden ska i samverkan med stadsdelsnämnderna",
)  # fmt: skip
DEEDS = (
    "ta fram en handlingsplan för trygga torg", "utreda förutsättningarna för fler mötesplatser",
    "genomföra en kartläggning av lokalbehovet", "utveckla introduktionen av nyanställda",
    "inventera otrygga platser i park- och naturområden", "pröva ett nytt stöd till anhöriga",
    "starta en kurs i flerspråkighet för barnskötare", "införa digitala verktyg i hemtjänsten",
    "rusta upp lekparken vid Kvarnbacken", "bjuda in till dialog två gånger per år",
    "säkerställa att alla medarbetare får utbildning i våldsprevention",
    "anordna en höstfest den 14 och 16 oktober",
)  # fmt: skip
AIMS = (
    "i syfte att stärka {group}", "utifrån stadens program för {y}",
    "med särskilt fokus på {group}",
    "samt sprida erfarenheterna till övriga enheter", "och följa upp resultatet under {y}",
    "enligt lokal handlingsplan",
)  # fmt: skip

ECONOMY_LABELS = (
    "Nämnd- och förvaltningsadministration", "Individ- och familjeomsorg", "Stadsmiljö drift",
    "Förskoleverksamhet", "Äldreomsorg", "Stöd och service till personer med funktionsnedsättning",
    "Barn, kultur och fritid", "Arbetsmarknadsåtgärder", "Ekonomiskt bistånd", "Avskrivningar",
    "Internräntor", "Facklig tid", "Maskiner och inventarier", "Klimatinvesteringar", "Kollo",
    "Övrig verksamhet", "Trygghetsinvesteringar",
)  # fmt: skip
ECONOMY_PARTS = ("barn och ungdom", "vuxna", "socialpsykiatri", "nyanlända", "handläggning")
ECONOMY_UNITS = (
    "301 Almens förskolor", "302 Lindens förskolor", "Årsta 2 förskolor", "Kvarnen 3", "Ängens kök",
    "558 Tallbackens servicehus", "Hemtjänst Viken", "Björkgårdens dagverksamhet",
)  # fmt: skip
ASSETS = (
    "Anläggningstillgångar", "Kundfordringar", "Div kortfristiga fordringar", "Kassa och bank",
    "Förutbetalda kostnader och upplupna intäkter", "Konto 17xx Övriga fordringar",
)  # fmt: skip
DEBTS = (
    "Eget kapital", "Långfristiga skulder", "Leverantörsskulder", "Övriga kortfristiga skulder",
    "Moms och särskilda punktskatter", "Konto 29xx Upplupna kostnader och förutbetalda intäkter",
)  # fmt: skip
