// The words of questions, in Arabic: without vowel marks, and where possible without a final ة, ى or ي, which people type differently.

import { type QuestionWords, wordList } from './question-words.js';

const SMALL = [
  ...wordList('صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة'),
  'أحد عشر',
  'اثنا عشر',
  ...wordList('ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة').map((unit) => `${unit} عشر`),
];
const TENS = wordList('عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون');

export const questionWordsInArabic: QuestionWords = {
  groups: {
    animal: {
      name: 'حيوان',
      words: wordList(
        'كلب قط حصان جمل أسد نمر فيل قرد ثعلب ذئب أرنب خروف حمار غزال تمساح ضفدع عصفور نسر غراب قنفذ سنجاب بطريق دلفين حوت ماعز طاووس',
      ),
    },
    food: {
      name: 'شيء يؤكل',
      words: wordList(
        'خبز جبن أرز عسل تفاح موز عنب بصل ثوم بطيخ ليمون تين رمان خوخ زيتون فول عدس برتقال مشمش بطاطس بسكويت كعك خس لوز فستق',
      ),
    },
    furniture: {
      name: 'قطعة أثاث',
      words: wordList('سرير مقعد دولاب كرسي طاولة أريكة خزانة كنبة منضدة مكتب رف مائدة'),
    },
    body: {
      name: 'جزء من الجسم',
      words: wordList('رأس أنف أذن فم كتف ذراع إصبع قدم ساق بطن صدر لسان خد ذقن معصم كاحل كوع'),
    },
    clothing: {
      name: 'قطعة ملابس',
      words: wordList('قميص سروال معطف فستان وشاح جورب قفاز ثوب جلباب بنطلون شال طربوش قفطان قبعة تنورة'),
    },
    vehicle: {
      name: 'مركبة',
      words: wordList('قطار قارب زورق مترو باص ترام يخت سيارة حافلة طائرة دراجة شاحنة سفينة غواصة'),
    },
    instrument: {
      name: 'آلة موسيقية',
      words: wordList('عود ناي كمان بيانو طبل دف مزمار ربابة بوق قيثارة أكورديون فلوت'),
    },
    weekday: {
      name: 'يوم من أيام الأسبوع',
      words: wordList('الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت'),
    },
    weather: {
      name: 'حالة من حالات الطقس',
      words: wordList('مطر ثلج ضباب رعد برق غيم ريح صقيع إعصار عاصفة برد رذاذ'),
    },
  },
  plainWords: wordList(
    'باب جدار سقف جسر نهر بحر جبل ورق قلم كتاب دفتر مفتاح قفل صندوق كيس حبل فانوس مصباح قمر نجم كوكب صيف ربيع خريف برج قصر كوخ بيت طريق شارع ميدان سوق دكان ملعب مسرح متحف مطار خيط مسمار منشار سلم حجر رمل صخر ذهب عطر إبريق كوب صحن لغز محيط موج زجاج نفق شلال بستان حقل جرس هرم مقص مشط',
  ),
  ordinals: ['الأولى', 'الثانية', 'الثالثة', 'الرابعة', 'الخامسة', 'السادسة'],
  numbers: [...SMALL, ...TENS.flatMap((tens) => [tens, ...SMALL.slice(1, 10).map((small) => `${small} و${tens}`)])],
  separator: '، ',
  questions: {
    group: (name, words) => `أي من هذه الكلمات تدل على ${name}: ${words}؟`,
    place: (ordinal, words) => `ما الكلمة ${ordinal} هنا: ${words}؟`,
    sum: (first, second) => `كم يساوي ${first} زائد ${second}؟ تمكن الإجابة بالأرقام أو بالكلمات.`,
    difference: (first, second) => `كم يساوي ${first} ناقص ${second}؟ تمكن الإجابة بالأرقام أو بالكلمات.`,
    largest: (words) => `ما أكبر عدد بين هذه الأعداد: ${words}؟ تمكن الإجابة بالأرقام أو بالكلمات.`,
  },
};
