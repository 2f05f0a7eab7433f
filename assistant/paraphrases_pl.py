"""Polish words that say the same in a shop's sentence, a line each: strict paraphrases, no neighbours. Data.

Beginnings of words, folded. A word may be of several lines, and lines do not chain: *otrzymać* is *odebrać*
and *dostarczyć*, which are not each other. Complaint, guarantee, withdrawal and return stay apart, and so do
carriers, goods and papers; *cheap* is not *free*.
"""

# ruff: noqa: E501 - a group is one line
from __future__ import annotations

GROUPS = """
zwrot zwro zwroc zwrac oddac oddaj oddaw oddasz oddan oddad oddam odda odd zwracan zwrocon odstawi
zwrot zwroc zwrac odesl odsyl odeslan
odesl odsyl odeslan wysl wysyl nada nadaj
paczkomat paczkoma automat
paczk przesylk paczuszk pakunek
producent wytworc
towar produkt rzecz artykul przedmiot
towar produkt rzecz zakup
mail email mailow mailem poczt emailow
skrzynk mail poczt
koszyk koszyczk
telefon zadzwon dzwon telefonicz zadzwoni zatelefon
telefon komork smartfon
adres
wad wadliw usterk defekt felern
uszkodz uszkadz zniszcz niszcz popsu
zepsut zepsu popsut popsu psuj
opakow opakowan pudelk karton
spakuj spakow pakow zapakuj zapakow pakuj opakow
nieuzywan nienoszon
odstap odstepuj odstapien
klik klikn nacisn wcisn nacisk
dob nocy calodob
odbior odbier odbierz odebr odbiora przyjm przyjec przyjet
przyjm przyjec przyjet akceptuj zaakcept honor
otrzym dost dostac dostan dostaj dostal otrzyman uzysk
otrzym dost dostan dostal dostaj odebr odbior odbier odbierz odbiora
otrzym dost dostan dostal dostaj dostarcz dorecz dotr dociera dojd przyjd przych
dostaw dostarcz dorecz dowioz dowoz dostarczen przywiez przywoz
dostarcz dorecz dotr dociera przyjd przychod przyjed przyjezdz przywiez przyniesie trafi trafia dojdz dojd dojed
wysl wysyl nada nadaj wysylk wyslan nadan przesl przesyl wysle
wyruszy rusz wyjd wychod wyjed opuszcz opusc wysyl wysl
zloz sklad zlozen zlozon
zamow zamaw zamowien
zamow zamaw kup kupi kupow kupuj zakup kupion
kup kupi kupow kupuj zakup kupion nabyc nabyw naby
plac placi zaplac zapl zaplat opl oplac platn oplat placon zaplacon oplacon platnosc wplat wplac uregul ureguluj uiszcz uisc
plac zaplac zaplat oplac oplat koszt kosztuj cen pokry pokryw ponosi ponies
koszt kosztuj cen kosztow wynies wynos
koszt kosztow wydat
platnosc platn przelew zaplat
zaplac platnosc platn wplat rozlicz rozliczen
zmien zmian zmienia zmieni edyt
zmien zmian zmienia popraw koryg skoryg
popraw koryg korekt skoryg
wymien wymian wymienia zamien zamian
wybier wybr wybor wybrac wybran wybrat wybierz
wybierz wybier wybor zdecyd decyd
wybierz zaznacz wskaz
sprawdz sprawdza zweryfik weryfik upewnij
zobacz zobaczysz widac widocz widzisz sprawdz zajrzyj podejrz
zobacz widac znajd znajdz znajduj
napisz napis pisz pis napisac pisa
napisz skontakt kontakt odezw
zadzwon skontakt kontakt
skontakt kontakt odezw
podac poda podaj wpis wpisz podan
podaj wpisz wprowadz wpisuj uzupeln wypeln wpis
podaj przekaz
zglos zglasz zgloszen
zglos zglasz zgloszen zloz sklad
zglos zglasz poinform powiadom informuj zawiadom napisz
odpowi odpowied odpowiada odpowiadam odpis
odpowied odpowi rozpatrz rozpatr
decyd decyzj zdecyd postan
informuj informacj poinform zawiadom powiadom
informuj informacj powie podpowie wyjasn
wiadomosc mail email
wiadomosc powiadom powiadomien
dane szczegol informacj
znajdz znajd znalez znajduj
znajdz znajd znajduj miesc jest
zaczn zaczyn rozpoczn rozpoczyn zaczet start rusz
liczy licz lic biegn biegni zaczyn
konczy skoncz zakoncz uplyn uplyw min minie minel minal mija wygas wygasn
wazn waznosc aktywn dziala obowiazuj
trac traci strac utrac wygas wygasn
trwa potrwa zajm zajmuj
czek poczek oczekuj zaczek odczek
czek lez przechow przechowuj przechowyw trzym
przechow przechowuj przechowyw trzym zachow zachowuj
dziala dzialan funkcjon
chc chcesz chciec chcial woli wolisz zycz prefer
chc chcesz zamierz plan
osob ktos kto czlowiek
osob osoba ktos kogos komus znajom
czlowiek pracown konsult obslug
inn innym drug
uzy uzyj uzyw uzyt uzyc uzyciu skorzyst korzyst wykorzyst
pr wypr pranie praniu upierz pierz prac wypierz
susz wysusz suszen suszyc schn wyschn
mierz zmierz pomierz wymierz pomiar
przymierz mierz zmierz przymiar
wymiar rozmiar
rozmiar numer numeracj
pas pasuj dobr dobier
dobier dobierz dobr wybier wybierz
zalog logow logu zalogow
rejestr zarejestr
zaloz zaklad utworz stworz otworz zarejestr
usun usuw usuniec usunie skasuj kasow skasow
usun wykasuj likwid zlikwid
odejm odejmuj potrac potracam pomniejsz pomniejsza odlicz potraca odlic
pomniejsz zmniejsz obniz
wydluz wydluzen wydluza przedluz
skroc skrac
uznan uznaj uzna uwaz
uwzgledn uzna uznaj
naprawi napraw reperu
dolacz dolacza doloz wloz zalacz dorzuc dodaj
dodaj dodac dopisz
potwierdz potwierdza potwierdzen
drukow wydruk drukuj wydrukow
wystaw wystawi wystawia
pomyl pomyli pomylk pomylon
bled blad niepoprawn nieprawid zly
pieniadz pieniedz srodk srodki gotow
pieniadz pieniedz kwot sum naleznos
kwot sum wartosc
kwot sum oplat
mozliw
liczy licz wlicz wliczaj policz
otworz otwier otwarc otwart
otwart czynn pracuj dziala
zam zamkn zamkniet nieczynn
wroci wraca wroc powrot
wroci wraca wroc trafi trafia przyjd przychod
wroci wraca oddac oddaj oddam zwroc zwrac
przyjdz przychodz przyjedz przyjezdz przyjd przyjazd dotrz dociera dotar dotarl
przyjdz przyjd przychod odwiedz wpadn
przywiez przynies przywoz dostarcz
widac widocz widzisz zobacz zobaczysz
widac widocz wyswietl pokaz pokazuj
zarob
prosb poprosi popros pros
popros pros zaz zazadaj domag zadaj
wart wartosc
dlug dluz dlugosc
wieksz wiecej
najtan tani tansz
drog drozs
zapisz subskryb subskryp zasubskryb
wypisz rezygn zrezygn rezygnacj
rezygn zrezygn rezygnacj anuluj anulow anulacj odwol
wycof cofn cofni wycofa odwol
zostaw zostawi pozostaw
obejrz ogladac ogladn przejrz
stos stosuj zastosuj zastosow obowiazuj obowiaz
dotycz dotyczy odnos obejmuj obejm
dziala dotycz obowiazuj obejmuj
przyslug
odmow odmawia odmowi odrzuc
ulic
osobi osobist
osobist salon sklepie
zrob robi zrobi wykona dokona
przebieg odbyw
wplyn wplyw ksieg zaksieg
wplyn wplyw dotr dociera przyjd
pojaw
spoz opozn
opozn zwlok
zgub zagin zagub zgin
zagub zgub przepadl
fotograf zdjec zdjeci fotk zdj foto
film nagran
dowod potwierdz potwierdzen
paragon rachun
wniosek wniosk podan
prawo upraw
praw upraw
przepis ustaw
regul regulamin zasad
zasad warunk
termin deadline
termin czas
ustaw ustawien
konto profil
haslo hasl
link odnosnik odsyl
stron witryn serwis
stron internet online
internet online siec
zakladk sekcj
pole okienk rubryk
kupon kod
rabat rabac zniz obniz obnizk upust promocj
przecen obniz rabat rabac promocj
odnajd odnalez znajd znalez
zapyt popyt spyt dopyt pyta
autom automat paczkoma
cen kwot
najniz najmniejs
najwyz najwieks
przewoznik firm
otrzym wplyn wplyw przysz
pomoc pomoz pomog wsparc
obslug biur
pytan zapyt
rozmow czat chat
czat chat
natychm zaraz
codzien kazd
sobot weekend
swieta swiateczn swiat
gwiazdk swiat
prezent podarun upomin
podarunk prezent
cal calosc
czesc fragment kawal
czesciow czesc
pojedyncz osobn
obie obydw oba
kawalek kawalk
ciepl cieplej
zimn chlodn
goraco wrzat
delikatn ostrozn
mokr wilgot przemocz przemok
wilgotn mokr
sucho such
brud zabrud blot
czysc wyczysc oczysc czyszczen
scierk szmatk sciereczk
krem past
spray sprej
impregn zaimpregn impregnac
namocz moczy
wiruj wirow
kurczy skurcz zbieg
grzejn kaloryfer
slonc nasloneczn
buty obuwi but butow butach butami
palec palc
centymetr cm
tabel tabelk
kilka pare
sporo duzo wiele
rowniez takze
znow ponown ponawia jeszcze
ponown powtorz ponow
nast kolejn nastepn
teraz obecn aktualn
nowszy nowy nowa nowe
stary poprzed
ostatn najnowsz
poczatk start
koniec koncu
dzis dzisiaj
jutr nastepn
dzien dni
rano porank
miejsc lokaliz punkt
adresat odbiorc
zagranic granic
kraj panstw
unij europej ue
clo celn
firma firmow przedsiebior dzialaln
konsument klient kupujac
klient kupujac
odmian wariant wersj
kolor barw
brak brakuj
brakuj zabrakn
wyczerp wyprzed niedostepn
magazyn stan
powrot wroci wraca
znac wiedz
wymag wymog
koniecz niezbedn potrzeb
potrzeb wymag
wskaz okresl
wskazan podan wybran
okresl ustal
ustal ustali okresl wyznacz
zgod zezwol
zgod akcept
cookie cookies ciastecz
danych dane
newsletter biuletyn
opini recenz ocen
opublik publik zamiesc zamieszcz
dodaj wystaw zostaw napisz
smiec spam
konto rachunk
rat raty
odrocz pozniej
autoryz potwierdz
realiz zrealiz
realizuj zrealiz wykon
przygot przygotow szykuj
przygot pakow spakuj kompletuj skomplet
gotow przygotow
status stan
etap status
sledz monitor
aplikacj apka apk
numer nr
zmiesc miesc
ograniczen limit
limit maks
posiad mie
nosi uzyw
uszkodz zepsut wadliw
rozdar pekl
rozklej odklej
skarg zazalen
pow powod przyczyn
wyjasn tlumacz wytlumacz
pobran odbiorz
pobier pobierz sciagn
spelni spelnion
dolicz nalicz dodaj
nalicz nalic przyzn
obejm zawier
zawier obejmuj sklad
sklad skladow
przestan przerw
przerwa wstrzym
wstrzym zatrzym
stoj lez
pilnow strzec
podpis podpisz
rok lat
urodz wiek
doros pelnolet
drugi inn
udowodn wykaz
odszuk szuk poszuk
dokument papier
dokument pismo
spodni spodnie
zapis zapisz subskryb
reklamac reklamow
wysyl wysl przesyl przesl przysyl przysl
dodatkow ekstra doplat
doplac doplat dodatkow
dobrowoln wol
dwukrotn podwojn dubl
sms esemes
sms wiadomosc
wewnatrz srodk srodek
zewnatrz zewnetrzn
wklad wklej umiesc umieszcz wloz wkladaj
wyjm wyjec wyjmij wyciag wyciagn
kartk papier
pisemn pism list
ustn telefonicz
szybk blyskawicz ekspresow
woln powol
krotk niedlug
czest regularn
mocn siln intensyw
delikatn lagodn
ciasn obcisl przyleg
luzn luz
wod przemak
przemak przeciek
nieprzemak wodoodpor wodoszczel
oddych wentyl
wietrz wywietrz przewietrz
lap chlon wchlan
zapach won smrod
gleb gruntown
pocz doczek czek
odpad odklei urw
dziur rozdar
peknie pek
rys zadrap zarys
plam zabrud
wgniec wgniot
zlam polam
zauwaz spostrz dostrz odkry
ujaw wyjd zauwaz
udowadn udowodn wykaz dowod
domniem przyjm zaklad
uzasadn powod wyjasn
odmow odrzuc
akcept uznaj uzna
poskarz skarz skarg
doradz podpowie pomag pomoz
rad porad
urzad inspekc
wlasc posiadacz
wydaj wyda wydat
niewykorzyst niezuzyt
niewykorzyst pozosta reszt
pozosta reszt
przepad przepas strac trac
naraz jednoczes raz
laczy polacz lacz zlacz
laczni raz
dziel podziel
mniej ponizej
staniej obniz spad
spad obniz zmal
rosn wzros podroz
sprzed sprzedaw sprzedaz
kupon voucher
powiadom alert przypomn
obserw sledz
rezerw zarezerw odloz odklad
dostosow dopasow
reklam ogloszen
statystyk statystycz
komputer laptop
blokuj zablok
wlacz aktywuj uruchom
wylacz dezaktywuj
pusty opustosz oproz
znikn przepad znik
zgadz zgodz zgod
cofn wycof odwol
oferuj ofert proponuj propoz
szkod uszkodz
urzed pocztow
lada kas
godzin por
otwarci start
wakacj urlop
pracown zespol obslug
automatycz sam
recznie rek
pralk maszyn
program cykl
wirowk bebn
"""
