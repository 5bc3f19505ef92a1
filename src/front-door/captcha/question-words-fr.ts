// The words of questions, in French: no "canapé" (seat or snack), no "buffet", no "œ", no "ancre" (heard as "encre").

import { type QuestionWords, wordList } from './question-words.js';

const SMALL = wordList(
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf',
);
const TENS = wordList('vingt trente quarante cinquante');
/** 61 to 79 and 81 to 99 count on to nineteen. */
const TO_NINETEEN = SMALL.slice(1);

/** Ten numbers, the first of which is `tens`. */
function tensOf(first: number, tens: string): (readonly [number, string])[] {
  return Array.from({ length: 10 }, (_, unit) => {
    const small = SMALL[unit] ?? '';
    const words = unit === 0 ? tens : unit === 1 ? `${tens} et un` : `${tens}-${small}`;
    return [first + unit, words] as const;
  });
}

export const questionWordsInFrench: QuestionWords = {
  groups: {
    animal: {
      name: 'un animal',
      words: wordList(
        'loutre lapin éléphant girafe cheval singe tigre lion zèbre chameau renard hérisson écureuil dauphin baleine pingouin hibou aigle grenouille araignée lézard castor poney crocodile kangourou chat vache tortue perroquet abeille',
      ),
    },
    food: {
      name: 'quelque chose qui se mange',
      words: wordList(
        'pain fromage soupe crêpe sandwich nouilles saucisse biscuit omelette miel beurre salade chocolat pizza riz carotte poire cerise tomate pomme citron concombre gâteau confiture croissant brioche courgette framboise',
      ),
    },
    furniture: {
      name: 'un meuble',
      words: wordList(
        'table armoire bibliothèque fauteuil tabouret lit commode chaise étagère placard sofa divan vaisselier banquette bureau',
      ),
    },
    body: {
      name: 'une partie du corps',
      words: wordList(
        'coude genou épaule cheville pouce ventre oreille nez menton orteil sourcil hanche jambe paupière nuque doigt bouche',
      ),
    },
    clothing: {
      name: 'un vêtement',
      words: wordList(
        'veste pantalon écharpe pull gant chaussette chapeau chemise jupe imperméable pyjama gilet manteau robe blouson bonnet anorak',
      ),
    },
    vehicle: {
      name: 'un véhicule',
      words: wordList(
        'vélo camion tracteur ambulance moto hélicoptère autobus taxi voilier avion train voiture camionnette trottinette',
      ),
    },
    instrument: {
      name: 'un instrument de musique',
      words: wordList(
        'violon trompette guitare harpe violoncelle clarinette trombone accordéon banjo ukulélé hautbois saxophone xylophone harmonica',
      ),
    },
    weekday: {
      name: 'un jour de la semaine',
      words: wordList('lundi mardi mercredi jeudi vendredi samedi dimanche'),
    },
    weather: {
      name: 'un phénomène météo',
      words: wordList(
        'pluie neige brouillard orage grêle bruine averse verglas tempête brume tonnerre canicule éclaircie',
      ),
    },
  },
  plainWords: wordList(
    'ambre automne panier couverture bouton bougie château rideau moteur forêt jardin marteau bouilloire échelle lanterne lettre marbre prairie miroir montagne aiguille océan colis caillou oreiller planète poche puzzle rivière ombre argent escalier billet tunnel vallée village fenêtre hiver ruban horloge cahier crayon moulin sable étoile papier école musée théâtre valise savon ficelle colline brosse cuisine',
  ),
  // Belgium and Switzerland.
  otherNumbers: [...tensOf(70, 'septante'), ...tensOf(80, 'huitante'), ...tensOf(90, 'nonante'), [80, 'quatre-vingt']],
  ordinals: ['premier', 'deuxième', 'troisième', 'quatrième', 'cinquième', 'sixième'],
  numbers: [
    ...SMALL,
    ...TENS.flatMap((tens) => [
      tens,
      ...SMALL.slice(1, 10).map((small) => (small === 'un' ? `${tens} et un` : `${tens}-${small}`)),
    ]),
    'soixante',
    ...TO_NINETEEN.map((small) => (small === 'un' || small === 'onze' ? `soixante et ${small}` : `soixante-${small}`)),
    'quatre-vingts',
    ...TO_NINETEEN.map((small) => `quatre-vingt-${small}`),
  ],
  separator: ', ',
  questions: {
    group: (name, words) => `Lequel de ces mots désigne ${name} : ${words} ?`,
    place: (ordinal, words) => `Quel est le ${ordinal} mot de cette liste : ${words} ?`,
    sum: (first, second) => `Combien font ${first} plus ${second} ? Répondez en chiffres ou en lettres.`,
    difference: (first, second) => `Combien font ${first} moins ${second} ? Répondez en chiffres ou en lettres.`,
    largest: (words) => `Quel est le plus grand de ces nombres : ${words} ? Répondez en chiffres ou en lettres.`,
  },
};
