// One bound LDAPS connection, used once and by one intent at a time. Hides ldapts, whose client may re-open its socket
// unbound behind our back, shares one broken parser between sockets, and has no limit on what it receives.
// Promises: verified TLS 1.2 or newer, a deadline on everything, and the end of the connection at the first irregularity.
// Longer than most files: everything that may touch the socket or the client stands here, so that nothing else can.

import { isIP, type LookupFunction } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { type Change, Client, type Control, type Filter, PasswordPolicyControl } from 'ldapts';
import { assert } from '../../failure/assert.js';
import type { Secret } from '../../secret/secret.js';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../directory/ports.js';
import { bindNameForm } from './bind-name.js';
import { AnswerTooLarge, bindFailure, connectionFailure, isPassing } from './connection-failures.js';
import { dirSyncControl, pageControl } from './controls.js';
import { LdapEntry } from './ldap-entry.js';
import { LDAP_CODES, LdapRefusal, refusalFrom } from './ldap-errors.js';
import { MessageMeter, type MeterFault, type RequestKind } from './message-meter.js';
import { PASSWORD_MODIFY_OID, type PasswordModify, passwordModifyValue } from './password-modify.js';
import type { DirSyncAnswer } from './response-grammar.js';

/** An entry of a person with its permissions stays far below; a larger message ends the connection. */
const MESSAGE_BYTES_MAX = 1024 * 1024;
/** A page of a thousand entries stays far below; a larger answer ends the connection. */
const ANSWER_BYTES_MAX = 32 * 1024 * 1024;
/** A thousand entries of a hundred attributes each. */
const ANSWER_ELEMENTS_MAX = 400_000;
/** One TLS record, which is the most that arrives at a time. */
const READ_BYTES = 16 * 1024;
const KEEP_ALIVE_MS = 60_000;

export interface Endpoint {
  /** `ldaps://host:port`, without anything else. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
}

export interface ConnectionOptions {
  readonly endpoint: Endpoint;
  /** The name in the certificate, where it is not the host. */
  readonly serverName: string | undefined;
  /** Certificate authorities (PEM) to trust instead of the machine's own. */
  readonly ca: string | undefined;
  /** How a socket finds the host's addresses. Default: as this machine does. */
  readonly lookup?: LookupFunction | undefined;
  readonly bindName: string;
  readonly bindPassword: Secret;
  /** For TCP and TLS together. */
  readonly connectTimeoutMs: number;
  /** For every request and its answer. */
  readonly operationTimeoutMs: number;
}

/** How the server is reached, whoever binds there. */
type ServerOptions = Omit<ConnectionOptions, 'bindName' | 'bindPassword'>;

export interface SearchRequest {
  readonly base: string;
  readonly scope: 'base' | 'sub';
  readonly filter?: Filter;
  /** Spelled as the schema does. */
  readonly attributes: readonly string[];
  /** Entries at most; more are silently not sent. 0, the default: no limit of ours. */
  readonly sizeLimit?: number;
  readonly controls?: readonly Control[];
}

export interface SearchPage {
  readonly entries: readonly LdapEntry[];
  /** Undefined when the directory said that this was the last page. */
  readonly nextCookie: Buffer | undefined;
}

export interface ChangesAnswer extends DirSyncAnswer {
  readonly entries: readonly LdapEntry[];
}

export interface ModifyRequest {
  readonly distinguishedName: string;
  readonly changes: Change[];
  readonly controls: Control[];
}

export interface PasswordModifyRequest extends PasswordModify {
  readonly controls: Control[];
}

/** What the password policy control said of an answer, where it was asked for and sent (draft-behera-ldap-password-policy-10 §6.2). */
export interface PolicyRemarks {
  readonly passwordPolicyError?: number | undefined;
  /** Of a bind with a password that has expired: how many more of them there may be. This one was the last when it is 0. */
  readonly graceSignInsLeft?: number | undefined;
}

/** A no, and the error in the password policy control that came with it, where one was asked for and sent. */
export interface Refused {
  readonly kind: 'refused';
  readonly refusal: LdapRefusal;
  readonly passwordPolicyError?: number | undefined;
}

