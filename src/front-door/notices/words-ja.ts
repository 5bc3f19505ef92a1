// Every word of our mails in Japanese: the one catalogue of this language.

import { pluralsOf } from '../languages/plural.js';
import type { NoticeWords } from './words-en.js';

const count = pluralsOf('ja-JP');

export const noticesInJapanese: NoticeWords = {
  language: 'ja',
  locale: 'ja-JP',
  labelled: (label, value) => `${label}：${value}`,
  supportId: 'サポートID',
  when: '日時',
  account: 'アカウント',
  automatic: 'このメールは自動で送信されています。返信いただいても、お読みすることができません。',
  code: {
    subject: (organisation) => `${organisation}：確認コードのお知らせ`,
    heading: '確認コード',
    lead: 'コードを受け取る操作をしたページに、次のコードを入力してください。',
    validFor: (minutes) =>
      `使えるのは1回だけで、有効期間は${count(minutes, { other: '#分間' })}です。誰にも教えないでください。管理者やヘルプデスクがこのコードを尋ねることはありません。`,
    notYou:
      'コードを受け取る操作に心当たりがない場合は、誰かがお名前を入力した可能性があります。このコードがなければ先には進めませんので、何もしていただく必要はありません。また届くようでしたら、管理者に知らせてください。',
  },
  text: {
    code: (code, organisation) => `${organisation} の確認コード：${code}\n誰にも教えないでください。`,
  },
  done: {
    subject: { reset: 'パスワードが変更されました', unlock: 'アカウントのロックが解除されました' },
    lead: {
      reset: '組織が求める確認を経て、アカウントのパスワードが変更されました。',
      unlock: '組織が求める確認を経て、アカウントのロックが解除されました。パスワードは前のままです。',
    },
    you: 'ご本人の操作であれば、これ以上していただくことはありません。スマートフォンのメールやWi-Fiなど、古いパスワードが保存されている機器には、今のパスワードを入力してください。',
    notYou: 'ご本人の操作でない場合は、すぐに管理者に知らせて、サポートIDを伝えてください。',
    notYouReach: (contact) => `管理者の連絡先：${contact}`,
  },
  method: {
    subject: { added: '本人確認の方法が追加されました', removed: '本人確認の方法が削除されました' },
    lead: {
      added: (method) => `お使いのアカウントに次の方法が追加されました。アカウントに戻るときに使えます：${method}`,
      removed: (method) =>
        `お使いのアカウントから次の方法が削除されました。アカウントに戻るときには使えなくなりました：${method}`,
    },
  },
  contact: {
    subject: (account) => `パスワードについての問い合わせ：${account}`,
    heading: 'パスワードのことで助けを求めている方がいます',
    lead: 'この方は、ご自身でパスワードをリセットできなかったため、リセットのページから連絡しています。',
    reply: '連絡先',
    why: 'ここに問い合わせた理由',
    message: '本人からのメッセージ：',
    noMessage: 'メッセージは書かれていません。',
    caution:
      '誰がこれを書いたのかは、確認されていません。パスワードをリセットする前に、すでに信頼できる方法で、ご本人かどうかを必ず確かめてください。ここに書かれた番号ではなく、組織に登録されている番号に電話してください。',
  },
};
