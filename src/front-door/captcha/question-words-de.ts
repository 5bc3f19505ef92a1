// The words of questions, in German: no umlaut or ß outside numbers, no „Schnecke“ (animal or pastry), no „Birne“.

import { type QuestionWords, wordList } from './question-words.js';

const SMALL = wordList(
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
);
/** One to nine, as they stand before „und“. */
const ONES = wordList('ein zwei drei vier fünf sechs sieben acht neun');
const TENS = wordList('zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig');

export const questionWordsInGerman: QuestionWords = {
  groups: {
    animal: {
      name: 'ein Tier',
      words: wordList(
        'Otter Dachs Kaninchen Elefant Giraffe Pferd Affe Tiger Zebra Kamel Esel Ziege Schaf Wolf Fuchs Igel Wal Pinguin Eule Adler Frosch Spinne Gans Eidechse Biber Katze Hund Kuh Hamster Papagei Krokodil',
      ),
    },
    food: {
      name: 'etwas zum Essen',
      words: wordList(
        'Brot Suppe Pfannkuchen Nudeln Wurst Keks Lasagne Popcorn Honig Butter Salat Spaghetti Schokolade Pizza Reis Banane Kartoffel Kirsche Tomate Zwiebel Apfel Zitrone Gurke Kuchen Marmelade Erdbeere Karotte Quark Lebkuchen',
      ),
    },
    furniture: {
      name: 'ein Möbelstück',
      words: wordList(
        'Tisch Sofa Schrank Sessel Schreibtisch Hocker Kommode Bett Nachttisch Schaukelstuhl Kleiderschrank Esstisch Etagenbett Vitrine Gartenstuhl',
      ),
    },
    body: {
      name: 'ein Körperteil',
      words: wordList(
        'Knie Schulter Daumen Handgelenk Hals Bauch Ohr Nase Kinn Zehe Augenbraue Zunge Stirn Finger Wade Wange Auge Mund',
      ),
    },
    clothing: {
      name: 'etwas zum Anziehen',
      words: wordList(
        'Jacke Hose Schal Pullover Handschuh Socke Hut Hemd Regenmantel Hausschuh Schlafanzug Strickjacke Weste Sandale Bluse Stiefel Bademantel Turnschuh',
      ),
    },
    vehicle: {
      name: 'ein Fahrzeug',
      words: wordList(
        'Fahrrad Lastwagen Traktor Krankenwagen Motorrad Bus Taxi Auto Lokomotive Wohnmobil Feuerwehrauto Lieferwagen Moped Sportwagen',
      ),
    },
    instrument: {
      name: 'ein Musikinstrument',
      words: wordList(
        'Geige Trompete Gitarre Harfe Cello Klarinette Posaune Akkordeon Banjo Ukulele Oboe Klavier Trommel Orgel Mundharmonika',
      ),
    },
    weekday: {
      name: 'ein Wochentag',
      words: wordList('Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag'),
    },
    weather: {
      name: 'eine Art von Wetter',
      words: wordList(
        'Regen Schnee Nebel Gewitter Hagel Donner Sonnenschein Sturm Wind Frost Nieselregen Schneeregen Tauwetter',
      ),
    },
  },
  plainWords: wordList(
    'Anker Herbst Korb Decke Eimer Knopf Kerze Burg Vorhang Drache Motor Feder Wald Garten Hammer Hafen Insel Kessel Leiter Laterne Brief Murmel Wiese Spiegel Berg Nadel Ozean Paket Kissen Planet Tasche Rakete Sattel Schatten Silber Treppe Sommer Turm Tunnel Dorf Pfeife Fenster Winter Holz Teppich Schere Kamin Papier Lampe Zelt Stein Pinsel Segel Teller Gabel Flasche Mauer Kugel Koffer',
  ),
  ordinals: ['erste', 'zweite', 'dritte', 'vierte', 'fünfte', 'sechste'],
  numbers: [...SMALL, ...TENS.flatMap((tens) => [tens, ...ONES.map((one) => `${one}und${tens}`)])],
  separator: ', ',
  questions: {
    group: (name, words) => `Was davon ist ${name}: ${words}?`,
    place: (ordinal, words) => `Wie lautet das ${ordinal} Wort in dieser Reihe: ${words}?`,
    sum: (first, second) => `Wie viel ist ${first} plus ${second}? Sie können in Ziffern oder in Worten antworten.`,
    difference: (first, second) =>
      `Wie viel ist ${first} minus ${second}? Sie können in Ziffern oder in Worten antworten.`,
    largest: (words) => `Welche Zahl ist die größte: ${words}? Sie können in Ziffern oder in Worten antworten.`,
  },
};
