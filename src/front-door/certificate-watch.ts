// Takes a renewed certificate into use without a restart: looks at the files now and then, and changes what the server serves.
// A new pair that cannot be used changes nothing and is told once. No signal is needed, so it works on Windows too.

import { stat } from 'node:fs/promises';
import type { SecureContextOptions } from 'node:tls';
import type { Secret } from '../secret/secret.js';

export interface CertificateEvents {
  certificateRenewed(): void;
  certificateNotUsable(event: { readonly failure: unknown }): void;
}

export interface CertificateWatchOptions {
  /** Throws for files that are not there, are no PEM, or do not belong together. */
  readonly load: () => Promise<{ readonly certificate: string; readonly key: Secret }>;
  /** The server's own. */
  readonly setSecureContext: (options: SecureContextOptions) => void;
  readonly events: CertificateEvents;
}

/** One look: to be called every minute or so. Rejects never. */
export type CertificateWatch = () => Promise<void>;

/** Begins before the files are loaded for the first time, so that a change in between is not missed. */
export async function watchCertificate(
  files: readonly string[],
): Promise<(options: CertificateWatchOptions) => CertificateWatch> {
  let known = await stampOf(files);
  return ({ load, setSecureContext, events }) =>
    async () => {
      const stamp = await stampOf(files);
      if (stamp === known) return;
      // Also when it turns out to be unusable: half of a pair is followed by the other half, which changes the stamp again.
      known = stamp;
      try {
        const { certificate, key } = await load();
        setSecureContext({ cert: certificate, key: key.expose(), minVersion: 'TLSv1.2' });
        events.certificateRenewed();
      } catch (failure) {
        events.certificateNotUsable({ failure });
      }
    };
}

/** Changes with the files' content, place or mode; a file that is not there is a state too. */
async function stampOf(files: readonly string[]): Promise<string> {
  const stamps = files.map(async (file) => {
    const facts = await stat(file).catch(() => undefined);
    return facts === undefined ? 'none' : [facts.mtimeMs, facts.ctimeMs, facts.size, facts.ino].join('/');
  });
  return (await Promise.all(stamps)).join(' ');
}