export type ModifyAnswer =
  | { readonly kind: 'applied' }
  | Refused
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'answer-lost' };

/** MS-ADTS 3.1.1.3.1.10. */
const GLOBAL_CATALOG_PORTS = [3268, 3269];

/** A person, by the name and the password that a bind takes. */
export interface PersonBind {
  readonly distinguishedName: string;
  /** UTF-8. */
  readonly password: Uint8Array;
  readonly controls: Control[];
}

export type PersonConnection =
  | { readonly kind: 'bound'; readonly connection: LdapConnection; readonly remarks: PolicyRemarks }
  | Refused
  /** No answer to the bind: it may have counted as an attempt, and nothing was written. */
  | { readonly kind: 'unreachable' };

/** Reads `ldaps://host[:port]`. Throws DirectoryMisconfigured on any other scheme: ldapts would speak without TLS. */
export function parseEndpoint(url: string): Endpoint {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== 'ldaps:' || parsed.hostname === '' || !/^ldaps:\/\/[^/?#@\s]+\/?$/i.test(url)) {
    throw new DirectoryMisconfigured(
      `${url} is not a domain controller's address: write ldaps://HOST or ldaps://HOST:PORT`,
    );
  }
  const port = parsed.port === '' ? 636 : Number(parsed.port);
  if (GLOBAL_CATALOG_PORTS.includes(port)) {
    throw new DirectoryMisconfigured(
      `${url} is a global catalog, which takes no writes: name the domain controller itself, at port 636`,
    );
  }
  return { url: `ldaps://${parsed.hostname}:${port}`, host: parsed.hostname.replace(/^\[|\]$/g, ''), port };
}

