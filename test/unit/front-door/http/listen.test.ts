// Ports that cannot be had, by the codes of real sockets; and the one that needs a right, which root in a test always has.

import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { describe, expect, test } from 'vitest';
import { OperatorMistake } from '../../../../src/failure/failure.js';
import {
  AddressNotFree,
  type ListenAddress,
  listen,
  PortNotPermitted,
} from '../../../../src/front-door/http/listen.js';
import { portOf } from '../../../support/tcp-relay.js';

const listening = (server: Server) => ({
  listen: async (address: ListenAddress) => {
    server.listen(address);
    await once(server, 'listening');
  },
});
const refusing = (code: string) => ({ listen: () => Promise.reject(Object.assign(new Error(code), { code })) });

describe('opening the port', () => {
  test('says that another program has it, which waiting may change', async () => {
    const [first, second] = [createServer(), createServer()];
    await listen(listening(first), { host: '127.0.0.1', port: 0 });
    const taken = listen(listening(second), { host: '127.0.0.1', port: portOf(first) });
    await expect(taken).rejects.toBeInstanceOf(AddressNotFree);
    await expect(taken).rejects.not.toBeInstanceOf(OperatorMistake);
    first.close();
  });

  test('says that the address is nobody’s here, or that the name is no address', async () => {
    const elsewhere = listen(listening(createServer()), { host: '192.0.2.1', port: 0 });
    await expect(elsewhere).rejects.toMatchObject({ code: 'address-not-free', message: expect.stringMatching(/host/) });
    const unknown = listen(listening(createServer()), { host: 'nowhere.invalid', port: 0 });
    await expect(unknown).rejects.toMatchObject({ code: 'address-not-free', message: expect.stringMatching(/name/) });
  });

  test('says which right is missing for a low port, which only the operator can give', async () => {
    const refused = listen(refusing('EACCES'), { host: '0.0.0.0', port: 443 });
    await expect(refused).rejects.toBeInstanceOf(PortNotPermitted);
    await expect(refused).rejects.toBeInstanceOf(OperatorMistake);
  });

  test('passes on what it does not know', async () => {
    await expect(listen(refusing('EMFILE'), { host: '::1', port: 1 })).rejects.toMatchObject({ code: 'EMFILE' });
  });
});
