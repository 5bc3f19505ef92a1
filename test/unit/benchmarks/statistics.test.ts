// The arithmetic behind the benchmark's tables: a wrong quantile would be believed.

import { describe, expect, it } from 'vitest';
import {
  chanceOfTelling,
  differenceOf,
  figureOf,
  median,
  quantile,
  ratioOf,
} from '../../../scripts/benchmarks/statistics.js';

describe('a quantile', () => {
  it('is a value that was measured, whatever the order', () => {
    const values = [50, 10, 40, 20, 30];
    expect(quantile(values, 0.5)).toBe(30);
    expect(quantile(values, 0.99)).toBe(50);
    expect(quantile(values, 0)).toBe(10);
    expect(quantile(values, 1)).toBe(50);
  });

  it('leaves one in a hundred above the ninety-ninth', () => {
    const values = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(quantile(values, 0.99)).toBe(99);
  });

  it('is not made up without values', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('the chance of telling two lists apart', () => {
  it('is one half where nothing does, and one where every value of the second is larger', () => {
    expect(chanceOfTelling([1, 2, 3], [1, 2, 3]).chance).toBe(0.5);
    expect(chanceOfTelling([1, 2], [3, 4]).chance).toBe(1);
    expect(chanceOfTelling([3, 4], [1, 2]).chance).toBe(0);
    expect(() => chanceOfTelling([], [1])).toThrow(RangeError);
  });

  it('leaves a margin for chance alone, the smaller the more values there are', () => {
    const margin = (count: number) => chanceOfTelling(Array(count).fill(1), Array(count).fill(1)).chanceMargin;
    expect(margin(500)).toBeCloseTo(0.0548, 4);
    expect(margin(50)).toBeGreaterThan(margin(500));
  });
});

describe('figures over rounds', () => {
  it('are the median and the range', () => {
    expect(figureOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
    expect(figureOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 });
  });

  it('compare each round with its own base, not the medians with each other', () => {
    // The machine was twice as slow in the second round: the ratio did not change.
    expect(ratioOf([15, 30], [10, 20])).toEqual({ median: 1.5, min: 1.5, max: 1.5 });
    expect(differenceOf([15, 30], [10, 20])).toEqual({ median: 7.5, min: 5, max: 10 });
  });

  it('refuse to compare different numbers of rounds', () => {
    expect(() => ratioOf([1, 2], [1])).toThrow(RangeError);
  });
});
