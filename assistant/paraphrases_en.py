"""English words that say the same in a shop's sentence, a line each: strict paraphrases, no neighbours. Data.

Words as they are written; each is compared by its stem. A word may be of several lines, and lines do not
chain: *get* is *receive* and *fetch*, which are not each other. Complaint, guarantee, withdrawal and return
stay apart, and so do carriers, goods and papers; *cheap* is not *free*.
"""

from __future__ import annotations

GROUPS = """
return returned returning returnable
refund repay reimburse refunded repaid reimbursement
mail email inbox
email message
goods item product thing article
order purchase buy bought
basket cart bag
phone telephone ring call
phone mobile smartphone
click press tap button hit
website site page online webpage
online internet web
fit match suit
label sticker
withdraw withdrawal withdrawn withdrew
deadline limit term
faulty defective defect fault broken flaw flawed defects
broken damaged damage
damage damaged ruin ruined spoil spoiled
unused unworn
original
pay paid payment payable paying
pay cost price charge fee cover bear borne paid settle foot
cost price charge fee
cost expense
price amount sum
cover bear borne pay paid meet
deliver delivery delivered
deliver bring brought arrive come came
deliver get receive got
arrive come came reach land
get receive got obtain
get collect collected fetch
receive collect collected
collect collection pick-up pickup collected
send sent dispatch ship dispatched shipped shipping post
parcel package packet shipment box
locker lockers
change alter modify edit amend update altered
change swap exchange
exchange swap exchanged swapped
replace replacement swap
choose chose pick select choice chosen opt decide
choose mark tick
tick check mark
buy bought purchase buyer
answer reply respond response replied
tell inform notify told notice let report
report tell notify inform
report file submit lodge
submit file lodge send make
give gave given provide supply state
give enter type put quote
enter type put fill
need require necessary
want wish like would prefer
person someone somebody anyone else people human
person agent staff colleague advisor employee
start begin began begun started
start run count
end finish expire over end
expire lapse end
last valid run
take took taken last
keep kept store stored hold held retain save
keep stay remain
wait waiting held
show shown display appear see seen
write wrote written
write contact message email
call contact
contact reach touch
find found locate
find see look
deduct subtract deducted
reduce reduction lower reduced
reduction discount
extend longer extension
accept acceptance accepted
accept take honour
accept recognise
wash laundered launder washing
clean cleaning cleaned
dry drying dried
measure measuring measured measurement
cancel cancelled canceled cancellation
print printed printing
contain include inclusive included
possible
decide decision
wait await waiting
help assist support assistance
explain explanation explain
use used using apply
work function operate
apply applies count concern
open opened opening
settle settlement
close closed shut
sign log login logged signed signin
sign subscribe join signup subscription
unsubscribe signoff optout
register registration signup
create set setup make open
account profile
delete remove erase deletion removed deleting
complaint complain complained
money fund funds
money cash
post letter
twice double
spend spent use used
send posted
expense cost
way route
switch turn
town city
bigger larger big large
smaller small
cheap cheapest cheaper
cheapest lowest
dear dearer expensive
ask request asked
confirm confirmation confirmed
put place
see view look
make made
allow permit let
prove proof
proof evidence
repair mend fix repaired fixed
reason why cause
issue provide
problem trouble issue
mistake error wrong
wrong incorrect mistaken
correct fix
coupon voucher code
discount reduction
foot feet
shoe shoes footwear
rubber wellington wellies
trousers pants
sock socks
hat beanie
hot heat
wet damp
damp moist
brush brushing
soft gentle
gently soft
shop store
shop seller
buyer consumer
producer manufacturer maker
pickup collection
person somebody
another different other else
whole entire full complete
full whole
part partial partly
several few
again anew
again retry
next following
previous earlier old
old previous
latest newest recent
new recent fresh
early earlier
late delayed delay
delay delayed overdue
lost missing
missing lack
photo photograph picture photos image
film video recording
form statement
statement declaration
rule term condition
right entitle entitled entitlement
law legal statutory act
law act
choose prefer
setting settings
app application
notify notification
track follow tracking trace
status stage
ready prepared
prepare pack packing
pack packed wrap packaging
box packaging carton pack
packaging packing wrapping
attach include enclose add
add attach
add apply
leave post write
publish post put published
review opinion feedback
rate rating
personal private
private individual
data information detail details
information info detail
consent agreement permission agree
agree consent
process processed handle
handle deal process
cookie cookies
holiday holidays
christmas festive xmas
present gift
abroad outside overseas international foreign
country countries
customs duty
tax vat
instalment installment
later afterwards
split divide
stock available
available stock
unavailable sold
notified told
quick fast quickly soon
quick rapid
directly straight
exact precise precisely exactly
length long
long length
measure size
size sizing
wear worn wearing
carry bring
bring take
enough suffice sufficient
happen occur
try attempt
fail failed unsuccessful
reject rejected refuse declined refused decline
decline refuse
assess inspect
inspect check examine
check verify inspect
check look see
look check
spam junk
bottom footer
tab section
field box
typo misspelling
finished over
remember forget
forget forgotten forgot
recover reset
combine join together stack combined
total amount
value worth
worth value
cash banknote
sort resolve
loss lose lost
shrink shrinkage shrunk shrinks
iron ironing
bleach bleaching
soak soaked
heater radiator
sun sunlight
waterproof impregnate proofing waterproofing
walk hike
extra additional further more top
extra supplement surcharge
surplus overpayment excess
double twice
drop fall reduce lower decrease
rise increase
hold wait
voluntary optional
mandatory obligatory compulsory
statutory legal lawful
sms text
text message
letter post paper
written writing
inside interior
outside outdoors exterior
put insert place
sheet paper
note slip card
fast express
slow slowly
brief short
often frequent frequently
rare rarely seldom
strong powerful
gentle mild soft
tight close snug
loose roomy
leak seep
waterproof watertight
breathe breathable
air ventilate airing
smell odour
hole tear
crack split
scratch scuff
stain mark spot
dent dented
notice spot discover
prove show demonstrate
presume assume deem consider
reason grounds explanation
reject refuse
accept approve
complain grievance
advise recommend suggest
advice guidance
unused unspent
remaining left rest leftover balance
balance remainder
lose forfeit
combine merge together
separate split individual
below under
cheaper reduced
sell sold sale
notify alert
remind reminder
follow track
reserve reserved hold set
adjust adapt
advert advertising
block blocked
activate enable
deactivate disable
empty emptied
vanish disappear
offer propose
relative family
office desk
automatic automatically itself
hand manual manually
machine washer
programme cycle
keep preserve retain
posting dispatch shipping
posting dispatched sent
wish desire
prefer rather
standard ordinary regular normal
normal usual
special particular
previous former
current present
latest newest
final last
final definitive permanent
deadline cutoff
abroad overseas
address location
street road
register enrol
sign signature
pick select
length distance
far distance
width wide
height tall
weight heavy
chart table
spray aerosol
coat layer
layer film
polish wax cream
cloth rag
dirt mud soil
rinse flush
iron press
fold folded
hang hung
shade shadow
heater radiator stove
"""
