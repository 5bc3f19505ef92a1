// What the pages for whoever knows their password say in Portuguese: signing in, changing the password, security info.

import { pluralsOf } from '../../../languages/plural.js';
import type { SignedInTexts } from './en.js';

const count = pluralsOf('pt-PT');

export const signedInPt: SignedInTexts = {
  door: {
    'security-info': 'Configurar como prova quem é',
    'change-password': 'Mudar uma senha que conhece',
  },

  name: {
    heading: { 'security-info': 'As suas informações de segurança', 'change-password': 'Mudar a senha' },
    lead: {
      'security-info':
        'Entre para ver e mudar como prova quem é: assim pode recuperar o acesso quando a senha se perder.',
      'change-password': 'Precisa da senha que tem agora. Se a perdeu, recupere antes o acesso à sua conta.',
    },
    forgot: 'Esqueci a minha senha',
  },

  entry: {
    heading: 'Digite a sua senha',
    lead: 'A que usa para entrar no trabalho ou na escola.',
    password: 'Senha',
    signIn: 'Entrar',
    other: 'Usar outra conta',
    problems: {
      missing: 'Digite a sua senha.',
      wrong:
        'Não foi possível entrar com esses dados. Confira o e-mail ou nome de utilizador e a senha. Se ambos estiverem certos, a conta pode estar bloqueada: recupere o acesso com “Esqueci a minha senha”.',
      'seal-expired': 'Esta página ficou aberta tempo demais. Digite a senha de novo.',
      'not-sealed':
        'O seu navegador não cifrou a senha, por isso nada foi enviado. Abra a página de novo; se não resultar, use outro navegador.',
      away: 'Não é possível entrar agora: o diretório da sua organização não responde ou não aceita entradas a partir daqui. Tente de novo daqui a alguns minutos.',
    },
  },

  change: {
    heading: 'Mudar a senha',
    lead: 'Digite outra vez a senha que tem agora e depois a que quer.',
    must: {
      'must-change': 'A sua organização pede que escolha uma senha nova antes de continuar.',
      'password-expired': 'A sua senha expirou. Escolha uma nova para continuar.',
    },
    current: 'Senha atual',
  },

  info: {
    heading: 'As suas informações de segurança',
    lead: 'São elas que permitem recuperar o acesso à conta quando a senha se perde. Tenha duas formas que não dependam do mesmo aparelho.',
    notEnabled:
      'A sua organização não ativou isto para si. O que configurou fica guardado, mas não pode ser mudado aqui.',
    enough: 'Já configurou o suficiente para recuperar o acesso à sua conta.',
    missing: (kinds) =>
      `Configure mais ${count(kinds, { one: '# forma', many: '# formas', other: '# formas' })}: até lá não consegue recuperar o acesso sem ajuda.`,
    toConfirm: {
      heading: 'Por confirmar',
      lead: 'Isto consta do diretório da sua organização. Enviamos para lá um código; depois de o introduzir, esta forma também permite recuperar o acesso à sua conta.',
    },
    yours: 'O que já configurou',
    none: 'Ainda nada.',
    directory: 'Guardado pela sua organização; só ela o muda.',
    since: (date) => `Configurado em ${date}`,
    lastUsed: (date) => `Usado pela última vez em ${date}`,
    codesLeft: (codes) => count(codes, { one: 'Resta # código', many: 'Restam # códigos', other: 'Restam # códigos' }),
    methods: {
      'email-code': 'Endereço de e-mail',
      'text-message': 'Telefone',
      'authenticator-code': 'Autenticador (app)',
      passkey: 'Chave de acesso',
      'recovery-code': 'Códigos de recuperação',
      'security-questions': 'Perguntas de segurança',
    },
    add: 'Adicionar outra forma',
    adding: {
      'email-code': 'Adicionar um endereço de e-mail',
      'text-message': 'Adicionar um número de telefone',
      'authenticator-code': 'Adicionar um autenticador (app)',
      passkey: 'Adicionar uma chave de acesso',
      'recovery-code': 'Criar códigos de recuperação',
      'security-questions': 'Escolher perguntas de segurança',
    },
    addHints: {
      'email-code': 'Um endereço privado: tem de o poder ler sem a senha do trabalho ou da escola.',
      'text-message': 'Recebe um código por SMS. De preferência um telefone seu, que tenha sempre consigo.',
      'authenticator-code': 'Um app no telemóvel ou celular que mostra um código novo a cada meio minuto, sem rede.',
      passkey:
        'A impressão digital, o rosto ou um PIN, neste dispositivo, no telefone ou numa chave de segurança. Sem digitar códigos.',
      'recovery-code': 'Dez códigos para imprimir, cada um serve uma vez. Os novos substituem todos os que tiver.',
      'security-questions':
        'Perguntas que responde agora e de novo mais tarde. Outras pessoas podem adivinhar as respostas: qualquer outra forma é mais segura.',
    },
    tryIt: 'Experimentar',
    tryHint: 'Experimente-as agora, para saber que funcionam quando precisar delas. Nada muda com isso.',
    trying: 'Em teste:',
    back: 'Voltar às suas informações de segurança',
    change: 'Alterar',
    rename: 'Nome',
    renameHint: 'O nome que lhe dá, por exemplo “telefone pessoal”.',
    save: 'Guardar o nome',
    removeHint: 'Se remover, já não serve para voltar a entrar na sua conta.',
    remove: 'Remover',
    confirmFirst: 'Para mudar alguma coisa, prove outra vez quem é.',
    confirm: 'Provar quem sou',
    stillRight:
      'Já não vê isto há algum tempo. Ainda está tudo certo: consegue ler os endereços e ainda tem os aparelhos?',
    allIsRight: 'Sim, está tudo certo',
    signOut: 'Sair',
    news: {
      added: 'Ficou configurado. Os seus outros endereços foram avisados.',
      'added-untold': 'Ficou configurado.',
      removed: 'Foi removido. Os seus endereços foram avisados.',
      'removed-untold': 'Foi removido.',
      renamed: 'O nome está guardado.',
      confirmed: 'Obrigado. A pergunta volta daqui a algum tempo.',
      works: 'Funciona:',
    },
    changePassword: 'Mudar a senha',
  },

  setup: {
    email: {
      heading: 'Adicionar um endereço de e-mail',
      lead: 'Será enviado um código para lá. Escolha um que possa ler sem a senha do trabalho ou da escola.',
      address: 'Endereço de e-mail privado',
      send: 'Enviar um código',
      codeHeading: 'Veja o seu e-mail',
    },
    phone: {
      heading: 'Adicionar um número de telefone',
      lead: 'Será enviado um código por SMS para lá.',
      number: 'Número de telefone',
      hint: 'Com + e o indicativo do país, como +44\u00a07700\u00a0900123. Pode deixar espaços.',
      codeHeading: 'Veja o seu telefone',
    },
    authenticator: {
      heading: 'Adicionar um autenticador (app)',
      lead: 'Instale um autenticador no telemóvel ou celular, se ainda não tiver um. No autenticador, adicione uma conta e leia esta imagem.',
      picture: 'Um código QR para o seu autenticador. A mesma chave está por baixo em texto.',
      cannotScan: 'Se não conseguir ler a imagem, abra isto no aparelho ou digite a chave no autenticador:',
      open: 'Abrir num app deste aparelho',
      key: 'Chave',
      codeLead: 'Depois digite os seis dígitos que o autenticador mostra.',
    },
    code: 'Código de seis dígitos',
    begin: 'Começar de novo',
    finish: 'Concluir',
    cancel: 'Cancelar',
    recovery: {
      heading: 'Criar códigos de recuperação',
      lead: 'Recebe dez códigos, cada um serve uma vez. Os que já tinha deixam de servir.',
      make: 'Criar dez códigos',
      shownHeading: 'Os seus códigos de recuperação',
      shownLead: 'Imprima-os ou anote-os agora: não voltam a ser mostrados. Guarde-os onde mais ninguém os encontre.',
      later: (address, way) =>
        `Se ficar sem senha, vá a ${address} e escolha “${way}”. Risque cada código que já usou.`,
      done: 'Já os guardei',
    },
    problems: {
      missing: 'Preencha este campo.',
      malformed: 'Confira o que escreveu: parece incompleto.',
      'not-served': 'Não é possível enviar SMS para esse país. Use outro número ou outra forma.',
      wrong: 'Esse código não está certo. Confira e tente de novo.',
      expired: 'Demorou demais ou houve tentativas a mais. Comece de novo.',
      'there-already': 'Já configurou este.',
      'not-private':
        'Este é lido com a senha do trabalho ou da escola: se a perder, não lhe serve de nada. Use um endereço privado.',
      'too-many': 'Não pode ter mais destes. Remova um primeiro.',
      'not-now': 'Agora não é possível enviar nada. Tente de novo daqui a alguns minutos.',
      'too-many-sent': 'Não podemos enviar outro código agora. Use o mais recente ou peça um novo daqui a pouco.',
      blocked: 'Foram enviados códigos a mais. Tente amanhã.',
    },
  },

  changed: {
    heading: 'A sua senha foi mudada',
    lead: 'Use-a a partir de agora onde quer que entre com esta conta.',
    unknownHeading: 'Não sabemos se foi mudada',
    unknownLead:
      'O diretório da sua organização não respondeu a tempo. Tente entrar com a senha nova e, se não resultar, com a antiga.',
    notPermittedHeading: 'A sua organização não nos permite fazer isto',
    notPermittedLead: 'Nada foi mudado. A culpa não é sua: o administrador tem de corrigir alguma coisa.',
    again: 'Entrar de novo',
  },
};
