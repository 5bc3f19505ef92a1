// Every word of our mails in Spanish: the one catalogue of this language. Values are put in as plain text, escaped where rendered.

import { pluralsOf } from '../languages/plural.js';
import type { NoticeWords } from './words-en.js';

const count = pluralsOf('es-ES');

export const noticesInSpanish: NoticeWords = {
  language: 'es',
  locale: 'es-ES',
  labelled: (label, value) => `${label}: ${value}`,
  supportId: 'Identificador de soporte',
  when: 'Fecha y hora',
  account: 'Cuenta',
  automatic: 'Este correo se ha enviado automáticamente; las respuestas no se leen.',
  code: {
    subject: (organisation: string) => `${organisation}: su código de verificación`,
    heading: 'Su código de verificación',
    lead: 'Escriba este código en la página donde lo ha pedido:',
    validFor: (minutes: number) =>
      `Sirve una sola vez y durante ${count(minutes, { one: '# minuto', many: '# minutos', other: '# minutos' })}. No se lo dé a nadie: ni los administradores ni el soporte técnico se lo pedirán.`,
    notYou:
      'Si usted no ha pedido ningún código, alguien ha escrito su nombre. Sin este código, esa persona no puede continuar: usted no tiene que hacer nada. Si vuelve a ocurrir, avise a su administrador.',
  },
  // «Clave», no «código»: the letter ó makes two messages of one.
  text: {
    code: (code: string, organisation: string) => `${code} es su clave para ${organisation}. No se la dé a nadie.`,
  },
  done: {
    subject: { reset: 'Su contraseña se ha cambiado', unlock: 'Su cuenta se ha desbloqueado' },
    lead: {
      reset: 'La contraseña de su cuenta se ha cambiado tras las comprobaciones que pide su organización.',
      unlock:
        'Su cuenta se ha desbloqueado tras las comprobaciones que pide su organización. La contraseña sigue igual.',
    },
    you: 'Si ha sido usted, no tiene que hacer nada más. Los dispositivos que recuerdan una contraseña anterior, por ejemplo para el correo del teléfono o la red wifi, necesitan la actual.',
    notYou: 'Si no ha sido usted, dígalo de inmediato: abra esta página y pulse el botón.',
    disown: 'No he sido yo',
    orTell: 'Avise también a su administrador e indíquele el identificador de soporte.',
    notYouReach: (contact: string) => `Datos de contacto: ${contact}.`,
  },
  disowned: {
    subject: (account: string) => `«No he sido yo»: ${account}`,
    heading: 'Alguien dice: no he sido yo',
    lead: {
      'method-added':
        'Se ha añadido aquí a esta cuenta una forma de demostrar quién es, y la persona a la que se avisó por correo dice que no ha sido ella.',
      'method-removed':
        'Se ha quitado aquí de esta cuenta una forma de demostrar quién es, y la persona a la que se avisó por correo dice que no ha sido ella.',
      reset:
        'La contraseña de esta cuenta se ha restablecido aquí, y la persona a la que se avisó por correo dice que no ha sido ella.',
      unlock:
        'Esta cuenta se ha desbloqueado aquí, y la persona a la que se avisó por correo dice que no ha sido ella.',
    },
    doneAt: 'Fecha de la operación',
    saidAt: 'Fecha del aviso',
    outcome: 'Código del resultado',
    stopped: (days: number) =>
      `Todo lo que estaba en curso aquí para esta cuenta ha terminado, y nadie puede restablecerla ni desbloquearla aquí hasta que usted lo permita de nuevo o ${count(days, { one: 'pase # día', many: 'pasen # días', other: 'pasen # días' })}.`,
    waysRemoved: (ways: number) =>
      count(ways, {
        one: 'Se ha quitado una forma de demostrar quién es, añadida entonces o después.',
        many: 'Se han quitado # formas de demostrar quién es, añadidas entonces o después.',
        other: 'Se han quitado # formas de demostrar quién es, añadidas entonces o después.',
      }),
    password: {
      kept: 'Su contraseña sigue igual: quien la conozca puede seguir iniciando sesión.',
      invalidated:
        'Su contraseña se ha sustituido por otra que nadie conoce: hasta que usted establezca una nueva, nadie puede iniciar sesión con contraseña.',
      'not-invalidated':
        'Su contraseña debía sustituirse por otra que nadie conoce y no ha sido posible: quien la conozca puede seguir iniciando sesión.',
      unknown:
        'Su contraseña debía sustituirse por otra que nadie conoce y no se puede saber si se ha hecho: dé por supuesto que quien la conozca puede seguir iniciando sesión.',
    },
    now: 'Haga esto ahora: llame a la persona al número que tiene registrado su organización. Si no ha sido ella, establezca una nueva contraseña, cierre las sesiones abiertas de la cuenta y compruebe qué direcciones y métodos tiene registrados.',
    look: 'Estos comandos muestran qué formas de demostrar quién es ha configurado aquí la persona, y quitan una de ellas:',
    lift: 'Cuando esté resuelto, este comando permite a la persona volver a usar la página antes de que acabe el plazo:',
  },
  method: {
    subject: {
      added: 'Se añadió una forma de demostrar quién es',
      removed: 'Se quitó una forma de demostrar quién es',
    },
    lead: {
      added: (method) => `Se añadió a su cuenta y sirve para volver a entrar en ella: ${method}.`,
      removed: (method) => `Se quitó de su cuenta y ya no sirve para volver a entrar en ella: ${method}.`,
    },
  },
  contact: {
    subject: (account: string) => `Se pide ayuda con una contraseña: ${account}`,
    heading: 'Alguien le pide ayuda con una contraseña',
    lead: 'Esta persona no ha podido restablecer una contraseña sin ayuda y le escribe desde la página de restablecimiento.',
    reply: 'Datos de contacto',
    why: 'Lo que le dijo nuestra página',
    message: 'Su mensaje:',
    noMessage: 'No ha escrito nada más.',
    caution:
      'Nadie ha comprobado quién ha escrito esto. Antes de restablecer una contraseña, asegúrese de quién es la persona por un medio en el que ya confíe: llame al número que tiene registrado su organización, no al que se da aquí.',
  },
};
