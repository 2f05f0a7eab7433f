"""Function words and small talk of Polish and English: they say nothing of what a question is about."""

_POLISH = """
a aby ach aha albo ale am ani aż bardzo bez bo by być bym byś była było były był będzie będą będę chce chcę
chcesz chcemy chciałbym chciałabym chciał chciała ci ciebie cię co coś czego czemu czy czyli dla dlaczego
dlatego do dobry dzień gdy gdyż gdzie go hej i ich ile im inne innego inny iż ja jak jaka jaki jakie jakiego
jakiej jakich jakim jakoś je jeden jednak jego jej jemu jest jestem jeszcze jeśli jeżeli już każdy kiedy kim
kto która które którego której których którą który którym ku lub ma mam mamy mają masz mi mieć miał mnie mną
mogę możesz może można możecie mogą możemy mój moja moje mojego mojej moją moich mu musi muszę musisz my na
nad nam nami nas nasz nasza nasze natomiast nie niech niej nim nimi niż no o od ona one oni ono oraz po pod
podczas ponieważ powinienem powinnam poza proszę prosze przed przez przy są sam się skąd sobie swoje swoją
swój ta tak taka taki takie tam te tego tej ten teraz też to tobie tu tutaj twoja twoje twój ty tych tylko
tym u w wam wami was wasz wasza wasze we wie wiem więc witam wszystko wy z za zawsze ze że żeby dzięki
dziękuję pytanie chodzi właśnie mozna robić zrobić
"""

_ENGLISH = """
a about after all also am an and any anyone are as at be because been before being but by can cannot could
did do does doing don done dont for from get give go going got had has have having he hello help her here hi
him his how i if in into is it its just know let like make may me might mine more most must my need no not
of off on once one only or other our out over own please really s same shall she should so some something
still such t tell than thank thanks that the their them then there these they thing things this those
through to too up us use very want was way we well were what when where which while who whom why will with
would yes you your yours im id ill ive whats wheres hows
cant didn didnt doesn doesnt hasn hasnt haven havent isn isnt wasn wasnt wont
"""

POLISH: frozenset[str] = frozenset(_POLISH.split())
ENGLISH: frozenset[str] = frozenset(_ENGLISH.split())
