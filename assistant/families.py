"""Which words of an answer say the same as which of its evidence. Closed, and pure.

Forms of one word, words made of one another, and everyday verbs. Names of things are never equal: *paczka*
is no *przesyłka* here, and complaint, guarantee and withdrawal stay apart. The synonyms that find articles
support nothing.
"""

from __future__ import annotations

from functools import lru_cache

from foundation.language import Language
from knowledge.analysis.stopwords import ENGLISH, POLISH
from knowledge.analysis.words import fold


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FAMILIES = {
    Language.PL: """
        zwrot zwroc zwrac oddac oddaj oddaw oddasz oddan oddad odda odd zwracan zwrocon
        paczkomat paczkoma
        producent
        towar produkt rzecz artykul
        mail email mailow mailem
        koszyk
        telefon zadzwon dzwon telefonicz zadzwoni
        adres
        wad wadliw uszkodz uszkadz
        opakow opakowan
        nieuzywan
        odstap odstepuj odstapien
        klik klikn nacisn wcisn
        dob nocy
        odbior odbier odbierz odebr odbiora przyjm przyjec przyjet akceptuj
        zloz sklad zlozen zlozon
        kupi kupow kupuj zakup kupion
        plac placi zaplac zaplat oplac platn oplat placon zaplacon oplacon platnosc wplat wplac +
        koszt kosztuj cen kosztow pokry pokryw ponosi ponies
        dostaw dostarcz dorecz dowioz dowoz
        dostac dostan dostaj otrzym dostal otrzyman
        wysl wysyl nada nadaj wysylk wyslan nadan
        odesl odsyl odeslan
        zmien zmian zmienia
        wymien wymian wymienia
        wybier wybor wybrac wybran wybrat
        sprawdz sprawdza
        napisz pis napisac pisa
        poda podaj wpis wpisz podan
        zglos zglasz zgloszen
        odpowi odpowied odpowiada odpowiadam
        decyd decyzj zdecyd
        informuj informacj poinform zawiadom powiadom
        znajdz znajd znalez
        zaczn zaczyn rozpoczn rozpoczyn zaczet
        konczy skoncz zakoncz uplyn uplyw min minie mija
        trwa potrwa zajm zajmuj
        czek poczek oczekuj zaczek
        dziala dzialan
        chc chcesz chciec chcial woli wolisz
        osob ktos kto czlowiek
        inn innym
        uzy uzyw uzyt uzyc uzyciu
        pr wypr pranie praniu upierz pierz prac
        susz wysusz suszen suszyc
        mierz zmierz przymierz
        zalog logow logu zalogow
        rejestr zarejestr
        usun usuw usuniec usunie
        odejm odejmuj potrac potracam pomniejsz pomniejsza
        wydluz wydluzen wydluza przedluz
        uznan uznaj uzna uwaz
        naprawi napraw
        spakuj spakow pakow zapakuj zapakow pakuj
        dolacz dolacza
        potwierdz potwierdza potwierdzen
        drukow wydruk drukuj wydrukow
        wystaw wystawi wystawia
        pomyl pomyli pomylk
        pieniadz pieniedz
        zamow zamaw zamowien
        mozliw
        liczy licz wlicz wliczaj policz
        otworz otwier otwarc otwart
        zam zamkn zamkniet
        wroci wraca wroc powrot
        przyjdz przychodz przyjedz przyjezdz przyjd przyjazd dotrz dociera
        widac widocz widzisz zobacz zobaczysz
        zarob
        prosb poprosi popros pros
        wazn waznosc
        wart wartosc
        dlug dluz dlugosc
        wieksz wiecej
        najtan tani tansz
        zapis zapisz
        rezygn zrezygn rezygnacj
        przechow przechowuj przechowyw
        zostaw zostawi pozostaw
        obejrz ogladac
        zepsut zepsu
        stos stosuj zastosuj zastosow obowiazuj obowiaz
        dotycz dotyczy odnos
        przyslug
        odmow odmawia odmowi
        ulic
        osobi osobist
        skorzyst korzyst uzyj
        zrob robi zrobi wykona
        przebieg odbyw
        wplyn wplyw ksieg zaksieg
        pojaw
        spoz opozn
        """,
    Language.EN: """
        return returned returning returnable
        mail email inbox
        goods item product thing items things products article
        basket cart
        phone telephone ring
        click press tap button
        website site page online
        fit match suit
        label
        withdraw withdrawal
        deadline
        faulty defective defect fault broken
        unused
        original
        refund refunded
        pay paid payment payable cost price charge fee cover bear borne paying
        deliv deliveri delivery deliver
        get receiv got obtain
        send sent dispatch ship dispatched shipped
        chang chang alter
        choos chose pick select choic chosen
        buy bought purchas buyer
        answer repli respond respons
        tell inform notifi told inform
        give gave given provid
        need
        want wish like would prefer
        person someon somebodi anyon els people
        start begin began begun start
        end finish expir
        take took taken last
        keep kept store stored hold held
        show shown
        write wrote written
        find found
        deduct subtract
        reduc reduct lower
        extend longer extens
        accept acceptanc
        wash
        dry dri
        measur
        cancel cancell
        withdrawn withdrew
        print
        contain includ inclus
        possibl
        arriv come came arriv
        collect pick-up pickup
        decid decis
        wait
        help
        explain explan
        use used
        valid
        open
        settl settlement
        close
        sign log login signed sign-in
        regist registr
        delet remov erase
        damag
        complain complaint
        work
        appli
        money
        bigger larger big larg
        smaller small
        cheap cheapest cheaper
        dear dearer
        ask request
        confirm confirmation
        put place
        see
        make made
        allow permit
        prove proof
        repair
        replac replacement
        reason
        issu
        """,
}
_LIGHT = {
    Language.PL: """
        wynosi wynosza stanowi kosztuje trwa oznacza polega wyglada nazywa znaczy sluzy
        prosze prosimy zalezy wystarczy oczywiscie niestety jasne pewnie owszem dokladnie
        czyli wtedy rowniez takze dodatkowo ponadto poza natomiast zatem wiec dlatego wlasnie np przyklad
        uwage pamietaj warto wiedziec masz mamy maja miec bylo zostanie zostaje zostala zostal zostaly zostana
        jest sa bedzie beda chodzi kwestii sprawie strony razie zakresie przypadku swoj swoja swoje
        sam sama samo samym samej samego samych tak
        pan pani panstwo panstwa panu
        ten ta to te tych tym tej tego temu tamten ona ono oni nich nim nia
        jeszcze juz nadal tez po prostu spokojnie obecnie aktualnie lacznie ogolem calosc
        zas iz oraz kwota kwote kwoty okres okresie czas czasu czasie ciagu moment momentu chwili dniem
        sposob sposobem ktory ktora ktore ktorych ktorym ktorej
    """,
    Language.EN: """
        be is are was were been being amounts means takes costs lasts please note simply also additionally
        furthermore however therefore thus yes sure indeed unfortunately course certainly exactly namely
        example have has had having do does did done doing will would shall it this that
        these those they them there
        here so then such same its own one ones amount period time case order-of about regarding concerning
        just still currently total altogether way which who whose whom what while whereas both too well
        go going
    """,
}
_EVERYDAY = {
    Language.PL: _words(
        """
    znajdz znajd zobacz widac widocz widzi pamieta zdecyd chce chcia wolisz pomoz pomag wyjasn zapyta
    trafi dotrz dociera przyjdz przychodz pojaw znajduj nastap nastepu odbyw przebieg rozpocz zaczyn
    zaczn koncz skoncz uplyw uplyn mija minie wypad obejm nalezy oznacz chodzi mowi wygod latw najprost
    najlep dobrz spokoj smial osobn samodzieln wlasn konkretn dokladn odpowiedn wlasciw podan wskazan
    wybran kolejn nastepn ogoln glown podob rozn razem mimo jednak dziek wedlug zgodn sytuac spraw kwest
    szczegol opcj sposob rodzaj reszt zasad termin okres moment chwil dat wlicz zachow korzyst skorzyst
    uzyw pozosta zosta decyduj wystarcz sluz zalez wynika dotycz odnos udostep powod przyczyn potem
    najpierw wreszcie zamow zakup przyje tutaj tam gdzie wlasn bezposredn stron nasz prosz stanow wyglad
    prawidl domysl rowniez zreszta bowiem
"""
    ),
    Language.EN: _words(
        """
    find see check look know mean want like wish prefer simply note remember let tell give make take put
    go come stay remain become happen follow include contain depend count run start begin end finish
    matter leave lie bring turn set try help show say mention state explain describe detail information
    thing way option situation part rest kind sort form type place time date deadline period moment term
    directly separately together instead otherwise anyway actually really quite rather very again next
    following other another different similar own particular given relevant appropriate proper ordinary
    straight easy easily simple simply fine okay good best nice however even though whether depending
    order purchase mind plan likewise afterwards eventually apply use
"""
    ),
}
"""Words by which people say the same otherwise: an answer may have them on its own, but not alone."""
_EVERYDAY_PL = tuple(_EVERYDAY[Language.PL])


