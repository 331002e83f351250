use std::collections::HashMap;
use std::sync::LazyLock;

/// The neighbours of each key, clockwise; none where no key is.
pub type Graph = HashMap<char, Vec<Option<&'static str>>>;

/// Reads a graph: a line for each key, which stands before its neighbours; a blank is between two, and `none` is none.
fn graph(text: &'static str) -> Graph {
    let line = |line: &'static str| {
        let mut words = line.split(' ');
        let key = words.next().and_then(|key| key.chars().next()).expect("a line begins with a key");
        (key, words.map(|word| (word != "none").then_some(word)).collect())
    };
    text.lines().map(line).collect()
}

pub static QWERTY: LazyLock<Graph> = LazyLock::new(|| graph(r##"! `~ none none 2@ qQ none
" ;: [{ ]} none none /?
# 2@ none none 4$ eE wW
$ 3# none none 5% rR eE
% 4$ none none 6^ tT rR
& 6^ none none 8* uU yY
' ;: [{ ]} none none /?
( 8* none none 0) oO iI
) 9( none none -_ pP oO
* 7& none none 9( iI uU
+ -_ none none none ]} [{
, mM kK lL .> none none
- 0) none none =+ [{ pP
. ,< lL ;: /? none none
/ .> ;: '" none none none
0 9( none none -_ pP oO
1 `~ none none 2@ qQ none
2 1! none none 3# wW qQ
3 2@ none none 4$ eE wW
4 3# none none 5% rR eE
5 4$ none none 6^ tT rR
6 5% none none 7& yY tT
7 6^ none none 8* uU yY
8 7& none none 9( iI uU
9 8* none none 0) oO iI
: lL pP [{ '" /? .>
; lL pP [{ '" /? .>
< mM kK lL .> none none
= -_ none none none ]} [{
> ,< lL ;: /? none none
? .> ;: '" none none none
@ 1! none none 3# wW qQ
A none qQ wW sS zZ none
B vV gG hH nN none none
C xX dD fF vV none none
D sS eE rR fF cC xX
E wW 3# 4$ rR dD sS
F dD rR tT gG vV cC
G fF tT yY hH bB vV
H gG yY uU jJ nN bB
I uU 8* 9( oO kK jJ
J hH uU iI kK mM nN
K jJ iI oO lL ,< mM
L kK oO pP ;: .> ,<
M nN jJ kK ,< none none
N bB hH jJ mM none none
O iI 9( 0) pP lL kK
P oO 0) -_ [{ ;: lL
Q none 1! 2@ wW aA none
R eE 4$ 5% tT fF dD
S aA wW eE dD xX zZ
T rR 5% 6^ yY gG fF
U yY 7& 8* iI jJ hH
V cC fF gG bB none none
W qQ 2@ 3# eE sS aA
X zZ sS dD cC none none
Y tT 6^ 7& uU hH gG
Z none aA sS xX none none
[ pP -_ =+ ]} '" ;:
\ ]} none none none none none
] [{ =+ none \| none '"
^ 5% none none 7& yY tT
_ 0) none none =+ [{ pP
` none none none 1! none none
a none qQ wW sS zZ none
b vV gG hH nN none none
c xX dD fF vV none none
d sS eE rR fF cC xX
e wW 3# 4$ rR dD sS
f dD rR tT gG vV cC
g fF tT yY hH bB vV
h gG yY uU jJ nN bB
i uU 8* 9( oO kK jJ
j hH uU iI kK mM nN
k jJ iI oO lL ,< mM
l kK oO pP ;: .> ,<
m nN jJ kK ,< none none
n bB hH jJ mM none none
o iI 9( 0) pP lL kK
p oO 0) -_ [{ ;: lL
q none 1! 2@ wW aA none
r eE 4$ 5% tT fF dD
s aA wW eE dD xX zZ
t rR 5% 6^ yY gG fF
u yY 7& 8* iI jJ hH
v cC fF gG bB none none
w qQ 2@ 3# eE sS aA
x zZ sS dD cC none none
y tT 6^ 7& uU hH gG
z none aA sS xX none none
{ pP -_ =+ ]} '" ;:
| ]} none none none none none
} [{ =+ none \| none '"
~ none none none 1! none none"##));

pub static DVORAK: LazyLock<Graph> = LazyLock::new(|| graph(r##"! `~ none none 2@ '" none
" none 1! 2@ ,< aA none
# 2@ none none 4$ .> ,<
$ 3# none none 5% pP .>
% 4$ none none 6^ yY pP
& 6^ none none 8* gG fF
' none 1! 2@ ,< aA none
( 8* none none 0) rR cC
) 9( none none [{ lL rR
* 7& none none 9( cC gG
+ /? ]} none \| none -_
, '" 2@ 3# .> oO aA
- sS /? =+ none none zZ
. ,< 3# 4$ pP eE oO
/ lL [{ ]} =+ -_ sS
0 9( none none [{ lL rR
1 `~ none none 2@ '" none
2 1! none none 3# ,< '"
3 2@ none none 4$ .> ,<
4 3# none none 5% pP .>
5 4$ none none 6^ yY pP
6 5% none none 7& fF yY
7 6^ none none 8* gG fF
8 7& none none 9( cC gG
9 8* none none 0) rR cC
: none aA oO qQ none none
; none aA oO qQ none none
< '" 2@ 3# .> oO aA
= /? ]} none \| none -_
> ,< 3# 4$ pP eE oO
? lL [{ ]} =+ -_ sS
@ 1! none none 3# ,< '"
A none '" ,< oO ;: none
B xX dD hH mM none none
C gG 8* 9( rR tT hH
D iI fF gG hH bB xX
E oO .> pP uU jJ qQ
F yY 6^ 7& gG dD iI
G fF 7& 8* cC hH dD
H dD gG cC tT mM bB
I uU yY fF dD xX kK
J qQ eE uU kK none none
K jJ uU iI xX none none
L rR 0) [{ /? sS nN
M bB hH tT wW none none
N tT rR lL sS vV wW
O aA ,< .> eE qQ ;:
P .> 4$ 5% yY uU eE
Q ;: oO eE jJ none none
R cC 9( 0) lL nN tT
S nN lL /? -_ zZ vV
T hH cC rR nN wW mM
U eE pP yY iI kK jJ
V wW nN sS zZ none none
W mM tT nN vV none none
X kK iI dD bB none none
Y pP 5% 6^ fF iI uU
Z vV sS -_ none none none
[ 0) none none ]} /? lL
\ =+ none none none none none
] [{ none none none =+ /?
^ 5% none none 7& fF yY
_ sS /? =+ none none zZ
` none none none 1! none none
a none '" ,< oO ;: none
b xX dD hH mM none none
c gG 8* 9( rR tT hH
d iI fF gG hH bB xX
e oO .> pP uU jJ qQ
f yY 6^ 7& gG dD iI
g fF 7& 8* cC hH dD
h dD gG cC tT mM bB
i uU yY fF dD xX kK
j qQ eE uU kK none none
k jJ uU iI xX none none
l rR 0) [{ /? sS nN
m bB hH tT wW none none
n tT rR lL sS vV wW
o aA ,< .> eE qQ ;:
p .> 4$ 5% yY uU eE
q ;: oO eE jJ none none
r cC 9( 0) lL nN tT
s nN lL /? -_ zZ vV
t hH cC rR nN wW mM
u eE pP yY iI kK jJ
v wW nN sS zZ none none
w mM tT nN vV none none
x kK iI dD bB none none
y pP 5% 6^ fF iI uU
z vV sS -_ none none none
{ 0) none none ]} /? lL
| =+ none none none none none
} [{ none none none =+ /?
~ none none none 1! none none"##));

pub static KEYPAD: LazyLock<Graph> = LazyLock::new(|| graph(r##"* / none none none - + 9 8
+ 9 * - none none none none 6
- * none none none none none + 9
. 0 2 3 none none none none none
/ none none none none * 9 8 7
0 none 1 2 3 . none none none
1 none none 4 5 2 0 none none
2 1 4 5 6 3 . 0 none
3 2 5 6 none none none . 0
4 none none 7 8 5 2 1 none
5 4 7 8 9 6 3 2 1
6 5 8 9 + none none 3 2
7 none none none / 8 5 4 none
8 7 none / * 9 6 5 4
9 8 / * - + none 6 5"##));

pub static MAC_KEYPAD: LazyLock<Graph> = LazyLock::new(|| graph(r##"* / none none none none none - 9
+ 6 9 - none none none none 3
- 9 / * none none none + 6
. 0 2 3 none none none none none
/ = none none none * - 9 8
0 none 1 2 3 . none none none
1 none none 4 5 2 0 none none
2 1 4 5 6 3 . 0 none
3 2 5 6 + none none . 0
4 none none 7 8 5 2 1 none
5 4 7 8 9 6 3 2 1
6 5 8 9 - + none 3 2
7 none none none = 8 5 4 none
8 7 none = / 9 6 5 4
9 8 = / * - + 6 5
= none none none none / 9 8 7"##));