export class LdapConnection {
  readonly endpoint: Endpoint;
  readonly #options: ServerOptions;
  readonly #client: Client;
  readonly #meter = new MessageMeter({
    messageBytesMax: MESSAGE_BYTES_MAX,
    answerBytesMax: ANSWER_BYTES_MAX,
    answerElementsMax: ANSWER_ELEMENTS_MAX,
  });
  #socket: TLSSocket | undefined;
  #fault: MeterFault | undefined;
  #isBusy = false;

  private constructor(options: ServerOptions) {
    this.endpoint = options.endpoint;
    const { endpoint, serverName, ca, lookup, connectTimeoutMs, operationTimeoutMs } = options;
    this.#options = { endpoint, serverName, ca, lookup, connectTimeoutMs, operationTimeoutMs };
    this.#client = new Client({
      url: options.endpoint.url,
      timeout: options.operationTimeoutMs,
      connectTimeout: options.connectTimeoutMs,
      createSecureConnection: () => this.#openSocket(options),
    });
  }

  /** Connects and binds. Throws DirectoryUnreachable, DirectoryMisconfigured (BindRefused among them) or the abort reason. */
  static async open(options: ConnectionOptions, signal: AbortSignal): Promise<LdapConnection> {
    const { endpoint, bindName, bindPassword } = options;
    bindNameForm(bindName);
    if (bindPassword.exposeBytes().length === 0) {
      // RFC 4513 §5.1.2: a name without a password is an anonymous bind that may well succeed.
      throw new DirectoryMisconfigured(`the password of ${bindName} is empty: set it in the settings`);
    }
    const connection = new LdapConnection(options);
    try {
      await connection.#request('bind', signal, () => connection.#client.bind(bindName, bindPassword.expose()));
      return connection;
    } catch (error) {
      connection.destroy();
      signal.throwIfAborted();
      const refusal = refusalFrom(error);
      throw refusal === undefined
        ? connectionFailure(endpoint.url, error)
        : bindFailure({ url: endpoint.url, bindName, refusal });
    }
  }

  /** Whether the next request would go out bound, on the socket that was bound. Ask before every write. */
  get isUsable(): boolean {
    // ldapts learns of a lost socket only when it has closed, some turns after it was destroyed.
    const isOpen = this.#socket?.destroyed === false && this.#fault === undefined;
    return isOpen && this.#client.isConnected && this.#client.isBound && !this.#isBusy;
  }

  /** Throws LdapRefusal, DirectoryUnreachable or the abort reason. References to other servers are left out. */
  async search(request: SearchRequest, signal: AbortSignal): Promise<LdapEntry[]> {
    const { base, scope, filter, attributes, sizeLimit = 0, controls = [] } = request;
    const found = await this.#read(signal, async () => {
      await this.#client.search(
        base,
        {
          scope,
          derefAliases: 'never',
          attributes: [...attributes],
          sizeLimit,
          ...(filter === undefined ? {} : { filter }),
        },
        [...controls],
      );
      return this.#meter.takeEntries().map((entry) => new LdapEntry(entry));
    });
    if (this.#meter.resultCode === LDAP_CODES.sizeLimitExceeded && found.length < sizeLimit) {
      // A limit of the directory's own. ldapts takes it for ours: one entry would pass for the only one.
      throw new LdapRefusal(LDAP_CODES.sizeLimitExceeded, 'fewer entries than asked for');
    }
    return found;
  }

  /** One page. Throws DirectoryMisconfigured when the directory does not page: its answer could be cut without a word. */
  async searchPage(
    request: SearchRequest,
    page: { readonly size: number; readonly cookie: Buffer | undefined },
    signal: AbortSignal,
  ): Promise<SearchPage> {
    const entries = await this.search(
      { ...request, controls: [...(request.controls ?? []), pageControl(page)] },
      signal,
    );
    const cookie = this.#meter.pageCookie;
    if (cookie === undefined) {
      throw new DirectoryMisconfigured(`${this.endpoint.url} does not answer page by page (RFC 2696)`);
    }
    return { entries, nextCookie: cookie.length === 0 ? undefined : cookie };
  }

  /**
   * What has changed since `cookie`, as far as one answer takes it. Throws DirectoryMisconfigured when the directory does not
   * answer the question that was asked.
   */
  async searchChanges(request: SearchRequest, cookie: Buffer, signal: AbortSignal): Promise<ChangesAnswer> {
    const controls = [...(request.controls ?? []), dirSyncControl(cookie)];
    const entries = await this.search({ ...request, controls }, signal);
    const { dirSync } = this.#meter;
    if (dirSync === undefined)
      throw new DirectoryMisconfigured(`${this.endpoint.url} does not say where its changes go on (DirSync)`);
    return { ...dirSync, entries };
  }

  /** One modify. Never throws: whoever asked must know whether it left. */
  modify({ distinguishedName, changes, controls }: ModifyRequest, signal: AbortSignal): Promise<ModifyAnswer> {
    return this.#write('modify', controls, signal, () => this.#client.modify(distinguishedName, changes, controls));
  }

  /** One password modify (RFC 3062). Never throws either, and never asks the server for a password of its own making. */
  async modifyPassword(request: PasswordModifyRequest, signal: AbortSignal): Promise<ModifyAnswer> {
    const value = passwordModifyValue(request);
    try {
      return await this.#write('extended', request.controls, signal, () =>
        this.#client.exop(PASSWORD_MODIFY_OID, value, request.controls),
      );
    } finally {
      // @NOTE ldapts has copied it into the request it sent, which only the garbage collector ends.
      value.fill(0);
    }
  }

  /**
   * A further connection to the same server, bound as a person, for what only they may do. Whoever asked destroys it. This one
   * stays bound as it is: it must never carry anybody else's password. Never throws.
   */
  async openAs({ distinguishedName, password, controls }: PersonBind, signal: AbortSignal): Promise<PersonConnection> {
    assert(password.length > 0, 'a bind without a password is an anonymous one');
    bindNameForm(distinguishedName);
    const connection = new LdapConnection(this.#options);
    try {
      // @NOTE ldapts takes a password for a bind as a string only, and keeps it until the connection is collected.
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(password);
      await connection.#request('bind', signal, () => connection.#client.bind(distinguishedName, text, controls));
      return { kind: 'bound', connection, remarks: remarksIn(controls) };
    } catch (error) {
      connection.destroy();
      const refusal = refusalFrom(error);
      return refusal === undefined
        ? { kind: 'unreachable' }
        : { kind: 'refused', refusal, passwordPolicyError: remarksIn(controls).passwordPolicyError };
    }
  }

  /** Ends the connection at once. Whatever is under way fails. */
  destroy(): void {
    // With an error, because ldapts would otherwise wait for a socket that is still connecting until its time is up.
    this.#socket?.destroy(new Error(this.#fault ?? 'ended on our side'));
  }

  async #write(
    kind: RequestKind,
    controls: readonly Control[],
    signal: AbortSignal,
    ask: () => Promise<unknown>,
  ): Promise<ModifyAnswer> {
    if (signal.aborted || !this.isUsable) return { kind: 'not-sent' };
    try {
      await this.#request(kind, signal, ask);
      return { kind: 'applied' };
    } catch (error) {
      const refusal = refusalFrom(error);
      if (refusal === undefined) return { kind: 'answer-lost' };
      return { kind: 'refused', refusal, passwordPolicyError: remarksIn(controls).passwordPolicyError };
    }
  }

  async #read<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    if (!this.isUsable) throw new DirectoryUnreachable(`the connection to ${this.endpoint.url} is gone`);
    try {
      return await this.#request('search', signal, ask);
    } catch (error) {
      signal.throwIfAborted();
      const fault = this.#fault === undefined ? '' : ` (${this.#fault})`;
      const Lost = this.#fault === 'answer-too-large' ? AnswerTooLarge : DirectoryUnreachable;
      throw refusalFrom(error) ?? new Lost(`${this.endpoint.url} did not answer a request${fault}`, { cause: error });
    }
  }

  async #request<T>(kind: RequestKind, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    assert(!this.#isBusy, 'a connection carries one request at a time');
    signal.throwIfAborted();
    const onAbort = () => this.destroy();
    signal.addEventListener('abort', onAbort, { once: true });
    this.#isBusy = true;
    this.#meter.startRequest(kind);
    try {
      return await ask();
    } catch (error) {
      // Anything but a clean answer leaves a parser and a socket in a state nobody knows.
      const refusal = refusalFrom(error);
      if (refusal === undefined || isPassing(refusal)) this.destroy();
      throw error;
    } finally {
      this.#isBusy = false;
      signal.removeEventListener('abort', onAbort);
    }
  }

  #openSocket({ endpoint: { host, port }, serverName, ca, lookup }: ServerOptions): TLSSocket {
    // ldapts re-opens a lost socket by itself, unbound: refused, because a write must never leave on such a one.
    assert(this.#socket === undefined, 'a connection is opened once');
    const nameInCertificate = serverName ?? (isIP(host) === 0 ? host : undefined);
    const reading = {
      // Instead of `data` events, which come from `#receive` alone.
      onread: {
        buffer: Buffer.alloc(READ_BYTES),
        callback: (bytes: number, buffer: Uint8Array) => this.#receive(buffer, bytes),
      },
    };
    const socket = connect({
      ...reading,
      host,
      port,
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(nameInCertificate === undefined ? {} : { servername: nameInCertificate }),
      ...(ca === undefined ? {} : { ca }),
      ...(lookup === undefined ? {} : { lookup }),
    });
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.setNoDelay(true);
    this.#socket = socket;
    return socket;
  }

  /** Hands ldapts what it may read. Returns whether more may come. */
  #receive(buffer: Uint8Array, bytes: number): boolean {
    if (this.#fault !== undefined) return false;
    const { messages, fault } = this.#meter.take(buffer, bytes);
    this.#fault = fault;
    // One whole message at a time: ldapts calls itself once for every further message in a piece, and copies all that
    // came of a message for every piece of it.
    for (const message of messages) this.#socket?.emit('data', message);
    if (fault !== undefined) this.destroy();
    return fault === undefined;
  }
}

/** ldapts reads the answer's control into the very object that was sent. */
function remarksIn(controls: readonly Control[]): PolicyRemarks {
  const told = controls.find((control) => control instanceof PasswordPolicyControl)?.value;
  return { passwordPolicyError: told?.error, graceSignInsLeft: told?.graceAuthNsRemaining };
}
