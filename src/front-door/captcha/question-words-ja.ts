// The words of questions, in Japanese: only words with one usual spelling, and no 雨, which sounds like 飴 (a sweet).

import { type QuestionWords, wordList } from './question-words.js';

const DIGITS = wordList('一 二 三 四 五 六 七 八 九');
const TENS = wordList('十 二十 三十 四十 五十 六十 七十 八十 九十');

export const questionWordsInJapanese: QuestionWords = {
  groups: {
    animal: {
      name: '動物',
      words: wordList(
        'ライオン パンダ ゴリラ コアラ ペンギン カンガルー チンパンジー ハムスター アルパカ チーター オランウータン フラミンゴ カメレオン カピバラ モルモット イグアナ トナカイ インコ',
      ),
    },
    food: {
      name: '食べ物',
      words: wordList(
        'パン チーズ サンドイッチ ソーセージ ビスケット オムレツ ヨーグルト ポップコーン サラダ チョコレート ピザ プリン カレー ケーキ クッキー ハンバーグ ラーメン うどん おにぎり バナナ トマト キャベツ メロン レモン パイナップル アイスクリーム シチュー グラタン コロッケ',
      ),
    },
    furniture: {
      name: '家具',
      words: wordList(
        'テーブル ベッド 机 本棚 食器棚 戸棚 ベンチ キャビネット ドレッサー こたつ デスク サイドボード 学習机 ベビーベッド',
      ),
    },
    body: {
      name: '体の一部',
      words: wordList('頭 顔 耳 鼻 首 肩 腕 胸 腰 背中 手首 足首 親指 小指 おでこ'),
    },
    clothing: {
      name: '身につけるもの',
      words: wordList(
        'シャツ ズボン スカート セーター ジャケット 手袋 帽子 パジャマ カーディガン ジーンズ ネクタイ サンダル スリッパ レインコート ブラウス エプロン 着物 ブーツ スニーカー ドレス 水着',
      ),
    },
    vehicle: {
      name: '乗り物',
      words: wordList(
        '自転車 電車 トラック トラクター 救急車 消防車 タクシー ヘリコプター 飛行機 ヨット 潜水艦 オートバイ フェリー 新幹線 モノレール 地下鉄 三輪車 ボート',
      ),
    },
    instrument: {
      name: '楽器',
      words: wordList(
        'ピアノ トランペット フルート ギター ハープ チェロ クラリネット トロンボーン アコーディオン ハーモニカ カスタネット タンバリン オルガン シンバル オーボエ ウクレレ マラカス 太鼓',
      ),
    },
    weekday: {
      name: '曜日',
      words: wordList('月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日'),
    },
    weather: {
      name: '天気を表す言葉',
      words: wordList('晴れ 大雨 雪 大雪 吹雪 台風 雷 雷雨 霧 霧雨 夕立 快晴 嵐 暴風雨'),
    },
  },
  plainWords: wordList(
    'ボタン トンネル ポケット バケツ ハンマー ロープ マッチ ノート アルバム カレンダー カメラ ラジオ テレビ レンズ ガラス ダイヤモンド タオル スポンジ アンテナ プール ホテル タワー ステージ パズル チケット クレヨン スプーン フォーク ナイフ コップ プレゼント サッカー テニス 海 山 森 島 星 庭 窓 屋根 階段 駅 学校 図書館 公園 道路 新聞 手紙 切手 春 夏 冬 村 朝 夜 音楽 写真 電話 地図 教科書 磁石 病院 郵便局 空港 神社',
  ),
  ordinals: ['一番目', '二番目', '三番目', '四番目', '五番目', '六番目'],
  numbers: ['零', ...DIGITS, ...TENS.flatMap((tens) => [tens, ...DIGITS.map((digit) => `${tens}${digit}`)])],
  separator: '、',
  questions: {
    group: (name, words) => `次のうち、${name}はどれですか：${words}。`,
    place: (ordinal, words) => `次のうち、${ordinal}の言葉は何ですか：${words}。`,
    sum: (first, second) => `${first}たす${second}はいくつですか。答えは数字でも漢字でもかまいません。`,
    difference: (first, second) => `${first}ひく${second}はいくつですか。答えは数字でも漢字でもかまいません。`,
    largest: (words) => `次のうち、いちばん大きい数はどれですか：${words}。答えは数字でも漢字でもかまいません。`,
  },
};
