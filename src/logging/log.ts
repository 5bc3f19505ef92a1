// Makes the one pino logger of a program. Business events are functions in each program's events.ts, so that what is
// logged is decided once per event; nothing here, and no caller, logs an object it did not build field by field.

import { type Logger, type LoggerOptions, pino } from 'pino';

export type Log = Logger;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogOptions {
  readonly level: LogLevel;
  /** The program that speaks, on every line. */
  readonly program: 'agent' | 'front-door';
}

/** A logger of JSON lines on standard output, with ISO times and level names. */
export function createLog(options: LogOptions, destination?: { write(line: string): void }): Log {
  const settings: LoggerOptions = {
    level: options.level,
    base: { program: options.program },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // A second net, not the first: events name their fields one by one and none is a secret.
    redact: { paths: SECRET_PATHS, censor: '[secret]' },
  };
  return destination === undefined ? pino(settings) : pino(settings, destination);
}

const SECRET_FIELDS = ['password', 'newPassword', 'bindPassword', 'code', 'secret', 'token', 'authorization', 'cookie'];
const SECRET_PATHS = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]);
