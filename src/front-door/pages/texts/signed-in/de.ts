// What the pages for whoever knows their password say in German: signing in, changing the password, security info.

import { pluralsOf } from '../../../languages/plural.js';
import type { SignedInTexts } from './en.js';

const count = pluralsOf('de-DE');

export const signedInDe: SignedInTexts = {
  door: {
    'security-info': 'Festlegen, wie Sie Ihre Identität bestätigen',
    'change-password': 'Ein Passwort ändern, das Sie kennen',
  },

  name: {
    heading: { 'security-info': 'Ihre Sicherheits\u00adangaben', 'change-password': 'Passwort ändern' },
    lead: {
      'security-info':
        'Melden Sie sich an, um zu sehen und zu ändern, wie Sie Ihre Identität bestätigen. So kommen Sie wieder hinein, wenn Sie Ihr Passwort nicht mehr haben.',
      'change-password':
        'Sie brauchen dafür Ihr jetziges Passwort. Wenn Sie es nicht mehr haben, stellen Sie stattdessen den Zugang zu Ihrem Konto wieder her.',
    },
    forgot: 'Ich habe mein Passwort vergessen',
  },

  entry: {
    heading: 'Geben Sie Ihr Passwort ein',
    lead: 'Das, mit dem Sie sich bei der Arbeit, Schule oder Uni anmelden.',
    password: 'Passwort',
    signIn: 'Anmelden',
    other: 'Ein anderes Konto verwenden',
    problems: {
      missing: 'Geben Sie Ihr Passwort ein.',
      wrong:
        'Damit konnten wir Sie nicht anmelden. Prüfen Sie E-Mail-Adresse oder Benutzernamen und das Passwort. Wenn beides sicher stimmt, ist Ihr Konto vielleicht gesperrt: Über „Ich habe mein Passwort vergessen“ kommen Sie wieder hinein.',
      'seal-expired': 'Diese Seite war zu lange offen. Geben Sie Ihr Passwort noch einmal ein.',
      'not-sealed':
        'Ihr Browser hat das Passwort nicht verschlüsselt, deshalb wurde nichts weitergegeben. Laden Sie die Seite neu; wenn das nicht hilft, verwenden Sie einen anderen Browser.',
      away: 'Wir können Sie gerade nicht anmelden: Das Verzeichnis Ihrer Organisation ist nicht erreichbar oder nimmt von hier keine Anmeldungen an. Versuchen Sie es in ein paar Minuten noch einmal.',
    },
  },

  change: {
    heading: 'Passwort ändern',
    lead: 'Geben Sie Ihr jetziges Passwort noch einmal ein, und dann das neue.',
    must: {
      'must-change': 'Ihre Organisation bittet Sie, zuerst ein neues Passwort zu wählen.',
      'password-expired': 'Ihr Passwort ist abgelaufen. Wählen Sie ein neues, dann geht es weiter.',
    },
    current: 'Jetziges Passwort',
  },

  info: {
    heading: 'Ihre Sicherheits\u00adangaben',
    lead: 'Damit kommen Sie wieder in Ihr Konto, wenn Sie Ihr Passwort nicht mehr haben. Am besten sind zwei Wege, die nicht am selben Gerät hängen.',
    notEnabled:
      'Ihre Organisation hat das für Sie nicht freigeschaltet. Was Sie eingerichtet haben, bleibt erhalten, lässt sich hier aber nicht ändern.',
    enough: 'Sie haben genug eingerichtet, um wieder in Ihr Konto zu kommen.',
    missing: (kinds) =>
      `Richten Sie noch ${count(kinds, { one: '# Weg', other: '# Wege' })} ein: Bis dahin kommen Sie nicht allein wieder in Ihr Konto.`,
    toConfirm: {
      heading: 'Von Ihnen noch zu bestätigen',
      lead: 'Das steht im Verzeichnis Ihrer Organisation. Wir senden einen Code dorthin; sobald Sie ihn eingegeben haben, kommen Sie auch auf diesem Weg zurück in Ihr Konto.',
    },
    yours: 'Was Sie eingerichtet haben',
    none: 'Noch nichts.',
    directory: 'Steht bei Ihrer Organisation; nur sie ändert es.',
    since: (date) => `Eingerichtet am ${date}`,
    lastUsed: (date) => `Zuletzt verwendet am ${date}`,
    codesLeft: (codes) => `Noch ${count(codes, { one: '# Code', other: '# Codes' })}`,
    methods: {
      'email-code': 'E-Mail-Adresse',
      'text-message': 'Telefon',
      'authenticator-code': 'Authenticator-App',
      passkey: 'Passkey',
      'recovery-code': 'Wiederherstellungscodes',
      'security-questions': 'Sicherheitsfragen',
    },
    add: 'Einen weiteren Weg hinzufügen',
    adding: {
      'email-code': 'E-Mail-Adresse hinzufügen',
      'text-message': 'Telefonnummer hinzufügen',
      'authenticator-code': 'Authenticator-App hinzufügen',
      passkey: 'Einen Passkey hinzufügen',
      'recovery-code': 'Wiederherstellungscodes erstellen',
      'security-questions': 'Sicherheitsfragen auswählen',
    },
    addHints: {
      'email-code': 'Eine private: Sie müssen sie ohne Ihr Passwort bei der Arbeit, Schule oder Uni lesen können.',
      'text-message': 'Bekommt einen Code per SMS. Am besten ein eigenes Telefon, das Sie bei sich haben.',
      'authenticator-code': 'Eine App auf Ihrem Handy, die jede halbe Minute einen neuen Code zeigt, auch ohne Netz.',
      passkey:
        'Fingerabdruck, Gesicht oder PIN, auf diesem Gerät, Ihrem Telefon oder einem Sicherheitsschlüssel. Ganz ohne Code.',
      'recovery-code': 'Zehn Codes zum Ausdrucken, jeder gilt einmal. Neue ersetzen alle, die Sie haben.',
      'security-questions':
        'Fragen, die Sie jetzt und später noch einmal beantworten. Andere können die Antworten erraten: Jeder andere Weg ist sicherer.',
    },
    tryIt: 'Ausprobieren',
    tryHint:
      'Probieren Sie sie jetzt aus, damit Sie wissen, dass sie im Ernstfall funktionieren. Geändert wird dabei nichts.',
    trying: 'Zum Ausprobieren:',
    back: 'Zurück zu Ihren Sicherheitsangaben',
    change: 'Ändern',
    rename: 'Bezeichnung',
    renameHint: 'Ihre eigene Bezeichnung dafür, zum Beispiel „privates Handy“.',
    save: 'Bezeichnung speichern',
    removeHint: 'Wenn Sie das entfernen, kommen Sie damit nicht mehr in Ihr Konto zurück.',
    remove: 'Entfernen',
    confirmFirst: 'Um etwas zu ändern, bestätigen Sie noch einmal, dass Sie es sind.',
    confirm: 'Bestätigen, dass ich es bin',
    stillRight:
      'Sie haben das schon länger nicht mehr angesehen. Stimmt noch alles: Können Sie die Adressen noch lesen, und haben Sie die Geräte noch?',
    allIsRight: 'Ja, alles stimmt',
    signOut: 'Abmelden',
    news: {
      added: 'Eingerichtet. Ihre anderen Adressen haben eine Nachricht bekommen.',
      'added-untold': 'Eingerichtet.',
      removed: 'Entfernt. Ihre Adressen haben eine Nachricht bekommen.',
      'removed-untold': 'Entfernt.',
      renamed: 'Die Bezeichnung ist gespeichert.',
      confirmed: 'Danke. Wir fragen später wieder nach.',
      works: 'Es funktioniert:',
    },
    changePassword: 'Passwort ändern',
  },

  setup: {
    email: {
      heading: 'E-Mail-Adresse hinzufügen',
      lead: 'Wir senden einen Code dorthin. Nehmen Sie eine, die Sie ohne Ihr Passwort bei der Arbeit, Schule oder Uni lesen können.',
      address: 'Private E-Mail-Adresse',
      send: 'Code senden',
      codeHeading: 'Sehen Sie in Ihren E-Mails nach',
    },
    phone: {
      heading: 'Telefonnummer hinzufügen',
      lead: 'Wir senden einen Code per SMS dorthin.',
      number: 'Telefonnummer',
      hint: 'Mit + und Landesvorwahl, zum Beispiel +44\u00a07700\u00a0900123. Leerzeichen sind in Ordnung.',
      codeHeading: 'Sehen Sie auf Ihrem Telefon nach',
    },
    authenticator: {
      heading: 'Authenticator-App hinzufügen',
      lead: 'Installieren Sie eine Authenticator-App auf Ihrem Handy, wenn Sie noch keine haben. Fügen Sie in der App ein Konto hinzu und scannen Sie dieses Bild.',
      picture: 'Ein QR-Code für Ihre Authenticator-App. Derselbe Schlüssel steht darunter als Text.',
      cannotScan:
        'Wenn das Scannen nicht geht, öffnen Sie dies auf dem Handy oder geben Sie den Schlüssel in der App ein:',
      open: 'In einer App auf diesem Gerät öffnen',
      key: 'Schlüssel',
      codeLead: 'Geben Sie dann die sechs Ziffern ein, die die App anzeigt.',
    },
    code: 'Sechsstelliger Code',
    begin: 'Neu beginnen',
    finish: 'Fertigstellen',
    cancel: 'Abbrechen',
    recovery: {
      heading: 'Wiederherstellungs\u00adcodes erstellen',
      lead: 'Sie bekommen zehn Codes, jeder gilt einmal. Codes von früher gelten dann nicht mehr.',
      make: 'Zehn Codes erstellen',
      shownHeading: 'Ihre Wiederherstellungs\u00adcodes',
      shownLead:
        'Drucken Sie sie jetzt aus oder schreiben Sie sie ab: Sie werden nicht noch einmal gezeigt. Bewahren Sie sie dort auf, wo niemand sonst sie findet.',
      later: (address, way) =>
        `Wenn Ihr Passwort weg ist, gehen Sie auf ${address} und wählen Sie „${way}“. Streichen Sie jeden Code, den Sie verwendet haben.`,
      done: 'Ich habe sie aufbewahrt',
    },
    problems: {
      missing: 'Füllen Sie dieses Feld aus.',
      malformed: 'Prüfen Sie Ihre Eingabe: Sie sieht nicht vollständig aus.',
      'not-served': 'In dieses Land können wir keine SMS senden. Nehmen Sie eine andere Nummer oder einen anderen Weg.',
      wrong: 'Dieser Code stimmt nicht. Prüfen Sie ihn und versuchen Sie es noch einmal.',
      expired: 'Das hat zu lange gedauert, oder es waren zu viele Versuche. Beginnen Sie neu.',
      'there-already': 'Das haben Sie schon eingerichtet.',
      'not-private':
        'Diese Adresse lesen Sie mit Ihrem Passwort der Arbeit, Schule oder Uni. Ist das weg, hilft sie Ihnen nicht. Nehmen Sie eine private Adresse.',
      'too-many': 'Mehr davon gehen nicht. Entfernen Sie zuerst etwas.',
      'not-now': 'Wir können gerade nichts senden. Versuchen Sie es in ein paar Minuten noch einmal.',
      'too-many-sent':
        'Im Moment können wir keinen weiteren Code senden. Verwenden Sie den letzten oder fordern Sie etwas später einen neuen an.',
      blocked: 'Es wurden zu viele Codes gesendet. Versuchen Sie es morgen noch einmal.',
    },
  },

  changed: {
    heading: 'Ihr Passwort ist geändert',
    lead: 'Verwenden Sie es ab jetzt überall, wo Sie sich mit diesem Konto anmelden.',
    unknownHeading: 'Wir wissen nicht, ob es geändert wurde',
    unknownLead:
      'Das Verzeichnis Ihrer Organisation hat nicht rechtzeitig geantwortet. Versuchen Sie, sich mit dem neuen Passwort anzumelden, und wenn das nicht geht, mit dem alten.',
    notPermittedHeading: 'Ihre Organisation lässt uns das nicht tun',
    notPermittedLead:
      'Es wurde nichts geändert. Das liegt nicht an Ihnen: Ihr Administrator muss etwas richtigstellen.',
    again: 'Wieder anmelden',
  },
};