@lru_cache(maxsize=65536)
def is_everyday(word: str, language: Language) -> bool:
    """Return whether a folded word only helps to say what others say."""
    if language is Language.PL:
        return len(word) <= 13 and word.startswith(_EVERYDAY_PL)
    return _english(word) in _EVERYDAY_EN


_LIGHT_WORDS = {
    language: frozenset(words.split()) | frozenset(map(fold, POLISH if language is Language.PL else ENGLISH))
    for language, words in _LIGHT.items()
}


def is_light(word: str, language: Language) -> bool:
    """Return whether a folded word claims nothing by itself, beside what it goes with."""
    return word in _LIGHT_WORDS[language]


_ENDINGS_PL = tuple(
    sorted(
        _words(
            """
    iami ami ach ych ich ego emu owi owie iej ej om ymi imi iem iom ow em ie ia iu a e i o u y emy amy
    imy ymy esz asz isz ysz cie ac ec ic yc al ala alo aly ali il ila ilo ily ili
"""
        ),
        key=len,
        reverse=True,
    )
)
_LEAST_STEM = 3


@lru_cache(maxsize=65536)
def key_of(word: str, language: Language) -> str:
    """Return what a folded word is compared by first: the word without its ending."""
    if language is Language.PL:
        if word.endswith("ek") and len(word) > _LEAST_STEM + 1:
            return f"{word[:-2]}k"  # paczek, of paczka
        for ending in _ENDINGS_PL:
            if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
                return word[: -len(ending)]
        return word
    return _english(word)


