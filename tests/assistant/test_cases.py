"""Whose case a person should see: wordings that tell of one, and questions that only sound like it."""

from __future__ import annotations

import pytest

from assistant.cases import complains, is_unusual

COMPLAINTS = """
chcę złożyć reklamację
Dzień dobry, chciałabym złożyć reklamację butów
chce zlozyc reklamacje
chciałbym zareklamować kurtkę
reklamuję buty
reklamuje buty kupione w maju
zgłaszam reklamację
składam reklamację na plecak
zglaszam reklamacje, podeszwa pekla
chcę złożyć reklamację, jak to zrobić?
muszę zareklamować spodnie
odrzuciliście moją reklamację
moja reklamacja została odrzucona
buty mi się rozkleiły po miesiącu
buty mi sie rozkleily
but mi się rozpruł
but mi sie rozprul
podeszwa odpadła
podeszwa mi odpadla po 2 tygodniach
zamek w kurtce się zepsuł
pękł mi suwak w plecaku
moje buty przeciekają... a nowe buty mi przeciekają
kurtka przyszła uszkodzona
moje zamówienie przyszło uszkodzone
dostałam wadliwy produkt
rozpadły mi się buty, co teraz?
podeszwa się rozleciała
to skandal
to jakiś skandal!!!
jestem wkurzony
jestem bardzo zawiedziona
oszuści
zgłoszę do UOKiK
zgłoszę was do rzecznika konsumentów
zglosze sprawe na policje
pójdę do sądu
spotkamy się w sądzie
to jest oszustwo
I want to make a complaint
I'd like to complain about my boots
I would like to file a complaint
my complaint was rejected
my shoes fell apart after 3 months
the zip broke
The zipper on my jacket broke. What now?
my boots are leaking
my order arrived damaged
I received a faulty jacket
the sole came off
sole fell off my boot
The boots I bought last month have split
Śpiwór się nie zapina po dwóch nocach
kupiłem u was latarkę i nie świeci
kupiłam garnek, po tygodniu odpadło ucho
wasz czajnik cieknie, reklamacja
karimata przecieka po trzech nocach i jestem rozczarowany
przysłaliście zły kolor
dostałem inny model niż zamawiałem
it leaks after 2 days
we bought a lamp and it doesn't charge
the stove died after a week
a peg snapped on the first night
the mug cracked within a month
not the size I ordered
you sent me the wrong colour
my kettle is leaking, very dissapointed
reklmacja, pokrywka pekla
this is ridiculous
this is a scam
scammers!
I'm furious
I'll sue
I will report you to trading standards
worst shop ever
""".strip().splitlines()

NO_COMPLAINTS = """
ile trwa reklamacja
jak złożyć reklamację?
jak zlozyc reklamacje
czym się różni gwarancja od reklamacji
ile mam czasu na reklamację
gdzie zgłosić reklamację
czy mogę złożyć reklamację bez paragonu?
chcę wiedzieć, jak złożyć reklamację
chciałabym zapytać, ile trwa reklamacja
kiedy odpowiecie na reklamację
co jeśli buty się rozkleją?
jaki namiot nie przecieka po kilku latach?
czy karimaty pękają po roku?
ile trwa reklamacja, jak coś nie działa
kupiłam kartę i kod nie działa
po tygodniu nie działa logowanie, reklamacja
chcę inny kolor niż zamówiłam
czy mogę wymienić na inny rozmiar
która lampa nie przecieka
which tent doesn't leak after a week of rain?
I bought a voucher and the code doesn't work
payment stopped working after 2 days
when are things replaced that broke after a week
co jeśli but mi się rozpruł po roku?
co zrobić, gdy produkt jest uszkodzony
czy buty są objęte gwarancją
jak długo trwa gwarancja
kto płaci za odesłanie reklamowanego towaru
kod rabatowy mi nie działa
kurtka przemaka co robić
jak skleić podeszwę
czy zamek w kurtce jest wodoodporny
za małe buty co robić
chcę zwrócić buty
chcę wymienić buty na większe
czy jesteście oszustami?
jak rozpoznać oszustwo
czy rzecznik konsumentów może mi pomóc
jaki jest adres UOKiK
nie dostałam kodu za zapis
gdzie moja paczka
nie mam paragonu w paczce
usunąć opinię
what are my rights if an item is faulty?
how do I make a complaint?
how long does a complaint take
can I complain without a receipt?
what if my shoes fall apart?
what happens if the zip broke after a year?
is this a scam?
are you scammers?
my discount code is broken
how do I fix a broken zip
do you repair boots
what is the difference between warranty and complaint
shoes too small can i swap
where is my order
my parcel is late
do you sell jackets with zips
I'm not angry, just asking
nie jestem zły, tylko pytam
""".strip().splitlines()

