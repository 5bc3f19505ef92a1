// A mail as HTML that mail programs show as it was meant: tables, since Outlook lays out with Word; styles inside the tags, since many
// programs drop style sheets; the one style sheet there is only darkens, and nothing is unreadable without it. Pure.
// No picture: one from elsewhere would tell its owner who read the mail and when, and one in the mail shows as a file that came with it.

import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type Accents, GROUNDS, type Theme } from '../branding/accents.js';
import { hexOf } from '../branding/colour.js';
import { directionOf } from '../languages/language.js';
import type { NoticeContent, NoticePart } from './notice.js';
import { strangersLines } from './strangers-text.js';

const WIDTH_PX = 560;
const SANS = "'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const SERIF = "Georgia,'Times New Roman',serif";
const MONO = "Consolas,Menlo,'Liberation Mono','Courier New',monospace";

/** One by one: Word does not read them together. */
function font(weight: number, sizePx: number, lineHeight: number, family: string): string {
  return `font-family:${family};font-size:${sizePx}px;line-height:${lineHeight};font-weight:${weight};`;
}

/** What the parts of one mail share. */
interface Setting {
  readonly direction: 'ltr' | 'rtl';
  /** Mail programs know no logical sides. */
  readonly start: 'left' | 'right';
  readonly colours: Colours;
}

type Colours = Record<'paper' | 'card' | 'ink' | 'inkSoft' | 'line' | 'accent' | 'wash', string>;

function coloursOf(theme: Theme, accents: Accents): Colours {
  const { paper, card, ink, inkSoft, line } = GROUNDS[theme];
  const { accent, accentWash } = accents[theme];
  return {
    ...{ paper: hexOf(paper), card: hexOf(card), ink: hexOf(ink), inkSoft: hexOf(inkSoft), line: hexOf(line) },
    ...{ accent, wash: accentWash },
  };
}

export function mailHtml(content: NoticeContent): string {
  const direction = directionOf(content.language);
  const colours = coloursOf('light', content.accents);
  const setting: Setting = { direction, start: direction === 'rtl' ? 'right' : 'left', colours };
  const body = `margin:0;padding:0;width:100%;background-color:${colours.paper};-webkit-text-size-adjust:100%;`;
  return [
    '<!doctype html>',
    `<html lang="${content.language}" dir="${direction}">`,
    renderToString(<Head title={content.heading} />).replace('</head>', `${styleSheets(content.accents)}</head>`),
    `<body class="paper" style="${body}">`,
    renderToString(<Preview text={content.preview} />),
    // Outlook knows no greatest width: a table of its own, which no other program reads, is as wide as the card.
    `<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="${colours.paper}" style="background-color:${colours.paper};">`,
    '<tr><td align="center" style="padding:24px 12px;">',
    `<!--[if mso]><table role="presentation" width="${WIDTH_PX}" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->`,
    renderToString(<Card content={content} setting={setting} />),
    '<!--[if mso]></td></tr></table><![endif]-->',
    '</td></tr></table>',
    '</body>',
    '</html>\n',
  ].join('\n');
}

function Head({ title }: { title: string }) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      {/* No telephone number is made of a code, and no letter larger than it is. */}
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no" />
      <meta name="x-apple-disable-message-reformatting" />
      <title>{title}</title>
    </head>
  );
}

/** Nothing in it but our own constants, and colours, which are numbers. */
function styleSheets(accents: Accents): string {
  const dark = coloursOf('dark', accents);
  const rules = [
    `.paper{background-color:${dark.paper}!important}`,
    `.card{background-color:${dark.card}!important;border-color:${dark.line}!important}`,
    `.bar{background-color:${dark.accent}!important}`,
    `.mark{border-color:${dark.accent}!important}`,
    `.wash{background-color:${dark.wash}!important}`,
    `.ink{color:${dark.ink}!important}`,
    `.soft{color:${dark.inkSoft}!important}`,
    `.accent{color:${dark.accent}!important}`,
    `.line{border-color:${dark.line}!important}`,
  ];
  return [
    `<style>:root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){${rules.join('')}}</style>`,
    `<!--[if mso]><style>table{border-collapse:collapse}td,p,h1{font-family:'Segoe UI',Arial,sans-serif}</style><![endif]-->`,
  ].join('');
}

/** Long enough that no list of mails, and no locked phone, shows what comes after it: in one of them that is a code. */
const PREVIEW_FILLING = '\u00a0\u200c'.repeat(120);
const NO_BREAK_SPACE = '\u00a0';

function Preview({ text }: { text: string }) {
  const hidden =
    'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;mso-hide:all;';
  return <div style={hidden}>{text + PREVIEW_FILLING}</div>;
}

function Table({ children, style, ...rest }: { children: ComponentChildren; style?: string; class?: string }) {
  return (
    <table {...rest} role="presentation" width="100%" cellpadding="0" cellspacing="0" style={style}>
      <tbody>{children}</tbody>
    </table>
  );
}

