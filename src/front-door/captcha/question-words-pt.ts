// The words of questions, in Portuguese: no "manga" (fruit or sleeve), no "órgão" (instrument or body), no "canela" (spice or shin),
// and none that Portugal and Brazil call differently. Numbers are taken in the spelling of either.

import { type QuestionWords, wordList } from './question-words.js';

const SMALL = wordList(
  'zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezasseis dezassete dezoito dezanove',
);
const TENS = wordList('vinte trinta quarenta cinquenta sessenta setenta oitenta noventa');

export const questionWordsInPortuguese: QuestionWords = {
  groups: {
    animal: {
      name: 'um animal',
      words: wordList(
        'coelho elefante girafa cavalo macaco tigre leão zebra camelo cabra ovelha lobo raposa esquilo golfinho baleia pinguim coruja águia sapo aranha ganso lagarto castor tartaruga formiga crocodilo urso gato',
      ),
    },
    food: {
      name: 'algo que se come',
      words: wordList(
        'pão queijo sopa panqueca arroz banana cenoura batata cereja tomate maçã cebola limão pepino chocolate pizza manteiga iogurte salada biscoito feijão uva morango salsicha pipoca melancia melão alface cogumelo bolo',
      ),
    },
    furniture: {
      name: 'um móvel',
      words: wordList(
        'mesa sofá cadeira cama armário estante poltrona escrivaninha berço beliche aparador roupeiro cristaleira',
      ),
    },
    body: {
      name: 'uma parte do corpo',
      words: wordList(
        'cotovelo joelho ombro tornozelo polegar pescoço estômago orelha nariz queixo língua sobrancelha dedo barriga testa umbigo calcanhar',
      ),
    },
    clothing: {
      name: 'uma peça de roupa ou calçado',
      words: wordList(
        'casaco camisa saia cachecol luva chapéu vestido blusa gravata sandália sapato bota colete pijama gorro chinelo',
      ),
    },
    vehicle: {
      name: 'um veículo',
      words: wordList(
        'bicicleta carro trator ambulância táxi avião helicóptero barco submarino navio jipe motocicleta limusine veleiro triciclo furgão',
      ),
    },
    instrument: {
      name: 'um instrumento musical',
      words: wordList(
        'violino trompete flauta guitarra harpa violoncelo clarinete trombone acordeão banjo oboé saxofone xilofone pandeiro bandolim',
      ),
    },
    weekday: {
      name: 'um dia da semana',
      words: wordList('segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo'),
    },
    weather: {
      name: 'um tipo de tempo, bom ou mau',
      words: wordList(
        'chuva neve nevoeiro trovoada granizo geada chuvisco tempestade ventania neblina furacão tornado vento',
      ),
    },
  },
  plainWords: wordList(
    'âncora outono cesto cobertor ponte balde botão vela castelo cortina dragão floresta jardim martelo porto ilha chaleira escada lanterna carta mármore prado espelho montanha agulha oceano pacote pedra almofada planeta bolso rio foguete sombra prata verão bilhete madeira torre túnel vale aldeia apito janela inverno moinho estrela farol chave relógio livro lápis papel porta telhado caminho praia areia tesoura garrafa tijolo jornal museu coroa bandeira mapa corda cidade escola diamante',
  ),
  otherNumbers: [
    [14, 'quatorze'],
    [16, 'dezesseis'],
    [17, 'dezessete'],
    [19, 'dezenove'],
  ],
  ordinals: ['primeira', 'segunda', 'terceira', 'quarta', 'quinta', 'sexta'],
  numbers: [...SMALL, ...TENS.flatMap((tens) => [tens, ...SMALL.slice(1, 10).map((small) => `${tens} e ${small}`)])],
  separator: ', ',
  questions: {
    group: (name, words) => `Qual destas palavras é o nome de ${name}: ${words}?`,
    place: (ordinal, words) => `Qual é a ${ordinal} palavra aqui: ${words}?`,
    sum: (first, second) => `Quanto é ${first} mais ${second}? Pode responder com algarismos ou por extenso.`,
    difference: (first, second) => `Quanto é ${first} menos ${second}? Pode responder com algarismos ou por extenso.`,
    largest: (words) => `Qual é o maior número: ${words}? Pode responder com algarismos ou por extenso.`,
  },
};
