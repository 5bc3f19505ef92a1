// The list of terms we ship: words, names and patterns that many people build passwords from. Long because it is data.
// Our own compilation, written for this project from general knowledge; copied from no list and from no breach. Few obscene terms.
// A term is 4 to 16 characters and stands here once, whatever its case and substitutions; a test holds that.

/** All terms we ship, as they are written for people. */
export const GLOBAL_TERMS: readonly string[] = [
  // "Password" and its kin, in the languages people most often meet.
  ...list(
    'password passwort passwd pass passe passcode passphrase passkey motdepasse contrasena contraseña contrasenya senha parola parole haslo hasło heslo jelszo jelszó salasana losenord lösenord adgangskode passord wachtwoord sifre şifre geslo lozinka zaporka parool slaptazodis sandi katasandi matkhau пароль パスワード 비밀번호 kennwort losung geheim geheimnis secret segreto secreto sekret tajne hemlig hemmelig tresor tresore',
  ),
  ...list(
    'login logon signin signon welcome willkommen bienvenue bienvenido bienvenidos benvenuto bemvindo witamy welkom valkommen välkommen velkommen tervetuloa letmein letmeout access zugang acces entry enter openup opensesame sesame changeme changethis change changed newpass newuser reset resetme temp temporary temppass default standard initial inital start starter starting begin beginner test tester testing test123 testuser demo sample example beispiel guest gast user username benutzer usuario utente account konto compte cuenta client kunde customer master superuser root admin admins administrator adminadmin sysadmin system service support helpdesk manager office buero büro staff employee company firma business intern internal extern public private trustno security secure sicher safe unlock locked keyword qualify',
  ),

  // Keyboard walks, on English, German and French keyboards, and pads of digits.
  ...list(
    'qwer qwert qwerty qwertyu qwertyui qwertyuiop qwertz qwertzu qwertzui qwertzuiop azerty azertyuiop asdf asdfg asdfgh asdfghj asdfghjk asdfghjkl qsdf qsdfgh qsdfghjklm zxcv zxcvb zxcvbn zxcvbnm yxcv yxcvb yxcvbn yxcvbnm wxcv wxcvbn poiu poiuy poiuyt lkjh lkjhg lkjhgf mnbv mnbvc mnbvcxz ytrewq trewq rewq fdsa gfdsa vcxz qazwsx qazwsxedc wsxedc edcrfv rfvtgb tgbyhn qweasd qweasdzxc asdzxc qwaszx zaqwsx zaqxsw xswzaq qayxsw wsxqaz q1w2 q1w2e3 q1w2e3r4 q1w2e3r4t5 1q2w 1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz 1qaz2wsx 2wsx 3edc 4rfv zaq1 zaq12wsx xsw2 1qay 2wsx3edc 1a2b 1a2b3c a1b2 a1b2c3 a1b2c3d4 qwe123 123qwe asd123 123asd zxc123 123zxc qwerty12 abc123 123abc aaa111 aabbcc aabb aassdd qqww qqwwee qwqw asas zxzx qazqaz qweqwe asdasd zxczxc jkl123 hjkl uiop jklö ghjk fghj dfgh sdfg rtyu tyui wert erty ertz rtzu tzui xcvb cvbn vbnm',
  ),
  ...list(
    '1234 12345 123456 1234567 12345678 123456789 1234567890 0123 01234 012345 0123456789 2345 23456 3456 34567 4567 45678 5678 56789 6789 67890 7890 0987 09876 098765 0987654321 9876 98765 987654 9876543 98765432 987654321 8765 87654321 7654 7654321 6543 654321 5432 54321 4321 3210 1122 112233 11223344 2233 3344 4455 5566 6677 7788 8899 1212 121212 1313 131313 1414 2323 232323 6969 696969 123123 123321 321321 321123 456456 456789 456123 789456 789456123 147258 147258369 147852 159357 159753 258456 741852 741852963 951753 963852 963852741 102030 10203040 101010 1010 2580 0852 1470 3690 1357 13579 2468 24680 246810 1001 3003 31415 314159 31415926 271828 4711 08154711 0815 1337 31337 0007 007007 8008 5150 666777 420420',
  ),
  ...repeated('abcdefghijklmnopqrstuvwxyz23456789'),
  ...list(
    'abcd abcde abcdef abcdefg abcdefgh abcdefghi abcdefghij bcde cdef defg efgh fghi ghij hijk ijkl jklm klmn lmno mnop nopq opqr pqrs qrst rstu stuv tuvw uvwx vwxy wxyz xyzz zyxw dcba edcba fedcba gfedcba abab abcabc xxyyzz lala blabla blah blahblah haha hahaha hihi hoho lalala nana dada mama papa bubu lulu tata foobar fubar foofoo barbar asdfasdf lorem ipsum loremipsum',
  ),

  // The calendar: years people are born in and live in, months, days and seasons.
  ...years({ first: 1940, last: 2039 }),
  ...list(
    'january february march april june july august september october november december januar jänner februar feber märz maerz juni juli oktober dezember janvier fevrier février mars avril juin juillet aout août septembre octobre novembre decembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro fevereiro maio junho julho setembro outubro novembro dezembro styczen luty marzec kwiecien czerwiec lipiec sierpien wrzesien listopad grudzien maart augustus desember januari februari',
  ),
  ...list(
    'monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi sabato domenica segunda terca quarta quinta sexta maandag dinsdag woensdag donderdag vrijdag zaterdag zondag weekend wochenende today tomorrow yesterday heute morgen gestern',
  ),
  ...list(
    'spring summer autumn winter fall fruehling frühling fruehjahr frühjahr sommer herbst printemps primavera verano otono otoño invierno automne hiver estate autunno inverno verao outono zomer herfst lente wiosna lato jesien jesień zima leto podzim vinter host jaro season summertime wintertime midsummer christmas xmas weihnachten navidad natale natal noel ostern easter halloween newyear neujahr silvester birthday geburtstag holiday holidays urlaub ferien vacances vacaciones',
  ),

  // Where people work and live: countries, cities and what they are called.
  ...list(
    'america american australia austria belgium brazil bulgaria canada chile china colombia croatia denmark england english europe finland france francais french germany german greece hungary iceland india indonesia ireland irish israel italia italy italiano jamaica japan kenya korea latvia lithuania luxembourg malaysia mexico morocco nederland netherlands nigeria norge norway norwegen oesterreich österreich pakistan peru philippines poland polska portugal romania russia schweden schweiz scotland serbia slovakia slovenia spain espana españa suomi sverige sweden svizzera suisse switzerland taiwan thailand turkey türkei ukraine unitedstates vietnam wales zealand deutschland frankreich italien spanien ungarn brasil',
  ),
  ...list(
    'alabama alaska amsterdam antwerp arizona athens atlanta auckland austin bangkok barcelona basel bavaria bayern beijing belfast berlin bern boston bratislava brisbane bristol brooklyn brussels bruxelles bucharest budapest cairo calgary california cambridge capetown cardiff carolina chicago cologne colorado copenhagen dallas delhi denver detroit dortmund dresden dubai dublin duesseldorf düsseldorf edinburgh essen florence florida frankfurt geneva georgia glasgow goteborg graz hamburg hannover hawaii helsinki hongkong houston illinois istanbul jakarta jersey johannesburg kansas kiev koeln köln krakow leeds leipzig lille linz lisboa lisbon liverpool ljubljana london losangeles luzern lyon madrid manchester manila marseille melbourne miami michigan milan milano minnesota montana montreal moscow mumbai munich muenchen münchen nairobi nantes naples napoli nevada newyork nuernberg nürnberg ohio oregon orlando oslo ottawa oxford paris perth philadelphia phoenix porto prague praha quebec rome roma rotterdam salzburg sandiego sanfrancisco saopaulo seattle seoul sevilla shanghai singapore sofia stockholm strasbourg stuttgart sydney tallinn texas tokyo torino toronto toulouse turin utrecht valencia vancouver venice vienna vilnius virginia warsaw warszawa washington wellington wien yorkshire zagreb zuerich zürich zurich',
  ),

  // Sports, and who plays them.
  ...list(
    'football fussball fußball futbol soccer baseball basketball hockey icehockey rugby cricket tennis golf golfer golfing volleyball handball softball swimming swimmer cycling cyclist racing racer running runner marathon boxing boxer karate judo wrestling wrestler skiing skier snowboard surfing surfer skater skateboard sailing sailor fishing fisher angler hunting hunter climbing climber fitness yoga dancer dancing ballet gymnast champion champions winner victory trophy goalie striker coach player olympic olympics worldcup superbowl bundesliga premier league formula1',
  ),
  ...list(
    'arsenal chelsea everton tottenham mancity manunited united liverpoolfc newcastle celtic rangers barca realmadrid atletico juventus juve inter acmilan ajax feyenoord bvb09 schalke schalke04 borussia bayern1 werder hsv1887 rapid1899 benfica boca river galatasaray fenerbahce besiktas flamengo corinthians santos palmeiras cowboys steelers packers patriots broncos raiders giants eagles bears dolphins saints vikings chargers panthers falcons cardinals yankees redsox dodgers braves mets cubs tigers pirates royals marlins lakers celtics bulls knicks warriors spurs heat76 raptors sixers bruins blackhawks penguins flyers canucks maple leafs ferrari1 messi ronaldo beckham maradona zidane neymar mbappe ronaldinho federer nadal djokovic jordan jordan23 kobe24 lebron schumacher senna hamilton verstappen',
  ),

  // Makers, products and programs.
  ...list(
    'microsoft windows windows7 windows10 windows11 winxp office365 outlook excel powerpoint onenote onedrive sharepoint teams azure entra exchange cortana xbox skype apple iphone ipad macbook macintosh icloud itunes safari google gmail chrome chromebook android youtube pixel amazon alexa kindle prime facebook instagram whatsapp messenger twitter tiktok snapchat linkedin pinterest reddit telegram discord twitch netflix spotify disney hulu paypal ebay uber airbnb adobe acrobat photoshop oracle java javascript python docker linux ubuntu debian redhat fedora unix solaris cisco router netgear linksys dlink fritzbox vodafone telekom tmobile orange1 verizon siemens bosch philips samsung galaxy huawei xiaomi nokia motorola sony playstation nintendo switch sega gameboy canon nikon panasonic toshiba lenovo thinkpad dell latitude hewlett packard intel pentium nvidia geforce radeon logitech tesla oracle1 mysql postgres mongodb server database network internet intranet website webmaster wordpress firewall citrix vmware hyperv sapgui salesforce dropbox zoomzoom drawbridge',
  ),
  ...list(
    'mercedes benz porsche ferrari lamborghini maserati bugatti bentley jaguar landrover rover mini cooper toyota honda nissan mazda subaru mitsubishi suzuki yamaha kawasaki ducati harley davidson harleydavidson volkswagen golfgti beetle audi audi80 skoda seat opel astra corsa ford mustang fiesta focus chevy chevrolet camaro corvette dodge viper charger challenger cadillac chrysler jeep wrangler hummer pontiac firebird renault peugeot citroen fiat punto alfa romeo alfaromeo volvo saab lexus hyundai bmw325 bmwm3 turbo diesel motor auto racecar truck trucker scania',
  ),
  ...list(
    'cocacola coke pepsi fanta sprite redbull nescafe starbucks nutella haribo milka snickers mcdonalds burger burgerking whopper subway pizza pizzahut heineken guinness corona budweiser smirnoff jackdaniels whisky whiskey vodka tequila nike adidas puma reebok gucci prada chanel rolex lego barbie playboy marlboro camel ikea aldi lidl walmart boeing airbus lufthansa',
  ),

  // Stories, games and music.
  ...list(
    'superman batman spiderman ironman wonderwoman catwoman hulk thor loki avengers avenger marvel wolverine deadpool xmen joker gotham starwars starwars1 jedi yoda skywalker darthvader vader sith chewbacca chewie hansolo leia boba mandalorian startrek enterprise spock kirk picard klingon matrix neo123 trinity morpheus gandalf frodo bilbo hobbit legolas aragorn gollum sauron mordor tolkien hogwarts harrypotter potter hermione dumbledore voldemort snape gryffindor slytherin quidditch muggle twilight simpson simpsons homer bart lisa southpark scooby scoobydoo garfield snoopy mickey mickeymouse minnie donald goofy pluto bambi nemo simba pooh tigger winnie tinkerbell cinderella elsa frozen shrek minion minions pikachu pokemon digimon naruto sasuke goku vegeta dragonball sailormoon totoro godzilla kingkong terminator rambo rocky bond007 jamesbond agent007 indiana sherlock watson dracula vampire zombie buffy xfiles mulder scully friends dexter breakingbad heisenberg gameofthrones stark lannister khaleesi westeros witcher',
  ),
  ...list(
    'mario luigi zelda sonic tetris pacman minecraft fortnite roblox warcraft starcraft diablo overwatch counter strike counterstrike halflife doom quake halo fallout skyrim assassin creed callofduty battlefield pubg valorant dota legends runescape worldofwarcraft horde alliance paladin warlock wizard sorcerer gamer gaming player1 chess poker joker1 lucky7 casino jackpot beatles rollingstones elvis presley metallica slayer nirvana acdc acdc1 queen pinkfloyd ledzeppelin blacksabbath ironmaiden greenday blink182 linkinpark eminem tupac 2pac snoop drdre beyonce rihanna madonna shakira britney justin bieber taylorswift abba bowie prince genesis depeche rammstein music musik guitar guitare piano drums drummer violin trumpet bass techno trance metal heavymetal rocknroll punk punkrock hiphop jazz reggae disco karaoke',
  ),

  // What people love: each other, animals, colours, food, nature, faith.
  ...list(
    'love lover loveme loveyou iloveyou iloveu iluvu loveu lovely loves lovelove mylove truelove forever always together family familie famille familia mother father mummy daddy mommy brother sister grandma grandpa baby babyboy babygirl boyfriend girlfriend husband wife wedding married princess prinzessin princesse princesa prinz king queenie kiss kisses kissme hugs darling honey sweetie sweetheart sweet cutie cute beautiful beauty gorgeous angel angels engel angelo heart hearts herz schatz schatzi liebe liebling ichliebedich jetaime teamo tequiero amore amor tiamo amour cheri cherie bella bello bonjour hola ciao hello hallo hallo123 hello1 helloworld goodbye bonsoir goodmorning goodday friend friendship bestfriend freund freundin amigo amiga amici peace happy happiness hope faith smile smiley sunshine dream dreams dreamer lucky luck blessed bless grace miracle magic magical freedom liberty justice power strong hero legend genius success money dollar dollars euro euros million millions rich gold golden silver platinum diamond crystal pearl ruby',
  ),
  ...list(
    'monkey affe singe mono dragon drachen tiger lion loewe löwe leon bear baer bärchen wolf wolves foxy panther leopard cheetah puma1 cougar elephant elefant giraffe zebra horse horses pferd cheval caballo pony donkey esel goat sheep schaf cow1 kuh1 pigs schwein hamster mouse maus mausi maeuschen rabbit bunny hase hasi hasen kaninchen squirrel hedgehog igel badger beaver otter dolphin delphin delfin whale shark orca penguin pinguin turtle tortoise snake cobra viper1 python1 lizard gecko spider scorpion butterfly schmetterling papillon mariposa ladybug bumblebee hornet wasp ant1 eagle adler falcon hawk raven owl1 parrot chicken rooster duck ducky goose swan katze katzen kitty kitten kittycat cats catdog chat1 gato hund hunde dogs doggy doggie puppy welpe perro chien doberman bulldog poodle labrador terrier beagle husky rottweiler dachshund dackel unicorn einhorn phoenix1 griffin pegasus dino dinosaur raptor mammoth animal animals tiere',
  ),
  ...list(
    'black white yellow green blue purple violet orange pink brown grey gray silver1 turquoise magenta scarlet crimson schwarz weiss gelb gruen grün blau lila rosa braun grau rouge bleu vert jaune noir blanc violette rojo azul verde amarillo negro blanco rosso giallo nero bianco rainbow regenbogen',
  ),
  ...list(
    'apple1 apples banana bananas cherry lemon melon mango peach strawberry blueberry raspberry grapes pineapple coconut tomato potato carrot onion pepper ginger cookie cookies cupcake cake candy chocolate choco schokolade sugar honey1 butter cheese kaese käse bread brot salami bacon sausage wurst chickenwing spaghetti pasta noodle lasagna sushi kebab taco tacos burrito nachos pancake waffle donut icecream pudding coffee kaffee cappuccino espresso latte milk milch water wasser juice beer bier cerveza birra wine wein vino champagne prosecco cocktail mojito rumcola cheers prost breakfast dinner kitchen cooking',
  ),
  ...list(
    'sunny sunset sunrise sonne sonnenschein soleil moon mond luna lune star stars stern sterne sternchen estrella etoile galaxy1 planet earth erde mars1 venus jupiter saturn neptune pluto1 mercury apollo zeus athena hercules thunder lightning storm sturm tornado hurricane blizzard snow schnee neige nieve snowball snowflake snowman icecube fire feuer fuego flame inferno river1 ocean meer mare mountain berg berge valley forest wald garden garten flower flowers blume blumen fleur rose roses rosen lily tulip daisy sunflower sonnenblume orchid violet1 jasmine lavender tree baum island insel beach strand playa plage paradise paradies heaven himmel hell nature natur desert jungle safari1 volcano cloud clouds wolke cloudy rain regen',
  ),
  ...list(
    'jesus jesus1 jesuschrist christ christian christus maria marie god1 godisgood ilovegod iluvgod church kirche bible bibel angelica gabriel michael1 lordgod savior holyspirit amen hallelujah blessing allah bismillah mohammed muhammad buddha krishna shiva ganesh waheguru shalom',
  ),

  // Given names that turn up everywhere.
  ...list(
    'adam adrian albert alex alexander alexandra alexis alice alicia alina amanda amelie andrea andreas andrei andrew andy angela angelina anja anna annabelle anne annette annika anthony anton antonio antonia arthur ashley astrid barbara beate benjamin bernd bernhard bianca birgit boris brandon brian brigitte bruno caesar carlos carmen carola caroline catherine charles charlie charlotte chris christa christine christina christoph christopher clara claudia claire claude claus dani daniel daniela danielle david dennis diana dieter dominik dominic donna doris dorothy dylan edgar edward elena elias elisabeth elizabeth ella emilia emily emma eric erich erika erwin esther ethan eugen evelyn fabian felix ferdinand fernando florian francesca francesco francis francois frank franz franzi frederick friedrich fritz gabi gabriele george gerald gerard gerhard giorgio giovanni gisela giulia gloria gregor guenter günter gustav hannah hanna hans hansi harald harry heather heidi heike heinz helen helena helene helga helmut henry herbert hermann hugo ingrid irene isabel isabella ivan jack jackie jacob jake jakob james jana janine jasmin jason jean jeff jeffrey jennifer jenny jens jeremy jerome jessica jessie joachim joana joanna johann johanna johannes john johnny jonas jonathan jorge jose josef joseph joshua juan juergen jürgen judith julia julian juliane jutta karen karin karl karolina katarina katharina kathrin katja katie keith kelly kenneth kerstin kevin klaus konrad kristin kristina kurt lara larissa laura lauren lauri lea1 lena leonard leonie leopold linda lisa1 lorenz louis louisa louise luca lucas lucia ludwig luis luisa lukas lydia maik manfred manuel manuela marc marcel marco marcus margaret margit maria1 marina mark marko markus marlene martha martin martina mary mateo mathias matteo matthew matthias maurice maximilian melanie melissa mia1 mia123 michael michaela michel michelle miguel mike mila miriam mohamed monica monika moritz nadine nadja natalia natalie natasha nathan nicholas nick nicola nicolas nicole niklas nina noah norbert oliver olivia oscar oskar pablo pascal patricia patrick paul paula pauline pavel pedro peter petra philip philipp pierre rachel rafael rainer ralf ralph raphael rebecca regina renate rene1 ricardo richard rita robert roberto robin roger roland roman ronald rosemarie roxana rudolf ryan sabine sabrina samantha samuel sandra sara sarah sascha scott sebastian sergio shannon sharon silke silvia simon simone sofie sonja sophia sophie stefan stefanie stephan stephanie stephen steve steven susan susanne svenja sylvia tamara tanja tanya teresa theresa theo theodor thomas tiffany tim123 timothy tina tobias tommy toni tony travis tristan tyler ulrich ulrike ursula uwe123 valentin valentina valerie vanessa vera veronica veronika victor victoria viktor viktoria vincent vivian walter wanda waltraud werner wilhelm willi william willy wolfgang xavier yannick yasmin yvonne zoe123',
  ),

  // Other words that turn up everywhere.
  ...list(
    'shadow ninja samurai warrior pirate knight soldier army marine navy sniper killer hacker hacked hack cracker anonymous matrix1 ghost phantom spirit demon devil satan lucifer666 evil darkness death skull rebel outlaw cowboy gangster mafia boss bigboss chief captain sergeant general major colonel doctor professor teacher student school schule ecole escuela college university university1 study work worker arbeit job123 project projekt travail trabajo lavoro meeting monday1 computer laptop keyboard monitor printer phone mobile handy telefon telephone camera radio television video movie cinema photo foto picture book books buch livre library paper pencil number nummer numero code codes cipher token crypto bitcoin ethereum dogecoin blockchain wallet bank banking credit visa card mastercard invoice finance account1 payroll salary bonus sales marketing hotel travel reise viaje voyage flight flying pilot airplane airport train railway station street house haus maison casa home zuhause window door garage kitchen1 bathroom bedroom room table chair party dance fiesta1 celebrate weed420 stoner drunk crazy stupid idiot loser whatever nothing something anything everything nobody somebody please thanks thankyou danke merci gracias grazie obrigado sorry nevermind goaway leaveme remember forgot forget vergessen idontknow dunno noidea never again maybe imissyou bigdaddy sexy sexygirl hottie playgirl nasty fuck fuckyou fuckoff shit bitch asshole scheisse scheiße merde puta mierda cazzo kurwa pussy dick cock tits boobs porn',
  ),
  ...list(
    'trustno1 p4ssw0rd pa55word l3tmein adm1n 4dm1n w3lcome welc0me1 dragon1 monkey1 shadow1 master1 qwerty1 hunter2 correcthorse batterystaple horsebattery staple opensesame1 iamgod iamking imthebest number1 numberone thebest thebest1 thegreat theking theman thedude badboy badgirl bigboy goodboy goodgirl superstar rockstar popstar moviestar allstar superhero megaman gigabyte terabyte test1234 pass1234 admin1234 user1234 temp1234 root1234 start123 start1234 willkommen1 sommer1 winter1 passwort1 geheim1 hallo1 schalke1 frank1 password123 passwort123 master123 welcome123 login123',
  ),
];

function list(words: string): string[] {
  return words.split(' ');
}

/** `aaaa` to `aaaaaaaa` of each character; zeros and ones are among them as o and l. */
function repeated(characters: string): string[] {
  return Array.from(characters).flatMap((character) => [4, 5, 6, 7, 8].map((times) => character.repeat(times)));
}

function years(span: { readonly first: number; readonly last: number }): string[] {
  return Array.from({ length: span.last - span.first + 1 }, (_, index) => String(span.first + index));
}
