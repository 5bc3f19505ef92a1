// Every word the pages say in Portuguese: the one catalogue of this language.
// For Portugal and Brazil alike: no word, spelling or verb form that only one of them has ("foi enviado", not "enviámos" or "enviamos").

import { pluralsOf } from '../../languages/plural.js';
import type { Texts } from './en.js';
import { signedInPt } from './signed-in/pt.js';

const count = pluralsOf('pt-PT');

export const pt: Texts = {
  language: 'pt',
  locale: 'pt-PT',
  direction: 'ltr',

  layout: {
    title: (heading, organisation) => `${heading} – ${organisation}`,
    titleWithErrors: (title) => `Erro: ${title}`,
    skipToContent: 'Ir para o conteúdo principal',
    supportId: 'ID de suporte',
    errorSummary: 'Há um problema',
    errorPrefix: 'Erro:',
    progressLabel: 'Em que passo está',
    progressDone: 'concluído:',
    backToStart: 'Começar de novo',
    contactAdministrator: 'Falar com o administrador',
    languages: 'Idioma',
  },

  progress: {
    account: () => 'Conta',
    identity: () => 'Identidade',
    finish: (operation) => (operation === 'unlock' ? 'Desbloqueio' : 'Senha'),
  },

  signIn: {
    heading: (organisation) => `Boas-vindas a ${organisation}`,
    lead: 'É aqui que se recupera o acesso à conta do trabalho ou da escola quando a senha se perdeu ou a conta está bloqueada.',
    cannotAccess: 'Não consegue entrar na sua conta?',
    goToSignIn: 'Ir para a página de login',
  },

  start: {
    heading: 'Recupere o acesso à sua conta',
    lead: 'Diga quem é e mostre que não é um robô.',
    settingsChanged: 'A sua organização mudou as configurações nesse meio-tempo; por favor, comece de novo aqui.',
    userId: 'Endereço de e-mail ou nome de acesso',
    userIdHint: 'O que usa para entrar no trabalho ou na escola, como ada@example.com.',
    picture: 'Caracteres da imagem',
    pictureDescribed:
      'Imagem com seis letras e dígitos tortos. Mais abaixo, pode escolher uma pergunta em palavras no lugar dela.',
    pictureHint: 'Pode usar maiúsculas ou minúsculas.',
    newCharacters: 'Novos caracteres',
    useWords: 'Responder a uma pergunta em vez da imagem',
    words: 'Uma pergunta, para mostrar que não é um robô',
    wordsHint: 'Digite a resposta. Pode usar maiúsculas ou minúsculas.',
    newQuestion: 'Outra pergunta',
    usePicture: 'Usar uma imagem em vez da pergunta',
    next: 'Continuar',
    problems: {
      'user-id-missing': 'Digite o seu endereço de e-mail ou nome de acesso.',
      'user-id-too-long': 'Isto é longo demais para um endereço de e-mail ou nome de acesso. Confira e tente de novo.',
      'challenge-missing': 'Digite os caracteres da imagem ou responda a uma pergunta no lugar dela.',
      'challenge-answer-missing': 'Digite a sua resposta à pergunta.',
      'challenge-wrong': 'Não é isso que a imagem mostra. Aqui estão novos caracteres.',
      'challenge-answer-wrong': 'A resposta não era essa. Aqui está outra pergunta.',
      'challenge-expired': 'O tempo para essa imagem ou pergunta acabou. Aqui está uma nova.',
    },
  },

  trouble: {
    heading: 'Qual é a dificuldade para entrar na conta?',
    legend: 'Escolha o seu caso',
    locked: 'Neste momento, a sua conta está bloqueada.',
    forgot: 'Esqueci a senha',
    forgotHint: 'Escolha uma nova. Se a sua conta estiver bloqueada, isto também a desbloqueia.',
    unlock: 'Sei a senha, mas mesmo assim não consigo entrar',
    unlockHint: 'Desbloqueie a conta e continue com a senha que já tem.',
    missing: 'Escolha uma das duas opções.',
    next: 'Continuar',
  },

  method: {
    heading: 'Confirme a sua identidade',
    gate: (gate, gates) => `Verificação ${gate} de ${gates}`,
    lead: 'Escolha como quer provar quem é.',
    leadSecond: 'Mais uma verificação, de uma forma diferente da primeira.',
    legend: 'Formas que já configurou',
    email: 'Receber um código por e-mail',
    emailHint: (address) => `Em ${address}`,
    emailHintUnseen: 'No seu endereço de e-mail',
    emailHintNumbered: (number) => `No seu endereço de e-mail ${number}`,
    text: 'Receber um código por SMS',
    textHint: (number) => `No ${number}`,
    textHintUnseen: 'No seu telefone',
    textHintNumbered: (number) => `No seu telefone ${number}`,
    authenticator: 'Usar o autenticador (app)',
    authenticatorHint: 'Digite os seis dígitos que o autenticador mostra.',
    passkey: 'Usar uma chave de acesso',
    passkeyHint:
      'Com a impressão digital, o rosto ou um PIN: neste dispositivo, no telefone ou numa chave de segurança.',
    recovery: 'Usar um código de recuperação',
    recoveryHint: 'Um dos que imprimiu ou anotou.',
    questions: 'Responder às minhas perguntas de segurança',
    questionsHint: 'As que escolheu e respondeu antes.',
    missing: 'Escolha uma das formas.',
    notSent:
      'Agora não conseguimos enviar um código desta forma. Escolha outra ou tente de novo daqui a alguns minutos.',
    next: 'Continuar',
    noneOfThese: 'Não posso usar nenhuma destas formas',
  },

  code: {
    headingEmail: 'Veja o seu e-mail',
    headingText: 'Veja o seu telefone',
    headingAuthenticator: 'Abra o autenticador',
    leadEmail: (address) => `Foi enviado um código de seis dígitos para ${address}. Deve chegar em menos de um minuto.`,
    leadText: (number) =>
      `Foi enviado um SMS com um código de seis dígitos para ${number}. Deve chegar em menos de um minuto.`,
    leadEmailUnseen:
      'Foi enviado um código de seis dígitos para o endereço escolhido. Deve chegar em menos de um minuto.',
    leadTextUnseen:
      'Foi enviado um SMS com um código de seis dígitos para o telefone escolhido. Deve chegar em menos de um minuto.',
    leadAuthenticator: 'Procure esta conta no autenticador e digite os seis dígitos que ele mostra agora.',
    validFor: (minutes) =>
      `O código funciona durante ${count(minutes, { one: '# minuto', many: '# minutos', other: '# minutos' })}. Procure também no spam.`,
    validForText: (minutes) =>
      `O código funciona durante ${count(minutes, { one: '# minuto', many: '# minutos', other: '# minutos' })}.`,
    code: 'Código de seis dígitos',
    attemptsLeft: (attempts) =>
      `${count(attempts, { one: 'Resta # tentativa', many: 'Restam # tentativas', other: 'Restam # tentativas' })}.`,
    sentAgain: 'Um novo código está a caminho. O anterior já não funciona.',
    verify: 'Verificar',
    resend: 'Enviar um novo código',
    otherMethod: 'Usar outra forma',
    problems: {
      missing: 'Digite os seis dígitos.',
      malformed: 'O código tem seis dígitos, como 042\u00a0815.',
      wrong: 'Este código não está certo. Confira e tente de novo.',
      expired: 'Este código já não é válido. Peça um novo.',
      'already-used': 'Este código já foi usado. Espere até que o autenticador mostre outro.',
      'too-many-sent': 'Não podemos enviar outro código agora. Use o mais recente ou peça um novo daqui a pouco.',
      'not-now':
        'Há tantos códigos a verificar agora que o seu não chegou a ser visto. Tente de novo daqui a um minuto.',
    },
  },

  phone: {
    heading: 'Digite o seu número de telefone',
    lead: (number) =>
      `Digite o número completo de ${number} e enviamos um código para lá. Assim, quem só sabe o seu nome não consegue que lhe cheguem mensagens.`,
    leadUnseen:
      'Digite o número completo do telefone escolhido e enviamos um código para lá. Assim, quem só sabe o seu nome não consegue que lhe cheguem mensagens.',
    number: 'Número de telefone',
    hint: 'Com + e o indicativo do país, como +44\u00a07700\u00a0900123. Pode deixar espaços.',
    send: 'Enviar o código',
    problems: {
      missing: 'Digite o número de telefone completo.',
      malformed: 'Um número de telefone começa por + e o indicativo do país, como +44\u00a07700\u00a0900123.',
      wrong: 'Este não é o número de telefone que temos. Confira ou use outra forma.',
      'too-many-sent': 'Não podemos enviar outro código agora. Tente de novo daqui a pouco ou use outra forma.',
    },
  },

  passkey: {
    heading: 'Use a sua chave de acesso',
    lead: 'O navegador vai pedir a impressão digital, o rosto ou o PIN. Nada disso sai do seu dispositivo.',
    use: 'Usar a chave de acesso',
    noScript:
      'As chaves de acesso precisam de JavaScript. Ative-o para este site e abra a página de novo, ou escolha outra forma.',
    problems: {
      missing:
        'Não nos chegou nenhuma chave de acesso. Toque no botão e siga o que o navegador pedir. Se ele não pedir nada, o JavaScript pode estar desativado.',
      malformed: 'O que o navegador enviou não é uma chave de acesso. Tente de novo ou use outro navegador.',
      wrong: 'Esta chave de acesso não é da sua conta aqui. Tente de novo com uma que tenha configurado para ela.',
      expired: 'Demorou mais do que podemos esperar. Toque no botão outra vez.',
      'counter-back':
        'Não aceitamos esta chave de acesso porque alguém pode ter uma cópia dela. Use outra forma e avise o seu administrador.',
    },
    script: {
      waiting: 'O navegador está pedindo a sua chave de acesso.',
      problems: {
        unsupported:
          'Este navegador não pode usar chaves de acesso. Use outro navegador, outro dispositivo ou outra forma.',
        cancelled: 'Nenhuma chave de acesso foi usada. Tente de novo no dispositivo que tem a sua, ou use outra forma.',
        misplaced:
          'As chaves de acesso não funcionam neste endereço. Use outra forma; o seu administrador pode resolver isso.',
        failed:
          'Não funcionou neste dispositivo. Tente de novo, noutro dispositivo se for preciso, ou use outra forma.',
      },
    },
    setUp: {
      lead: 'Com uma chave de acesso, prova quem é com a impressão digital, o rosto ou um PIN, sem digitar nenhum código. O navegador ajuda a criar uma.',
      make: 'Criar uma chave de acesso',
      noScript: 'As chaves de acesso precisam de JavaScript. Ative-o para este site e abra a página de novo.',
      script: {
        waiting: 'O navegador está criando a sua chave de acesso.',
        problems: {
          unsupported: 'Este navegador não pode criar chaves de acesso. Use outro navegador ou outro dispositivo.',
          cancelled: 'Nenhuma chave de acesso foi criada. Toque no botão para tentar de novo.',
          misplaced: 'As chaves de acesso não funcionam neste endereço. O seu administrador pode resolver isso.',
          failed: 'Não funcionou neste dispositivo. Tente de novo, noutro dispositivo se for preciso.',
          'there-already': 'Neste dispositivo já existe uma chave de acesso para esta conta.',
        },
      },
      problems: {
        missing:
          'Não nos chegou nenhuma chave de acesso. Toque no botão e siga o que o navegador pedir. Se ele não pedir nada, o JavaScript pode estar desativado.',
        malformed: 'O que o navegador enviou não é uma chave de acesso. Tente de novo ou use outro navegador.',
        wrong: 'Esta chave de acesso não pode ser usada aqui. Tente de novo, noutro dispositivo se for preciso.',
        expired: 'Demorou mais do que podemos esperar. Toque no botão outra vez.',
        'there-already': 'Esta chave de acesso já está configurada.',
        'too-many': 'Já configurou todas as chaves de acesso possíveis. Remova primeiro uma que já não usa.',
      },
    },
  },

  recovery: {
    heading: 'Escreva um código de recuperação',
    lead: 'Escolha um que ainda não tenha usado. Cada um serve uma só vez.',
    code: 'Código de recuperação',
    hint: 'São 16 letras e números. Maiúsculas ou minúsculas, com ou sem hífens.',
    problems: {
      missing: 'Escreva um código de recuperação.',
      malformed: 'Um código de recuperação tem 16 letras e números, por exemplo 7KQ2-M9XD-4TVB-HW83.',
      wrong: 'Esse código de recuperação não está certo. Confira e tente de novo.',
      'already-used': 'Esse código de recuperação já foi usado. Escolha outro.',
    },
  },

  securityQuestions: {
    heading: 'Responda às suas perguntas de segurança',
    lead: 'Responda a cada uma tal como quando a configurou.',
    legend: 'As suas respostas',
    hint: 'Tanto faz usar maiúsculas ou minúsculas. As suas respostas ficam visíveis: confirme que mais ninguém as vê.',
    verify: 'Verificar as minhas respostas',
    problems: {
      missing: 'Responda a todas as perguntas.',
      malformed: 'Responda a todas as perguntas. Cada resposta tem pelo menos três letras ou números.',
      wrong: 'Pelo menos uma resposta não está certa. Para sua segurança não dizemos qual, e perguntamos de novo.',
      expired: 'Estas perguntas ficaram abertas tempo demais. Comece de novo.',
      'not-now':
        'Há tantas respostas a verificar agora que as suas não chegaram a ser vistas. Tente de novo daqui a um minuto.',
    },
  },

  questionsSetup: {
    heading: 'Escolha as suas perguntas de segurança',
    lead: (questions) =>
      `Escolha ${count(questions, { one: '# pergunta', many: '# perguntas', other: '# perguntas' })} e responda-as. Quando redefinir a senha, faremos algumas delas.`,
    advice:
      'Escolha respostas que nem os seus conhecidos adivinhem e que daqui a um ano ainda dará da mesma forma. Uma resposta não precisa ser verdadeira.',
    weaker:
      'As perguntas de segurança são a forma mais fraca de provar quem é. Se puder, configure também outra forma.',
    question: (number) => `Pergunta ${number}`,
    choose: 'Escolher uma pergunta',
    answer: (number) => `Resposta à pergunta ${number}`,
    answerHint: 'De 3 a 40 caracteres. Tanto faz usar maiúsculas ou minúsculas.',
    save: 'Guardar as minhas respostas',
    replaces: 'Se já configurou perguntas antes, estas substituem as anteriores.',
    problems: {
      missing: 'Escolha uma pergunta e responda-a.',
      malformed: 'Escolha uma das perguntas da lista.',
      'question-twice': 'Já escolheu esta pergunta. Escolha outra.',
      'answer-too-short': 'Esta resposta é curta demais. Use pelo menos 3 letras ou números.',
      'answer-too-long': 'Esta resposta é longa demais. Use no máximo 40 caracteres.',
      'answer-in-question': 'Esta resposta faz parte da pergunta e é fácil de adivinhar. Escolha outra.',
      'answer-is-name':
        'É o seu nome de acesso ou o nome da sua organização, que outros conhecem. Escolha outra resposta.',
      'answers-alike': 'Já deu esta resposta a outra pergunta. Dê a cada pergunta uma resposta diferente.',
      'not-now': 'Não podemos guardar as suas respostas agora. Tente de novo daqui a um minuto.',
    },
  },

  newPassword: {
    heading: 'Escolha uma nova senha',
    lead: 'A sua identidade está confirmada. Algumas palavras sem relação entre si dão uma senha forte e fácil de lembrar.',
    account: 'Conta',
    rules: 'As regras da sua organização',
    rulesNone: 'A nova senha é verificada no fim pelo diretório da sua organização.',
    password: 'Nova senha',
    again: 'Nova senha outra vez',
    show: 'Mostrar o que digito',
    sealedFor: {
      organisation:
        'A sua senha é cifrada neste navegador antes de ser enviada. Só pode ser aberta dentro da sua organização, e não por nós.',
      'front-door': 'A sua senha é cifrada neste navegador antes de ser enviada.',
    },
    finish: 'Alterar a senha',
    sending:
      'A senha é cifrada e enviada, e depois é só esperar a resposta da sua organização. Isto pode levar alguns segundos.',
    noScript:
      'Esta página precisa de JavaScript: é ele que cifra a sua senha antes que ela saia deste dispositivo. Ative o JavaScript para este site e abra a página de novo, ou use outro navegador.',
    strength: { weak: 'Segurança: baixa', fair: 'Segurança: média', strong: 'Segurança: alta' },
    strengthAdvice: 'Junte uma ou duas palavras sem relação entre si.',
    notices: {
      'not-on-every-keyboard':
        'Esta senha tem um carácter que nem todos os teclados têm. Confirme que o consegue escrever onde inicia sessão.',
      'blank-at-the-edge': 'Esta senha começa ou acaba com um espaço, que se perde com facilidade.',
      'unusual-blank': 'Esta senha tem um espaço que não é o normal. Escreva-o com a barra de espaços ou não o use.',
    },
    marks: { met: 'Cumprida', 'not-yet': 'Ainda não', 'checked-later': 'Verificada no fim' },
    announce: (met, all) => `Regras cumpridas: ${met} de ${all}`,
    rule: {
      lengthAtLeast: (units) =>
        `Pelo menos ${count(units, { one: '# caractere', many: '# caracteres', other: '# caracteres' })}`,
      categories: (atLeast) =>
        `Pelo menos ${atLeast} destes tipos de caracteres: letras maiúsculas, letras minúsculas, dígitos, símbolos, letras de escritas sem maiúsculas, como a árabe ou a chinesa`,
      withoutName: 'Não contém o seu nome nem o seu nome de acesso',
      notRecent: (remembered) =>
        remembered === 1 ? 'Não é a senha que tem agora' : `Não é nenhuma das suas últimas ${remembered} senhas`,
      ageAtLeast: (hours) =>
        hours % 24 === 0
          ? `A última alteração foi há pelo menos ${count(hours / 24, { one: '# dia', many: '# dias', other: '# dias' })}`
          : `A última alteração foi há pelo menos ${count(hours, { one: '# hora', many: '# horas', other: '# horas' })}`,
      notGuessable: 'Nenhuma palavra, frase ou sequência fácil de adivinhar',
    },
    explained: {
      name: (words) => `Esta senha contém ${words}, um nome seu ou da sua organização.`,
      common: (words) => `Esta senha pouco mais tem do que ${words}, que muita gente usa.`,
      banned: (words) => `Esta senha pouco mais tem do que ${words}, que a sua organização não permite em senhas.`,
      short: 'Esta senha é tão curta que se pode adivinhar por tentativas.',
      advice: 'Escolha algumas palavras sem relação com a sua vida nem entre si.',
      quoted: (word) => `«${word}»`,
    },
    problems: {
      missing: 'Digite uma nova senha.',
      different: 'As duas senhas não são iguais. Digite as duas de novo.',
      'too-short': 'Esta senha é curta demais. Junte uma ou duas palavras.',
      'too-long': 'Esta senha é longa demais. Use no máximo 127 caracteres.',
      'not-complex':
        'Esta senha precisa de mais tipos de caracteres, como letras maiúsculas, letras minúsculas, dígitos e símbolos.',
      'contains-name': 'Esta senha contém o seu nome ou o seu nome de acesso. Escolha uma sem ele.',
      'in-history': 'Já usou esta senha antes. Escolha uma que ainda não tenha usado.',
      'too-young':
        'A sua senha foi alterada há pouco tempo, e a sua organização pede que se espere antes de alterar outra vez. Se precisar de uma nova agora, fale com o seu administrador.',
      'inadmissible-characters':
        'Esta senha contém caracteres que o diretório da sua organização não aceita. Evite os que não existem em todos os teclados.',
      'banned-word':
        'Esta senha contém uma palavra, frase ou sequência que muita gente usa, por isso é fácil de adivinhar. Escolha algumas palavras sem relação com a sua vida nem entre si.',
      breached:
        'Esta senha está numa lista de senhas roubadas de outros serviços. Escolha uma que mais ninguém conheça.',
      'some-directory-rule':
        'O diretório da sua organização recusou esta senha e não diz qual é a regra que ela não cumpre. Pode ser uma senha que já usou antes. Tente uma bem diferente.',
      'control-character':
        'Esta senha contém algo que não se pode digitar ao entrar na conta, como uma quebra de linha. Retire essa parte.',
      'invisible-character': 'Esta senha contém um caractere invisível. Digite a senha em vez de colar.',
      'broken-character': 'Esta senha contém um caractere incompleto. Digite a senha de novo.',
      'not-sealed':
        'O navegador não cifrou a senha, por isso ela não seguiu adiante. Abra esta página de novo; se isso não resolver, use outro navegador.',
      'seal-expired':
        'Esta página ficou aberta muito tempo e já não pode ser usada. Nada foi alterado: digite a nova senha outra vez.',
      'directory-away':
        'Quando enviou a senha, não foi possível chegar ao diretório da sua organização. Nada foi alterado, e o diretório já responde de novo: digite a nova senha mais uma vez.',
    },
  },

  unlock: {
    heading: 'Desbloqueie a sua conta',
    lead: 'A sua identidade está confirmada. A sua conta será desbloqueada, e a senha fica como está.',
    account: 'Conta',
    confirm: 'Desbloquear a minha conta',
    away: 'Quando fez este pedido, não foi possível chegar ao diretório da sua organização. Nada foi alterado, e o diretório já responde de novo: tente mais uma vez.',
  },

  results: {
    signIn: 'Entrar na conta',
    changed: {
      heading: 'A sua senha foi alterada',
      lead: 'A sua organização aceitou a nova senha. Já pode entrar com ela.',
      unlockedToo: 'A sua conta também foi desbloqueada.',
      next: 'Antes de sair',
      steps: [
        'Ponha a nova senha em tudo o que ainda tem a antiga: o e-mail do telefone, o Wi-Fi, a VPN. Senão, eles insistem na antiga e podem bloquear a sua conta outra vez.',
        'Os outros servidores da sua organização ficam a saber um a seguir ao outro. Se a nova senha não for aceite logo nalgum sítio, espere alguns minutos; até lá a antiga ainda pode funcionar aí.',
        'Um computador fora do escritório pode pedir a senha antiga até entrar uma vez na rede da organização.',
      ],
      told: 'Vamos enviar-lhe um e-mail sobre esta alteração. Se alguma vez receber um por algo que não fez, carregue imediatamente em “Não fui eu” nesse e-mail.',
    },
    unlocked: {
      heading: 'A sua conta está desbloqueada',
      lead: 'Entre com a senha que já tem.',
      next: 'Se a conta voltar a ficar bloqueada',
      steps: [
        'A causa mais comum é um dispositivo que ainda tem uma senha antiga: o e-mail de um telefone, o Wi-Fi, a VPN.',
        'Se afinal tiver dúvidas sobre a senha, comece de novo e escolha “Esqueci a senha”.',
      ],
    },
    wasNotLocked: {
      heading: 'A sua conta não estava bloqueada',
      lead: 'Não havia nada para desbloquear, por isso nada foi alterado. Se a sua senha não funcionar, escolha uma nova.',
    },
    unknownReset: {
      heading: 'Não conseguimos saber se a sua senha foi alterada',
      lead: 'A nova senha foi enviada ao diretório da sua organização, mas a resposta não chegou. Não queremos adivinhar.',
      next: 'O que fazer agora',
      steps: [
        'Primeiro, tente entrar com a nova senha.',
        'Se não funcionar, tente a antiga. Se a antiga funcionar, nada foi alterado e pode começar de novo.',
        'Se nenhuma funcionar, fale com o seu administrador e indique o ID de suporte que está abaixo.',
      ],
    },
    unknownUnlock: {
      heading: 'Não conseguimos saber se a sua conta foi desbloqueada',
      lead: 'O pedido foi enviado ao diretório da sua organização, mas a resposta não chegou. Não queremos adivinhar.',
      next: 'O que fazer agora',
      steps: [
        'Tente entrar na conta.',
        'Se a conta ainda estiver bloqueada, comece de novo daqui a alguns minutos. Desbloquear duas vezes não faz mal nenhum.',
      ],
    },
    expired: {
      heading: 'Isto demorou muito tempo',
      lead: 'O pedido demorou tanto que o diretório da sua organização já não o podia aceitar. Nada foi alterado. Por favor, comece de novo.',
    },
    notPermitted: {
      heading: 'Não podemos fazer isto na sua conta',
      lead: 'A culpa não é sua. O diretório da sua organização não nos deixa fazer esta alteração, e tentar de novo não vai ajudar. Nada foi alterado.',
      advice: 'O seu administrador pode resolver: conte o que aconteceu e indique o ID de suporte que está abaixo.',
    },
    refusedAfterReplacing:
      'A sua senha antiga foi substituída, e a nova foi recusada. Escolha agora outra senha: até que uma seja aprovada, é possível que nenhuma das que conhece funcione.',
    severalRules: 'Esta senha não cumpre duas ou mais regras da sua organização. Escolha uma bem diferente.',
    wrongCurrentPassword: 'Essa não é a senha que tem agora. Confira e tente de novo, ou indique que a esqueceu.',
    accountLocked:
      'A sua conta está bloqueada, por isso não é possível alterar a senha. Primeiro, desbloqueie a conta.',
    mustChange: 'A sua senha está certa. Foi definida por outra pessoa, por isso escolha primeiro uma só sua.',
    passwordExpired: 'A sua senha está certa, mas expirou. Escolha primeiro uma nova.',
  },

  signedIn: signedInPt,

  contact: {
    heading: 'Fale com o seu administrador',
    lead: 'O seu administrador pode ajudar a recuperar o acesso à conta.',
    leadNotHere: 'Não é possível redefinir esta senha aqui. O seu administrador pode ajudar.',
    why: {
      'reset-not-turned-on': 'A sua organização não ativou a redefinição de senhas neste site.',
      'person-not-enabled': 'A redefinição de senhas neste site não está ativada para a sua conta.',
      'managed-on-premises':
        'A senha da sua conta está a cargo do seu administrador, no diretório da própria organização.',
      'not-permitted': 'O diretório da sua organização não nos deixa fazer esta alteração. A culpa não é sua.',
      'cannot-use-methods': 'Não pode usar nenhuma das formas que configurou para provar quem é.',
      'not-verified':
        'Com o que indicou, não conseguimos verificar a sua conta. Se o nome puder ter algum erro, comece primeiro de novo.',
      blocked: 'Para proteger a sua conta, por algum tempo não são aceites mais tentativas.',
    },
    formLead: 'Escreva algumas linhas, que vão por e-mail para o seu administrador.',
    account: 'O seu endereço de e-mail ou nome de acesso no trabalho ou na escola',
    reply: 'Onde quer receber a resposta?',
    replyHint: 'Um número de telefone, ou um endereço de e-mail que possa ler agora.',
    message: 'O que aconteceu? (opcional)',
    messageHint: 'Nunca escreva aqui uma senha nem um código. Ninguém precisa deles para ajudar.',
    send: 'Enviar ao meu administrador',
    portalLead: 'A sua organização tem uma página para isto.',
    portal: 'Ir para a página de ajuda da organização',
    noWay:
      'A sua organização não nos indicou como falar com o administrador. Pergunte à sua chefia ou ao suporte técnico, pessoalmente ou por telefone.',
    problems: {
      'account-missing': 'Digite o seu endereço de e-mail ou nome de acesso.',
      'account-too-long': 'Isto é longo demais para um endereço de e-mail ou nome de acesso.',
      'account-of-nobody':
        'Não foi possível enviar isto a ninguém. Confira se o endereço de e-mail ou nome de acesso está completo, ou fale com o seu administrador de outra forma.',
      'reply-missing': 'Indique onde quer receber a resposta do administrador.',
      'reply-too-long': 'Indique só um número de telefone ou endereço de e-mail.',
      'message-too-long': 'Use no máximo 1000 caracteres.',
      'not-sent':
        'Não foi possível enviar a sua mensagem agora. Por favor, tente mais tarde, ou fale com o seu administrador de outra forma.',
    },
    sentHeading: 'A sua mensagem está a caminho',
    sentLead:
      'Ela vai para os administradores da sua organização. Antes de alterar qualquer coisa, eles vão pedir que prove quem é.',
    sentAdvice: 'Eles nunca vão pedir a sua senha.',
  },

  disown: {
    heading: 'Não foi um pedido seu?',
    lead: {
      'method-added': 'Foi adicionada à sua conta uma forma de provar quem é.',
      'method-removed': 'Foi removida da sua conta uma forma de provar quem é.',
      reset: 'A senha da sua conta foi alterada.',
      unlock: 'A sua conta foi desbloqueada.',
    },
    when: 'Quando',
    ifYou: 'Se o pedido foi seu, feche esta página. Nada acontece.',
    ifNot: (days) =>
      `Se o pedido não foi seu, carregue no botão. Tudo o que está em curso aqui com a sua conta para imediatamente, e ninguém a pode redefinir ou desbloquear aqui até o seu administrador o permitir de novo ou ${count(days, { one: 'passar # dia', many: 'passarem # dias', other: 'passarem # dias' })}.`,
    willInvalidate:
      'A sua senha também deixa de funcionar, para que ninguém que a tenha descoberto possa entrar com ela. O seu administrador dá-lhe uma nova.',
    willRemove: (ways) =>
      count(ways, {
        one: 'É também removida uma forma de provar quem é, adicionada nessa altura ou depois.',
        many: 'São também removidas # formas de provar quem é, adicionadas nessa altura ou depois.',
        other: 'São também removidas # formas de provar quem é, adicionadas nessa altura ou depois.',
      }),
    confirm: 'Não fui eu: parar tudo',
    saidHeading: 'Está tudo parado',
    saidLead: (days) =>
      `Tudo o que estava em curso aqui com a sua conta terminou, e ninguém a pode redefinir ou desbloquear aqui até o seu administrador o permitir de novo ou ${count(days, { one: 'passar # dia', many: 'passarem # dias', other: 'passarem # dias' })}.`,
    waysRemoved: (ways) =>
      count(ways, {
        one: 'Foi removida uma forma de provar quem é, adicionada nessa altura ou depois. Se era sua, pode configurá-la de novo mais tarde.',
        many: 'Foram removidas # formas de provar quem é, adicionadas nessa altura ou depois. As que eram suas pode configurá-las de novo mais tarde.',
        other:
          'Foram removidas # formas de provar quem é, adicionadas nessa altura ou depois. As que eram suas pode configurá-las de novo mais tarde.',
      }),
    isTold: 'Os seus administradores estão a ser avisados por e-mail.',
    tellYourself: 'Avise agora o seu administrador e indique o ID de suporte que está em baixo.',
    password: {
      kept: 'A sua senha continua a mesma. Se é possível que outra pessoa a conheça, peça uma nova ao seu administrador.',
      invalidated:
        'A senha da sua conta deixou de funcionar: já ninguém pode entrar com ela. Peça uma nova ao seu administrador.',
      'not-invalidated':
        'A sua senha devia deixar de funcionar, e não foi possível. Peça ao seu administrador que a altere imediatamente.',
      unknown:
        'A sua senha devia deixar de funcionar, e não sabemos se isso foi feito. Peça ao seu administrador que a altere imediatamente.',
    },
    unknownHeading: 'Este link já foi usado ou não é conhecido',
    unknownLead: 'Cada um destes links funciona uma só vez, e só durante algum tempo.',
    unknownAdvice: 'Se foi feito algo com a sua conta que não pediu, fale com o seu administrador.',
  },

  stops: {
    cannotVerify: {
      heading: 'Não conseguimos verificar a sua conta',
      lead: 'Com o que indicou, não é possível continuar.',
      reasons: 'Isto pode ter várias causas:',
      causes: [
        'O endereço de e-mail ou nome de acesso tem algum erro.',
        'Ainda não há formas suficientes configuradas para provar quem é.',
        'A sua organização não oferece isto para a sua conta.',
      ],
      tryAgain: 'Tentar de novo',
    },
    tryLater: {
      heading: 'Tente mais tarde',
      lead: {
        'before-proof':
          'Neste momento não conseguimos chegar ao diretório da sua organização. Por isso paramos já aqui, antes que perca tempo. Nada foi alterado.',
        'at-the-end':
          'Não foi possível chegar agora ao diretório da sua organização. Nada foi alterado: a sua conta está como estava.',
      },
      advice: 'Isto costuma passar em poucos minutos.',
      staysProven:
        'Não é preciso confirmar outra vez a sua identidade, se voltar até 15 minutos depois de ter começado.',
      tryAgain: 'Tentar de novo',
    },
    blocked: {
      heading: 'Uma pausa por segurança',
      lead: 'Para proteger a sua conta, por algum tempo não aceitamos mais tentativas.',
      until: (time) => `Pode tentar de novo a partir deste momento: ${time}.`,
      within: 'Pode tentar de novo 24 horas depois da última tentativa.',
      advice: 'Se precisar da conta mais cedo, ou se estas tentativas não foram suas, fale com o seu administrador.',
    },
    sessionOver: {
      heading: 'O seu tempo acabou',
      lead: (minutes) =>
        `Para sua segurança, o limite é de ${count(minutes, { one: '# minuto', many: '# minutos', other: '# minutos' })} do início ao fim, e esse tempo já passou. Nada foi alterado.`,
      startAgain: 'Começar de novo',
    },
    endedElsewhere: {
      heading: 'Terminou noutro lugar',
      lead: 'Entretanto, algo foi alterado nesta conta noutra janela ou noutro dispositivo. Por isso parámos aqui, e nada foi alterado a partir desta página.',
      advice:
        'Se foi você, não há mais nada a fazer aqui. Se não foi, siga «Não fui eu» no e-mail sobre isso, ou fale com o seu administrador.',
      startAgain: 'Começar de novo',
    },
    cookiesNeeded: {
      heading: 'Não sabemos em que passo está',
      lead: 'Não conseguimos saber qual é o seu próximo passo. Isso acontece quando os cookies estão bloqueados, ou quando uma página de outro dia é enviada de novo. Nada foi alterado.',
      advice: 'Permita os cookies para este site e comece de novo.',
    },
    somethingWrong: {
      heading: 'Algo falhou do nosso lado',
      lead: 'O erro é nosso, não seu. Ficou anotado, e nós investigamos casos assim.',
      advice:
        'Por favor, comece de novo. Se voltar a acontecer, fale com o seu administrador e indique o ID de suporte que está abaixo.',
    },
    notFound: {
      heading: 'Esta página não existe',
      lead: 'O endereço pode ter algum erro, ou a página pode ter mudado de lugar.',
    },
  },
};
