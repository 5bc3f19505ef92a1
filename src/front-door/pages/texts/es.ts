// Every word the pages say in Spanish: the one catalogue of this language.

import { pluralsOf } from '../../languages/plural.js';
import type { Operation } from '../page-words.js';
import type { Texts } from './en.js';
import { signedInEs } from './signed-in/es.js';

const count = pluralsOf('es-ES');

export const es: Texts = {
  language: 'es',
  locale: 'es-ES',
  direction: 'ltr',

  layout: {
    title: (heading: string, organisation: string) => `${heading} – ${organisation}`,
    titleWithErrors: (title: string) => `Error: ${title}`,
    skipToContent: 'Ir al contenido principal',
    supportId: 'Identificador de soporte',
    errorSummary: 'Hay un problema',
    errorPrefix: 'Error:',
    progressLabel: 'En qué paso está',
    progressDone: 'hecho:',
    backToStart: 'Empezar de nuevo',
    contactAdministrator: 'Póngase en contacto con su administrador',
    languages: 'Idioma',
  },

  progress: {
    account: () => 'Cuenta',
    identity: () => 'Identidad',
    finish: (operation: Operation) => (operation === 'unlock' ? 'Desbloqueo' : 'Contraseña'),
  },

  signIn: {
    heading: (organisation: string) => `Le damos la bienvenida a ${organisation}`,
    lead: 'Aquí puede recuperar el acceso a su cuenta profesional o educativa si ya no tiene la contraseña o si la cuenta está bloqueada.',
    cannotAccess: '¿No puede acceder a su cuenta?',
    goToSignIn: 'Ir a la página de inicio de sesión',
  },

  start: {
    heading: 'Recupere el acceso a su cuenta',
    lead: 'Díganos quién es y confirme que no es un robot.',
    settingsChanged: 'Su organización ha cambiado la configuración mientras tanto; por favor, empiece aquí de nuevo.',
    userId: 'Correo electrónico o nombre de usuario',
    userIdHint: 'El que usa para iniciar sesión en el trabajo o en su centro educativo, como ada@example.com.',
    picture: 'Caracteres de la imagen',
    pictureDescribed:
      'Imagen con seis letras y números deformados. Más abajo puede elegir, en su lugar, una pregunta con palabras.',
    pictureHint: 'Puede usar mayúsculas o minúsculas.',
    newCharacters: 'Otros caracteres',
    useWords: 'Responder a una pregunta en lugar de la imagen',
    words: 'Una pregunta para confirmar que no es un robot',
    wordsHint: 'Escriba su respuesta. Puede usar mayúsculas o minúsculas.',
    newQuestion: 'Otra pregunta',
    usePicture: 'Usar una imagen en lugar de la pregunta',
    next: 'Siguiente',
    problems: {
      'user-id-missing': 'Escriba su correo electrónico o su nombre de usuario.',
      'user-id-too-long':
        'Esto es demasiado largo para ser un correo electrónico o un nombre de usuario. Revíselo e inténtelo de nuevo.',
      'challenge-missing': 'Escriba los caracteres de la imagen o elija responder a una pregunta.',
      'challenge-answer-missing': 'Escriba su respuesta a la pregunta.',
      'challenge-wrong': 'Eso no es lo que muestra la imagen. Aquí tiene otros caracteres.',
      'challenge-answer-wrong': 'Esa no era la respuesta. Aquí tiene otra pregunta.',
      'challenge-expired':
        'Ha pasado más tiempo del que podemos esperar por una misma imagen o pregunta. Aquí tiene una nueva.',
    },
  },

  trouble: {
    heading: '¿Por qué no puede iniciar sesión?',
    legend: 'Elija lo que le ocurre',
    locked: 'En este momento su cuenta está bloqueada.',
    forgot: 'Olvidé mi contraseña',
    forgotHint: 'Elija una nueva. Si su cuenta está bloqueada, así también se desbloquea.',
    unlock: 'Recuerdo mi contraseña, pero aun así no puedo iniciar sesión',
    unlockHint: 'Desbloquee la cuenta y conserve la contraseña que tiene.',
    missing: 'Elija una de las dos opciones.',
    next: 'Siguiente',
  },

  method: {
    heading: 'Confirme que es usted',
    gate: (gate: number, gates: number) => `Comprobación ${gate} de ${gates}`,
    lead: 'Elija cómo quiere confirmar su identidad.',
    leadSecond: 'Una comprobación más, con una opción distinta de la primera.',
    legend: 'Opciones que tiene configuradas',
    email: 'Recibir un código por correo electrónico',
    emailHint: (address: string) => `En ${address}`,
    emailHintUnseen: 'En su dirección de correo',
    emailHintNumbered: (number: string) => `En su dirección de correo ${number}`,
    text: 'Recibir un código por SMS',
    textHint: (number: string) => `En el ${number}`,
    textHintUnseen: 'En su teléfono',
    textHintNumbered: (number: string) => `En su teléfono ${number}`,
    authenticator: 'Usar mi aplicación de autenticación',
    authenticatorHint: 'Escriba los seis dígitos que muestra la aplicación.',
    passkey: 'Usar una llave de acceso',
    passkeyHint: 'Con su huella, su cara o un PIN: en este dispositivo, en su teléfono o con una llave de seguridad.',
    recovery: 'Usar un código de recuperación',
    recoveryHint: 'Uno de los que imprimió o anotó.',
    questions: 'Responder a mis preguntas de seguridad',
    questionsHint: 'Las que eligió y respondió usted con antelación.',
    missing: 'Elija una de las opciones.',
    notSent:
      'Ahora mismo no podemos enviar un código de esta forma. Elija otra opción o inténtelo de nuevo dentro de unos minutos.',
    next: 'Siguiente',
    noneOfThese: 'No puedo usar ninguna de estas opciones',
  },

  code: {
    headingEmail: 'Revise su correo electrónico',
    headingText: 'Mire su teléfono',
    headingAuthenticator: 'Abra su aplicación de autenticación',
    leadEmail: (address: string) =>
      `Hemos enviado un código de seis dígitos a ${address}. Debería llegar en un minuto.`,
    leadText: (number: string) =>
      `Hemos enviado un SMS con un código de seis dígitos al ${number}. Debería llegar en un minuto.`,
    leadEmailUnseen: 'Hemos enviado un código de seis dígitos a la dirección elegida. Debería llegar en un minuto.',
    leadTextUnseen:
      'Hemos enviado un SMS con un código de seis dígitos al teléfono elegido. Debería llegar en un minuto.',
    leadAuthenticator: 'Busque esta cuenta en la aplicación y escriba los seis dígitos que muestra ahora.',
    validFor: (minutes: number) =>
      `El código sirve durante ${count(minutes, { one: '# minuto', many: '# minutos', other: '# minutos' })}. Mire también en el correo no deseado.`,
    validForText: (minutes: number) =>
      `El código sirve durante ${count(minutes, { one: '# minuto', many: '# minutos', other: '# minutos' })}.`,
    code: 'Código de seis dígitos',
    attemptsLeft: (attempts: number) =>
      count(attempts, {
        one: 'Le queda # intento.',
        many: 'Le quedan # intentos.',
        other: 'Le quedan # intentos.',
      }),
    sentAgain: 'Hemos enviado un código nuevo. El anterior ya no sirve.',
    verify: 'Verificar',
    resend: 'Enviar un código nuevo',
    otherMethod: 'Usar otra opción',
    problems: {
      missing: 'Escriba los seis dígitos.',
      malformed: 'El código tiene seis dígitos, por ejemplo 042\u00a0815.',
      wrong: 'Ese código no es correcto. Revíselo e inténtelo de nuevo.',
      expired: 'Ese código ha caducado. Pida uno nuevo.',
      'already-used': 'Ese código ya se ha usado. Espere a que la aplicación muestre otro.',
      'too-many-sent': 'En este momento no podemos enviar otro código. Use el último o pida otro un poco más tarde.',
      'not-now':
        'Ahora mismo se comprueban tantos códigos que el suyo no ha podido revisarse. Inténtelo de nuevo en un minuto.',
    },
  },

  phone: {
    heading: 'Escriba su número de teléfono',
    lead: (number: string) =>
      `Escriba completo el número ${number} y le enviaremos un código. Así, quien solo sepa su nombre no podrá hacer que le lleguen mensajes.`,
    leadUnseen:
      'Escriba completo el número del teléfono elegido y le enviaremos un código. Así, quien solo sepa su nombre no podrá hacer que le lleguen mensajes.',
    number: 'Número de teléfono',
    hint: 'Con + y el prefijo del país, por ejemplo +44\u00a07700\u00a0900123. Puede dejar espacios.',
    send: 'Enviar el código',
    problems: {
      missing: 'Escriba el número de teléfono completo.',
      malformed: 'Un número de teléfono empieza por + y el prefijo del país, por ejemplo +44\u00a07700\u00a0900123.',
      wrong: 'Ese no es el número de teléfono que tenemos. Revíselo o use otra opción.',
      'too-many-sent': 'En este momento no podemos enviar otro código. Inténtelo un poco más tarde o use otra opción.',
    },
  },

  passkey: {
    heading: 'Use su llave de acceso',
    lead: 'El navegador le pedirá la huella, la cara o el PIN. Nada de eso sale de su dispositivo.',
    use: 'Usar mi llave de acceso',
    noScript:
      'Las llaves de acceso necesitan JavaScript. Actívelo para este sitio y vuelva a cargar la página, o elija otra opción.',
    problems: {
      missing:
        'No nos ha llegado ninguna llave de acceso. Pulse el botón y siga lo que pida el navegador. Si no pide nada, puede que JavaScript esté desactivado.',
      malformed: 'Lo que envió el navegador no es una llave de acceso. Inténtelo de nuevo o use otro navegador.',
      wrong: 'Esta llave de acceso no es de su cuenta aquí. Inténtelo de nuevo con una que haya configurado para ella.',
      expired: 'Ha tardado más de lo que podemos esperar. Pulse el botón otra vez.',
      'counter-back':
        'No hemos aceptado esta llave de acceso porque alguien podría tener una copia. Use otra opción y avise a su administrador.',
    },
    script: {
      waiting: 'El navegador está pidiendo su llave de acceso.',
      problems: {
        unsupported:
          'Este navegador no puede usar llaves de acceso. Use otro navegador, otro dispositivo u otra opción.',
        cancelled:
          'No se ha usado ninguna llave de acceso. Inténtelo de nuevo en el dispositivo que tiene la suya, o use otra opción.',
        misplaced:
          'Las llaves de acceso no funcionan en esta dirección. Use otra opción; su administrador puede arreglarlo.',
        failed:
          'No ha funcionado en este dispositivo. Inténtelo de nuevo, en otro dispositivo si hace falta, o use otra opción.',
      },
    },
    setUp: {
      lead: 'Con una llave de acceso confirma su identidad con la huella, la cara o un PIN, sin escribir ningún código. El navegador le ayuda a crearla.',
      make: 'Crear una llave de acceso',
      noScript: 'Las llaves de acceso necesitan JavaScript. Actívelo para este sitio y vuelva a cargar la página.',
      script: {
        waiting: 'El navegador está creando su llave de acceso.',
        problems: {
          unsupported: 'Este navegador no puede crear llaves de acceso. Use otro navegador u otro dispositivo.',
          cancelled: 'No se ha creado ninguna llave de acceso. Pulse el botón para intentarlo de nuevo.',
          misplaced: 'Las llaves de acceso no funcionan en esta dirección. Su administrador puede arreglarlo.',
          failed: 'No ha funcionado en este dispositivo. Inténtelo de nuevo, en otro dispositivo si hace falta.',
          'there-already': 'En este dispositivo ya hay una llave de acceso para esta cuenta.',
        },
      },
      problems: {
        missing:
          'No nos ha llegado ninguna llave de acceso. Pulse el botón y siga lo que pida el navegador. Si no pide nada, puede que JavaScript esté desactivado.',
        malformed: 'Lo que envió el navegador no es una llave de acceso. Inténtelo de nuevo o use otro navegador.',
        wrong: 'Esta llave de acceso no se puede usar aquí. Inténtelo de nuevo, en otro dispositivo si hace falta.',
        expired: 'Ha tardado más de lo que podemos esperar. Pulse el botón otra vez.',
        'there-already': 'Ya tiene configurada esta llave de acceso.',
        'too-many': 'Ya tiene todas las llaves de acceso que se pueden configurar. Quite antes una que ya no use.',
      },
    },
  },

  recovery: {
    heading: 'Escriba un código de recuperación',
    lead: 'Elija uno que no haya usado todavía. Cada uno sirve una sola vez.',
    code: 'Código de recuperación',
    hint: 'Dieciséis letras y números. En mayúsculas o minúsculas, con guiones o sin ellos.',
    problems: {
      missing: 'Escriba un código de recuperación.',
      malformed: 'Un código de recuperación tiene dieciséis letras y números, por ejemplo 7KQ2-M9XD-4TVB-HW83.',
      wrong: 'Ese código de recuperación no es correcto. Compruébelo e inténtelo de nuevo.',
      'already-used': 'Ese código de recuperación ya se usó. Elija otro.',
    },
  },

  securityQuestions: {
    heading: 'Responda a sus preguntas de seguridad',
    lead: 'Responda a cada una igual que cuando la configuró.',
    legend: 'Sus respuestas',
    hint: 'Da igual usar mayúsculas o minúsculas. Sus respuestas se ven en la pantalla: asegúrese de que nadie esté mirando.',
    verify: 'Comprobar mis respuestas',
    problems: {
      missing: 'Responda a todas las preguntas.',
      malformed: 'Responda a todas las preguntas. Cada respuesta tiene al menos tres letras o números.',
      wrong: 'Al menos una respuesta no es correcta. Por su seguridad no decimos cuál, y volvemos a preguntar.',
      expired: 'Estas preguntas han estado abiertas demasiado tiempo. Empiece de nuevo.',
      'not-now':
        'Ahora mismo se comprueban tantas respuestas que las suyas no han podido revisarse. Inténtelo de nuevo en un minuto.',
    },
  },

  questionsSetup: {
    heading: 'Elija sus preguntas de seguridad',
    lead: (questions: number) =>
      `Elija ${count(questions, { one: '# pregunta', many: '# preguntas', other: '# preguntas' })} y respóndalas. Cuando restablezca su contraseña, le haremos algunas de ellas.`,
    advice:
      'Elija respuestas que ni sus conocidos puedan adivinar y que dentro de un año seguirá dando igual. No hace falta que una respuesta sea cierta.',
    weaker:
      'Las preguntas de seguridad son la forma más débil de confirmar su identidad. Si puede, configure también otra opción.',
    question: (number: number) => `Pregunta ${number}`,
    choose: 'Elegir una pregunta',
    answer: (number: number) => `Respuesta a la pregunta ${number}`,
    answerHint: 'De 3 a 40 caracteres. Da igual usar mayúsculas o minúsculas.',
    save: 'Guardar mis respuestas',
    replaces: 'Si ya configuró preguntas antes, estas las sustituyen.',
    problems: {
      missing: 'Elija una pregunta y respóndala.',
      malformed: 'Elija una de las preguntas de la lista.',
      'question-twice': 'Ya ha elegido esta pregunta. Elija otra.',
      'answer-too-short': 'Esta respuesta es demasiado corta. Use al menos 3 letras o números.',
      'answer-too-long': 'Esta respuesta es demasiado larga. Use 40 caracteres como máximo.',
      'answer-in-question': 'Esta respuesta aparece en la pregunta y es fácil de adivinar. Elija otra.',
      'answer-is-name':
        'Es su nombre de usuario o el nombre de su organización, y otros lo conocen. Elija otra respuesta.',
      'answers-alike': 'Ya ha dado esta respuesta a otra pregunta. Dé a cada pregunta una respuesta distinta.',
      'not-now': 'No podemos guardar sus respuestas en este momento. Inténtelo de nuevo en un minuto.',
    },
  },

  newPassword: {
    heading: 'Elija una contraseña nueva',
    lead: 'Ya ha confirmado que es usted. Unas cuantas palabras sin relación entre sí forman una contraseña segura y fácil de recordar.',
    account: 'Cuenta',
    rules: 'Las reglas de su organización',
    rulesNone: 'El directorio de su organización comprueba la contraseña nueva cuando usted termina.',
    password: 'Contraseña nueva',
    again: 'Repita la contraseña nueva',
    show: 'Mostrar lo que escribo',
    sealedFor: {
      organisation:
        'Su contraseña se cifra en este navegador antes de enviarse. Solo se puede descifrar dentro de su organización; nosotros no podemos.',
      'front-door': 'Su contraseña se cifra en este navegador antes de enviarse.',
    },
    finish: 'Cambiar contraseña',
    sending: 'Estamos cifrando su contraseña y esperando la respuesta de su organización. Puede tardar unos segundos.',
    noScript:
      'Esta página necesita JavaScript para cifrar su contraseña antes de que salga de este dispositivo. Active JavaScript para este sitio y vuelva a cargar la página, o use otro navegador.',
    strength: { weak: 'Seguridad: baja', fair: 'Seguridad: media', strong: 'Seguridad: alta' },
    strengthAdvice: 'Añada una o dos palabras que no tengan relación entre sí.',
    notices: {
      'not-on-every-keyboard':
        'Esta contraseña tiene un carácter que no está en todos los teclados. Asegúrese de poder escribirlo donde inicia sesión.',
      'blank-at-the-edge': 'Esta contraseña empieza o termina con un espacio, que se pierde con facilidad.',
      'unusual-blank':
        'Esta contraseña tiene un espacio que no es el normal. Escríbalo con la barra espaciadora o no lo ponga.',
    },
    marks: { met: 'Se cumple', 'not-yet': 'Todavía no', 'checked-later': 'Se comprueba al terminar' },
    announce: (met: number, all: number) => `Reglas cumplidas: ${met} de ${all}`,
    rule: {
      lengthAtLeast: (units: number) =>
        `Al menos ${count(units, { one: '# carácter', many: '# caracteres', other: '# caracteres' })}`,
      categories: (atLeast: number) =>
        `Al menos ${atLeast} de estos tipos de caracteres: mayúsculas, minúsculas, números, símbolos, letras de escrituras sin mayúsculas, como la árabe o la china`,
      withoutName: 'No contiene su nombre ni su nombre de usuario',
      notRecent: (remembered: number) =>
        remembered === 1
          ? 'No es la contraseña que tiene ahora'
          : `No es ninguna de sus últimas ${remembered} contraseñas`,
      ageAtLeast: (hours: number) =>
        hours % 24 === 0
          ? `Su último cambio fue hace al menos ${count(hours / 24, { one: '# día', many: '# días', other: '# días' })}`
          : `Su último cambio fue hace al menos ${count(hours, { one: '# hora', many: '# horas', other: '# horas' })}`,
      notGuessable: 'No contiene palabras, frases ni patrones fáciles de adivinar',
    },
    explained: {
      name: (words) => `Esta contraseña contiene ${words}, un nombre suyo o de su organización.`,
      common: (words) => `Esta contraseña apenas contiene más que ${words}, que mucha gente usa.`,
      banned: (words) =>
        `Esta contraseña apenas contiene más que ${words}, que su organización no permite en las contraseñas.`,
      short: 'Esta contraseña es tan corta que se puede adivinar a base de intentos.',
      advice: 'Elija unas cuantas palabras que no tengan relación con usted ni entre sí.',
      quoted: (word) => `«${word}»`,
    },
    problems: {
      missing: 'Escriba una contraseña nueva.',
      different: 'Las dos contraseñas no coinciden. Escríbalas de nuevo.',
      'too-short': 'Esta contraseña es demasiado corta. Añada una o dos palabras.',
      'too-long': 'Esta contraseña es demasiado larga. Use 127 caracteres como máximo.',
      'not-complex':
        'Esta contraseña necesita más tipos de caracteres, como mayúsculas, minúsculas, números y símbolos.',
      'contains-name': 'Esta contraseña contiene su nombre o su nombre de usuario. Elija una que no lo contenga.',
      'in-history': 'Esta contraseña ya la ha usado antes. Elija una que no haya usado.',
      'too-young':
        'Su contraseña se cambió hace poco, y su organización pide que se espere antes de cambiarla otra vez. Si necesita una nueva ahora, póngase en contacto con su administrador.',
      'inadmissible-characters':
        'Esta contraseña contiene un carácter que el directorio de su organización no admite. Evite los que no se puedan escribir en cualquier teclado.',
      'banned-word':
        'Esta contraseña contiene una palabra, una frase o un patrón que usa mucha gente, así que es fácil de adivinar. Elija unas cuantas palabras que no tengan relación con usted ni entre sí.',
      breached:
        'Esta contraseña está en una lista de contraseñas robadas en otros sitios. Elija una que nadie más conozca.',
      'some-directory-rule':
        'El directorio de su organización ha rechazado esta contraseña y no indica qué regla incumple. Puede que ya la haya usado antes. Pruebe con una muy distinta.',
      'control-character':
        'Esta contraseña contiene un carácter que no se puede escribir al iniciar sesión, como un salto de línea. Quítelo.',
      'invisible-character': 'Esta contraseña contiene un carácter invisible. Escríbala en lugar de pegarla.',
      'broken-character': 'Esta contraseña contiene un carácter incompleto. Escríbala de nuevo.',
      'not-sealed':
        'Su navegador no ha cifrado la contraseña, así que no se ha transmitido nada. Vuelva a cargar esta página; si no se resuelve, use otro navegador.',
      'seal-expired':
        'Esta página ha estado abierta demasiado tiempo y ya no se puede usar. No se ha cambiado nada: escriba de nuevo la contraseña nueva.',
      'directory-away':
        'No pudimos comunicarnos con el directorio de su organización cuando usted envió la contraseña. No se ha cambiado nada y ahora vuelve a responder: escriba la contraseña nueva una vez más.',
    },
  },

  unlock: {
    heading: 'Desbloquee su cuenta',
    lead: 'Ya ha confirmado que es usted. Su cuenta se desbloqueará y su contraseña seguirá igual.',
    account: 'Cuenta',
    confirm: 'Desbloquear mi cuenta',
    away: 'No pudimos comunicarnos con el directorio de su organización cuando usted lo pidió. No se ha cambiado nada y ahora vuelve a responder: inténtelo una vez más.',
  },

  results: {
    signIn: 'Iniciar sesión',
    changed: {
      heading: 'Su contraseña se ha cambiado',
      lead: 'Su organización ha aceptado la contraseña nueva. Ya puede iniciar sesión con ella.',
      unlockedToo: 'También se ha desbloqueado su cuenta.',
      next: 'Antes de irse',
      steps: [
        'Ponga la contraseña nueva en todo lo que recuerde la anterior: el correo del teléfono, la red wifi, la VPN. De lo contrario, seguirán probando la anterior y podrían volver a bloquear su cuenta.',
        'Los demás servidores de su organización se enteran uno tras otro. Si en algún sitio no se acepta enseguida la contraseña nueva, espere unos minutos; hasta entonces puede que allí siga valiendo la anterior.',
        'Un equipo que esté fuera de la oficina puede pedirle la contraseña anterior hasta que se haya conectado una vez a la red.',
      ],
      told: 'Le estamos enviando un correo sobre este cambio. Si alguna vez recibe uno sobre algo que no ha hecho usted, pulse de inmediato «No he sido yo» en ese correo.',
    },
    unlocked: {
      heading: 'Su cuenta está desbloqueada',
      lead: 'Inicie sesión con la contraseña que tiene.',
      next: 'Si se vuelve a bloquear',
      steps: [
        'La causa más frecuente es un dispositivo que recuerda una contraseña anterior: el correo del teléfono, la red wifi, la VPN.',
        'Si al final no recuerda bien su contraseña, empiece de nuevo y elija «Olvidé mi contraseña».',
      ],
    },
    wasNotLocked: {
      heading: 'Su cuenta no estaba bloqueada',
      lead: 'No había nada que desbloquear, así que no se ha cambiado nada. Si no se acepta su contraseña, elija una nueva.',
    },
    unknownReset: {
      heading: 'No hemos podido averiguar si su contraseña se ha cambiado',
      lead: 'Su contraseña nueva se envió al directorio de su organización, pero la respuesta no llegó. No queremos suponer nada.',
      next: 'Qué hacer ahora',
      steps: [
        'Primero, intente iniciar sesión con la contraseña nueva.',
        'Si no funciona, pruebe con la anterior. Si esa funciona, no se ha cambiado nada y puede empezar de nuevo.',
        'Si no funciona ninguna de las dos, póngase en contacto con su administrador e indíquele el identificador de soporte que aparece abajo.',
      ],
    },
    unknownUnlock: {
      heading: 'No hemos podido averiguar si su cuenta se ha desbloqueado',
      lead: 'La solicitud se envió al directorio de su organización, pero la respuesta no llegó. No queremos suponer nada.',
      next: 'Qué hacer ahora',
      steps: [
        'Intente iniciar sesión.',
        'Si su cuenta sigue bloqueada, empiece de nuevo dentro de unos minutos. No pasa nada por desbloquearla dos veces.',
      ],
    },
    expired: {
      heading: 'Esto ha tardado demasiado',
      lead: 'Su solicitud caducó antes de que el directorio de su organización pudiera atenderla, así que no se ha cambiado nada. Por favor, empiece de nuevo.',
    },
    notPermitted: {
      heading: 'No tenemos permiso para hacer esto en su cuenta',
      lead: 'No es culpa suya. El directorio de su organización no nos permite hacer este cambio, y volver a intentarlo no servirá de nada. No se ha cambiado nada.',
      advice:
        'Su administrador puede resolverlo: cuéntele qué ha pasado e indíquele el identificador de soporte que aparece abajo.',
    },
    refusedAfterReplacing:
      'Su contraseña anterior se ha reemplazado, pero la nueva no se ha aceptado. Elija otra contraseña ahora: hasta que se acepte una, puede que no funcione ninguna de las que usted conoce.',
    severalRules: 'Esta contraseña incumple más de una regla de su organización. Elija una muy distinta.',
    wrongCurrentPassword:
      'Esa no es la contraseña que tiene ahora. Revísela e inténtelo de nuevo, o indique que la ha olvidado.',
    accountLocked: 'Su cuenta está bloqueada, así que no se puede cambiar la contraseña. Primero desbloquee la cuenta.',
    mustChange: 'Su contraseña es correcta. Se la asignaron, así que elija primero una propia.',
    passwordExpired: 'Su contraseña es correcta, pero ha caducado. Elija primero una nueva.',
  },

  signedIn: signedInEs,

  contact: {
    heading: 'Póngase en contacto con su administrador',
    lead: 'Su administrador puede ayudarle a recuperar el acceso a su cuenta.',
    leadNotHere: 'No puede restablecer esta contraseña aquí. Su administrador puede ayudarle.',
    why: {
      'reset-not-turned-on': 'Su organización no ha activado aquí el restablecimiento de contraseñas.',
      'person-not-enabled': 'El restablecimiento de contraseñas no está activado aquí para su cuenta.',
      'managed-on-premises':
        'La contraseña de su cuenta la gestiona su administrador, en el directorio propio de su organización.',
      'not-permitted': 'El directorio de su organización no nos permite hacer este cambio. No es culpa suya.',
      'cannot-use-methods': 'No puede usar ninguna de las opciones que tiene configuradas para confirmar su identidad.',
      'not-verified':
        'No hemos podido verificar su cuenta con los datos que nos ha dado. Si es posible que el nombre tenga algún error, primero empiece de nuevo.',
      blocked: 'Para proteger su cuenta, no se aceptan más intentos durante un tiempo.',
    },
    formLead: 'Escriba unas líneas y las enviaremos por correo electrónico a su administrador.',
    account: 'Su correo electrónico o nombre de usuario en el trabajo o en su centro educativo',
    reply: '¿Cómo pueden ponerse en contacto con usted?',
    replyHint: 'Un número de teléfono o un correo electrónico que pueda leer ahora.',
    message: '¿Qué ha pasado? (opcional)',
    messageHint: 'No escriba nunca aquí una contraseña ni un código. Nadie los necesita para ayudarle.',
    send: 'Enviar a mi administrador',
    portalLead: 'Su organización tiene una página para esto.',
    portal: 'Ir a la página de ayuda de su organización',
    noWay:
      'Su organización no nos ha indicado cómo hacerlo. Pregunte a su responsable o al soporte técnico, en persona o por teléfono.',
    problems: {
      'account-missing': 'Escriba su correo electrónico o su nombre de usuario.',
      'account-too-long': 'Esto es demasiado largo para ser un correo electrónico o un nombre de usuario.',
      'account-of-nobody':
        'No hemos podido enviar esto a nadie. Compruebe que su correo electrónico o su nombre de usuario está completo, o póngase en contacto con su administrador de otra manera.',
      'reply-missing': 'Indique cómo puede ponerse en contacto con usted su administrador.',
      'reply-too-long': 'Escriba aquí un solo número de teléfono o un solo correo electrónico.',
      'message-too-long': 'Escriba 1000 caracteres como máximo.',
      'not-sent':
        'En este momento no se ha podido enviar su mensaje. Inténtelo de nuevo más tarde o póngase en contacto con su administrador de otra manera.',
    },
    sentHeading: 'Su mensaje está en camino',
    sentLead:
      'Lo recibirán los administradores de su organización. Le pedirán que confirme su identidad antes de cambiar nada.',
    sentAdvice: 'Nunca le pedirán su contraseña.',
  },

  disown: {
    heading: '¿No ha sido usted?',
    lead: {
      'method-added': 'Se ha añadido a su cuenta una forma de demostrar quién es.',
      'method-removed': 'Se ha quitado de su cuenta una forma de demostrar quién es.',
      reset: 'La contraseña de su cuenta se ha cambiado.',
      unlock: 'Su cuenta se ha desbloqueado.',
    },
    when: 'Fecha y hora',
    ifYou: 'Si ha sido usted, cierre esta página. No ocurrirá nada.',
    ifNot: (days: number) =>
      `Si no ha sido usted, pulse el botón. Todo lo que esté en curso aquí con su cuenta se detendrá de inmediato, y nadie podrá restablecerla ni desbloquearla aquí hasta que su administrador lo permita de nuevo o ${count(days, { one: 'pase # día', many: 'pasen # días', other: 'pasen # días' })}.`,
    willInvalidate:
      'También se inutilizará su contraseña, para que nadie que la haya averiguado pueda iniciar sesión con ella. Su administrador le dará una nueva.',
    willRemove: (ways: number) =>
      count(ways, {
        one: 'Se quitará una forma de demostrar quién es que se añadió entonces o después.',
        many: 'Se quitarán # formas de demostrar quién es que se añadieron entonces o después.',
        other: 'Se quitarán # formas de demostrar quién es que se añadieron entonces o después.',
      }),
    confirm: 'No he sido yo: detener esto',
    saidHeading: 'Lo hemos detenido',
    saidLead: (days: number) =>
      `Todo lo que estaba en curso aquí con su cuenta ha terminado, y nadie podrá restablecerla ni desbloquearla aquí hasta que su administrador lo permita de nuevo o ${count(days, { one: 'pase # día', many: 'pasen # días', other: 'pasen # días' })}.`,
    waysRemoved: (ways: number) =>
      count(ways, {
        one: 'Hemos quitado una forma de demostrar quién es que se añadió entonces o después. Si era suya, podrá volver a configurarla más adelante.',
        many: 'Hemos quitado # formas de demostrar quién es que se añadieron entonces o después. Las que fueran suyas podrá volver a configurarlas más adelante.',
        other:
          'Hemos quitado # formas de demostrar quién es que se añadieron entonces o después. Las que fueran suyas podrá volver a configurarlas más adelante.',
      }),
    isTold: 'Estamos avisando a sus administradores por correo electrónico.',
    tellYourself: 'Avise ahora a su administrador e indíquele el identificador de soporte que aparece abajo.',
    password: {
      kept: 'Su contraseña sigue igual. Si es posible que otra persona la conozca, pida una nueva a su administrador.',
      invalidated:
        'La contraseña de su cuenta se ha inutilizado: ya nadie puede iniciar sesión con ella. Pida una nueva a su administrador.',
      'not-invalidated':
        'Queríamos inutilizar su contraseña y no ha sido posible. Pida a su administrador que la cambie de inmediato.',
      unknown:
        'Queríamos inutilizar su contraseña y no sabemos si se ha hecho. Pida a su administrador que la cambie de inmediato.',
    },
    unknownHeading: 'Este enlace ya se ha usado o no se conoce',
    unknownLead: 'Cada uno de estos enlaces sirve una sola vez y solo durante un tiempo.',
    unknownAdvice:
      'Si se ha hecho algo con su cuenta que usted no ha pedido, póngase en contacto con su administrador.',
  },

  stops: {
    cannotVerify: {
      heading: 'No hemos podido verificar su cuenta',
      lead: 'Con los datos que nos ha dado, no podemos dejarle continuar.',
      reasons: 'Puede haber varias causas:',
      causes: [
        'Hay un error en el correo electrónico o en el nombre de usuario.',
        'No tiene configuradas suficientes opciones para confirmar su identidad.',
        'Su organización no ofrece este servicio para su cuenta.',
      ],
      tryAgain: 'Intentarlo de nuevo',
    },
    tryLater: {
      heading: 'Inténtelo de nuevo más tarde',
      lead: {
        'before-proof':
          'En este momento no podemos comunicarnos con el directorio de su organización, así que paramos aquí, para no hacerle perder el tiempo. No se ha cambiado nada.',
        'at-the-end':
          'No hemos podido comunicarnos ahora con el directorio de su organización. No se ha cambiado nada: su cuenta está como antes.',
      },
      advice: 'Normalmente se resuelve en unos minutos.',
      staysProven:
        'No tendrá que confirmar otra vez que es usted si vuelve antes de que pase un cuarto de hora desde que empezó.',
      tryAgain: 'Intentarlo de nuevo',
    },
    blocked: {
      heading: 'Por ahora no se admiten más intentos',
      lead: 'Para proteger su cuenta, hemos dejado de aceptar intentos durante un tiempo.',
      until: (time: string) => `Podrá volver a intentarlo después de este momento: ${time}.`,
      within: 'Podrá volver a intentarlo 24 horas después del último intento.',
      advice:
        'Si necesita su cuenta antes, o si esos intentos no los ha hecho usted, póngase en contacto con su administrador.',
    },
    sessionOver: {
      heading: 'Se ha agotado el tiempo',
      lead: (minutes: number) =>
        `Por su seguridad, hay un límite de ${count(minutes, { one: '# minuto', many: '# minutos', other: '# minutos' })} de principio a fin, y ese tiempo ya ha pasado. No se ha cambiado nada.`,
      startAgain: 'Empezar de nuevo',
    },
    endedElsewhere: {
      heading: 'Se terminó en otro lugar',
      lead: 'Mientras tanto, se hizo un cambio en esta cuenta desde otra ventana u otro dispositivo. Por eso hemos parado aquí, y desde esta página no se ha cambiado nada.',
      advice:
        'Si fue usted, aquí no queda nada por hacer. Si no, siga «No he sido yo» en el correo que lo avisa, o póngase en contacto con su administrador.',
      startAgain: 'Empezar de nuevo',
    },
    cookiesNeeded: {
      heading: 'No sabemos en qué paso está',
      lead: 'No hemos podido determinar cuál es su siguiente paso. Esto ocurre cuando las cookies están bloqueadas o cuando se vuelve a enviar una página de otro día. No se ha cambiado nada.',
      advice: 'Permita las cookies en este sitio y empiece de nuevo.',
    },
    somethingWrong: {
      heading: 'Algo ha fallado por nuestra parte',
      lead: 'El error es nuestro, no suyo. Ha quedado registrado, y revisamos este tipo de fallos.',
      advice:
        'Por favor, empiece de nuevo. Si vuelve a ocurrir, póngase en contacto con su administrador e indíquele el identificador de soporte que aparece abajo.',
    },
    notFound: {
      heading: 'Esta página no existe',
      lead: 'Puede que la dirección tenga un error o que la página haya cambiado de lugar.',
    },
  },
};
