// What the pages for whoever knows their password say in Japanese: signing in, changing the password, security info.

import { pluralsOf } from '../../../languages/plural.js';
import type { SignedInTexts } from './en.js';

const count = pluralsOf('ja-JP');

export const signedInJa: SignedInTexts = {
  door: {
    'security-info': '本人確認の方法を設定する',
    'change-password': '今のパスワードを使って変更する',
  },

  name: {
    heading: { 'security-info': 'セキュリティ情報', 'change-password': 'パスワードの変更' },
    lead: {
      'security-info':
        'サインインすると、本人確認の方法を確認したり変更したりできます。パスワードがわからなくなったときに、アカウントに戻るために使います。',
      'change-password':
        '今のパスワードが必要です。わからない場合は、アカウントをもう一度使えるようにする手続きに進んでください。',
    },
    forgot: 'パスワードを忘れた',
  },

  entry: {
    heading: 'パスワードを入力してください',
    lead: '職場や学校でサインインするときのパスワードです。',
    password: 'パスワード',
    signIn: 'サインイン',
    other: '別のアカウントを使う',
    problems: {
      missing: 'パスワードを入力してください。',
      wrong:
        'サインインできませんでした。メールアドレスまたはユーザー名と、パスワードを確認してください。どちらも正しい場合は、アカウントがロックされている可能性があります。「パスワードを忘れた」から、もう一度使えるようにできます。',
      'seal-expired': 'このページを開いてから時間がたちすぎました。もう一度パスワードを入力してください。',
      'not-sealed':
        'ブラウザーがパスワードを暗号化できなかったため、何も送信していません。ページを読み込み直してください。それでもうまくいかない場合は、別のブラウザーをお使いください。',
      away: '今はサインインできません。組織のディレクトリに接続できないか、ここからのサインインを受け付けていません。数分後にもう一度お試しください。',
    },
  },

  change: {
    heading: 'パスワードの変更',
    lead: '今のパスワードをもう一度入力してから、新しいパスワードを入力してください。',
    must: {
      'must-change': '先に進む前に、新しいパスワードを決めるよう組織が求めています。',
      'password-expired': 'パスワードの有効期限が切れています。先に進むには、新しいパスワードを決めてください。',
    },
    current: '今のパスワード',
  },

  info: {
    heading: 'セキュリティ情報',
    lead: 'パスワードがわからなくなったときに、アカウントに戻るための方法です。同じ端末に頼らない方法を2つ用意しておくと安心です。',
    notEnabled: 'この機能は、組織の設定により利用できません。設定済みの方法は残りますが、ここでは変更できません。',
    enough: 'アカウントに戻るために必要な方法は設定済みです。',
    missing: (kinds) =>
      `あと${count(kinds, { other: '#つ' })}方法を設定してください。それまでは、ご自身でアカウントに戻ることができません。`,
    yours: '設定済みの方法',
    none: 'まだありません。',
    directory: '組織が管理しています。変更できるのは組織だけです。',
    since: (date) => `設定日：${date}`,
    lastUsed: (date) => `最後に使った日：${date}`,
    codesLeft: (codes) => `残り${count(codes, { other: '#個' })}`,
    methods: {
      'email-code': 'メールアドレス',
      'text-message': '電話',
      'authenticator-code': '認証アプリ',
      'recovery-code': '回復コード',
      'security-questions': '秘密の質問',
    },
    add: '別の方法を追加する',
    adding: {
      'email-code': 'メールアドレスを追加する',
      'text-message': '電話番号を追加する',
      'authenticator-code': '認証アプリを追加する',
      'recovery-code': '回復コードを作る',
      'security-questions': '秘密の質問を選ぶ',
    },
    addHints: {
      'email-code': '個人のアドレスです。職場や学校のパスワードがなくても読めるものにしてください。',
      'text-message': 'SMSでコードを受け取ります。いつもお手元にあるご自分の電話をお選びください。',
      'authenticator-code': '電波がなくても、30秒ごとに新しいコードを表示するスマートフォンのアプリです。',
      'recovery-code':
        '印刷しておく10個のコードです。それぞれ1回使えます。新しく作ると、前のコードは使えなくなります。',
      'security-questions':
        '今答えを設定し、後でもう一度答える質問です。答えはほかの人に推測されることがあるため、ほかの方法のほうが安全です。',
    },
    rename: '名前',
    renameHint: '「個人の携帯」など、わかりやすい名前を付けられます。',
    save: '名前を保存する',
    remove: '削除する',
    confirmFirst: '変更するには、もう一度ご本人であることを確認します。',
    confirm: '本人確認をする',
    stillRight:
      'しばらく確認されていません。内容に変わりはありませんか。アドレスは今も読めますか。端末はお手元にありますか。',
    allIsRight: 'はい、変わりありません',
    signOut: 'サインアウト',
    news: {
      added: '設定しました。ほかのアドレスにお知らせを送りました。',
      removed: '削除しました。アドレスにお知らせを送りました。',
      renamed: '名前を保存しました。',
      confirmed: 'ありがとうございます。しばらくしたら、また確認をお願いします。',
    },
    changePassword: 'パスワードを変更する',
  },

  setup: {
    email: {
      heading: 'メールアドレスを追加する',
      lead: 'そのアドレスにコードを送ります。職場や学校のパスワードがなくても読めるものを選んでください。',
      address: '個人のメールアドレス',
      send: 'コードを送る',
      codeHeading: 'メールを確認してください',
      codeLead: (address) => `6桁のコードを ${address} に送りました。`,
    },
    phone: {
      heading: '電話番号を追加する',
      lead: 'その番号に SMS でコードを送ります。',
      number: '電話番号',
      hint: '「+」と国番号から入力してください（例：+44\u00a07700\u00a0900123）。空白があってもかまいません。',
      codeHeading: 'スマートフォンを確認してください',
      codeLead: (number) => `6桁のコードを ${number} に送りました。`,
    },
    authenticator: {
      heading: '認証アプリを追加する',
      lead: 'まだ入っていない場合は、スマートフォンに認証アプリを入れてください。アプリでアカウントを追加し、このコードを読み取ります。',
      picture: '認証アプリ用のQRコードです。同じキーを下に文字でも表示しています。',
      cannotScan: '読み取れない場合は、スマートフォンで次のリンクを開くか、キーをアプリに入力してください。',
      open: 'この端末のアプリで開く',
      key: 'キー：',
      codeLead: '次に、アプリに表示される6桁の数字を入力してください。',
    },
    code: '6桁のコード',
    begin: '最初からやり直す',
    finish: '完了',
    cancel: 'キャンセル',
    recovery: {
      heading: '回復コードを作る',
      lead: '10個のコードを作ります。それぞれ1回使えます。前のコードは使えなくなります。',
      make: '10個のコードを作る',
      shownHeading: '回復コード',
      shownLead:
        '今、印刷するか書き留めてください。もう一度表示することはできません。ほかの人に見つからない場所に保管してください。',
      done: '保管しました',
    },
    problems: {
      missing: '入力してください。',
      malformed: '入力した内容を確認してください。途中までのようです。',
      'not-served': 'その国には SMS を送れません。別の番号か、別の方法をお使いください。',
      wrong: 'コードが正しくありません。確認して、もう一度お試しください。',
      expired: '時間がかかりすぎたか、入力回数が多すぎました。最初からやり直してください。',
      'there-already': 'すでに設定済みです。',
      'too-many': 'これ以上は追加できません。先に1つ削除してください。',
      'not-now': '今は送信できません。数分後にもう一度お試しください。',
      blocked: 'コードを送った回数が多すぎます。明日もう一度お試しください。',
    },
  },

  changed: {
    heading: 'パスワードを変更しました',
    lead: '今後は、このアカウントでサインインするときに新しいパスワードを使ってください。',
    unknownHeading: '変更できたかどうかわかりません',
    unknownLead:
      '組織のディレクトリから時間内に返答がありませんでした。新しいパスワードでサインインしてみてください。できない場合は、前のパスワードをお試しください。',
    notPermittedHeading: '組織の設定により変更できません',
    notPermittedLead: '何も変更していません。あなたの操作が原因ではありません。管理者が設定を直す必要があります。',
    again: 'もう一度サインインする',
  },
};
