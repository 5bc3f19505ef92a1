// The way out through an HTTP proxy: one CONNECT per connection, TLS to the front door inside it, so that the proxy sees the
// front door's name and nothing else. Basic authentication only; NTLM and Kerberos proxies need a local helper.

import type { Agent } from 'node:http';
import type { Secret } from '../../secret/secret.js';

export interface ProxySettings {
  /** `http://host:port`, without user name and password. */
  readonly url: string;
  /** Default: none. */
  readonly credentials: { readonly user: string; readonly password: Secret } | undefined;
}

/** An agent for `node:https` and ws. Give it the same trust settings as a straight connection: they are the request's. */
export async function createProxyAgent(settings: ProxySettings): Promise<Agent> {
  // Only where there is a proxy: it brings 3 MB along.
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  const { url, credentials } = settings;
  if (credentials === undefined) return new HttpsProxyAgent(url);
  // Not in the URL, which the library writes into its debug output and its events.
  return new HttpsProxyAgent(url, {
    headers: () => ({
      'Proxy-Authorization': `Basic ${Buffer.from(`${credentials.user}:${credentials.password.expose()}`).toString('base64')}`,
    }),
  });
}
