// What every benchmark is given. Knows nothing of any of them.

export interface BenchOptions {
  /** Of this benchmark alone; removed afterwards by whoever gave it. */
  readonly folder: string;
  readonly rounds: number;
  /** How many people a large directory has. */
  readonly people: number;
  readonly onStep: (step: string) => void;
}
