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
    notYou: 'Wenn Sie das nicht waren, sagen Sie es sofort: Öffnen Sie diese Seite und drücken Sie dort den Knopf.',
    disown: 'Das war ich nicht',
    orTell: 'Sagen Sie auch Ihrem Administrator Bescheid, und nennen Sie die Support-ID.',
    notYouReach: (contact) => `So erreichen Sie Ihren Administrator: ${contact}.`,
  },
  disowned: {
    subject: (account) => `„Das war ich nicht“: ${account}`,
    heading: 'Jemand sagt: Das war ich nicht',
    lead: {
      'method-added':
        'Diesem Konto wurde hier ein Weg hinzugefügt, sich auszuweisen, und die Person, die darüber per E-Mail benachrichtigt wurde, sagt, dass sie das nicht war.',
      'method-removed':
        'Aus diesem Konto wurde hier ein Weg entfernt, sich auszuweisen, und die Person, die darüber per E-Mail benachrichtigt wurde, sagt, dass sie das nicht war.',
      reset:
        'Das Passwort dieses Kontos wurde hier zurückgesetzt, und die Person, die darüber per E-Mail benachrichtigt wurde, sagt, dass sie das nicht war.',
      unlock:
        'Dieses Konto wurde hier entsperrt, und die Person, die darüber per E-Mail benachrichtigt wurde, sagt, dass sie das nicht war.',
    },
    doneAt: 'Geschehen',
    saidAt: 'Gemeldet',
    outcome: 'Ergebniscode',
    stopped: (days) =>
      `Was hier für dieses Konto im Gang war, ist beendet, und niemand kann es hier zurücksetzen oder entsperren, bis Sie das wieder erlauben oder ${count(days, { one: '# Tag vergangen ist', other: '# Tage vergangen sind' })}.`,
    waysRemoved: (ways) =>
      count(ways, {
        one: 'Ein Weg, sich auszuweisen, wurde entfernt: Er war damals oder seitdem hinzugekommen.',
        other: '# Wege, sich auszuweisen, wurden entfernt: Sie waren damals oder seitdem hinzugekommen.',
      }),
    password: {
      kept: 'Das Passwort ist unverändert: Wer es kennt, kann sich weiter anmelden.',
      invalidated:
        'Das Passwort wurde durch eines ersetzt, das niemand kennt: Bis Sie ein neues setzen, kann sich niemand mit einem Passwort anmelden.',
      'not-invalidated':
        'Das Passwort sollte durch eines ersetzt werden, das niemand kennt, und das ging nicht: Wer es kennt, kann sich weiter anmelden.',
      unknown:
        'Das Passwort sollte durch eines ersetzt werden, das niemand kennt, und ob das geschehen ist, lässt sich nicht sagen: Gehen Sie davon aus, dass sich weiter anmelden kann, wer es kennt.',
    },
    now: 'Bitte tun Sie jetzt dies: Rufen Sie die Person unter der Nummer an, die Ihrer Organisation vorliegt. Wenn sie es nicht war, setzen Sie ein neues Passwort, beenden Sie die offenen Sitzungen des Kontos und prüfen Sie, welche Adressen und Methoden dafür hinterlegt sind.',
    look: 'Diese Befehle zeigen, welche Wege, sich auszuweisen, die Person hier eingerichtet hat, und entfernen einen davon:',
    lift: 'Wenn das geklärt ist, lässt dieser Befehl die Person schon vor Ablauf der Zeit wieder auf die Seite:',
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
    why: 'Was unsere Seite der Person gesagt hat',
    message: 'Die Person schreibt:',
    noMessage: 'Mehr hat die Person nicht geschrieben.',
    caution:
      'Niemand hat geprüft, wer das geschrieben hat. Bevor Sie ein Passwort zurücksetzen, vergewissern Sie sich auf einem Weg, dem Sie schon vertrauen, wer die Person ist: Rufen Sie die Nummer an, die Ihrer Organisation vorliegt, nicht die hier angegebene.',
  },
};
