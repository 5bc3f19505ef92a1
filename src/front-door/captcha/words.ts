// The words that questions are made of, in English. Each word belongs to one group only, and to no other in anybody's eyes:
// no "orange" (colour or fruit), no "turkey", no "mint". A test holds that no word stands in two groups.

/** Groups a person can tell apart without special knowledge; the name completes "Which of these is …?". */
export const GROUPS = {
  'an animal': list(
    'otter badger rabbit elephant giraffe horse monkey tiger lion zebra camel donkey goat sheep wolf fox hedgehog squirrel dolphin whale penguin owl eagle frog snail spider goose pony lizard beaver',
  ),
  'something to eat': list(
    'bread cheese soup pancake sandwich noodles porridge sausage biscuit omelette lasagne yoghurt popcorn honey butter salad spaghetti chocolate pizza muffin rice banana carrot potato cherry tomato onion apple lemon cucumber',
  ),
  'a piece of furniture': list('table sofa wardrobe bookcase armchair bench desk stool cupboard sideboard bed dresser'),
  'a part of the body': list('elbow knee shoulder ankle thumb wrist neck stomach ear nose chin toe eyebrow tongue'),
  'something to wear': list(
    'jacket trousers scarf jumper glove sock hat shirt skirt raincoat slipper pyjamas cardigan mitten waistcoat sandal',
  ),
  'a vehicle': list(
    'bicycle lorry tractor ambulance tram motorbike ferry helicopter bus taxi sailboat submarine aeroplane',
  ),
  'a musical instrument': list('violin trumpet flute guitar harp cello clarinet trombone accordion banjo ukulele oboe'),
  'a day of the week': list('Monday Tuesday Wednesday Thursday Friday Saturday Sunday'),
  'something to write with': list('pencil crayon biro'),
  'a kind of weather': list('rain snow fog thunder hail drizzle sunshine sleet'),
} as const;

/** Groups that must not stand among the wrong answers to another: people eat rabbits, and tongues too. */
export const NOT_BESIDE: Readonly<Record<string, readonly string[]>> = {
  'something to eat': ['an animal', 'a part of the body'],
};

/** Words that stand for themselves in "What is the third word of …?". */
export const PLAIN_WORDS = list(
  'amber anchor autumn basket blanket bridge bucket button candle castle cottage curtain dragon engine feather forest garden hammer harbour island kettle ladder lantern letter marble meadow mirror mountain needle ocean parcel pebble pillow planet pocket puzzle river rocket saddle shadow silver stairs summer ticket timber tower tunnel valley village wagon whistle window winter wooden',
);

export const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const;

const SMALL = list(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
);
const TENS = list('twenty thirty forty fifty sixty seventy eighty ninety');

/** A whole number from 0 to 99 in words. */
export function numberInWords(number: number): string {
  const small = SMALL[number];
  if (small !== undefined) return small;
  const tens = TENS[Math.floor(number / 10) - 2] ?? '';
  return number % 10 === 0 ? tens : `${tens}-${SMALL[number % 10] ?? ''}`;
}

function list(words: string): readonly string[] {
  return words.split(' ');
}
