// What the benchmark of the pages makes of Lighthouse's answers: a page below the aim must not pass, and a page that says no with its status
// must not fail for that.

import { describe, expect, it } from 'vitest';
import {
  type Category,
  medianOf,
  type PageScores,
  pageScoreLines,
  pageScoresOf,
  verdictOf,
} from '../../../scripts/benchmarks/page-scores.js';

const URL = 'https://127.0.0.1:8443/reset';
const ABOUT = { page: 'start', formFactor: 'mobile', url: URL } as const;
const OWN_STATUS = { source: 'network', description: 'Failed to load resource', sourceLocation: { url: URL } };

/** As Lighthouse gives it, of a page without fault; `bestPractices`: of that category, which has two audits of weight 1. */
function result({
  bestPractices = 1,
  consoleErrors = [],
  status = 200,
  finalDisplayedUrl = URL,
}: {
  readonly bestPractices?: number;
  readonly consoleErrors?: readonly object[];
  readonly status?: number;
  readonly finalDisplayedUrl?: string;
} = {}) {
  const category = (id: string) => ({ score: 1, auditRefs: [{ id, weight: 1 }] });
  return {
    finalDisplayedUrl,
    categories: {
      performance: category('speed'),
      accessibility: category('contrast'),
      'best-practices': {
        score: bestPractices,
        auditRefs: [
          { id: 'errors-in-console', weight: 1 },
          { id: 'https', weight: 1 },
          { id: 'advice', weight: 0 },
        ],
      },
    },
    audits: {
      speed: { title: 'is fast', score: 1 },
      contrast: { title: 'can be read', score: 1 },
      https: { title: 'uses HTTPS', score: 1 },
      advice: { title: 'could be better', score: 0 },
      'errors-in-console': {
        title: 'the console complains',
        score: consoleErrors.length === 0 ? 1 : 0,
        details: { items: consoleErrors },
      },
      'network-requests': {
        title: 'requests',
        score: null,
        details: {
          items: [
            { url: URL, statusCode: status, transferSize: 2600 },
            { url: `${URL}/style.css`, statusCode: 200, transferSize: 4000 },
          ],
        },
      },
      // Other audits' details have other shapes.
      tree: { title: 'tree', score: 1, details: { items: { a: true } } },
    },
  };
}

describe('the scores of a page', () => {
  it('are of a hundred, with all that was loaded', () => {
    expect(pageScoresOf(result({ bestPractices: 0.96 }), ABOUT)).toMatchObject({
      page: 'start',
      formFactor: 'mobile',
      scores: { performance: 100, accessibility: 100, 'best-practices': 96 },
      transferredBytes: 6600,
      requests: 2,
    });
  });

  it('do not count that the console tells the status with which the page itself says no', () => {
    const refused = result({ status: 404, bestPractices: 0.5, consoleErrors: [OWN_STATUS] });
    expect(pageScoresOf(refused, ABOUT)).toMatchObject({ scores: { 'best-practices': 100 }, findings: [] });
  });

  it.each([
    [
      'a file that is missing',
      { status: 404, consoleErrors: [OWN_STATUS, { ...OWN_STATUS, sourceLocation: { url: `${URL}/style.css` } }] },
    ],
    ['a script that fails', { status: 404, consoleErrors: [{ source: 'exception', sourceLocation: { url: URL } }] }],
    ['an error without a place', { status: 404, consoleErrors: [{ source: 'network' }] }],
    ['the same of a page that says yes', { status: 200, consoleErrors: [OWN_STATUS] }],
  ])('count %s', (_, told) => {
    expect(pageScoresOf(result({ ...told, bestPractices: 0.5 }), ABOUT)).toMatchObject({
      scores: { 'best-practices': 50 },
      findings: ['best-practices: the console complains'],
    });
  });

  it('are not those of the page one was sent on to, nor of one that could not be loaded', () => {
    expect(() => pageScoresOf(result({ finalDisplayedUrl: `${URL}/stopped` }), ABOUT)).toThrow(/instead of start/);
    const broken = { ...result(), runtimeError: { code: 'NO_FCP', message: 'nothing was painted' } };
    expect(() => pageScoresOf(broken, ABOUT)).toThrow(/nothing was painted/);
    const unscored = result();
    expect(() =>
      pageScoresOf(
        { ...unscored, categories: { ...unscored.categories, performance: { score: null, auditRefs: [] } } },
        ABOUT,
      ),
    ).toThrow();
  });
});

function page(name: string, scores: Partial<Record<Category, number>> = {}): PageScores {
  return {
    page: name,
    formFactor: 'desktop',
    scores: { performance: 100, accessibility: 100, 'best-practices': 100, ...scores },
    transferredBytes: 6600,
    requests: 2,
    findings: [`what is wrong with ${name}`],
  };
}

describe('the verdict', () => {
  it('is met at 98 and missed below, by one score of one page', () => {
    expect(verdictOf([page('a', { performance: 98 }), page('b')]).isMet).toBe(true);
    for (const category of ['performance', 'accessibility', 'best-practices'] as const)
      expect(verdictOf([page('a'), page('b', { [category]: 97 })]).isMet).toBe(false);
  });

  it('names the worst page of each category', () => {
    const { worst } = verdictOf([page('a'), page('b', { performance: 99 }), page('c', { accessibility: 40 })]);
    expect(worst).toEqual({
      performance: { score: 99, page: 'b, desktop' },
      accessibility: { score: 40, page: 'c, desktop' },
      'best-practices': { score: 100, page: 'a, desktop' },
    });
  });

  it('is not given without pages', () => {
    expect(() => verdictOf([])).toThrow(RangeError);
  });
});

describe('several looks at one page', () => {
  it('count by their median, so that one bad moment of the machine is none of the page, and a page that is mostly slow is slow', () => {
    const [good, bad] = [page('a'), page('a', { performance: 60 })];
    expect(medianOf([bad, good, good]).scores.performance).toBe(100);
    expect(medianOf([good, bad, bad]).scores.performance).toBe(60);
    expect(() => medianOf([])).toThrow(RangeError);
  });
});

describe('the table', () => {
  it('has a row for each page, and says what to mend where the aim is missed, and only there', () => {
    const lines = pageScoreLines([page('a'), page('b', { performance: 60 })]);
    expect(lines).toContain('| a    | desktop     | 100         | 100           | 100            | 6600  | 2        |');
    expect(lines).toContain('Worst in performance: 60 (b, desktop).');
    expect(lines.join('\n')).toContain('MISSED');
    expect(lines.at(-1)).toContain('what is wrong with b');
    expect(lines.join('\n')).not.toContain('what is wrong with a');
    expect(pageScoreLines([page('a')]).at(-1)).toContain(': met.');
  });
});
