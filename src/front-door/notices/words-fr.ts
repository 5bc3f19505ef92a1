// Every word of our mails in French: the one catalogue of this language.

import { pluralsOf } from '../languages/plural.js';
import type { NoticeWords } from './words-en.js';

const count = pluralsOf('fr-FR');

export const noticesInFrench: NoticeWords = {
  language: 'fr',
  locale: 'fr-FR',
  labelled: (label, value) => `${label} : ${value}`,
  supportId: 'Référence d’assistance',
  when: 'Date et heure',
  account: 'Compte',
  automatic: 'Cet e-mail a été envoyé automatiquement ; les réponses ne sont pas lues.',
  code: {
    subject: (organisation) => `${organisation} : votre code de vérification`,
    heading: 'Votre code de vérification',
    lead: 'Saisissez ce code sur la page où vous l’avez demandé :',
    validFor: (minutes) =>
      `Il est valable une seule fois, pendant ${count(minutes, { one: '# minute', many: '# minutes', other: '# minutes' })}. Ne le donnez à personne : aucun administrateur ni aucun service d’assistance ne vous le demandera.`,
    notYou:
      'Si vous n’avez pas demandé de code, quelqu’un a saisi votre nom. Sans ce code, cette personne ne peut pas continuer : vous n’avez rien à faire. Si cela se reproduit, prévenez votre administrateur.',
  },
  text: {
    code: (code, organisation) => `${code} est votre code pour ${organisation}. Ne le donnez à personne.`,
  },
  done: {
    subject: { reset: 'Votre mot de passe a été changé', unlock: 'Votre compte a été déverrouillé' },
    lead: {
      reset: 'Le mot de passe de votre compte a été changé, après les vérifications que demande votre organisation.',
      unlock:
        'Votre compte a été déverrouillé, après les vérifications que demande votre organisation. Son mot de passe est resté le même.',
    },
    you: 'Si c’était vous, vous n’avez rien d’autre à faire. Les appareils qui gardent en mémoire un ancien mot de passe, par exemple pour la messagerie d’un téléphone ou le Wi-Fi, ont besoin du mot de passe actuel.',
    notYou: 'Si ce n’était pas vous, dites-le tout de suite : ouvrez cette page et appuyez sur le bouton.',
    disown: 'Ce n’était pas moi',
    orTell: 'Prévenez aussi votre administrateur et donnez-lui la référence d’assistance.',
    notYouReach: (contact) => `Pour joindre votre administrateur : ${contact}.`,
  },
  disowned: {
    subject: (account) => `« Ce n’était pas moi » : ${account}`,
    heading: 'Quelqu’un vous dit : ce n’était pas moi',
    lead: {
      'method-added':
        'Un moyen de prouver son identité a été ajouté ici à ce compte, et la personne qui en a été avertie par e-mail dit que ce n’était pas elle.',
      'method-removed':
        'Un moyen de prouver son identité a été retiré ici de ce compte, et la personne qui en a été avertie par e-mail dit que ce n’était pas elle.',
      reset:
        'Le mot de passe de ce compte a été réinitialisé ici, et la personne qui en a été avertie par e-mail dit que ce n’était pas elle.',
      unlock:
        'Ce compte a été déverrouillé ici, et la personne qui en a été avertie par e-mail dit que ce n’était pas elle.',
    },
    doneAt: 'Date de l’opération',
    saidAt: 'Date du signalement',
    outcome: 'Code du résultat',
    stopped: (days) =>
      `Tout ce qui était en cours ici pour ce compte est terminé, et personne ne peut le réinitialiser ni le déverrouiller ici tant que vous ne l’aurez pas de nouveau permis, pendant ${count(days, { one: '# jour', many: '# jours', other: '# jours' })} au plus.`,
    waysRemoved: (ways) =>
      count(ways, {
        one: 'Un moyen de prouver son identité a été retiré : il avait été ajouté alors ou depuis.',
        many: '# moyens de prouver son identité ont été retirés : ils avaient été ajoutés alors ou depuis.',
        other: '# moyens de prouver son identité ont été retirés : ils avaient été ajoutés alors ou depuis.',
      }),
    password: {
      kept: 'Son mot de passe n’a pas été modifié : qui le connaît peut continuer à se connecter.',
      invalidated:
        'Son mot de passe a été remplacé par un autre que personne ne connaît : tant que vous n’en définissez pas un nouveau, personne ne peut se connecter par mot de passe.',
      'not-invalidated':
        'Son mot de passe devait être remplacé par un autre que personne ne connaît, et cela n’a pas été possible : qui le connaît peut continuer à se connecter.',
      unknown:
        'Son mot de passe devait être remplacé par un autre que personne ne connaît, et nul ne peut dire si cela a été fait : considérez que qui le connaît peut continuer à se connecter.',
    },
    now: 'À faire maintenant : appelez la personne au numéro que votre organisation possède. Si ce n’était pas elle, définissez un nouveau mot de passe, fermez les sessions ouvertes du compte et vérifiez quelles adresses et quelles méthodes y sont enregistrées.',
    look: 'Ces commandes montrent les moyens de prouver son identité que la personne a configurés ici, et en retirent un :',
    lift: 'Une fois cela réglé, cette commande permet à la personne d’utiliser à nouveau la page avant la fin du délai :',
  },
  method: {
    subject: {
      added: 'Un moyen de prouver votre identité a été ajouté',
      removed: 'Un moyen de prouver votre identité a été supprimé',
    },
    lead: {
      added: (method) => `Ce moyen a été ajouté à votre compte et permet d’y accéder de nouveau : ${method}.`,
      removed: (method) =>
        `Ce moyen a été supprimé de votre compte et ne permet plus d’y accéder de nouveau : ${method}.`,
    },
  },
  contact: {
    subject: (account) => `Demande d’aide pour un mot de passe : ${account}`,
    heading: 'Quelqu’un vous demande de l’aide pour un mot de passe',
    lead: 'Cette personne n’a pas pu réinitialiser elle-même un mot de passe et vous a écrit depuis la page de réinitialisation.',
    reply: 'Comment la joindre',
    why: 'Ce que notre page lui a dit',
    message: 'Son message :',
    noMessage: 'Elle n’a rien écrit de plus.',
    caution:
      'Personne n’a vérifié qui a écrit ce message. Avant de réinitialiser un mot de passe, assurez-vous de l’identité de la personne par un moyen auquel vous faites déjà confiance : appelez le numéro que votre organisation possède, pas celui qui est donné ici.',
  },
};
