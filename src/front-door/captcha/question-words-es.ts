// The words of questions, in Spanish: no "burro" or "flauta" (food in Mexico), no "falda" (lap, beef), no "tambor" (bed base).

import { type QuestionWords, wordList } from './question-words.js';

const SMALL = wordList(
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve',
);
const TENS = wordList('treinta cuarenta cincuenta sesenta setenta ochenta noventa');

export const questionWordsInSpanish: QuestionWords = {
  groups: {
    animal: {
      name: 'un animal',
      words: wordList(
        'conejo elefante jirafa caballo tigre león cebra camello cabra oveja lobo zorro erizo ardilla delfín ballena pingüino águila rana ganso lagarto castor nutria oso foca tortuga cocodrilo vaca rinoceronte hipopótamo',
      ),
    },
    food: {
      name: 'algo de comer',
      words: wordList(
        'pan queso sopa ensalada chocolate pizza galleta miel mantequilla arroz espaguetis lasaña hamburguesa salchicha empanada croqueta mermelada mayonesa caramelo tomate manzana cebolla limón zanahoria cereza uva sandía lechuga aceituna lenteja',
      ),
    },
    furniture: {
      name: 'un mueble',
      words: wordList(
        'mesa sofá armario sillón escritorio taburete cama silla estantería aparador mecedora butaca pupitre cómoda',
      ),
    },
    body: {
      name: 'una parte del cuerpo',
      words: wordList(
        'codo rodilla hombro tobillo pulgar estómago oreja nariz barbilla ceja lengua espalda mejilla cadera brazo pierna',
      ),
    },
    clothing: {
      name: 'una prenda de vestir',
      words: wordList(
        'pantalón bufanda guante calcetín sombrero camisa camiseta chaleco sandalia vestido blusa abrigo gorra zapato suéter corbata delantal',
      ),
    },
    vehicle: {
      name: 'un vehículo',
      words: wordList(
        'bicicleta camión tractor ambulancia tranvía motocicleta helicóptero autobús taxi velero avión tren automóvil furgoneta barco',
      ),
    },
    instrument: {
      name: 'un instrumento musical',
      words: wordList(
        'violín trompeta guitarra arpa clarinete trombón acordeón oboe pandereta armónica xilófono contrabajo gaita marimba',
      ),
    },
    weekday: {
      name: 'un día de la semana',
      words: wordList('lunes martes miércoles jueves viernes sábado domingo'),
    },
    weather: {
      name: 'un fenómeno meteorológico',
      words: wordList(
        'lluvia nevada niebla trueno granizo llovizna tormenta viento aguacero relámpago huracán ventisca neblina',
      ),
    },
  },
  plainWords: wordList(
    'aguja almohada ancla arena bandera bosque botella botón brújula cadena calendario camino castillo cesta cuchara dibujo escalera escuela estrella faro fuente hilo isla jardín juguete lápiz libro linterna luna madera mapa mármol martillo mercado moneda montaña océano otoño papel paquete piedra planeta plata plaza pluma pueblo puente puerta reloj río rueda techo tesoro torre túnel valle vaso ventana',
  ),
  ordinals: ['primera', 'segunda', 'tercera', 'cuarta', 'quinta', 'sexta'],
  numbers: [...SMALL, ...TENS.flatMap((tens) => [tens, ...SMALL.slice(1, 10).map((small) => `${tens} y ${small}`)])],
  separator: ', ',
  questions: {
    group: (name, words) => `¿Cuál de estas palabras es ${name}: ${words}?`,
    place: (ordinal, words) => `¿Cuál es la ${ordinal} palabra de esta lista: ${words}?`,
    sum: (first, second) => `¿Cuánto es ${first} más ${second}? Puede responder con cifras o con palabras.`,
    difference: (first, second) => `¿Cuánto es ${first} menos ${second}? Puede responder con cifras o con palabras.`,
    largest: (words) => `¿Cuál de estos números es el mayor: ${words}? Puede responder con cifras o con palabras.`,
  },
};
