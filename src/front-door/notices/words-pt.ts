// Every word of our mails in Portuguese, for Portugal and Brazil alike: the one catalogue of this language.

import { pluralsOf } from '../languages/plural.js';
import type { NoticeWords } from './words-en.js';

const count = pluralsOf('pt-PT');

export const noticesInPortuguese: NoticeWords = {
  language: 'pt',
  locale: 'pt-PT',
  labelled: (label, value) => `${label}: ${value}`,
  supportId: 'ID de suporte',
  when: 'Quando',
  account: 'Conta',
  automatic: 'Este e-mail foi enviado automaticamente; as respostas a ele não são lidas.',
  code: {
    subject: (organisation) => `${organisation}: o seu código de verificação`,
    heading: 'O seu código de verificação',
    lead: 'Digite este código na página onde o pediu:',
    validFor: (minutes) =>
      `Funciona uma só vez, e durante ${count(minutes, { one: '# minuto', many: '# minutos', other: '# minutos' })}. Não o dê a ninguém: nenhum administrador e nenhum suporte técnico vai pedir este código.`,
    notYou:
      'Se não pediu um código, alguém digitou o seu nome. Sem este código, essa pessoa não pode avançar: não é preciso fazer nada. Se voltar a acontecer, avise o seu administrador.',
  },
  text: {
    code: (code, organisation) => `${code} é o seu código para ${organisation}. Não o dê a ninguém.`,
  },
  done: {
    subject: { reset: 'A sua senha foi alterada', unlock: 'A sua conta foi desbloqueada' },
    lead: {
      reset: 'A senha da sua conta foi alterada, depois das verificações que a sua organização pede.',
      unlock:
        'A sua conta foi desbloqueada, depois das verificações que a sua organização pede. A senha continua a mesma.',
    },
    you: 'Se o pedido foi seu, não há mais nada a fazer. Os dispositivos que ainda têm uma senha antiga, como o e-mail ou o Wi-Fi de um telefone, precisam da atual.',
    notYou: 'Se o pedido não foi seu, diga-o imediatamente: abra esta página e carregue no botão.',
    disown: 'Não fui eu',
    orTell: 'Avise também o seu administrador e indique o ID de suporte.',
    notYouReach: (contact) => `Onde falar com o administrador: ${contact}.`,
  },
  disowned: {
    subject: (account) => `“Não fui eu”: ${account}`,
    heading: 'Alguém diz: não fui eu',
    lead: {
      'method-added':
        'Foi adicionada aqui a esta conta uma forma de provar quem se é, e a pessoa que foi avisada por e-mail diz que não foi ela.',
      'method-removed':
        'Foi removida aqui desta conta uma forma de provar quem se é, e a pessoa que foi avisada por e-mail diz que não foi ela.',
      reset: 'A senha desta conta foi redefinida aqui, e a pessoa que foi avisada por e-mail diz que não foi ela.',
      unlock: 'Esta conta foi desbloqueada aqui, e a pessoa que foi avisada por e-mail diz que não foi ela.',
    },
    doneAt: 'Data da operação',
    saidAt: 'Data do aviso',
    outcome: 'Código do resultado',
    stopped: (days) =>
      `Tudo o que estava em curso aqui para esta conta terminou, e ninguém a pode redefinir ou desbloquear aqui até o permitir de novo ou ${count(days, { one: 'passar # dia', many: 'passarem # dias', other: 'passarem # dias' })}.`,
    waysRemoved: (ways) =>
      count(ways, {
        one: 'Foi removida uma forma de provar quem se é, adicionada nessa altura ou depois.',
        many: 'Foram removidas # formas de provar quem se é, adicionadas nessa altura ou depois.',
        other: 'Foram removidas # formas de provar quem se é, adicionadas nessa altura ou depois.',
      }),
    password: {
      kept: 'A senha continua a mesma: quem a conhece pode continuar a entrar.',
      invalidated:
        'A senha foi substituída por uma que ninguém conhece: até definir uma nova, ninguém pode entrar com senha.',
      'not-invalidated':
        'A senha devia ser substituída por uma que ninguém conhece, e não foi possível: quem a conhece pode continuar a entrar.',
      unknown:
        'A senha devia ser substituída por uma que ninguém conhece, e não se pode saber se isso foi feito: conte que quem a conhece pode continuar a entrar.',
    },
    now: 'Faça isto agora: ligue à pessoa para o número que a organização tem. Se não foi ela, defina uma nova senha, termine as sessões abertas da conta e verifique que endereços e métodos estão registados.',
    look: 'Estes comandos mostram que formas de provar quem é a pessoa configurou aqui, e removem uma delas:',
    lift: 'Quando estiver resolvido, este comando permite à pessoa voltar a usar a página antes do fim do prazo:',
  },
  method: {
    subject: { added: 'Uma forma de provar quem é foi adicionada', removed: 'Uma forma de provar quem é foi removida' },
    lead: {
      added: (method) => `Foi adicionado à sua conta e serve para voltar a entrar nela: ${method}.`,
      removed: (method) => `Foi removido da sua conta e já não serve para voltar a entrar nela: ${method}.`,
    },
  },
  contact: {
    subject: (account) => `Pedido de ajuda com uma senha: ${account}`,
    heading: 'Alguém pede a sua ajuda com uma senha',
    lead: 'Esta pessoa não conseguiu redefinir uma senha por conta própria e escreveu a partir da página de redefinição.',
    reply: 'Responder para',
    why: 'O que a nossa página lhe disse',
    message: 'O que a pessoa escreveu:',
    noMessage: 'A pessoa não escreveu mais nada.',
    caution:
      'Ninguém verificou quem escreveu isto. Antes de redefinir uma senha, confirme a identidade da pessoa por um meio em que já confia: ligue para o número que a organização tem, e não para o que está indicado aqui.',
  },
};
