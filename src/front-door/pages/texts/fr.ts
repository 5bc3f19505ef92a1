// Every word the pages say in French: the one catalogue of this language.

import { pluralsOf } from '../../languages/plural.js';
import type { Texts } from './en.js';
import { signedInFr } from './signed-in/fr.js';

const count = pluralsOf('fr-FR');

/** `many` is for whole millions alone, in the words that `other` has. */
const minutes = { one: '# minute', many: '# minutes', other: '# minutes' };
const characters = { one: '# caractère', many: '# caractères', other: '# caractères' };

export const fr: Texts = {
  language: 'fr',
  locale: 'fr-FR',
  direction: 'ltr',

  layout: {
    title: (heading, organisation) => `${heading} – ${organisation}`,
    titleWithErrors: (title) => `Erreur : ${title}`,
    skipToContent: 'Aller au contenu principal',
    supportId: 'Référence d’assistance',
    errorSummary: 'Il y a un problème',
    errorPrefix: 'Erreur :',
    progressLabel: 'Où vous en êtes',
    progressDone: 'étape terminée :',
    backToStart: 'Recommencer',
    contactAdministrator: 'Contacter votre administrateur',
    languages: 'Langue',
  },

  progress: {
    account: () => 'Compte',
    identity: () => 'Identité',
    finish: (operation) => (operation === 'unlock' ? 'Déverrouillage' : 'Mot de passe'),
  },

  signIn: {
    heading: (organisation) => `${organisation} vous souhaite la bienvenue`,
    lead: 'Retrouvez ici l’accès à votre compte professionnel ou scolaire si vous n’avez plus votre mot de passe ou si le compte est verrouillé.',
    cannotAccess: 'Vous ne pouvez pas accéder à votre compte ?',
    goToSignIn: 'Aller à la page de connexion',
  },

  start: {
    heading: 'Retrouvez l’accès à votre compte',
    lead: 'Dites-nous qui vous êtes et montrez-nous que vous n’êtes pas un robot.',
    settingsChanged: 'Votre organisation a modifié ses paramètres entre-temps, veuillez donc recommencer ici.',
    userId: 'Adresse e-mail ou nom d’utilisateur',
    userIdHint: 'Ce que vous utilisez pour vous connecter au travail ou à l’école, par exemple ada@example.com.',
    picture: 'Caractères de l’image',
    pictureDescribed:
      'Une image de six lettres ou chiffres déformés. Plus bas, vous pouvez demander une question en mots à la place.',
    pictureHint: 'Majuscules ou minuscules, peu importe.',
    newCharacters: 'Autres caractères',
    useWords: 'Répondre plutôt à une question en mots',
    words: 'Une question, pour montrer que vous n’êtes pas un robot',
    wordsHint: 'Écrivez votre réponse. Majuscules ou minuscules, peu importe.',
    newQuestion: 'Autre question',
    usePicture: 'Utiliser plutôt une image',
    next: 'Suivant',
    problems: {
      'user-id-missing': 'Saisissez votre adresse e-mail ou votre nom d’utilisateur.',
      'user-id-too-long':
        'C’est trop long pour une adresse e-mail ou un nom d’utilisateur. Vérifiez votre saisie et réessayez.',
      'challenge-missing': 'Saisissez les caractères de l’image, ou répondez plutôt à une question.',
      'challenge-answer-missing': 'Saisissez votre réponse à la question.',
      'challenge-wrong': 'Ce n’est pas ce que montre l’image. Voici d’autres caractères.',
      'challenge-answer-wrong': 'Ce n’est pas la bonne réponse. Voici une autre question.',
      'challenge-expired':
        'Une image ou une question ne reste valable qu’un certain temps, et ce temps est passé. En voici une nouvelle.',
    },
  },

  trouble: {
    heading: 'Pourquoi ne parvenez-vous pas à vous connecter ?',
    legend: 'Choisissez ce qui correspond à votre situation',
    locked: 'Votre compte est verrouillé en ce moment.',
    forgot: 'J’ai oublié mon mot de passe',
    forgotHint: 'Choisissez-en un nouveau. Si votre compte est verrouillé, cela le déverrouille aussi.',
    unlock: 'Je connais mon mot de passe, mais je ne parviens pas à me connecter',
    unlockHint: 'Déverrouillez le compte et gardez votre mot de passe actuel.',
    missing: 'Choisissez l’une des deux réponses.',
    next: 'Suivant',
  },

  method: {
    heading: 'Confirmez votre identité',
    gate: (gate, gates) => `Vérification ${gate} sur ${gates}`,
    lead: 'Choisissez comment vous voulez prouver qui vous êtes.',
    leadSecond: 'Encore une vérification, par un autre moyen que la première.',
    legend: 'Moyens que vous avez configurés',
    email: 'Recevoir un code par e-mail',
    emailHint: (address) => `À l’adresse ${address}`,
    emailHintUnseen: 'À votre adresse e-mail',
    emailHintNumbered: (number) => `À votre adresse e-mail ${number}`,
    text: 'Recevoir un code par SMS',
    textHint: (number) => `Au ${number}`,
    textHintUnseen: 'Sur votre téléphone',
    textHintNumbered: (number) => `Sur votre téléphone ${number}`,
    authenticator: 'Utiliser mon application d’authentification',
    authenticatorHint: 'Vous saisissez les six chiffres que l’application affiche.',
    passkey: 'Utiliser une clé d’accès',
    passkeyHint:
      'Avec votre empreinte, votre visage ou un code PIN : sur cet appareil, votre téléphone ou une clé de sécurité.',
    recovery: 'Utiliser un code de récupération',
    recoveryHint: 'L’un de ceux que vous avez imprimés ou notés.',
    questions: 'Répondre à mes questions de sécurité',
    questionsHint: 'Celles que vous avez choisies et auxquelles vous avez déjà répondu.',
    missing: 'Choisissez l’un des moyens.',
    notSent:
      'Nous ne pouvons pas envoyer de code par ce moyen pour le moment. Choisissez un autre moyen, ou réessayez dans quelques minutes.',
    next: 'Suivant',
    noneOfThese: 'Je ne peux utiliser aucun de ces moyens',
  },

  code: {
    headingEmail: 'Consultez vos e-mails',
    headingText: 'Consultez votre téléphone',
    headingAuthenticator: 'Ouvrez votre application d’authentification',
    leadEmail: (address) =>
      `Nous avons envoyé un code à six chiffres à l’adresse ${address}. Il devrait arriver d’ici une minute.`,
    leadText: (number) =>
      `Nous avons envoyé un SMS avec un code à six chiffres au ${number}. Il devrait arriver d’ici une minute.`,
    leadEmailUnseen:
      'Nous avons envoyé un code à six chiffres à l’adresse choisie. Il devrait arriver d’ici une minute.',
    leadTextUnseen:
      'Nous avons envoyé un SMS avec un code à six chiffres au téléphone choisi. Il devrait arriver d’ici une minute.',
    leadAuthenticator:
      'Cherchez ce compte dans l’application et saisissez les six chiffres qu’elle affiche maintenant.',
    validFor: (many) => `Le code est valable ${count(many, minutes)}. Regardez aussi dans le courrier indésirable.`,
    validForText: (many) => `Le code est valable ${count(many, minutes)}.`,
    code: 'Code à six chiffres',
    attemptsLeft: (attempts) =>
      `Il vous reste ${count(attempts, { one: '# tentative', many: '# tentatives', other: '# tentatives' })}.`,
    sentAgain: 'Un nouveau code est en route. Le précédent ne fonctionne plus.',
    verify: 'Vérifier',
    resend: 'Envoyer un nouveau code',
    otherMethod: 'Utiliser un autre moyen',
    problems: {
      missing: 'Saisissez les six chiffres.',
      malformed: 'Un code comporte six chiffres, par exemple 042\u00a0815.',
      wrong: 'Ce n’est pas le bon code. Vérifiez-le et réessayez.',
      expired: 'Ce code est trop ancien. Demandez-en un nouveau.',
      'already-used': 'Ce code a déjà été utilisé. Attendez que l’application en affiche un autre.',
      'too-many-sent':
        'Nous ne pouvons pas envoyer d’autre code pour le moment. Utilisez le plus récent, ou demandez-en un autre un peu plus tard.',
      'not-now': 'Trop de codes sont vérifiés en ce moment, et le vôtre n’a pas pu l’être. Réessayez dans une minute.',
    },
  },

  phone: {
    heading: 'Saisissez votre numéro de téléphone',
    lead: (number) =>
      `Saisissez en entier le numéro ${number}, et nous y enverrons un code. Ainsi, une personne qui ne connaît que votre nom ne peut pas vous faire envoyer de messages.`,
    leadUnseen:
      'Saisissez en entier le numéro du téléphone choisi, et nous y enverrons un code. Ainsi, une personne qui ne connaît que votre nom ne peut pas vous faire envoyer de messages.',
    number: 'Numéro de téléphone',
    hint: 'Avec le + et l’indicatif du pays, par exemple +44\u00a07700\u00a0900123. Les espaces sont acceptés.',
    send: 'Envoyer le code',
    problems: {
      missing: 'Saisissez le numéro de téléphone en entier.',
      malformed: 'Un numéro de téléphone commence par + et l’indicatif du pays, par exemple +44\u00a07700\u00a0900123.',
      wrong: 'Ce n’est pas le numéro que nous connaissons. Vérifiez-le, ou utilisez un autre moyen.',
      'too-many-sent':
        'Nous ne pouvons pas envoyer d’autre code pour le moment. Réessayez un peu plus tard, ou utilisez un autre moyen.',
    },
  },

  passkey: {
    heading: 'Utilisez votre clé d’accès',
    lead: 'Votre navigateur va vous demander votre empreinte, votre visage ou votre code PIN. Rien de cela ne quitte votre appareil.',
    use: 'Utiliser ma clé d’accès',
    noScript:
      'Les clés d’accès ont besoin de JavaScript. Activez-le pour ce site et rechargez la page, ou choisissez un autre moyen.',
    problems: {
      missing:
        'Aucune clé d’accès ne nous est parvenue. Appuyez sur le bouton et suivez votre navigateur. S’il ne demande rien, JavaScript est peut-être désactivé.',
      malformed:
        'Ce que votre navigateur a envoyé n’est pas une clé d’accès. Réessayez, ou utilisez un autre navigateur.',
      wrong:
        'Cette clé d’accès n’est pas celle de votre compte ici. Réessayez avec une clé que vous avez configurée pour lui.',
      expired: 'Cela a pris plus de temps que nous ne pouvons attendre. Appuyez encore une fois sur le bouton.',
      'counter-back':
        'Nous n’avons pas accepté cette clé d’accès, car quelqu’un pourrait en avoir une copie. Utilisez un autre moyen et prévenez votre administrateur.',
    },
    script: {
      waiting: 'Votre navigateur demande votre clé d’accès.',
      problems: {
        unsupported:
          'Ce navigateur ne peut pas utiliser de clés d’accès. Prenez un autre navigateur, un autre appareil ou un autre moyen.',
        cancelled:
          'Aucune clé d’accès n’a été utilisée. Réessayez sur l’appareil où se trouve la vôtre, ou utilisez un autre moyen.',
        misplaced:
          'Les clés d’accès ne fonctionnent pas à cette adresse. Utilisez un autre moyen ; votre administrateur peut y remédier.',
        failed:
          'Cela n’a pas fonctionné sur cet appareil. Réessayez, au besoin sur un autre appareil, ou utilisez un autre moyen.',
      },
    },
    setUp: {
      lead: 'Avec une clé d’accès, votre empreinte, votre visage ou un code PIN suffit pour prouver qui vous êtes, sans code à saisir. Votre navigateur vous aide à en créer une.',
      make: 'Créer une clé d’accès',
      noScript: 'Les clés d’accès ont besoin de JavaScript. Activez-le pour ce site et rechargez la page.',
      script: {
        waiting: 'Votre navigateur crée votre clé d’accès.',
        problems: {
          unsupported:
            'Ce navigateur ne peut pas créer de clés d’accès. Prenez un autre navigateur ou un autre appareil.',
          cancelled: 'Aucune clé d’accès n’a été créée. Appuyez sur le bouton pour réessayer.',
          misplaced: 'Les clés d’accès ne fonctionnent pas à cette adresse. Votre administrateur peut y remédier.',
          failed: 'Cela n’a pas fonctionné sur cet appareil. Réessayez, au besoin sur un autre appareil.',
          'there-already': 'Il y a déjà une clé d’accès pour ce compte sur cet appareil.',
        },
      },
      problems: {
        missing:
          'Aucune clé d’accès ne nous est parvenue. Appuyez sur le bouton et suivez votre navigateur. S’il ne demande rien, JavaScript est peut-être désactivé.',
        malformed:
          'Ce que votre navigateur a envoyé n’est pas une clé d’accès. Réessayez, ou utilisez un autre navigateur.',
        wrong: 'Cette clé d’accès ne peut pas servir ici. Réessayez, au besoin sur un autre appareil.',
        expired: 'Cela a pris plus de temps que nous ne pouvons attendre. Appuyez encore une fois sur le bouton.',
        'there-already': 'Vous avez déjà configuré cette clé d’accès.',
        'too-many':
          'Vous avez configuré autant de clés d’accès que possible. Supprimez d’abord celle que vous n’utilisez plus.',
      },
    },
  },

  recovery: {
    heading: 'Saisissez un code de récupération',
    lead: 'Prenez-en un que vous n’avez pas encore utilisé. Chacun sert une seule fois.',
    code: 'Code de récupération',
    hint: 'Seize lettres et chiffres. En majuscules ou en minuscules, avec ou sans tirets.',
    problems: {
      missing: 'Saisissez un code de récupération.',
      malformed: 'Un code de récupération compte seize lettres et chiffres, par exemple 7KQ2-M9XD-4TVB-HW83.',
      wrong: 'Ce code de récupération n’est pas le bon. Vérifiez-le et réessayez.',
      'already-used': 'Ce code de récupération a déjà servi. Prenez-en un autre.',
    },
  },

  securityQuestions: {
    heading: 'Répondez à vos questions de sécurité',
    lead: 'Répondez à chacune comme vous l’aviez fait en la configurant.',
    legend: 'Vos réponses',
    hint: 'Majuscules ou minuscules, peu importe. Vos réponses sont lisibles à l’écran : assurez-vous que personne ne regarde.',
    verify: 'Vérifier mes réponses',
    problems: {
      missing: 'Répondez à toutes les questions.',
      malformed: 'Répondez à toutes les questions. Chaque réponse compte au moins trois lettres ou chiffres.',
      wrong:
        'Au moins une réponse n’est pas la bonne. Pour votre sécurité, nous ne disons pas laquelle et posons à nouveau des questions.',
      expired: 'Ces questions sont restées ouvertes trop longtemps. Recommencez.',
      'not-now':
        'Trop de réponses sont vérifiées en ce moment, et les vôtres n’ont pas pu l’être. Réessayez dans une minute.',
    },
  },

  questionsSetup: {
    heading: 'Choisissez vos questions de sécurité',
    lead: (questions) =>
      `Choisissez ${count(questions, { one: '# question', many: '# questions', other: '# questions' })} et répondez-y. Nous vous en poserons quelques-unes quand vous réinitialiserez votre mot de passe.`,
    advice:
      'Choisissez des réponses que même vos proches ne devineraient pas, et que vous donnerez encore de la même façon dans un an. Une réponse n’a pas besoin d’être vraie.',
    weaker:
      'Les questions de sécurité sont le moyen le plus faible de prouver qui vous êtes. Si possible, configurez-en aussi un autre.',
    question: (number) => `Question n° ${number}`,
    choose: 'Choisir une question',
    answer: (number) => `Réponse à la question ${number}`,
    answerHint: 'De 3 à 40 caractères. Majuscules ou minuscules, peu importe.',
    save: 'Enregistrer mes réponses',
    replaces: 'Si vous avez déjà configuré des questions, celles-ci les remplacent.',
    problems: {
      missing: 'Choisissez une question et répondez-y.',
      malformed: 'Choisissez l’une des questions de la liste.',
      'question-twice': 'Vous avez déjà choisi cette question. Choisissez-en une autre.',
      'answer-too-short': 'Cette réponse est trop courte. Utilisez au moins 3 lettres ou chiffres.',
      'answer-too-long': 'Cette réponse est trop longue. Utilisez au plus 40 caractères.',
      'answer-in-question': 'Cette réponse figure dans la question et se devine facilement. Choisissez-en une autre.',
      'answer-is-name':
        'C’est votre nom d’utilisateur ou le nom de votre organisation, que d’autres connaissent. Choisissez une autre réponse.',
      'answers-alike':
        'Vous avez déjà donné cette réponse à une autre question. Donnez à chaque question une réponse différente.',
      'not-now': 'Nous ne pouvons pas enregistrer vos réponses pour le moment. Réessayez dans une minute.',
    },
  },

  newPassword: {
    heading: 'Choisissez un nouveau mot de passe',
    lead: 'Votre identité est confirmée. Quelques mots sans rapport entre eux font un mot de passe solide et facile à retenir.',
    account: 'Compte',
    rules: 'Les règles de votre organisation',
    rulesNone: 'L’annuaire de votre organisation vérifiera le nouveau mot de passe à la fin.',
    password: 'Nouveau mot de passe',
    again: 'Confirmer le nouveau mot de passe',
    show: 'Afficher ce que je tape',
    sealedFor: {
      organisation:
        'Votre mot de passe est chiffré dans ce navigateur avant d’être envoyé. Il ne peut être déchiffré qu’au sein de votre organisation, pas par nous.',
      'front-door': 'Votre mot de passe est chiffré dans ce navigateur avant d’être envoyé.',
    },
    finish: 'Changer le mot de passe',
    sending:
      'Nous chiffrons votre mot de passe et attendons la réponse de votre organisation. Cela peut prendre quelques secondes.',
    noScript:
      'Cette page a besoin de JavaScript : c’est lui qui chiffre votre mot de passe avant qu’il ne quitte cet appareil. Activez JavaScript pour ce site et rechargez la page, ou utilisez un autre navigateur.',
    strength: { weak: 'Robustesse : faible', fair: 'Robustesse : moyenne', strong: 'Robustesse : élevée' },
    strengthAdvice: 'Ajoutez un mot ou deux sans rapport entre eux.',
    notices: {
      'not-on-every-keyboard':
        'Ce mot de passe contient un caractère que tous les claviers n’ont pas. Assurez-vous de pouvoir le taper là où vous vous connectez.',
      'blank-at-the-edge': 'Ce mot de passe commence ou finit par une espace, qui se perd facilement.',
      'unusual-blank':
        'Ce mot de passe contient une espace particulière. Tapez-la avec la barre d’espace, ou ne la mettez pas.',
    },
    marks: { met: 'Respectée', 'not-yet': 'Pas encore', 'checked-later': 'Vérifiée à la fin' },
    announce: (met, all) =>
      `${count(met, { one: '# règle respectée', many: '# règles respectées', other: '# règles respectées' })} sur ${all}`,
    rule: {
      lengthAtLeast: (units) => `Au moins ${count(units, characters)}`,
      categories: (atLeast) =>
        `Au moins ${count(atLeast, { one: '# type', many: '# types', other: '# types' })} de caractères parmi ceux-ci : lettres majuscules, lettres minuscules, chiffres, symboles, lettres d’écritures sans majuscules, comme l’arabe ou le chinois`,
      withoutName: 'Ne contient ni votre nom ni votre nom d’utilisateur',
      notRecent: (remembered) =>
        remembered === 1
          ? 'Différent de votre mot de passe actuel'
          : `Différent de vos ${remembered} derniers mots de passe`,
      ageAtLeast: (hours) =>
        hours % 24 === 0
          ? `Votre dernier changement date d’au moins ${count(hours / 24, { one: '# jour', many: '# jours', other: '# jours' })}`
          : `Votre dernier changement date d’au moins ${count(hours, { one: '# heure', many: '# heures', other: '# heures' })}`,
      notGuessable: 'Pas de mot, d’expression ou de suite de caractères facile à deviner',
    },
    explained: {
      name: (words) => `Ce mot de passe contient ${words}, un nom qui est le vôtre ou celui de votre organisation.`,
      common: (words) => `Ce mot de passe se réduit presque à ${words}, que beaucoup de gens utilisent.`,
      banned: (words) =>
        `Ce mot de passe se réduit presque à ${words}, que votre organisation n’autorise pas dans les mots de passe.`,
      short: 'Ce mot de passe est si court qu’on peut le trouver à force d’essais.',
      advice: 'Choisissez quelques mots sans rapport avec vous ni entre eux.',
      quoted: (word) => `« ${word} »`,
    },
    problems: {
      missing: 'Saisissez un nouveau mot de passe.',
      different: 'Les deux mots de passe ne sont pas identiques. Saisissez-les à nouveau.',
      'too-short': 'Ce mot de passe est trop court. Ajoutez un mot ou deux.',
      'too-long': 'Ce mot de passe est trop long. Utilisez 127 caractères au plus.',
      'not-complex':
        'Ce mot de passe a besoin de types de caractères plus variés, comme des lettres majuscules, des lettres minuscules, des chiffres et des symboles.',
      'contains-name':
        'Ce mot de passe contient votre nom ou votre nom d’utilisateur. Choisissez-en un qui ne le contient pas.',
      'in-history': 'Vous avez déjà utilisé ce mot de passe. Choisissez-en un que vous n’avez jamais utilisé.',
      'too-young':
        'Votre mot de passe a été changé il y a peu de temps, et votre organisation demande d’attendre avant de le changer à nouveau. S’il vous en faut un nouveau maintenant, contactez votre administrateur.',
      'inadmissible-characters':
        'Ce mot de passe contient un caractère que l’annuaire de votre organisation n’accepte pas. Évitez les caractères que l’on ne peut pas taper sur tous les claviers.',
      'banned-word':
        'Ce mot de passe contient un mot, une expression ou une suite de caractères que beaucoup de gens utilisent : il est donc facile à deviner. Choisissez quelques mots sans rapport avec vous ni entre eux.',
      breached:
        'Ce mot de passe figure dans une liste de mots de passe volés ailleurs. Choisissez-en un que personne d’autre ne connaît.',
      'some-directory-rule':
        'L’annuaire de votre organisation a refusé ce mot de passe, sans dire quelle règle n’est pas respectée. Vous l’avez peut-être déjà utilisé. Essayez-en un bien différent.',
      'control-character':
        'Ce mot de passe contient un caractère impossible à taper au moment de se connecter, comme un saut de ligne. Retirez-le.',
      'invisible-character': 'Ce mot de passe contient un caractère invisible. Tapez-le au lieu de le coller.',
      'broken-character': 'Ce mot de passe contient un caractère incomplet. Tapez-le à nouveau.',
      'not-sealed':
        'Votre navigateur n’a pas chiffré le mot de passe : rien n’a donc été transmis. Rechargez cette page ; si cela ne suffit pas, utilisez un autre navigateur.',
      'seal-expired':
        'Cette page est restée ouverte trop longtemps pour servir encore. Rien n’a été modifié : saisissez une nouvelle fois le mot de passe choisi.',
      'directory-away':
        'L’annuaire de votre organisation était injoignable quand vous avez envoyé le mot de passe. Rien n’a été modifié, et il répond à nouveau : saisissez encore une fois le mot de passe choisi.',
    },
  },

  unlock: {
    heading: 'Déverrouillez votre compte',
    lead: 'Votre identité est confirmée. Votre compte va être déverrouillé, et votre mot de passe reste le même.',
    account: 'Compte',
    confirm: 'Déverrouiller mon compte',
    away: 'L’annuaire de votre organisation était injoignable au moment de votre demande. Rien n’a été modifié, et il répond à nouveau : vous pouvez réessayer.',
  },

  results: {
    signIn: 'Se connecter',
    changed: {
      heading: 'Votre mot de passe a été changé',
      lead: 'Votre organisation a accepté le nouveau mot de passe. Vous pouvez dès maintenant vous connecter avec celui-ci.',
      unlockedToo: 'Votre compte a aussi été déverrouillé.',
      next: 'Avant de partir',
      steps: [
        'Enregistrez le nouveau mot de passe partout où l’ancien est mémorisé : la messagerie de votre téléphone, le Wi-Fi, le VPN. Sinon, l’ancien continuera d’être essayé, ce qui peut verrouiller à nouveau votre compte.',
        'Les autres serveurs de votre organisation l’apprennent l’un après l’autre. Si le nouveau mot de passe n’est pas accepté tout de suite quelque part, attendez quelques minutes ; d’ici là, l’ancien peut encore y fonctionner.',
        'Un ordinateur hors de vos locaux peut demander l’ancien mot de passe tant qu’il ne s’est pas connecté une fois au réseau de votre organisation.',
      ],
      told: 'Nous vous envoyons un e-mail pour signaler ce changement. Si vous en recevez un jour un pour un changement qui ne vient pas de vous, appuyez aussitôt sur « Ce n’était pas moi » dans cet e-mail.',
    },
    unlocked: {
      heading: 'Votre compte est déverrouillé',
      lead: 'Connectez-vous avec votre mot de passe actuel.',
      next: 'S’il se verrouille à nouveau',
      steps: [
        'La cause habituelle est un appareil qui garde en mémoire un ancien mot de passe : la messagerie d’un téléphone, le Wi-Fi, le VPN.',
        'Si, finalement, vous avez un doute sur votre mot de passe, recommencez et choisissez « J’ai oublié mon mot de passe ».',
      ],
    },
    wasNotLocked: {
      heading: 'Votre compte n’était pas verrouillé',
      lead: 'Il n’y avait rien à déverrouiller : rien n’a donc été modifié. Si votre mot de passe n’est pas accepté, choisissez-en un nouveau.',
    },
    unknownReset: {
      heading: 'Nous n’avons pas pu savoir si votre mot de passe a été changé',
      lead: 'Votre nouveau mot de passe a été envoyé à l’annuaire de votre organisation, mais la réponse ne nous est pas parvenue. Nous préférons ne rien supposer.',
      next: 'Ce que vous pouvez faire maintenant',
      steps: [
        'Essayez d’abord de vous connecter avec le nouveau mot de passe.',
        'S’il ne fonctionne pas, essayez l’ancien. Si l’ancien fonctionne, rien n’a été modifié et vous pouvez recommencer.',
        'Si aucun des deux ne fonctionne, contactez votre administrateur et donnez-lui la référence d’assistance indiquée plus bas.',
      ],
    },
    unknownUnlock: {
      heading: 'Nous n’avons pas pu savoir si votre compte a été déverrouillé',
      lead: 'La demande a été envoyée à l’annuaire de votre organisation, mais la réponse ne nous est pas parvenue. Nous préférons ne rien supposer.',
      next: 'Ce que vous pouvez faire maintenant',
      steps: [
        'Essayez de vous connecter.',
        'Si votre compte est toujours verrouillé, recommencez dans quelques minutes. Le déverrouiller deux fois ne pose aucun problème.',
      ],
    },
    expired: {
      heading: 'Cela a pris trop de temps',
      lead: 'Votre demande était devenue trop ancienne quand l’annuaire de votre organisation aurait pu la traiter : rien n’a donc été modifié. Veuillez recommencer.',
    },
    notPermitted: {
      heading: 'Nous ne sommes pas autorisés à faire cela pour votre compte',
      lead: 'Vous n’y êtes pour rien. L’annuaire de votre organisation ne nous permet pas de faire cette modification, et réessayer n’y changera rien. Rien n’a été modifié.',
      advice:
        'Votre administrateur peut régler cela : dites-lui ce qui s’est passé et donnez-lui la référence d’assistance indiquée plus bas.',
    },
    refusedAfterReplacing:
      'Votre ancien mot de passe a été remplacé, mais le nouveau n’a pas été accepté. Choisissez-en un autre maintenant : d’ici là, il se peut qu’aucun mot de passe que vous connaissez ne fonctionne.',
    severalRules:
      'Ce mot de passe ne convient pas : plusieurs règles de votre organisation ne sont pas respectées. Choisissez-en un bien différent.',
    wrongCurrentPassword:
      'Ce n’est pas votre mot de passe actuel. Vérifiez-le et réessayez, ou indiquez que vous l’avez oublié.',
    accountLocked:
      'Votre compte est verrouillé : son mot de passe ne peut donc pas être changé. Commencez par déverrouiller le compte.',
    mustChange: 'Votre mot de passe est correct. Il vous a été attribué : choisissez d’abord le vôtre.',
    passwordExpired: 'Votre mot de passe est correct, mais il a expiré. Choisissez-en d’abord un nouveau.',
  },

  signedIn: signedInFr,

  contact: {
    heading: 'Contactez votre administrateur',
    lead: 'Votre administrateur peut vous aider à retrouver l’accès à votre compte.',
    leadNotHere: 'Vous ne pouvez pas réinitialiser ce mot de passe ici. Votre administrateur peut vous aider.',
    why: {
      'reset-not-turned-on': 'Votre organisation n’a pas activé la réinitialisation des mots de passe ici.',
      'person-not-enabled': 'La réinitialisation du mot de passe ici n’est pas activée pour votre compte.',
      'managed-on-premises':
        'Le mot de passe de votre compte est géré par votre administrateur, dans l’annuaire propre à votre organisation.',
      'not-permitted':
        'L’annuaire de votre organisation ne nous permet pas de faire cette modification. Vous n’y êtes pour rien.',
      'cannot-use-methods':
        'Vous ne pouvez utiliser aucun des moyens que vous avez configurés pour prouver votre identité.',
      'not-verified':
        'Nous n’avons pas pu vérifier votre compte avec ce que vous nous avez indiqué. Si une faute de frappe dans le nom est possible, recommencez d’abord.',
      blocked: 'Pour protéger votre compte, aucune autre tentative n’est acceptée pendant un certain temps.',
    },
    formLead: 'Écrivez quelques lignes, et nous les enverrons par e-mail à votre administrateur.',
    account: 'Votre adresse e-mail ou nom d’utilisateur au travail ou à l’école',
    reply: 'Comment peut-on vous joindre ?',
    replyHint: 'Un numéro de téléphone, ou une adresse e-mail que vous pouvez consulter en ce moment.',
    message: 'Que s’est-il passé ? (facultatif)',
    messageHint: 'N’écrivez jamais de mot de passe ni de code ici. Personne n’en a besoin pour vous aider.',
    send: 'Envoyer à mon administrateur',
    portalLead: 'Votre organisation a une page pour cela.',
    portal: 'Aller à la page d’aide de votre organisation',
    noWay:
      'Votre organisation ne nous a pas indiqué comment joindre votre administrateur. Adressez-vous à votre responsable ou au service d’assistance, sur place ou par téléphone.',
    problems: {
      'account-missing': 'Saisissez votre adresse e-mail ou votre nom d’utilisateur.',
      'account-too-long': 'C’est trop long pour une adresse e-mail ou un nom d’utilisateur.',
      'account-of-nobody':
        'Nous n’avons pu envoyer ce message à personne. Vérifiez que votre adresse e-mail ou votre nom d’utilisateur est complet, ou joignez votre administrateur d’une autre façon.',
      'reply-missing': 'Indiquez comment votre administrateur peut vous joindre.',
      'reply-too-long': 'Indiquez un seul numéro de téléphone ou une seule adresse e-mail.',
      'message-too-long': 'Écrivez 1 000 caractères au plus.',
      'not-sent':
        'Votre message n’a pas pu être envoyé pour le moment. Veuillez réessayer plus tard, ou joignez votre administrateur d’une autre façon.',
    },
    sentHeading: 'Votre message est en route',
    sentLead:
      'Il est adressé aux administrateurs de votre organisation. Avant toute modification, ils vous demanderont de prouver votre identité.',
    sentAdvice: 'Ils ne vous demanderont jamais votre mot de passe.',
  },

  disown: {
    heading: 'Ce n’était pas vous ?',
    lead: {
      'method-added': 'Un moyen de prouver votre identité a été ajouté à votre compte.',
      'method-removed': 'Un moyen de prouver votre identité a été retiré de votre compte.',
      reset: 'Le mot de passe de votre compte a été changé.',
      unlock: 'Votre compte a été déverrouillé.',
    },
    when: 'Date et heure',
    ifYou: 'Si c’était vous, fermez cette page. Il ne se passera rien.',
    ifNot: (days) =>
      `Si ce n’était pas vous, appuyez sur le bouton. Tout ce qui est en cours ici sur votre compte s’arrête aussitôt, et personne ne pourra le réinitialiser ni le déverrouiller ici tant que votre administrateur ne l’aura pas de nouveau permis, pendant ${count(days, { one: '# jour', many: '# jours', other: '# jours' })} au plus.`,
    willInvalidate:
      'Votre mot de passe deviendra lui aussi inutilisable, pour que personne qui l’aurait appris ne puisse se connecter avec. Votre administrateur vous en donnera un nouveau.',
    willRemove: (ways) =>
      count(ways, {
        one: 'Un moyen de prouver votre identité, ajouté alors ou depuis, sera retiré.',
        many: '# moyens de prouver votre identité, ajoutés alors ou depuis, seront retirés.',
        other: '# moyens de prouver votre identité, ajoutés alors ou depuis, seront retirés.',
      }),
    confirm: 'Ce n’était pas moi – tout arrêter',
    saidHeading: 'Nous avons tout arrêté',
    saidLead: (days) =>
      `Tout ce qui était en cours ici sur votre compte est terminé, et personne ne pourra le réinitialiser ni le déverrouiller ici tant que votre administrateur ne l’aura pas de nouveau permis, pendant ${count(days, { one: '# jour', many: '# jours', other: '# jours' })} au plus.`,
    waysRemoved: (ways) =>
      count(ways, {
        one: 'Nous avons retiré un moyen de prouver votre identité, ajouté alors ou depuis. S’il était de vous, vous pourrez le configurer de nouveau plus tard.',
        many: 'Nous avons retiré # moyens de prouver votre identité, ajoutés alors ou depuis. Ceux qui étaient de vous, vous pourrez les configurer de nouveau plus tard.',
        other:
          'Nous avons retiré # moyens de prouver votre identité, ajoutés alors ou depuis. Ceux qui étaient de vous, vous pourrez les configurer de nouveau plus tard.',
      }),
    isTold: 'Nous prévenons vos administrateurs par e-mail.',
    tellYourself: 'Prévenez maintenant votre administrateur et donnez-lui la référence d’assistance indiquée plus bas.',
    password: {
      kept: 'Votre mot de passe n’a pas été modifié. Si quelqu’un d’autre peut le connaître, demandez-en un nouveau à votre administrateur.',
      invalidated:
        'Le mot de passe de votre compte est désormais inutilisable : plus personne ne peut se connecter avec. Demandez-en un nouveau à votre administrateur.',
      'not-invalidated':
        'Nous voulions rendre votre mot de passe inutilisable, et cela n’a pas été possible. Demandez à votre administrateur de le changer tout de suite.',
      unknown:
        'Nous voulions rendre votre mot de passe inutilisable, et nous ne savons pas si cela a été fait. Demandez à votre administrateur de le changer tout de suite.',
    },
    unknownHeading: 'Ce lien a déjà servi ou n’est pas connu',
    unknownLead: 'Chacun de ces liens ne sert qu’une fois, et seulement pendant un certain temps.',
    unknownAdvice:
      'Si quelque chose a été fait sur votre compte sans que vous l’ayez demandé, contactez votre administrateur.',
  },

  stops: {
    cannotVerify: {
      heading: 'Nous n’avons pas pu vérifier votre compte',
      lead: 'Avec ce que vous nous avez indiqué, nous ne pouvons pas vous laisser continuer.',
      reasons: 'Il peut y avoir plusieurs raisons :',
      causes: [
        'L’adresse e-mail ou le nom d’utilisateur contient une faute de frappe.',
        'Vous n’avez pas configuré assez de moyens de prouver votre identité.',
        'Votre organisation ne propose pas ce service pour votre compte.',
      ],
      tryAgain: 'Réessayer',
    },
    tryLater: {
      heading: 'Réessayez plus tard',
      lead: {
        'before-proof':
          'Nous n’arrivons pas à joindre l’annuaire de votre organisation pour le moment. Nous nous arrêtons donc ici, pour ne pas vous faire perdre de temps. Rien n’a été modifié.',
        'at-the-end':
          'L’annuaire de votre organisation n’a pas pu être joint à l’instant. Rien n’a été modifié : votre compte est tel qu’il était avant.',
      },
      advice: 'En général, cela ne dure que quelques minutes.',
      staysProven:
        'Vous n’aurez pas à confirmer à nouveau votre identité, à condition de revenir dans le quart d’heure qui suit le début de votre démarche.',
      tryAgain: 'Réessayer',
    },
    blocked: {
      heading: 'Accès bloqué pour le moment',
      lead: 'Pour protéger votre compte, nous n’acceptons plus de tentatives pendant un certain temps.',
      until: (time) => `Vous pourrez réessayer à partir du ${time}.`,
      within: 'Vous pourrez réessayer 24 heures après la dernière tentative.',
      advice:
        'Si vous avez besoin de votre compte plus tôt, ou si ces tentatives ne venaient pas de vous, contactez votre administrateur.',
    },
    sessionOver: {
      heading: 'Le temps est écoulé',
      lead: (many) =>
        `Pour votre sécurité, vous avez ${count(many, minutes)} du début à la fin, et ce délai est passé. Rien n’a été modifié.`,
      startAgain: 'Recommencer',
    },
    endedElsewhere: {
      heading: 'La démarche s’est terminée ailleurs',
      lead: 'Entre-temps, une modification a été faite pour ce compte dans une autre fenêtre ou sur un autre appareil. Nous nous sommes donc arrêtés ici, et rien n’a été modifié depuis cette page.',
      advice:
        'Si c’était vous, il n’y a plus rien à faire ici. Sinon, suivez « Ce n’était pas moi » dans l’e-mail à ce sujet, ou contactez votre administrateur.',
      startAgain: 'Recommencer',
    },
    cookiesNeeded: {
      heading: 'Nous avons perdu le fil',
      lead: 'Nous n’avons pas pu savoir à quelle étape vous en êtes. Cela arrive quand les cookies sont bloqués, ou quand une page ouverte un autre jour est envoyée à nouveau. Rien n’a été modifié.',
      advice: 'Autorisez les cookies pour ce site, puis recommencez.',
    },
    somethingWrong: {
      heading: 'Un problème est survenu de notre côté',
      lead: 'L’erreur vient de nous, pas de vous. Elle a été enregistrée, et nous examinons ce genre d’incident.',
      advice:
        'Veuillez recommencer. Si cela se reproduit, contactez votre administrateur et donnez-lui la référence d’assistance indiquée plus bas.',
    },
    notFound: {
      heading: 'Cette page n’existe pas',
      lead: 'L’adresse contient peut-être une faute de frappe, ou la page a peut-être été déplacée.',
    },
  },
};
