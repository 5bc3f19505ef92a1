// Every word the pages say in German: the one catalogue of this language.

import { pluralsOf } from '../../languages/plural.js';
import type { Texts } from './en.js';
import { signedInDe } from './signed-in/de.js';

const count = pluralsOf('de-DE');

export const de: Texts = {
  language: 'de',
  locale: 'de-DE',
  direction: 'ltr',

  layout: {
    title: (heading, organisation) => `${heading} – ${organisation}`,
    titleWithErrors: (title) => `Fehler: ${title}`,
    skipToContent: 'Zum Hauptinhalt springen',
    supportId: 'Support-ID',
    errorSummary: 'Es gibt ein Problem',
    errorPrefix: 'Fehler:',
    progressLabel: 'Wo Sie gerade sind',
    progressDone: 'erledigt:',
    backToStart: 'Von vorn beginnen',
    contactAdministrator: 'An den Administrator wenden',
    languages: 'Sprache',
  },

  progress: {
    account: () => 'Konto',
    identity: () => 'Identität',
    finish: (operation) => (operation === 'unlock' ? 'Entsperren' : 'Passwort'),
  },

  signIn: {
    heading: (organisation) => `Willkommen bei ${organisation}`,
    lead: 'Hier kommen Sie wieder in Ihr Geschäfts-, Schul- oder Unikonto, wenn Sie Ihr Passwort nicht mehr haben oder das Konto gesperrt ist.',
    cannotAccess: 'Sie können nicht auf Ihr Konto zugreifen?',
    goToSignIn: 'Zur Anmeldeseite',
  },

  start: {
    heading: 'Zurück in Ihr Konto',
    lead: 'Sagen Sie uns, wer Sie sind, und zeigen Sie uns, dass Sie kein Roboter sind.',
    settingsChanged:
      'Ihre Organisation hat inzwischen ihre Einstellungen geändert: Bitte beginnen Sie hier noch einmal von vorn.',
    userId: 'E-Mail-Adresse oder Benutzername',
    userIdHint: 'Womit Sie sich bei der Arbeit, in der Schule oder an der Uni anmelden, zum Beispiel ada@example.com.',
    picture: 'Zeichen im Bild',
    pictureDescribed:
      'Ein Bild mit sechs verzerrten Buchstaben und Ziffern. Weiter unten können Sie stattdessen eine Frage in Worten wählen.',
    pictureHint: 'Groß- und Kleinschreibung spielt keine Rolle.',
    newCharacters: 'Neue Zeichen',
    useWords: 'Stattdessen eine Frage in Worten beantworten',
    words: 'Eine Frage, um zu zeigen, dass Sie kein Roboter sind',
    wordsHint: 'Geben Sie Ihre Antwort ein. Groß- und Kleinschreibung spielt keine Rolle.',
    newQuestion: 'Andere Frage',
    usePicture: 'Stattdessen ein Bild verwenden',
    next: 'Weiter',
    problems: {
      'user-id-missing': 'Geben Sie Ihre E-Mail-Adresse oder Ihren Benutzernamen ein.',
      'user-id-too-long':
        'Das ist zu lang für eine E-Mail-Adresse oder einen Benutzernamen. Sehen Sie noch einmal nach und versuchen Sie es erneut.',
      'challenge-missing': 'Geben Sie die Zeichen aus dem Bild ein oder wählen Sie stattdessen eine Frage.',
      'challenge-answer-missing': 'Geben Sie Ihre Antwort auf die Frage ein.',
      'challenge-wrong': 'Das waren nicht die Zeichen im Bild. Hier sind neue.',
      'challenge-answer-wrong': 'Das war nicht die richtige Antwort. Hier ist eine andere Frage.',
      'challenge-expired': 'Die Zeit für dieses Bild oder diese Frage ist abgelaufen. Hier ist eine neue Aufgabe.',
    },
  },

  trouble: {
    heading: 'Warum können Sie sich nicht anmelden?',
    legend: 'Wählen Sie, was zutrifft',
    locked: 'Ihr Konto ist im Moment gesperrt.',
    forgot: 'Ich habe mein Passwort vergessen',
    forgotHint: 'Wählen Sie ein neues. Falls Ihr Konto gesperrt ist, wird es dabei auch entsperrt.',
    unlock: 'Ich kenne mein Passwort, kann mich aber trotzdem nicht anmelden',
    unlockHint: 'Entsperren Sie das Konto und behalten Sie Ihr Passwort.',
    missing: 'Wählen Sie eine der beiden Möglichkeiten.',
    next: 'Weiter',
  },

  method: {
    heading: 'Bestätigen Sie, dass Sie es sind',
    gate: (gate, gates) => `Bestätigung ${gate} von ${gates}`,
    lead: 'Wählen Sie, wie Sie Ihre Identität bestätigen möchten.',
    leadSecond: 'Noch eine Bestätigung, auf einem anderen Weg als beim ersten Mal.',
    legend: 'Wege, die Sie eingerichtet haben',
    email: 'Code per E-Mail senden',
    emailHint: (address) => `An ${address}`,
    emailHintUnseen: 'An Ihre E-Mail-Adresse',
    emailHintNumbered: (number) => `An Ihre E-Mail-Adresse ${number}`,
    text: 'Code per SMS senden',
    textHint: (number) => `An ${number}`,
    textHintUnseen: 'An Ihr Telefon',
    textHintNumbered: (number) => `An Ihr Telefon ${number}`,
    authenticator: 'Meine Authenticator-App verwenden',
    authenticatorHint: 'Sie geben die sechs Ziffern ein, die die App anzeigt.',
    passkey: 'Einen Passkey verwenden',
    passkeyHint:
      'Mit Fingerabdruck, Gesicht oder PIN: auf diesem Gerät, Ihrem Telefon oder einem Sicherheitsschlüssel.',
    recovery: 'Einen Wiederherstellungscode verwenden',
    recoveryHint: 'Einen von denen, die Sie ausgedruckt oder notiert haben.',
    questions: 'Meine Sicherheitsfragen beantworten',
    questionsHint: 'Die Fragen, die Sie selbst ausgewählt und beantwortet haben.',
    missing: 'Wählen Sie einen der Wege.',
    notSent:
      'Auf diesem Weg können wir gerade keinen Code senden. Wählen Sie einen anderen Weg oder versuchen Sie es in ein paar Minuten noch einmal.',
    next: 'Weiter',
    noneOfThese: 'Ich kann keinen dieser Wege nutzen',
  },

  code: {
    headingEmail: 'Sehen Sie in Ihren E-Mails nach',
    headingText: 'Sehen Sie auf Ihrem Telefon nach',
    headingAuthenticator: 'Öffnen Sie Ihre Authenti\u00adcator-App',
    leadEmail: (address) =>
      `Wir haben einen sechsstelligen Code an ${address} gesendet. Er sollte innerhalb einer Minute da sein.`,
    leadText: (number) =>
      `Wir haben eine SMS mit einem sechsstelligen Code an ${number} gesendet. Sie sollte innerhalb einer Minute da sein.`,
    leadEmailUnseen:
      'Wir haben einen sechsstelligen Code an die gewählte Adresse gesendet. Er sollte innerhalb einer Minute da sein.',
    leadTextUnseen:
      'Wir haben eine SMS mit einem sechsstelligen Code an das gewählte Telefon gesendet. Sie sollte innerhalb einer Minute da sein.',
    leadAuthenticator: 'Suchen Sie in der App dieses Konto und geben Sie die sechs Ziffern ein, die dort jetzt stehen.',
    validFor: (minutes) =>
      `Der Code gilt ${count(minutes, { one: '# Minute', other: '# Minuten' })}. Sehen Sie auch im Spam-Ordner nach.`,
    validForText: (minutes) => `Der Code gilt ${count(minutes, { one: '# Minute', other: '# Minuten' })}.`,
    code: 'Sechsstelliger Code',
    attemptsLeft: (attempts) => `Noch ${count(attempts, { one: '# Versuch', other: '# Versuche' })}.`,
    sentAgain: 'Ein neuer Code ist unterwegs. Der vorige gilt nicht mehr.',
    verify: 'Bestätigen',
    resend: 'Neuen Code senden',
    otherMethod: 'Anderen Weg wählen',
    problems: {
      missing: 'Geben Sie die sechs Ziffern ein.',
      malformed: 'Ein Code besteht aus sechs Ziffern, zum Beispiel 042\u00a0815.',
      wrong: 'Dieser Code stimmt nicht. Sehen Sie noch einmal nach und versuchen Sie es erneut.',
      expired: 'Dieser Code ist zu alt. Fordern Sie einen neuen an.',
      'already-used': 'Dieser Code wurde schon verwendet. Warten Sie, bis die App einen anderen anzeigt.',
      'too-many-sent':
        'Im Moment können wir keinen weiteren Code senden. Verwenden Sie den letzten oder fordern Sie etwas später einen neuen an.',
      'not-now':
        'Gerade werden so viele Codes geprüft, dass Ihrer nicht an der Reihe war. Versuchen Sie es in einer Minute noch einmal.',
    },
  },

  phone: {
    heading: 'Geben Sie Ihre Telefonnummer ein',
    lead: (number) =>
      `Geben Sie die ganze Nummer zu ${number} ein, dann senden wir einen Code dorthin. So kann niemand, der nur Ihren Namen kennt, Ihnen Nachrichten schicken lassen.`,
    leadUnseen:
      'Geben Sie die ganze Nummer des gewählten Telefons ein, dann senden wir einen Code dorthin. So kann niemand, der nur Ihren Namen kennt, Ihnen Nachrichten schicken lassen.',
    number: 'Telefonnummer',
    hint: 'Mit + und Landesvorwahl, zum Beispiel +44\u00a07700\u00a0900123. Leerzeichen sind in Ordnung.',
    send: 'Code senden',
    problems: {
      missing: 'Geben Sie die ganze Telefonnummer ein.',
      malformed: 'Eine Telefonnummer beginnt mit + und der Landesvorwahl, zum Beispiel +44\u00a07700\u00a0900123.',
      wrong: 'Diese Telefonnummer ist nicht die, die wir kennen. Prüfen Sie sie oder wählen Sie einen anderen Weg.',
      'too-many-sent':
        'Im Moment können wir keinen weiteren Code senden. Versuchen Sie es etwas später oder wählen Sie einen anderen Weg.',
    },
  },

  passkey: {
    heading: 'Verwenden Sie Ihren Passkey',
    lead: 'Ihr Browser fragt nach Fingerabdruck, Gesicht oder PIN. Nichts davon verlässt Ihr Gerät.',
    use: 'Passkey verwenden',
    noScript:
      'Passkeys brauchen JavaScript. Schalten Sie es für diese Website ein und laden Sie die Seite neu, oder wählen Sie einen anderen Weg.',
    problems: {
      missing:
        'Bei uns ist kein Passkey angekommen. Drücken Sie die Schaltfläche und folgen Sie Ihrem Browser. Wenn er nichts fragt, ist vielleicht JavaScript ausgeschaltet.',
      malformed:
        'Was Ihr Browser gesendet hat, war kein Passkey. Versuchen Sie es noch einmal oder verwenden Sie einen anderen Browser.',
      wrong:
        'Dieser Passkey gehört hier nicht zu Ihrem Konto. Versuchen Sie es mit einem, den Sie dafür eingerichtet haben.',
      expired: 'Das hat länger gedauert, als wir warten können. Drücken Sie die Schaltfläche noch einmal.',
      'counter-back':
        'Wir haben diesen Passkey nicht angenommen, weil jemand eine Kopie davon haben könnte. Wählen Sie einen anderen Weg und sagen Sie Ihrem Administrator Bescheid.',
    },
    script: {
      waiting: 'Ihr Browser fragt nach Ihrem Passkey.',
      problems: {
        unsupported:
          'Dieser Browser kann keine Passkeys verwenden. Nehmen Sie einen anderen Browser, ein anderes Gerät oder einen anderen Weg.',
        cancelled:
          'Es wurde kein Passkey verwendet. Versuchen Sie es noch einmal auf dem Gerät, auf dem Ihr Passkey ist, oder wählen Sie einen anderen Weg.',
        misplaced:
          'Unter dieser Adresse funktionieren Passkeys nicht. Wählen Sie einen anderen Weg; Ihr Administrator kann das beheben.',
        failed:
          'Auf diesem Gerät hat das nicht geklappt. Versuchen Sie es noch einmal, notfalls auf einem anderen Gerät, oder wählen Sie einen anderen Weg.',
      },
    },
    setUp: {
      lead: 'Mit einem Passkey zeigen Sie mit Fingerabdruck, Gesicht oder PIN, dass Sie es sind, ganz ohne Code. Ihr Browser hilft Ihnen, einen anzulegen.',
      make: 'Passkey anlegen',
      noScript: 'Passkeys brauchen JavaScript. Schalten Sie es für diese Website ein und laden Sie die Seite neu.',
      script: {
        waiting: 'Ihr Browser legt Ihren Passkey an.',
        problems: {
          unsupported:
            'Dieser Browser kann keine Passkeys anlegen. Nehmen Sie einen anderen Browser oder ein anderes Gerät.',
          cancelled: 'Es wurde kein Passkey angelegt. Drücken Sie die Schaltfläche, um es noch einmal zu versuchen.',
          misplaced: 'Unter dieser Adresse funktionieren Passkeys nicht. Ihr Administrator kann das beheben.',
          failed:
            'Auf diesem Gerät hat das nicht geklappt. Versuchen Sie es noch einmal, notfalls auf einem anderen Gerät.',
          'there-already': 'Auf diesem Gerät gibt es schon einen Passkey für dieses Konto.',
        },
      },
      problems: {
        missing:
          'Bei uns ist kein Passkey angekommen. Drücken Sie die Schaltfläche und folgen Sie Ihrem Browser. Wenn er nichts fragt, ist vielleicht JavaScript ausgeschaltet.',
        malformed:
          'Was Ihr Browser gesendet hat, war kein Passkey. Versuchen Sie es noch einmal oder verwenden Sie einen anderen Browser.',
        wrong:
          'Dieser Passkey ist hier nicht verwendbar. Versuchen Sie es noch einmal, notfalls auf einem anderen Gerät.',
        expired: 'Das hat länger gedauert, als wir warten können. Drücken Sie die Schaltfläche noch einmal.',
        'there-already': 'Diesen Passkey haben Sie schon eingerichtet.',
        'too-many':
          'Sie haben so viele Passkeys eingerichtet, wie möglich sind. Entfernen Sie zuerst einen, den Sie nicht mehr verwenden.',
      },
    },
  },

  recovery: {
    heading: 'Geben Sie einen Wiederherstellungs\u00adcode ein',
    lead: 'Nehmen Sie einen, den Sie noch nicht verwendet haben. Jeder gilt einmal.',
    code: 'Wiederherstellungscode',
    hint: 'Sechzehn Buchstaben und Ziffern. Groß oder klein, mit oder ohne Bindestriche.',
    problems: {
      missing: 'Geben Sie einen Wiederherstellungscode ein.',
      malformed:
        'Ein Wiederherstellungscode besteht aus sechzehn Buchstaben und Ziffern, zum Beispiel 7KQ2-M9XD-4TVB-HW83.',
      wrong: 'Dieser Wiederherstellungscode stimmt nicht. Prüfen Sie ihn und versuchen Sie es noch einmal.',
      'already-used': 'Dieser Wiederherstellungscode wurde schon verwendet. Nehmen Sie einen anderen.',
    },
  },

  securityQuestions: {
    heading: 'Beantworten Sie Ihre Sicherheits\u00adfragen',
    lead: 'Antworten Sie jeweils so wie damals, als Sie die Fragen eingerichtet haben.',
    legend: 'Ihre Antworten',
    hint: 'Groß- und Kleinschreibung spielt keine Rolle. Ihre Antworten sind auf dem Bildschirm lesbar. Achten Sie darauf, dass niemand mitliest.',
    verify: 'Antworten prüfen',
    problems: {
      missing: 'Beantworten Sie alle Fragen.',
      malformed: 'Beantworten Sie alle Fragen. Jede Antwort hat mindestens drei Buchstaben oder Ziffern.',
      wrong:
        'Mindestens eine Antwort stimmt nicht. Zu Ihrer Sicherheit sagen wir nicht, welche, und fragen noch einmal.',
      expired: 'Diese Fragen waren zu lange offen. Beginnen Sie noch einmal.',
      'not-now':
        'Gerade werden so viele Antworten geprüft, dass Ihre nicht an der Reihe waren. Versuchen Sie es in einer Minute noch einmal.',
    },
  },

  questionsSetup: {
    heading: 'Wählen Sie Ihre Sicherheits\u00adfragen',
    lead: (questions) =>
      `Wählen Sie ${count(questions, { one: '# Frage', other: '# Fragen' })} aus und beantworten Sie sie. Einige davon stellen wir Ihnen, wenn Sie Ihr Kennwort zurücksetzen.`,
    advice:
      'Wählen Sie Antworten, die auch Bekannte nicht erraten und die Sie in einem Jahr noch genauso geben. Eine Antwort muss nicht stimmen.',
    weaker:
      'Sicherheitsfragen sind der schwächste Weg, Ihre Identität zu bestätigen. Richten Sie nach Möglichkeit noch einen anderen ein.',
    question: (number) => `Frage ${number}`,
    choose: 'Frage auswählen',
    answer: (number) => `Antwort auf Frage ${number}`,
    answerHint: '3 bis 40 Zeichen. Groß- und Kleinschreibung spielt keine Rolle.',
    save: 'Antworten speichern',
    replaces: 'Falls Sie schon früher Fragen eingerichtet haben, treten diese an deren Stelle.',
    problems: {
      missing: 'Wählen Sie eine Frage aus und beantworten Sie sie.',
      malformed: 'Wählen Sie eine der Fragen aus der Liste.',
      'question-twice': 'Diese Frage haben Sie schon ausgewählt. Wählen Sie eine andere.',
      'answer-too-short': 'Diese Antwort ist zu kurz. Nehmen Sie mindestens 3 Buchstaben oder Ziffern.',
      'answer-too-long': 'Diese Antwort ist zu lang. Nehmen Sie höchstens 40 Zeichen.',
      'answer-in-question': 'Diese Antwort steht schon in der Frage und ist leicht zu erraten. Wählen Sie eine andere.',
      'answer-is-name':
        'Das ist Ihr Benutzername oder der Name Ihrer Organisation, und den kennen andere. Wählen Sie eine andere Antwort.',
      'answers-alike':
        'Diese Antwort haben Sie schon auf eine andere Frage gegeben. Geben Sie auf jede Frage eine eigene Antwort.',
      'not-now': 'Im Moment können wir Ihre Antworten nicht speichern. Versuchen Sie es in einer Minute noch einmal.',
    },
  },

  newPassword: {
    heading: 'Wählen Sie ein neues Passwort',
    lead: 'Sie haben bestätigt, dass Sie es sind. Ein paar Wörter, die nichts miteinander zu tun haben, ergeben ein starkes Passwort, das Sie sich leicht merken können.',
    account: 'Konto',
    rules: 'Regeln Ihrer Organisation',
    rulesNone: 'Das Benutzerverzeichnis Ihrer Organisation prüft das neue Passwort am Ende.',
    password: 'Neues Passwort',
    again: 'Neues Passwort wiederholen',
    show: 'Eingabe anzeigen',
    sealedFor: {
      organisation:
        'Ihr Passwort wird in diesem Browser verschlüsselt, bevor es gesendet wird. Es lässt sich nur innerhalb Ihrer Organisation entschlüsseln, nicht von uns.',
      'front-door': 'Ihr Passwort wird in diesem Browser verschlüsselt, bevor es gesendet wird.',
    },
    finish: 'Passwort ändern',
    sending:
      'Ihr Passwort wird verschlüsselt, dann warten wir auf die Antwort Ihrer Organisation. Das kann ein paar Sekunden dauern.',
    noScript:
      'Diese Seite braucht JavaScript: Damit wird Ihr Passwort verschlüsselt, bevor es dieses Gerät verlässt. Schalten Sie JavaScript für diese Website ein und laden Sie die Seite neu, oder verwenden Sie einen anderen Browser.',
    strength: { weak: 'Stärke: schwach', fair: 'Stärke: mittel', strong: 'Stärke: stark' },
    strengthAdvice: 'Fügen Sie ein oder zwei Wörter hinzu, die nichts miteinander zu tun haben.',
    notices: {
      'not-on-every-keyboard':
        'Dieses Passwort enthält ein Zeichen, das nicht jede Tastatur hat. Achten Sie darauf, dass Sie es dort tippen können, wo Sie sich anmelden.',
      'blank-at-the-edge': 'Dieses Passwort beginnt oder endet mit einem Leerzeichen, das leicht verloren geht.',
      'unusual-blank':
        'Dieses Passwort enthält ein Leerzeichen, das kein gewöhnliches ist. Tippen Sie es mit der Leertaste, oder lassen Sie es weg.',
    },
    marks: { met: 'Erfüllt', 'not-yet': 'Noch nicht', 'checked-later': 'Wird am Ende geprüft' },
    announce: (met, all) => `${met} von ${all} Regeln erfüllt`,
    rule: {
      lengthAtLeast: (units) => `Mindestens ${count(units, { one: '# Zeichen', other: '# Zeichen' })}`,
      categories: (atLeast) =>
        `Mindestens ${count(atLeast, { one: 'eine', other: '#' })} dieser Zeichenarten: Großbuchstaben, Kleinbuchstaben, Ziffern, Sonderzeichen, Buchstaben aus Schriften ohne Großbuchstaben, etwa Arabisch oder Chinesisch`,
      withoutName: 'Enthält weder Ihren Namen noch Ihren Benutzernamen',
      notRecent: (remembered) =>
        remembered === 1 ? 'Nicht Ihr jetziges Passwort' : `Keines Ihrer letzten ${remembered} Passwörter`,
      ageAtLeast: (hours) =>
        hours % 24 === 0
          ? `Ihre letzte Änderung ist mindestens ${count(hours / 24, { one: '# Tag', other: '# Tage' })} her`
          : `Ihre letzte Änderung ist mindestens ${count(hours, { one: '# Stunde', other: '# Stunden' })} her`,
      notGuessable: 'Keine Wörter, Ausdrücke oder Muster, die leicht zu erraten sind',
    },
    explained: {
      name: (words) => `Dieses Passwort enthält ${words}, einen Namen von Ihnen oder Ihrer Organisation.`,
      common: (words) => `Dieses Passwort besteht fast nur aus ${words}, und das verwenden viele.`,
      banned: (words) =>
        `Dieses Passwort besteht fast nur aus ${words}, und das lässt Ihre Organisation in Passwörtern nicht zu.`,
      short: 'Dieses Passwort ist so kurz, dass man es durch Ausprobieren erraten kann.',
      advice: 'Wählen Sie ein paar Wörter, die weder mit Ihnen noch miteinander zu tun haben.',
      quoted: (word) => `„${word}“`,
    },
    problems: {
      missing: 'Geben Sie ein neues Passwort ein.',
      different: 'Die beiden Passwörter sind nicht gleich. Geben Sie beide noch einmal ein.',
      'too-short': 'Dieses Passwort ist zu kurz. Fügen Sie ein oder zwei Wörter hinzu.',
      'too-long': 'Dieses Passwort ist zu lang. Verwenden Sie höchstens 127 Zeichen.',
      'not-complex':
        'Dieses Passwort braucht mehr verschiedene Zeichenarten, zum Beispiel Großbuchstaben, Kleinbuchstaben, Ziffern und Sonderzeichen.',
      'contains-name': 'Dieses Passwort enthält Ihren Namen oder Benutzernamen. Wählen Sie eines ohne.',
      'in-history': 'Dieses Passwort haben Sie schon einmal verwendet. Wählen Sie eines, das Sie noch nicht hatten.',
      'too-young':
        'Ihr Passwort wurde erst vor Kurzem geändert, und Ihre Organisation bittet darum, vor der nächsten Änderung etwas zu warten. Wenn Sie jetzt ein neues brauchen, wenden Sie sich an Ihren Administrator.',
      'inadmissible-characters':
        'Dieses Passwort enthält ein Zeichen, das das Benutzerverzeichnis Ihrer Organisation nicht annimmt. Lassen Sie weg, was sich nicht auf jeder Tastatur eingeben lässt.',
      'banned-word':
        'Dieses Passwort enthält ein Wort, einen Ausdruck oder ein Muster, das viele verwenden, und ist deshalb leicht zu erraten. Wählen Sie ein paar Wörter, die weder mit Ihnen noch miteinander zu tun haben.',
      breached:
        'Dieses Passwort steht in einer Liste von Passwörtern, die anderswo gestohlen wurden. Wählen Sie eines, das sonst niemand kennt.',
      'some-directory-rule':
        'Das Benutzerverzeichnis Ihrer Organisation hat dieses Passwort abgelehnt und sagt nicht, welche Regel es verletzt. Vielleicht haben Sie es schon einmal verwendet. Versuchen Sie es mit einem ganz anderen.',
      'control-character':
        'Dieses Passwort enthält ein Zeichen, das sich beim Anmelden nicht eingeben lässt, etwa einen Zeilenumbruch. Lassen Sie dieses Zeichen weg.',
      'invisible-character':
        'Dieses Passwort enthält ein unsichtbares Zeichen. Tippen Sie das Passwort ein, statt es einzufügen.',
      'broken-character':
        'Dieses Passwort enthält ein unvollständiges Zeichen. Geben Sie das Passwort noch einmal ein.',
      'not-sealed':
        'Ihr Browser hat das Passwort nicht verschlüsselt, deshalb wurde nichts weitergegeben. Laden Sie diese Seite neu. Wenn das nicht hilft, verwenden Sie einen anderen Browser.',
      'seal-expired':
        'Diese Seite war zu lange geöffnet und gilt nicht mehr. Es wurde nichts geändert: Geben Sie das neue Passwort noch einmal ein.',
      'directory-away':
        'Das Benutzerverzeichnis Ihrer Organisation war nicht erreichbar, als Sie das Passwort gesendet haben. Es wurde nichts geändert, und jetzt antwortet es wieder: Geben Sie das neue Passwort noch einmal ein.',
    },
  },

  unlock: {
    heading: 'Konto entsperren',
    lead: 'Sie haben bestätigt, dass Sie es sind. Ihr Konto wird entsperrt, Ihr Passwort bleibt, wie es ist.',
    account: 'Konto',
    confirm: 'Mein Konto entsperren',
    away: 'Das Benutzerverzeichnis Ihrer Organisation war nicht erreichbar, als Sie das Konto entsperren wollten. Es wurde nichts geändert, und jetzt antwortet es wieder: Versuchen Sie es noch einmal.',
  },

  results: {
    signIn: 'Anmelden',
    changed: {
      heading: 'Ihr Passwort ist geändert',
      lead: 'Ihre Organisation hat das neue Passwort angenommen. Sie können sich jetzt damit anmelden.',
      unlockedToo: 'Ihr Konto wurde dabei auch entsperrt.',
      next: 'Woran Sie noch denken sollten',
      steps: [
        'Geben Sie das neue Passwort überall ein, wo noch das alte gespeichert ist: im E-Mail-Programm auf dem Handy, im WLAN, im VPN. Sonst wird dort weiter das alte versucht, und Ihr Konto könnte wieder gesperrt werden.',
        'Andere Server Ihrer Organisation erfahren nach und nach davon. Wird das neue Passwort irgendwo nicht gleich angenommen, warten Sie ein paar Minuten; bis dahin kann dort noch das alte gelten.',
        'Ein Computer, den Sie zu Hause oder unterwegs nutzen, fragt vielleicht noch nach dem alten Passwort, bis er einmal mit dem Netzwerk Ihrer Organisation verbunden war.',
      ],
      told: 'Wir schicken Ihnen eine E-Mail über diese Änderung. Wenn Sie einmal eine bekommen, ohne selbst etwas getan zu haben, drücken Sie darin sofort auf „Das war ich nicht“.',
    },
    unlocked: {
      heading: 'Ihr Konto ist entsperrt',
      lead: 'Melden Sie sich mit Ihrem bisherigen Passwort an.',
      next: 'Falls es wieder gesperrt wird',
      steps: [
        'Meistens liegt es an einem Gerät, das noch ein altes Passwort gespeichert hat: im E-Mail-Programm auf dem Handy, im WLAN, im VPN.',
        'Wenn Sie sich bei Ihrem Passwort doch nicht sicher sind, beginnen Sie von vorn und wählen Sie „Ich habe mein Passwort vergessen“.',
      ],
    },
    wasNotLocked: {
      heading: 'Ihr Konto war nicht gesperrt',
      lead: 'Es gab nichts zu entsperren, deshalb wurde nichts geändert. Wenn Ihr Passwort nicht angenommen wird, wählen Sie ein neues.',
    },
    unknownReset: {
      heading: 'Wir konnten nicht feststellen, ob Ihr Passwort geändert wurde',
      lead: 'Ihr neues Passwort wurde an das Benutzerverzeichnis Ihrer Organisation gesendet, aber die Antwort kam nicht zurück. Wir möchten nicht raten.',
      next: 'Was Sie jetzt tun können',
      steps: [
        'Versuchen Sie zuerst, sich mit dem neuen Passwort anzumelden.',
        'Wenn das nicht geht, versuchen Sie es mit dem alten. Geht es damit, wurde nichts geändert, und Sie können von vorn beginnen.',
        'Wenn keines von beiden geht, wenden Sie sich an Ihren Administrator und nennen Sie die Support-ID, die unten steht.',
      ],
    },
    unknownUnlock: {
      heading: 'Wir konnten nicht feststellen, ob Ihr Konto entsperrt wurde',
      lead: 'Die Anfrage wurde an das Benutzerverzeichnis Ihrer Organisation gesendet, aber die Antwort kam nicht zurück. Wir möchten nicht raten.',
      next: 'Was Sie jetzt tun können',
      steps: [
        'Versuchen Sie, sich anzumelden.',
        'Wenn Ihr Konto noch gesperrt ist, beginnen Sie in ein paar Minuten von vorn. Zweimal zu entsperren schadet nicht.',
      ],
    },
    expired: {
      heading: 'Das hat zu lange gedauert',
      lead: 'Ihre Anfrage war schon zu alt, als das Benutzerverzeichnis Ihrer Organisation sie hätte annehmen können. Deshalb wurde nichts geändert. Bitte beginnen Sie von vorn.',
    },
    notPermitted: {
      heading: 'Das dürfen wir für Ihr Konto nicht tun',
      lead: 'Es liegt nicht an Ihnen. Das Benutzerverzeichnis Ihrer Organisation lässt uns diese Änderung nicht vornehmen, und ein neuer Versuch hilft nicht. Es wurde nichts geändert.',
      advice:
        'Ihr Administrator kann das beheben: Beschreiben Sie, was passiert ist, und nennen Sie die Support-ID, die unten steht.',
    },
    refusedAfterReplacing:
      'Ihr altes Passwort wurde ersetzt, und das neue wurde nicht angenommen. Wählen Sie jetzt ein anderes Passwort: Bis eines angenommen ist, gilt vielleicht keines, das Sie kennen.',
    severalRules:
      'Dieses Passwort verletzt mehr als eine Regel Ihrer Organisation. Versuchen Sie es mit einem ganz anderen.',
    wrongCurrentPassword:
      'Das ist nicht Ihr jetziges Passwort. Sehen Sie noch einmal nach und versuchen Sie es erneut, oder geben Sie an, dass Sie es vergessen haben.',
    accountLocked:
      'Ihr Konto ist gesperrt, deshalb lässt sich das Passwort nicht ändern. Entsperren Sie zuerst das Konto.',
    mustChange: 'Ihr Passwort stimmt. Es wurde für Sie vergeben: Wählen Sie zuerst ein eigenes.',
    passwordExpired: 'Ihr Passwort stimmt, ist aber abgelaufen. Wählen Sie zuerst ein neues.',
  },

  signedIn: signedInDe,

  contact: {
    heading: 'An den Administrator wenden',
    lead: 'Ihr Administrator kann Ihnen helfen, wieder in Ihr Konto zu kommen.',
    leadNotHere: 'Dieses Passwort können Sie hier nicht zurücksetzen. Ihr Administrator kann Ihnen helfen.',
    why: {
      'reset-not-turned-on': 'Ihre Organisation hat das Zurücksetzen von Passwörtern hier nicht eingeschaltet.',
      'person-not-enabled': 'Das Zurücksetzen von Passwörtern ist hier für Ihr Konto nicht eingeschaltet.',
      'managed-on-premises':
        'Das Passwort Ihres Kontos wird von Ihrem Administrator verwaltet, im eigenen Benutzerverzeichnis Ihrer Organisation.',
      'not-permitted':
        'Das Benutzerverzeichnis Ihrer Organisation lässt uns diese Änderung nicht vornehmen. Es liegt nicht an Ihnen.',
      'cannot-use-methods':
        'Sie können keinen der Wege nutzen, die Sie eingerichtet haben, um Ihre Identität zu bestätigen.',
      'not-verified':
        'Mit Ihren Angaben konnten wir Ihr Konto nicht überprüfen. Falls beim Namen ein Tippfehler dabei war, beginnen Sie zuerst noch einmal von vorn.',
      blocked: 'Damit Ihr Konto sicher bleibt, werden eine Zeit lang keine weiteren Versuche angenommen.',
    },
    formLead: 'Schreiben Sie ein paar Zeilen. Wir senden sie per E-Mail an Ihren Administrator.',
    account: 'Ihre E-Mail-Adresse oder Ihr Benutzername bei der Arbeit, in der Schule oder an der Uni',
    reply: 'Wie sind Sie erreichbar?',
    replyHint: 'Eine Telefonnummer oder eine E-Mail-Adresse, auf die Sie jetzt Zugriff haben.',
    message: 'Was ist passiert? (freiwillig)',
    messageHint: 'Schreiben Sie hier nie ein Passwort oder einen Code hinein. Niemand braucht das, um Ihnen zu helfen.',
    send: 'An meinen Administrator senden',
    portalLead: 'Ihre Organisation hat dafür eine eigene Seite.',
    portal: 'Zur Hilfeseite Ihrer Organisation',
    noWay:
      'Ihre Organisation hat uns keinen Kontaktweg genannt. Fragen Sie Ihre Führungskraft oder den Helpdesk, persönlich oder am Telefon.',
    problems: {
      'account-missing': 'Geben Sie Ihre E-Mail-Adresse oder Ihren Benutzernamen ein.',
      'account-too-long': 'Das ist zu lang für eine E-Mail-Adresse oder einen Benutzernamen.',
      'account-of-nobody':
        'Wir konnten das an niemanden senden. Sehen Sie nach, ob Ihre E-Mail-Adresse oder Ihr Benutzername vollständig ist, oder wenden Sie sich auf einem anderen Weg an Ihren Administrator.',
      'reply-missing': 'Geben Sie an, wie Ihr Administrator Sie erreichen kann.',
      'reply-too-long': 'Geben Sie hier nur eine Telefonnummer oder eine E-Mail-Adresse an.',
      'message-too-long': 'Schreiben Sie hier höchstens 1000 Zeichen.',
      'not-sent':
        'Ihre Nachricht konnte gerade nicht gesendet werden. Bitte versuchen Sie es später noch einmal, oder wenden Sie sich auf einem anderen Weg an Ihren Administrator.',
    },
    sentHeading: 'Ihre Nachricht ist unterwegs',
    sentLead:
      'Sie geht an die Administratoren Ihrer Organisation. Bevor dort etwas geändert wird, werden Sie gebeten, Ihre Identität zu bestätigen.',
    sentAdvice: 'Nach Ihrem Passwort werden Sie dabei nie gefragt.',
  },

  disown: {
    heading: 'Waren Sie das nicht?',
    lead: {
      'method-added': 'Ihrem Konto wurde ein Weg hinzugefügt, sich auszuweisen.',
      'method-removed': 'Aus Ihrem Konto wurde ein Weg entfernt, sich auszuweisen.',
      reset: 'Das Passwort Ihres Kontos wurde geändert.',
      unlock: 'Ihr Konto wurde entsperrt.',
    },
    when: 'Wann',
    ifYou: 'Wenn Sie das waren, schließen Sie diese Seite. Es passiert nichts.',
    ifNot: (days) =>
      `Wenn Sie das nicht waren, drücken Sie den Knopf. Was hier gerade mit Ihrem Konto geschieht, endet sofort, und niemand kann es hier zurücksetzen oder entsperren, bis Ihr Administrator das wieder erlaubt oder ${count(days, { one: '# Tag vergangen ist', other: '# Tage vergangen sind' })}.`,
    willInvalidate:
      'Auch Ihr Passwort wird unbrauchbar gemacht, damit sich niemand damit anmelden kann, der es erfahren hat. Ein neues bekommen Sie von Ihrem Administrator.',
    willRemove: (ways) =>
      count(ways, {
        one: 'Ein Weg, sich auszuweisen, der damals oder seitdem hinzukam, wird wieder entfernt.',
        other: '# Wege, sich auszuweisen, die damals oder seitdem hinzukamen, werden wieder entfernt.',
      }),
    confirm: 'Das war ich nicht – bitte stoppen',
    saidHeading: 'Wir haben es gestoppt',
    saidLead: (days) =>
      `Was hier mit Ihrem Konto geschah, ist beendet, und niemand kann es hier zurücksetzen oder entsperren, bis Ihr Administrator das wieder erlaubt oder ${count(days, { one: '# Tag vergangen ist', other: '# Tage vergangen sind' })}.`,
    waysRemoved: (ways) =>
      count(ways, {
        one: 'Wir haben einen Weg, sich auszuweisen, wieder entfernt, der damals oder seitdem hinzukam. War er von Ihnen, können Sie ihn später neu einrichten.',
        other:
          'Wir haben # Wege, sich auszuweisen, wieder entfernt, die damals oder seitdem hinzukamen. Was davon von Ihnen war, können Sie später neu einrichten.',
      }),
    isTold: 'Wir benachrichtigen Ihre Administratoren per E-Mail.',
    tellYourself: 'Sagen Sie jetzt Ihrem Administrator Bescheid und nennen Sie die Support-ID, die unten steht.',
    password: {
      kept: 'Ihr Passwort ist unverändert. Wenn jemand anders es kennen könnte, bitten Sie Ihren Administrator um ein neues.',
      invalidated:
        'Das Passwort Ihres Kontos ist unbrauchbar gemacht: Niemand kann sich mehr damit anmelden. Bitten Sie Ihren Administrator um ein neues.',
      'not-invalidated':
        'Wir wollten Ihr Passwort unbrauchbar machen, und das ging nicht. Bitten Sie Ihren Administrator, es sofort zu ändern.',
      unknown:
        'Wir wollten Ihr Passwort unbrauchbar machen und wissen nicht, ob das geschehen ist. Bitten Sie Ihren Administrator, es sofort zu ändern.',
    },
    unknownHeading: 'Dieser Link ist verbraucht oder nicht bekannt',
    unknownLead: 'Jeder dieser Links gilt nur einmal und nur eine Zeit lang.',
    unknownAdvice:
      'Wenn mit Ihrem Konto etwas geschehen ist, worum Sie nicht gebeten haben, wenden Sie sich an Ihren Administrator.',
  },

  stops: {
    cannotVerify: {
      heading: 'Wir konnten Ihr Konto nicht überprüfen',
      lead: 'Mit Ihren bisherigen Angaben können wir Sie nicht weitermachen lassen.',
      reasons: 'Das kann verschiedene Gründe haben:',
      causes: [
        'In der E-Mail-Adresse oder im Benutzernamen ist ein Tippfehler.',
        'Sie haben nicht genügend Wege eingerichtet, um Ihre Identität zu bestätigen.',
        'Ihre Organisation bietet das für Ihr Konto nicht an.',
      ],
      tryAgain: 'Erneut versuchen',
    },
    tryLater: {
      heading: 'Versuchen Sie es später noch einmal',
      lead: {
        'before-proof':
          'Das Benutzerverzeichnis Ihrer Organisation ist gerade nicht erreichbar. Wir hören deshalb hier auf, bevor Sie sich Mühe machen. Es wurde nichts geändert.',
        'at-the-end':
          'Das Benutzerverzeichnis Ihrer Organisation war gerade nicht erreichbar. Es wurde nichts geändert: Ihr Konto ist, wie es vorher war.',
      },
      advice: 'Meistens ist das nach ein paar Minuten vorbei.',
      staysProven:
        'Wenn Sie innerhalb einer Viertelstunde zurückkommen, nachdem Sie begonnen haben, müssen Sie nicht noch einmal bestätigen, dass Sie es sind.',
      tryAgain: 'Erneut versuchen',
    },
    blocked: {
      heading: 'Vorerst keine weiteren Versuche',
      lead: 'Damit Ihr Konto sicher bleibt, nehmen wir eine Zeit lang keine weiteren Versuche an.',
      until: (time) => `Nach diesem Zeitpunkt können Sie es wieder versuchen: ${time}.`,
      within: '24 Stunden nach dem letzten Versuch können Sie es wieder versuchen.',
      advice:
        'Wenn Sie Ihr Konto früher brauchen oder wenn diese Versuche nicht von Ihnen waren, wenden Sie sich an Ihren Administrator.',
    },
    sessionOver: {
      heading: 'Die Zeit ist abgelaufen',
      lead: (minutes) =>
        `Zu Ihrer Sicherheit ist die Zeit von Anfang bis Ende auf ${count(minutes, { one: '# Minute', other: '# Minuten' })} begrenzt. Diese Zeit ist jetzt vorbei. Es wurde nichts geändert.`,
      startAgain: 'Von vorn beginnen',
    },
    endedElsewhere: {
      heading: 'An anderer Stelle beendet',
      lead: 'Inzwischen wurde für dieses Konto in einem anderen Fenster oder auf einem anderen Gerät etwas geändert. Deshalb haben wir hier aufgehört, und von dieser Seite aus wurde nichts geändert.',
      advice:
        'Wenn Sie das waren, ist hier nichts mehr zu tun. Wenn nicht, folgen Sie „Das war ich nicht“ in der E-Mail dazu, oder wenden Sie sich an Ihren Administrator.',
      startAgain: 'Von vorn beginnen',
    },
    cookiesNeeded: {
      heading: 'Wir haben den Faden verloren',
      lead: 'Wir konnten nicht erkennen, welcher Schritt bei Ihnen als Nächstes kommt. Das passiert, wenn Cookies blockiert sind oder wenn eine Seite von einem anderen Tag noch einmal gesendet wird. Es wurde nichts geändert.',
      advice: 'Lassen Sie Cookies für diese Website zu und beginnen Sie von vorn.',
    },
    somethingWrong: {
      heading: 'Bei uns ist etwas schiefgegangen',
      lead: 'Das ist unser Fehler, nicht Ihrer. Er wurde festgehalten, und wir gehen solchen Fehlern nach.',
      advice:
        'Bitte beginnen Sie von vorn. Wenn es noch einmal passiert, wenden Sie sich an Ihren Administrator und nennen Sie die Support-ID, die unten steht.',
    },
    notFound: {
      heading: 'Diese Seite gibt es nicht',
      lead: 'Vielleicht ist in der Adresse ein Tippfehler, oder die Seite ist umgezogen.',
    },
  },
};
