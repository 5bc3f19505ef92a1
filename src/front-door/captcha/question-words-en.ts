// The words of questions, in English: no "orange" (colour or fruit), no "turkey", no "mint".

import { type QuestionWords, wordList } from './question-words.js';

const SMALL = wordList(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
);
const TENS = wordList('twenty thirty forty fifty sixty seventy eighty ninety');

export const questionWordsInEnglish: QuestionWords = {
  groups: {
    animal: {
      name: 'an animal',
      words: wordList(
        'otter badger rabbit elephant giraffe horse monkey tiger lion zebra camel donkey goat sheep wolf fox hedgehog squirrel dolphin whale penguin owl eagle frog snail spider goose pony lizard beaver',
      ),
    },
    food: {
      name: 'something to eat',
      words: wordList(
        'bread cheese soup pancake sandwich noodles porridge sausage biscuit omelette lasagne yoghurt popcorn honey butter salad spaghetti chocolate pizza muffin rice banana carrot potato cherry tomato onion apple lemon cucumber',
      ),
    },
    furniture: {
      name: 'a piece of furniture',
      words: wordList('table sofa wardrobe bookcase armchair bench desk stool cupboard sideboard bed dresser'),
    },
    body: {
      name: 'a part of the body',
      words: wordList('elbow knee shoulder ankle thumb wrist neck stomach ear nose chin toe eyebrow tongue'),
    },
    clothing: {
      name: 'something to wear',
      words: wordList(
        'jacket trousers scarf jumper glove sock hat shirt skirt raincoat slipper pyjamas cardigan mitten waistcoat sandal',
      ),
    },
    vehicle: {
      name: 'a vehicle',
      words: wordList(
        'bicycle lorry tractor ambulance tram motorbike ferry helicopter bus taxi sailboat submarine aeroplane',
      ),
    },
    instrument: {
      name: 'a musical instrument',
      words: wordList('violin trumpet flute guitar harp cello clarinet trombone accordion banjo ukulele oboe'),
    },
    weekday: {
      name: 'a day of the week',
      words: wordList('Monday Tuesday Wednesday Thursday Friday Saturday Sunday'),
    },
    weather: {
      name: 'a kind of weather',
      words: wordList('rain snow fog thunder hail drizzle sunshine sleet'),
    },
  },
  plainWords: wordList(
    'amber anchor autumn basket blanket bridge bucket button candle castle cottage curtain dragon engine feather forest garden hammer harbour island kettle ladder lantern letter marble meadow mirror mountain needle ocean parcel pebble pillow planet pocket puzzle river rocket saddle shadow silver stairs summer ticket timber tower tunnel valley village wagon whistle window winter wooden',
  ),
  ordinals: ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'],
  numbers: [...SMALL, ...TENS.flatMap((tens) => [tens, ...SMALL.slice(1, 10).map((small) => `${tens}-${small}`)])],
  separator: ', ',
  questions: {
    group: (name, words) => `Which of these is ${name}: ${words}?`,
    place: (ordinal, words) => `What is the ${ordinal} word here: ${words}?`,
    sum: (first, second) => `How much is ${first} plus ${second}? Digits or words will do.`,
    difference: (first, second) => `How much is ${first} minus ${second}? Digits or words will do.`,
    largest: (words) => `Which number is the largest: ${words}? Digits or words will do.`,
  },
};