UNUSUAL = """
moja paczka zaginęła
moja paczka zaginela
paczka zaginęła, co teraz
kurier zgubił moją paczkę
zgubiliście moją przesyłkę
ukradli mi paczkę
paczka się zgubiła
pobraliście pieniądze dwa razy
pobraliscie pieniadze 2 razy
ściągnęło mi dwa razy kasę
sciagneło mi dwa razy kase
zapłaciłam dwukrotnie za zamówienie
dwa razy zapłaciłem
karta została obciążona dwukrotnie
dostałam uczulenia
dostałam uczulenia po tych skarpetkach
dostalam wysypki od kurtki
poparzyłem się
poparzyłam się termosem
skaleczyłem się o klamrę
kurtka się zapaliła
trafiłam do szpitala
moja paczka utknęła w urzędzie celnym
kazali mi zapłacić cło
naliczono mi cło
ktoś się włamał na moje konto
ktos wlamal sie na moje konto
ktoś zamówił z mojego konta
moje konto zostało zhakowane
dostałam cudzą paczkę
w mailu są dane innej osoby
widzę cudze zamówienie na moim koncie
my parcel is lost
my package got stolen
someone else got my parcel
my parcel went missing
the courier lost my parcel
I was charged twice
you charged me twice
I've been billed twice for one order
I got a rash from the socks
I had an allergic reaction
I burned myself with the flask
the jacket caught fire
my parcel is stuck in customs
they want me to pay customs duty... I was charged import duty
someone used my account
my account was hacked
I received someone else's parcel
I can see another customer's data
""".strip().splitlines()

NOT_UNUSUAL = """
co jeśli paczka zaginie?
co jesli paczka zaginela
co gdy kurier zgubi paczkę
co zrobić, jeśli paczka zaginęła?
jeśli zapłaciłam dwa razy, co robić
czy można zapłacić dwa razy
czy mogę użyć kodu dwa razy
dwa razy w roku pierzecie?
czy wełna uczula
mam uczulenie na wełnę, co polecacie?
czy macie odzież dla alergików
czy kurtka jest ognioodporna
czy płaci się cło
ile wynosi cło do Norwegii
czy wysyłacie poza Unię, co z cłem
jak zmienić hasło do konta
jak usunąć konto
czy ktoś inny może odebrać paczkę
czy mogę odebrać cudzą paczkę
zgubiłem numer zamówienia
zgubiłam paragon
zgubiłem numer przesyłki
nie mogę się zalogować na konto
kto ma dostęp do moich danych
jak długo trzymacie dane
gdzie moja paczka
paczka nie przyszła
płatność się nie udała
brakuje skarpetek w paczce
chcę zmienić adres
what if my parcel gets lost?
what if my parcel is lost
what happens if I was charged twice
in case my account was hacked
do I have to pay customs
do you ship outside the EU
are the socks hypoallergenic
is merino good for allergies
can someone else pick up my parcel
I lost my receipt
I lost my order number
how do I change my password
can I use a code twice
where is my parcel
my parcel is late
who can see my data
""".strip().splitlines()


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_grievance_of_ones_own(text: str) -> None:
    assert complains(text)
    assert complains(f"Hej. {text.upper()}")


@pytest.mark.parametrize("text", NO_COMPLAINTS)
def test_no_grievance(text: str) -> None:
    assert not complains(text)


@pytest.mark.parametrize("text", UNUSUAL)
def test_a_case_that_no_article_settles(text: str) -> None:
    assert is_unusual(text)


@pytest.mark.parametrize("text", NOT_UNUSUAL)
def test_no_unusual_case(text: str) -> None:
    assert not is_unusual(text)


def test_the_tables_are_wide() -> None:
    assert all(len(table) >= 40 for table in (COMPLAINTS, NO_COMPLAINTS, UNUSUAL, NOT_UNUSUAL))
