// From what Lighthouse says of a page to a row, and from all rows to a verdict and a table. Pure: knows neither browser nor page.

import { z } from 'zod';
import { median } from './statistics.js';
import { table } from './table.js';

export const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
export type Category = (typeof CATEGORIES)[number];

export type FormFactor = 'mobile' | 'desktop';

/** Of 100, in each category, on every page. */
export const SCORE_MIN = 98;

export interface PageScores {
  readonly page: string;
  readonly formFactor: FormFactor;
  readonly scores: Readonly<Record<Category, number>>;
  /** As they came over the network, with headers; nothing was kept from an earlier page. */
  readonly transferredBytes: number;
  readonly requests: number;
  /** What cost a point, for whoever has to mend it. */
  readonly findings: readonly string[];
}

export interface PagesVerdict {
  readonly isMet: boolean;
  readonly worst: Readonly<Record<Category, { readonly score: number; readonly page: string }>>;
}

const categorySchema = z.object({
  score: z.number(),
  auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
});
/** The part of a Lighthouse result that is read here. */
const resultSchema = z.object({
  finalDisplayedUrl: z.string(),
  runtimeError: z.object({ message: z.string() }).optional(),
  categories: z.object({
    performance: categorySchema,
    accessibility: categorySchema,
    'best-practices': categorySchema,
  }),
  audits: z.record(
    z.string(),
    z.object({
      title: z.string(),
      score: z.number().nullable(),
      details: z.unknown().optional(),
    }),
  ),
});
type Result = z.infer<typeof resultSchema>;

/** Details of the audits that list something. */
const listSchema = z.object({ items: z.array(z.unknown()) });

const requestSchema = z.object({ url: z.string(), statusCode: z.number(), transferSize: z.number() });
const consoleErrorSchema = z.object({
  source: z.string(),
  sourceLocation: z.object({ url: z.string() }).optional(),
});

/** The audit that counts what the console complains about. */
const CONSOLE_AUDIT = 'errors-in-console';

/**
 * `result`: Lighthouse's, of a navigation with the three categories. Where a page says no with its status, Chromium's complaint in the
 * console about just that does not count: a 404 that is told to people and to machines is no fault of a page.
 * Throws when Lighthouse could not score the page, or ended up at another address than `url`.
 */
export function pageScoresOf(
  result: unknown,
  about: { readonly page: string; readonly formFactor: FormFactor; readonly url: string },
): PageScores {
  const { page, formFactor, url } = about;
  const checked = resultSchema.parse(result);
  const { runtimeError, finalDisplayedUrl, categories } = checked;
  if (runtimeError !== undefined) throw new Error(`Lighthouse could not look at ${page}: ${runtimeError.message}`);
  if (finalDisplayedUrl !== url) throw new Error(`instead of ${page} there was ${finalDisplayedUrl}`);
  const requests = itemsOf(checked, 'network-requests').map((item) => requestSchema.parse(item));
  const isForgiven = saysNoAndNothingElse(checked, requests);
  const counts = ({ id, weight }: { id: string; weight: number }) =>
    weight > 0 && !(isForgiven && id === CONSOLE_AUDIT);
  const scoreOf = (category: Category) => {
    const { score, auditRefs } = categories[category];
    // Lighthouse's own score, unless there is something to leave out.
    return Math.round(100 * (auditRefs.every((ref) => ref.weight === 0 || counts(ref)) ? score : meanOf(category)));
  };
  const meanOf = (category: Category) => {
    const counted = categories[category].auditRefs.filter(counts);
    const weights = counted.reduce((sum, { weight }) => sum + weight, 0);
    return counted.reduce((sum, { id, weight }) => sum + weight * (checked.audits[id]?.score ?? 0), 0) / weights;
  };
  return {
    page,
    formFactor,
    scores: {
      performance: scoreOf('performance'),
      accessibility: scoreOf('accessibility'),
      'best-practices': scoreOf('best-practices'),
    },
    transferredBytes: requests.reduce((sum, { transferSize }) => sum + transferSize, 0),
    requests: requests.length,
    findings: CATEGORIES.flatMap((category) =>
      categories[category].auditRefs.filter(counts).flatMap(({ id }) => {
        const audit = checked.audits[id];
        return audit === undefined || audit.score === 1 ? [] : `${category}: ${audit.title}`;
      }),
    ),
  };
}

export const isBelowAim = ({ scores }: PageScores) => CATEGORIES.some((category) => scores[category] < SCORE_MIN);

/**
 * Several looks at one page as one: the median of each score, as Lighthouse's authors advise where a machine has other work besides.
 * Throws RangeError without any.
 */
export function medianOf(looks: readonly PageScores[]): PageScores {
  const [first] = looks;
  if (first === undefined) throw new RangeError('no look, no median');
  const scoreOf = (category: Category) => median(looks.map(({ scores }) => scores[category]));
  return {
    ...first,
    scores: {
      performance: scoreOf('performance'),
      accessibility: scoreOf('accessibility'),
      'best-practices': scoreOf('best-practices'),
    },
    findings: [...new Set(looks.flatMap(({ findings }) => findings))],
  };
}

/** Throws RangeError without pages: nothing was met by nobody. */
export function verdictOf(pages: readonly PageScores[]): PagesVerdict {
  const worstOf = (category: Category) => {
    const [first, ...others] = pages;
    if (first === undefined) throw new RangeError('no pages, no verdict');
    const worst = others.reduce((low, each) => (each.scores[category] < low.scores[category] ? each : low), first);
    return { score: worst.scores[category], page: `${worst.page}, ${worst.formFactor}` };
  };
  const worst = {
    performance: worstOf('performance'),
    accessibility: worstOf('accessibility'),
    'best-practices': worstOf('best-practices'),
  };
  return { isMet: CATEGORIES.every((category) => worst[category].score >= SCORE_MIN), worst };
}

/** The table, the worst of each column, and what is to be mended where the aim is missed. */
export function pageScoreLines(pages: readonly PageScores[]): string[] {
  const { isMet, worst } = verdictOf(pages);
  const missed = pages.filter(isBelowAim);
  return [
    ...table([
      ['page', 'form factor', ...CATEGORIES.map(inWords), 'bytes', 'requests'],
      ...pages.map(({ page, formFactor, scores, transferredBytes, requests }) => [
        page,
        formFactor,
        ...CATEGORIES.map((category) => String(scores[category])),
        String(transferredBytes),
        String(requests),
      ]),
    ]),
    '',
    ...CATEGORIES.map(
      (category) => `Worst in ${inWords(category)}: ${worst[category].score} (${worst[category].page}).`,
    ),
    `Aim: at least ${SCORE_MIN} in each, on every page: ${isMet ? 'met' : 'MISSED'}.`,
    ...missed.flatMap(({ page, formFactor, findings }) =>
      findings.map((finding) => `  ${page}, ${formFactor}: ${finding}`),
    ),
  ];
}

const inWords = (category: Category) => category.replace('-', ' ');

function saysNoAndNothingElse(result: Result, requests: readonly z.infer<typeof requestSchema>[]): boolean {
  const { finalDisplayedUrl: url } = result;
  const saysNo = requests.some((request) => request.url === url && request.statusCode >= 400);
  const complaints = itemsOf(result, CONSOLE_AUDIT).map((item) => consoleErrorSchema.safeParse(item));
  return (
    saysNo &&
    complaints.every(({ data }) => data !== undefined && data.source === 'network' && data.sourceLocation?.url === url)
  );
}

function itemsOf({ audits }: Result, id: string): readonly unknown[] {
  return listSchema.safeParse(audits[id]?.details).data?.items ?? [];
}
