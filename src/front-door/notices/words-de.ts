// Every word of our mails in German: the one catalogue of this language.

import { pluralsOf } from '../languages/plural.js';
import type { NoticeWords } from './words-en.js';

const count = pluralsOf('de-DE');

export const noticesInGerman: NoticeWords = {
  language: 'de',
  locale: 'de-DE',
  labelled: (label, value) => `${label}: ${value}`,
  supportId: 'Support-ID',
  when: 'Wann',
  account: 'Konto',
  automatic: 'Diese E-Mail wurde automatisch gesendet. Antworten darauf werden nicht gelesen.',
  code: {
    subject: (organisation) => `${organisation}: Ihr Bestätigungscode`,
    heading: 'Ihr Bestätigungscode',
    lead: 'Geben Sie diesen Code auf der Seite ein, auf der Sie ihn angefordert haben:',
    validFor: (minutes) =>
      `Er gilt nur einmal und nur ${count(minutes, { one: '# Minute', other: '# Minuten' })} lang. Geben Sie ihn niemandem: Weder ein Administrator noch ein Helpdesk fragt danach.`,
    notYou:
      'Wenn Sie keinen Code angefordert haben, hat jemand anders Ihren Namen eingegeben. Ohne diesen Code geht es dort nicht weiter: Sie müssen nichts tun. Wenn es noch einmal passiert, sagen Sie Ihrem Administrator Bescheid.',
  },
  text: {
    code: (code, organisation) => `${code} ist Ihr Code für ${organisation}. Geben Sie ihn niemandem.`,
  },
  done: {
    subject: { reset: 'Ihr Passwort wurde geändert', unlock: 'Ihr Konto wurde entsperrt' },
    lead: {
      reset: 'Das Passwort Ihres Kontos wurde geändert, nach den Prüfungen, die Ihre Organisation verlangt.',
      unlock:
        'Ihr Konto wurde entsperrt, nach den Prüfungen, die Ihre Organisation verlangt. Das Passwort ist, wie es vorher war.',
    },
    you: 'Wenn Sie das waren, müssen Sie nichts weiter tun. Nur Geräte, auf denen noch ein altes Passwort gespeichert ist, brauchen das aktuelle, etwa für E-Mail auf dem Handy oder für das WLAN.',
    notYou: 'Wenn Sie das nicht waren, sagen Sie sofort Ihrem Administrator Bescheid und nennen Sie die Support-ID.',
    notYouReach: (contact) => `So erreichen Sie Ihren Administrator: ${contact}.`,
  },
  method: {
    subject: { added: 'Ein Weg, sich auszuweisen, kam hinzu', removed: 'Ein Weg, sich auszuweisen, wurde entfernt' },
    lead: {
      added: (method) => `Ihrem Konto wurde hinzugefügt, womit man wieder hineinkommt: ${method}.`,
      removed: (method) => `Aus Ihrem Konto wurde entfernt, womit man bisher wieder hineinkam: ${method}.`,
    },
  },
  contact: {
    subject: (account) => `Bitte um Hilfe mit einem Passwort: ${account}`,
    heading: 'Jemand bittet Sie um Hilfe mit einem Passwort',
    lead: 'Diese Person konnte ein Passwort nicht selbst zurücksetzen und hat Ihnen von der Seite zum Zurücksetzen aus geschrieben.',
    reply: 'Erreichbar unter',
    why: 'Warum die Person an Sie verwiesen wurde',
    message: 'Die Person schreibt:',
    noMessage: 'Mehr hat die Person nicht geschrieben.',
    caution:
      'Niemand hat geprüft, wer das geschrieben hat. Bevor Sie ein Passwort zurücksetzen, vergewissern Sie sich auf einem Weg, dem Sie schon vertrauen, wer die Person ist: Rufen Sie die Nummer an, die Ihrer Organisation vorliegt, nicht die hier angegebene.',
  },
};
