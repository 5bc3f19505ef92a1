// What the pages for whoever knows their password say in French: signing in, changing the password, security info.

import { pluralsOf } from '../../../languages/plural.js';
import type { SignedInTexts } from './en.js';

const count = pluralsOf('fr-FR');

export const signedInFr: SignedInTexts = {
  door: {
    'security-info': 'Configurer vos moyens de prouver qui vous êtes',
    'change-password': 'Changer un mot de passe que vous connaissez',
  },

  name: {
    heading: { 'security-info': 'Vos informations de sécurité', 'change-password': 'Changer votre mot de passe' },
    lead: {
      'security-info':
        'Connectez-vous pour voir et modifier vos moyens de prouver qui vous êtes : ils vous rendront l’accès le jour où vous n’aurez plus votre mot de passe.',
      'change-password':
        'Il vous faut votre mot de passe actuel. Si vous ne l’avez plus, retrouvez plutôt l’accès à votre compte.',
    },
    forgot: 'J’ai oublié mon mot de passe',
  },

  entry: {
    heading: 'Saisissez votre mot de passe',
    lead: 'Celui avec lequel vous vous connectez au travail ou à l’école.',
    password: 'Mot de passe',
    signIn: 'Se connecter',
    other: 'Utiliser un autre compte',
    problems: {
      missing: 'Saisissez votre mot de passe.',
      wrong:
        'Nous n’avons pas pu vous connecter ainsi. Vérifiez votre adresse e-mail ou votre nom d’utilisateur et votre mot de passe. Si vous êtes sûr des deux, votre compte est peut-être verrouillé : retrouvez-y l’accès avec « J’ai oublié mon mot de passe ».',
      'seal-expired': 'Cette page est restée ouverte trop longtemps. Saisissez de nouveau votre mot de passe.',
      'not-sealed':
        'Votre navigateur n’a pas chiffré le mot de passe, donc rien n’a été transmis. Rechargez la page ; si cela ne suffit pas, utilisez un autre navigateur.',
      away: 'Nous ne pouvons pas vous connecter pour le moment : l’annuaire de votre organisation est injoignable ou n’accepte pas les connexions d’ici. Réessayez dans quelques minutes.',
    },
  },

  change: {
    heading: 'Changer votre mot de passe',
    lead: 'Saisissez encore une fois votre mot de passe actuel, puis celui que vous voulez.',
    must: {
      'must-change': 'Votre organisation vous demande de choisir un nouveau mot de passe avant de continuer.',
      'password-expired': 'Votre mot de passe a expiré. Choisissez-en un nouveau pour continuer.',
    },
    current: 'Mot de passe actuel',
  },

  info: {
    heading: 'Vos informations de sécurité',
    lead: 'Elles vous rendent l’accès à votre compte quand vous n’avez plus votre mot de passe. Gardez deux moyens qui ne dépendent pas du même appareil.',
    notEnabled:
      'Votre organisation n’a pas activé cette possibilité pour vous. Ce que vous avez configuré est conservé, mais ne peut pas être modifié ici.',
    enough: 'Vous avez configuré ce qu’il faut pour retrouver l’accès à votre compte.',
    missing: (kinds) =>
      `Configurez encore ${count(kinds, { one: '# moyen', many: '# moyens', other: '# moyens' })} : d’ici là, vous ne pouvez pas retrouver seul l’accès à votre compte.`,
    toConfirm: {
      heading: 'À confirmer par vous',
      lead: 'L’annuaire de votre organisation indique ceci. Nous y envoyons un code ; une fois ce code saisi, ce moyen vous permet lui aussi de retrouver l’accès à votre compte.',
    },
    yours: 'Ce que vous avez configuré',
    none: 'Rien pour l’instant.',
    directory: 'Détenu par votre organisation ; elle seule le modifie.',
    since: (date) => `Configuré le ${date}`,
    lastUsed: (date) => `Utilisé pour la dernière fois le ${date}`,
    codesLeft: (codes) => count(codes, { one: '# code restant', many: '# codes restants', other: '# codes restants' }),
    methods: {
      'email-code': 'Adresse e-mail',
      'text-message': 'Téléphone',
      'authenticator-code': 'Application d’authentification',
      passkey: 'Clé d’accès',
      'recovery-code': 'Codes de récupération',
      'security-questions': 'Questions de sécurité',
    },
    add: 'Ajouter un autre moyen',
    adding: {
      'email-code': 'Ajouter une adresse e-mail',
      'text-message': 'Ajouter un numéro de téléphone',
      'authenticator-code': 'Ajouter une application d’authentification',
      passkey: 'Ajouter une clé d’accès',
      'recovery-code': 'Créer des codes de récupération',
      'security-questions': 'Choisir des questions de sécurité',
    },
    addHints: {
      'email-code': 'Une adresse privée : vous devez pouvoir la lire sans votre mot de passe du travail ou de l’école.',
      'text-message': 'Il reçoit un code par SMS. De préférence un téléphone à vous, que vous gardez sur vous.',
      'authenticator-code':
        'Une application sur votre téléphone qui affiche un nouveau code toutes les demi-minutes, même sans réseau.',
      passkey:
        'Votre empreinte, votre visage ou un code PIN, sur cet appareil, votre téléphone ou une clé de sécurité. Sans code à saisir.',
      'recovery-code':
        'Dix codes à imprimer, valables une fois chacun. Les nouveaux remplacent tous ceux que vous avez.',
      'security-questions':
        'Des questions auxquelles vous répondez maintenant et de nouveau plus tard. D’autres peuvent deviner les réponses : tout autre moyen est plus sûr.',
    },
    tryIt: 'Essayer',
    tryHint: 'Essayez vos moyens dès maintenant, pour savoir qu’ils fonctionneront le jour venu. Cela ne modifie rien.',
    trying: 'Essai :',
    back: 'Revenir à vos informations de sécurité',
    change: 'Modifier',
    rename: 'Nom',
    renameHint: 'Le nom que vous lui donnez, par exemple « téléphone privé ».',
    save: 'Enregistrer le nom',
    removeHint: 'Une fois supprimé, ce moyen ne vous rend plus l’accès à votre compte.',
    remove: 'Supprimer',
    confirmFirst: 'Pour modifier quoi que ce soit, prouvez encore une fois que c’est vous.',
    confirm: 'Prouver que c’est moi',
    stillRight:
      'Cela fait un moment que vous ne les avez pas vérifiées. Tout est-il encore juste : pouvez-vous toujours lire ces adresses et avez-vous toujours ces appareils ?',
    allIsRight: 'Oui, tout est juste',
    signOut: 'Se déconnecter',
    news: {
      added: 'C’est configuré. Nous avons prévenu vos autres adresses.',
      'added-untold': 'C’est configuré.',
      removed: 'C’est supprimé. Nous avons prévenu vos adresses.',
      'removed-untold': 'C’est supprimé.',
      renamed: 'Le nom est enregistré.',
      confirmed: 'Merci. Nous vous reposerons la question plus tard.',
      works: 'Cela fonctionne :',
    },
    changePassword: 'Changer votre mot de passe',
  },

  setup: {
    email: {
      heading: 'Ajouter une adresse e-mail',
      lead: 'Nous y enverrons un code. Choisissez-en une que vous pouvez lire sans votre mot de passe du travail ou de l’école.',
      address: 'Adresse e-mail privée',
      send: 'Envoyer un code',
      codeHeading: 'Consultez vos e-mails',
    },
    phone: {
      heading: 'Ajouter un numéro de téléphone',
      lead: 'Nous y enverrons un code par SMS.',
      number: 'Numéro de téléphone',
      hint: 'Avec le + et l’indicatif du pays, par exemple +44\u00a07700\u00a0900123. Les espaces sont acceptés.',
      codeHeading: 'Consultez votre téléphone',
    },
    authenticator: {
      heading: 'Ajouter une application d’authentification',
      lead: 'Installez une application d’authentification sur votre téléphone si vous n’en avez pas. Dans l’application, ajoutez un compte et scannez ceci.',
      picture: 'Un code QR pour votre application d’authentification. La même clé figure dessous sous forme de texte.',
      cannotScan:
        'Si vous ne pouvez pas le scanner, ouvrez ce lien sur le téléphone ou saisissez la clé dans l’application :',
      open: 'Ouvrir dans une application de cet appareil',
      key: 'Clé',
      codeLead: 'Saisissez ensuite les six chiffres que l’application affiche.',
    },
    code: 'Code à six chiffres',
    begin: 'Recommencer',
    finish: 'Terminer',
    cancel: 'Annuler',
    recovery: {
      heading: 'Créer des codes de récupération',
      lead: 'Vous recevez dix codes, valables une fois chacun. Ceux d’avant ne fonctionnent plus.',
      make: 'Créer dix codes',
      shownHeading: 'Vos codes de récupération',
      shownLead:
        'Imprimez-les ou notez-les maintenant : ils ne seront plus affichés. Gardez-les là où personne d’autre ne les trouvera.',
      later: (address, way) =>
        `Si vous n’avez plus votre mot de passe, allez sur ${address} et choisissez « ${way} ». Rayez chaque code que vous avez utilisé.`,
      done: 'Je les ai conservés',
    },
    problems: {
      missing: 'Remplissez ce champ.',
      malformed: 'Vérifiez votre saisie : elle ne semble pas complète.',
      'not-served': 'Nous ne pouvons pas envoyer de SMS vers ce pays. Utilisez un autre numéro ou un autre moyen.',
      wrong: 'Ce code n’est pas le bon. Vérifiez-le et réessayez.',
      expired: 'Cela a pris trop de temps, ou il y a eu trop de tentatives. Recommencez.',
      'there-already': 'Vous l’avez déjà configuré.',
      'not-private':
        'Vous lisez cette adresse avec votre mot de passe du travail ou de l’école : si vous le perdez, elle ne vous aidera pas. Utilisez une adresse privée.',
      'too-many': 'Vous en avez autant qu’il est possible. Supprimez-en d’abord un.',
      'not-now': 'Nous ne pouvons rien envoyer pour le moment. Réessayez dans quelques minutes.',
      'too-many-sent':
        'Nous ne pouvons pas envoyer d’autre code pour le moment. Utilisez le plus récent, ou demandez-en un autre un peu plus tard.',
      blocked: 'Trop de codes ont été envoyés. Réessayez demain.',
    },
  },

  changed: {
    heading: 'Votre mot de passe est changé',
    lead: 'Utilisez-le dès maintenant partout où vous vous connectez avec ce compte.',
    unknownHeading: 'Nous ne savons pas s’il a été changé',
    unknownLead:
      'L’annuaire de votre organisation n’a pas répondu à temps. Essayez de vous connecter avec le nouveau mot de passe et, en cas d’échec, avec l’ancien.',
    notPermittedHeading: 'Votre organisation ne nous permet pas de le faire',
    notPermittedLead: 'Rien n’a été changé. Ce n’est pas votre faute : votre administrateur doit corriger un réglage.',
    again: 'Se connecter de nouveau',
  },
};
