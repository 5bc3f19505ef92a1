// What the pages for whoever knows their password say in Spanish: signing in, changing the password, security info.

import { pluralsOf } from '../../../languages/plural.js';
import type { SignedInTexts } from './en.js';

const count = pluralsOf('es-ES');

export const signedInEs: SignedInTexts = {
  door: {
    'security-info': 'Configurar cómo confirma su identidad',
    'change-password': 'Cambiar una contraseña que conoce',
  },

  name: {
    heading: { 'security-info': 'Su información de seguridad', 'change-password': 'Cambiar la contraseña' },
    lead: {
      'security-info':
        'Inicie sesión para ver y cambiar cómo confirma su identidad: así podrá volver a entrar cuando ya no tenga la contraseña.',
      'change-password':
        'Necesita la contraseña que tiene ahora. Si ya no la tiene, recupere en su lugar el acceso a su cuenta.',
    },
    forgot: 'He olvidado mi contraseña',
  },

  entry: {
    heading: 'Escriba su contraseña',
    lead: 'La que usa para iniciar sesión en el trabajo o en el centro educativo.',
    password: 'Contraseña',
    signIn: 'Iniciar sesión',
    other: 'Usar otra cuenta',
    problems: {
      missing: 'Escriba su contraseña.',
      wrong:
        'No hemos podido iniciar su sesión con esos datos. Revise el correo o nombre de usuario y la contraseña. Si ambos son correctos, puede que su cuenta esté bloqueada: recupere el acceso con «He olvidado mi contraseña».',
      'seal-expired': 'Esta página ha estado abierta demasiado tiempo. Escriba de nuevo su contraseña.',
      'not-sealed':
        'Su navegador no cifró la contraseña, así que no se envió nada. Vuelva a cargar la página; si no basta, use otro navegador.',
      away: 'Ahora no podemos iniciar su sesión: no se puede acceder al directorio de su organización o no admite inicios de sesión desde aquí. Inténtelo de nuevo dentro de unos minutos.',
    },
  },

  change: {
    heading: 'Cambiar la contraseña',
    lead: 'Escriba otra vez la contraseña que tiene ahora y después la que quiere.',
    must: {
      'must-change': 'Su organización le pide que elija una contraseña nueva antes de continuar.',
      'password-expired': 'Su contraseña ha caducado. Elija una nueva para continuar.',
    },
    current: 'Contraseña actual',
  },

  info: {
    heading: 'Su información de seguridad',
    lead: 'Con ella podrá volver a entrar en su cuenta cuando ya no tenga la contraseña. Tenga dos opciones que no dependan del mismo dispositivo.',
    notEnabled:
      'Su organización no lo ha activado para usted. Lo que configuró se conserva, pero no se puede cambiar aquí.',
    enough: 'Tiene configurado lo suficiente para volver a entrar en su cuenta.',
    missing: (kinds) =>
      `Configure ${count(kinds, { one: '# opción más', many: '# opciones más', other: '# opciones más' })}: hasta entonces no podrá volver a entrar en su cuenta sin ayuda.`,
    toConfirm: {
      heading: 'Pendiente de que lo confirme',
      lead: 'Esto figura en el directorio de su organización. Enviaremos allí un código; cuando lo haya introducido, también podrá volver a entrar en su cuenta por esta vía.',
    },
    yours: 'Lo que tiene configurado',
    none: 'Todavía nada.',
    directory: 'Lo guarda su organización; solo ella lo cambia.',
    since: (date) => `Configurado el ${date}`,
    lastUsed: (date) => `Usado por última vez el ${date}`,
    codesLeft: (codes) => count(codes, { one: 'Queda # código', many: 'Quedan # códigos', other: 'Quedan # códigos' }),
    methods: {
      'email-code': 'Dirección de correo',
      'text-message': 'Teléfono',
      'authenticator-code': 'Aplicación de autenticación',
      passkey: 'Llave de acceso',
      'recovery-code': 'Códigos de recuperación',
      'security-questions': 'Preguntas de seguridad',
    },
    add: 'Añadir otra opción',
    adding: {
      'email-code': 'Añadir una dirección de correo',
      'text-message': 'Añadir un número de teléfono',
      'authenticator-code': 'Añadir una aplicación de autenticación',
      passkey: 'Añadir una llave de acceso',
      'recovery-code': 'Crear códigos de recuperación',
      'security-questions': 'Elegir preguntas de seguridad',
    },
    addHints: {
      'email-code': 'Una privada: debe poder leerla sin la contraseña del trabajo o del centro educativo.',
      'text-message': 'Recibe un código por SMS. Mejor un teléfono suyo que lleve consigo.',
      'authenticator-code': 'Una aplicación del teléfono que muestra un código nuevo cada medio minuto, sin conexión.',
      passkey:
        'Su huella, su cara o un PIN, en este dispositivo, en su teléfono o con una llave de seguridad. Sin escribir códigos.',
      'recovery-code':
        'Diez códigos para imprimir, cada uno sirve una vez. Los nuevos sustituyen a todos los que tenga.',
      'security-questions':
        'Preguntas que responde ahora y de nuevo más adelante. Otras personas pueden adivinar las respuestas: cualquier otra opción es más segura.',
    },
    tryIt: 'Probar',
    tryHint: 'Pruebe ahora sus opciones: así sabrá que funcionan cuando las necesite. No se cambia nada.',
    trying: 'Está probando:',
    back: 'Volver a su información de seguridad',
    change: 'Cambiar',
    rename: 'Nombre',
    renameHint: 'El nombre que usted le da, por ejemplo «teléfono personal».',
    save: 'Guardar el nombre',
    removeHint: 'Si lo quita, ya no le servirá para recuperar el acceso a su cuenta.',
    remove: 'Quitar',
    confirmFirst: 'Para cambiar algo, confirme otra vez que es usted.',
    confirm: 'Confirmar que soy yo',
    stillRight:
      'Hace tiempo que no lo revisa. ¿Sigue siendo todo correcto? ¿Aún puede leer esas direcciones y tiene esos dispositivos?',
    allIsRight: 'Sí, todo es correcto',
    signOut: 'Cerrar sesión',
    news: {
      added: 'Ya está configurado. Hemos avisado a sus otras direcciones.',
      'added-untold': 'Ya está configurado.',
      removed: 'Se ha quitado. Hemos avisado a sus direcciones.',
      'removed-untold': 'Se ha quitado.',
      renamed: 'El nombre está guardado.',
      confirmed: 'Gracias. Se lo volveremos a preguntar más adelante.',
      works: 'Funciona:',
    },
    changePassword: 'Cambiar la contraseña',
  },

  setup: {
    email: {
      heading: 'Añadir una dirección de correo',
      lead: 'Enviaremos un código a ella. Elija una que pueda leer sin la contraseña del trabajo o del centro educativo.',
      address: 'Dirección de correo privada',
      send: 'Enviar un código',
      codeHeading: 'Revise su correo electrónico',
    },
    phone: {
      heading: 'Añadir un número de teléfono',
      lead: 'Enviaremos un código por SMS a ese número.',
      number: 'Número de teléfono',
      hint: 'Con + y el prefijo del país, por ejemplo +44\u00a07700\u00a0900123. Puede dejar espacios.',
      codeHeading: 'Mire su teléfono',
    },
    authenticator: {
      heading: 'Añadir una aplicación de autenticación',
      lead: 'Instale una aplicación de autenticación en su teléfono si no tiene ninguna. En la aplicación, añada una cuenta y escanee esto.',
      picture: 'Un código QR para su aplicación de autenticación. La misma clave está debajo como texto.',
      cannotScan: 'Si no puede escanearlo, abra esto en el teléfono o escriba la clave en la aplicación:',
      open: 'Abrir en una aplicación de este dispositivo',
      key: 'Clave',
      codeLead: 'Después escriba los seis dígitos que muestra la aplicación.',
    },
    code: 'Código de seis dígitos',
    begin: 'Empezar de nuevo',
    finish: 'Terminar',
    cancel: 'Cancelar',
    recovery: {
      heading: 'Crear códigos de recuperación',
      lead: 'Recibirá diez códigos, cada uno sirve una vez. Los que tenía dejarán de servir.',
      make: 'Crear diez códigos',
      shownHeading: 'Sus códigos de recuperación',
      shownLead: 'Imprímalos o anótelos ahora: no se volverán a mostrar. Guárdelos donde nadie más los encuentre.',
      later: (address, way) =>
        `Si se queda sin contraseña, vaya a ${address} y elija «${way}». Tache cada código que haya usado.`,
      done: 'Ya los he guardado',
    },
    problems: {
      missing: 'Rellene este campo.',
      malformed: 'Revise lo que ha escrito: parece incompleto.',
      'not-served': 'No podemos enviar SMS a ese país. Use otro número u otra opción.',
      wrong: 'Ese código no es correcto. Revíselo e inténtelo de nuevo.',
      expired: 'Ha tardado demasiado o ha habido demasiados intentos. Empiece de nuevo.',
      'there-already': 'Ya lo tiene configurado.',
      'not-private':
        'Esta la lee con la contraseña del trabajo o del centro educativo: si la pierde, no le servirá. Use una dirección privada.',
      'too-many': 'No puede tener más de estos. Quite uno primero.',
      'not-now': 'Ahora no podemos enviar nada. Inténtelo de nuevo dentro de unos minutos.',
      'too-many-sent': 'En este momento no podemos enviar otro código. Use el último o pida otro un poco más tarde.',
      blocked: 'Se han enviado demasiados códigos. Inténtelo mañana.',
    },
  },

  changed: {
    heading: 'Su contraseña ha cambiado',
    lead: 'Úsela desde ahora allí donde inicie sesión con esta cuenta.',
    unknownHeading: 'No sabemos si se ha cambiado',
    unknownLead:
      'El directorio de su organización no respondió a tiempo. Intente iniciar sesión con la contraseña nueva y, si no funciona, con la anterior.',
    notPermittedHeading: 'Su organización no nos permite hacerlo',
    notPermittedLead: 'No se ha cambiado nada. No es culpa suya: su administrador tiene que corregir algo.',
    again: 'Iniciar sesión de nuevo',
  },
};
