// A mail server in a thread of its own that takes every mail and keeps none: what a real one does is somebody else's work.
// Plain SMTP on loopback. Tells its parent the port, and ends with it.

import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { SMTPServer } from 'smtp-server';

export interface DiscardingMail extends AsyncDisposable {
  readonly port: number;
}

/** Starts it on `host`, on any free port. */
export async function startDiscardingMail(host: string): Promise<DiscardingMail> {
  const worker = new Worker(new URL(import.meta.url), { workerData: host });
  // Rejects with what the thread could not do.
  const [port] = await once(worker, 'message');
  const stop = async () => {
    await worker.terminate();
  };
  return { port: Number(port), [Symbol.asyncDispose]: stop };
}

function serve(host: string, tell: (port: number) => void): void {
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => {
      stream.on('end', () => done());
      stream.resume();
    },
  });
  const server = smtp.listen(0, host, () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') tell(address.port);
  });
}

if (parentPort !== null) {
  const parent = parentPort;
  serve(String(workerData), (port) => parent.postMessage(port));
}