/** `lang` and `dir` once more: programs that show a mail within a page of theirs take its outermost tags away. */
function Card({ content, setting }: { content: NoticeContent; setting: Setting }) {
  const { direction, colours } = setting;
  const card = `width:100%;max-width:${WIDTH_PX}px;background-color:${colours.card};border:1px solid ${colours.line};border-collapse:separate;border-radius:12px;overflow:hidden;`;
  const bar = `height:6px;font-size:0;line-height:0;background-color:${colours.accent};`;
  return (
    <div lang={content.language} dir={direction}>
      <Table class="card" style={card}>
        <tr>
          <td class="bar" height={6} style={bar}>
            {NO_BREAK_SPACE}
          </td>
        </tr>
        <tr>
          <td style="padding:24px 22px 26px;">
            <Table>
              <Row setting={setting} space={12}>
                <p class="accent" style={`margin:0;color:${colours.accent};font-weight:600;`}>
                  {content.organisationName}
                </p>
              </Row>
              <Row setting={setting} space={16}>
                <h1 class="ink" style={`margin:0;color:${colours.ink};${font(600, 25, 1.25, SERIF)}`}>
                  {content.heading}
                </h1>
              </Row>
              {content.parts.map((part) => (
                <Row key={keyOf(part)} setting={setting} space={16}>
                  <Part part={part} setting={setting} />
                </Row>
              ))}
              <Row setting={setting} space={0}>
                <p
                  class="soft line"
                  style={`margin:8px 0 0;padding:16px 0 0;border-top:1px solid ${colours.line};color:${colours.inkSoft};font-size:14px;line-height:1.5;`}
                >
                  {content.footer}
                </p>
              </Row>
            </Table>
          </td>
        </tr>
      </Table>
    </div>
  );
}

const keyOf = (part: NoticePart) => `${part.kind} ${'text' in part ? part.text : ''}`;

/** One thing below the other. The space is the cell's: Word forgets that of tables. */
function Row(props: { setting: Setting; space: number; children: ComponentChildren }) {
  const { start, colours } = props.setting;
  const text = `text-align:${start};color:${colours.ink};${font(400, 16, 1.55, SANS)}word-break:break-word;`;
  return (
    <tr>
      <td class="ink" align={start} style={`padding:0 0 ${props.space}px;${text}`}>
        {props.children}
      </td>
    </tr>
  );
}

function Part({ part, setting: { start, colours } }: { part: NoticePart; setting: Setting }) {
  const plain = `margin:0;color:${colours.ink};`;
  switch (part.kind) {
    case 'paragraph':
      return (
        <p class="ink" style={plain}>
          {part.text}
        </p>
      );
    case 'command':
      return (
        <p class="ink" dir="ltr" style={`${plain}text-align:left;${font(400, 15, 1.5, MONO)}`}>
          {part.text}
        </p>
      );
    case 'link':
      return (
        <>
          <p style="margin:0;">
            <a class="accent" href={part.href} style={`font-weight:600;color:${colours.accent};`}>
              {part.label}
            </a>
          </p>
          <p
            class="soft"
            dir="ltr"
            style={`margin:4px 0 0;color:${colours.inkSoft};font-size:13px;word-break:break-all;`}
          >
            {part.href}
          </p>
        </>
      );
    case 'warning':
      return (
        <Block
          class="mark wash"
          ground={colours.wash}
          style={`padding:12px 16px;border-${start}:4px solid ${colours.accent};`}
        >
          {part.lines.map((line, index) => (
            <p key={line} class="ink" style={index === 0 ? plain : `${plain}margin:8px 0 0;`}>
              {line}
            </p>
          ))}
        </Block>
      );
    case 'code':
      // One piece of text without space between its digits: it is copied as it is typed.
      return (
        <Block class="wash" ground={colours.wash} style="padding:14px 12px;text-align:center;border-radius:8px;">
          <p
            class="ink"
            dir="ltr"
            style={`${plain}${font(700, 40, 1.2, MONO)}text-align:center;-webkit-user-select:all;user-select:all;`}
          >
            {part.code}
          </p>
        </Block>
      );
    case 'facts':
      return part.facts.map(([label, value], index) => (
        <div key={label} style={index === 0 ? undefined : 'margin:10px 0 0;'}>
          <p class="soft" style={`margin:0;color:${colours.inkSoft};font-size:14px;line-height:1.4;`}>
            {label}
          </p>
          <p class="ink" style={`${plain}overflow-wrap:anywhere;`}>
            <bdi>{value}</bdi>
          </p>
        </div>
      ));
    case 'quote':
      return (
        <Block class="line" ground={undefined} style={`padding:4px 16px;border-${start}:4px solid ${colours.line};`}>
          <p class="ink" dir="auto" style={`${plain}text-align:start;white-space:pre-wrap;overflow-wrap:anywhere;`}>
            {strangersLines(part.text).flatMap((line, index) => (index === 0 ? [line] : [BREAK, line]))}
          </p>
        </Block>
      );
  }
}

/** For Word, which does not know that a line's end is one. */
const BREAK = <br />;

/** Set apart by its ground, or by a bar along its beginning. */
function Block(props: { class: string; ground: string | undefined; style: string; children: ComponentChildren }) {
  const { ground, style } = props;
  return (
    <Table>
      <tr>
        <td class={props.class} style={ground === undefined ? style : `${style}background-color:${ground};`}>
          {props.children}
        </td>
      </tr>
    </Table>
  );
}