def _english(word: str) -> str:
    if len(word) <= _LEAST_STEM or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif word.endswith(("ches", "shes", "sses", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("us", "is")):
        word = word[:-1]
    for ending in ("ing", "ied", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            word = word[: -len(ending)] + ("y" if ending == "ied" else "")
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    word = word.removesuffix("e") if len(word) > _LEAST_STEM else word
    return f"{word[:-1]}i" if word.endswith("y") else word


_GROUP: dict[Language, dict[str, int]] = {
    language: {
        (word if language is Language.PL else _english(word)): number
        for number, line in enumerate(lines.strip().replace(" +\n", " ").split("\n"))
        for word in line.split()
    }
    for language, lines in _FAMILIES.items()
}


@lru_cache(maxsize=1 << 17)
def same(one: str, other: str, language: Language) -> bool:
    """Return whether two keys are of one word or one family."""
    if one == other:
        return True
    family = _family(one, language)
    if family is not None or _family(other, language) is not None:
        return family == _family(other, language)
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    longest = max(len(one), len(other))
    if language is Language.PL:
        if max(len(one), len(other)) - common > 5:
            return False
        return common >= max(4, 0.7 * longest) or (common >= 6 and common >= 0.55 * longest)
    return common >= 5 and common >= 0.7 * longest


@lru_cache(maxsize=65536)
def _family(key: str, language: Language) -> int | None:
    """Return the number of a key's family: that of the longest beginning, which leaves an ending at most."""
    groups = _GROUP[language]
    if language is Language.EN:
        return groups.get(key)
    for length in range(len(key), max(2, len(key) - 5), -1):
        number = groups.get(key[:length])
        if number is not None and (length >= 4 or length == len(key)):
            return number
    return None


_EVERYDAY_EN = frozenset(map(_english, _EVERYDAY[Language.EN]))
