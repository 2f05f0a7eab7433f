"""Words that claim nothing, or only help to say what others say: a closed list in each language. Data.

Light words count nothing at all. Everyday words may stand in an answer though its evidence has others, if
most of what it says is there: verbs of going, having, seeing, saying, turning to; adverbs; words of order.
No word that names a thing of a shop, a person, a place, a time or a quantity, and none that promises.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LIGHT_PL = _words(
    """
    wynosi wynosza stanowi kosztuje kosztuja trwa oznacza polega wyglada nazywa znaczy sluzy
    prosze prosimy zalezy wystarczy oczywiscie niestety jasne pewnie owszem dokladnie
    czyli wtedy rowniez takze dodatkowo ponadto poza natomiast zatem wiec dlatego wlasnie np przyklad
    uwage pamietaj warto wiedziec masz mamy maja miec bylo zostanie zostaje zostala zostal zostaly zostana
        jest sa bedzie beda bedziesz bedziemy chodzi kwestii sprawie strony razie zakresie przypadku swoj
    swoja swoje
    swojego swojej swoim swoich swoimi swym swych
    sam sama samo samym samej samego samych tak
    pan pani panstwa panstwo panstwu
        ten ta to te tych tym tej tego temu tamten ona ono oni nich nim nia niego niej nimi jego jej ich
    im je jemu
    taki taka takie takiego takiej takich takim takimi tamta tamto owa tymi tamte
    jeszcze juz nadal tez po prostu spokojnie obecnie aktualnie lacznie ogolem calosc
    zas iz oraz kwota kwote kwoty okres okresie czas czasu czasie ciagu moment momentu chwili dniem
    sposob sposobem ktory ktora ktore ktorych ktorym ktorej ktorego ktorymi ktorzy
        cokolwiek ktokolwiek gdziekolwiek jakikolwiek jakakolwiek jakiekolwiek kiedykolwiek ani ni lecz
    jednak jednakze
    jeden jedna jedno jednego jednej jednym jedne miedzy nic wazne wazny wcale
    potem nastepnie akurat naprawde rzeczywiscie faktycznie zwyczajnie jakby bodaj dany dana danego danej
    tutaj tam stad stamtad dotad odtad zeby aby azeby zebys zebysmy abys abysmy bo bowiem gdyz skoro poniewaz
    bys bysmy moglbys moglabys chocby choc chociaz mimo zreszta ok okej dobrze dobra fajnie super
    mial miala mieli mialo miales mialas jestes jestesmy byc bedac zatem otoz raczej chyba wrecz dosc calkiem
    """
)
LIGHT_EN = _words(
    """
    be is are was were been being amounts means takes costs cost lasts please note simply also additionally
    furthermore however therefore thus yes sure indeed unfortunately course certainly exactly namely
    example have has had having do does did done doing will would shall it this that
    these those they them there here so then such same its own one ones amount period time case order-of about
        regarding concerning just still currently total altogether way which who whose whom what while
    whereas both
        too well go going goes gone yet either neither nor once ever even though although whatever
    whichever whoever
        wherever anyway anyhow else otherwise instead rather quite really pretty fairly okay ok fine
    great nice good
    lets let let's he she him her his hers himself herself itself themselves yourself themself how why where
    because since as than like per via towards upon onto
    """
)

EVERYDAY_PL = _words(
    """
    znajdz znajd zobacz widac widocz widzi pamieta zdecyd chce chcia wolisz pomoz pomag wyjasn zapyta
    trafi dotrz dociera przyjdz przychodz pojaw znajduj nastap nastepu odbyw przebieg rozpocz zaczyn
    zaczn koncz skoncz uplyw uplyn mija minie wypad obejm nalezy oznacz chodzi mowi wygod latw najprost
    najlep dobrz spokoj smial osobn samodzieln wlasn konkretn dokladn odpowiedn wlasciw podan wskazan
    wybran kolejn nastepn ogoln glown podob rozn razem mimo jednak dziek wedlug zgodn sytuac spraw kwest
    szczegol opcj sposob rodzaj reszt zasad termin okres moment chwil dat zachow korzyst skorzyst
    uzyw pozosta zosta decyduj wystarcz sluz zalez wynika dotycz odnos udostep powod przyczyn potem
    najpierw wreszcie przyje tutaj tam gdzie wlasn bezposredn stron prosz stanow wyglad
    prawidl domysl rowniez zreszta bowiem
        wejd wchodz wejsc zajrz zagladn przejdz przejsc przechodz podejdz idz pojd isc chodz jedzie jedz
    jezdz pojedz
    rusz biegn lezy stoi dzierz
    robi robic zrob zrobi uczyn wykona dokona przeprowadz zajm zajmuj
    daj dac damy dasz daje dajemy dawa podaj dodaj dodac doda wpisz wpis opisz opis wskaz okresl
    napisz pisz pisa dopisz zapisz przeslij przekaz zglos
    podajac wpisujac piszac znac znasz znamy znaja stoi lezy dzialac wyplyw
    podajac wpisujac piszac znac znasz znamy znaja stoi lezy dzialac
    wez wezm bierz bior zabier zabra wzia
    miej mialb posiad
    zdarz zdarza wydarz przytraf okaz okazuj wychodz wyjdz wyjd
    licz policz traktuj uznaj uwaz uznaw
    ustal sprawdz upewn dowie dowiedz wiedz wiesz wiem znac pozna rozpozn
    mysl pomysl sadz wydaje
    zacze poczatk start ostatecz koncow wstep
    moment obecn biezac aktualn teraz zaraz wlasn
    wspomn wymienion powyzsz ponizsz opisan podany
    calkiem zupeln niezalezn jednoczes przeciez przykl ewentual
    faktycz rzeczywis praktyc zasadn prost zwykl norm naturaln zwyczaj
    powinn udaje udac
    zyczen prefer pasuj odpowiad chet
    klopot problem trudn pewn
    mozliw rozwiaz wersj form postac kszta typ
    zamiast oprocz wraz ramach tytul czyims
    zadzial funkcjon
    tresc informac zawier zawar
    pozwal pozwol umozliw ulatw
    wlacz
    powiedz mow opowi
    szuk poszuk
    pojedyncz kazdor
    prawdziw
    szybk wygodn prosci latwi
    lepiej
    nizej wyzej obok blisk dalek dalsz dalej
    tamten inacz odwrot przeciwn
    """
)
EVERYDAY_EN = _words(
    """
    find see check look know mean want like wish prefer simply note remember let tell give make take put
    go come stay remain become happen follow include contain depend count run start begin end finish
    matter leave lie bring turn try help show say mention state explain describe detail information
    thing way option situation part rest kind sort form type place time date deadline period moment term
    directly separately together instead otherwise anyway actually really quite rather very again next
    following other another different similar own particular given relevant appropriate proper ordinary
    straight easy easily simple simply fine okay good best nice however even though whether depending
    mind plan likewise afterwards eventually apply use
    get got getting keep kept hold held sit stand fall falls fell fallen move pass reach head carry
    work operate do done doing deal handle manage sort treat consider regard regarded presume assume
    gives given gave took taken takes came comes goes went gone made makes said says told tells
    figure read learn understand realise realize think believe expect feel seem appear sound
    add adding enter type fill drop pop hand choose
    have having belong
    live exist arise occur result lead cause
    version step stage basis purpose reason fact issue question matter detail
    easiest simplest quickest quick better easier simpler main full actual exact specific certain
    then
    side top bottom beginning far near beside next
    whole respective various
    enough happy careful
    possible necessary useful handy worth suitable
    bit lot
    idea suit suits option little bit sorry afraid first
    personally currently presently
    decide decision choice mean meaning
    sense word
    case
    """
)
