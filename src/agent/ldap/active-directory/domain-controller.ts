// Who a connection has reached: the domain controller's name and incarnation, its domain, and what it can do. Asked once per
// connection. Refuses what no password may be written to: another kind of directory, or a read-only domain controller.

import { AndFilter, EqualityFilter } from 'ldapts';
import { formatDistinguishedName, parseDistinguishedName } from '../../directory/distinguished-name.js';
import { DirectoryMisconfigured } from '../../directory/ports.js';
import type { LdapConnection } from '../connection.js';
import { refusedTo } from '../connection-failures.js';
import { POLICY_HINTS_OIDS } from '../controls.js';
import { LdapRefusal } from '../ldap-errors.js';
import { guidText } from './object-guid.js';

/** LDAP_CAP_ACTIVE_DIRECTORY_OID, LDAP_CAP_ACTIVE_DIRECTORY_PARTIAL_SECRETS_OID (MS-ADTS 3.1.1.3.4.3). */
const ACTIVE_DIRECTORY = '1.2.840.113556.1.4.800';
const READ_ONLY = '1.2.840.113556.1.4.1920';

export interface DomainController {
  /** Host name and, where it may be read, the incarnation of its database: another after a restore. */
  readonly name: string;
  /** Lower case. */
  readonly dnsHostName: string;
  /** The PDC emulator of its domain, lower case; undefined where that may not be read. */
  readonly pdcHostName: string | undefined;
  readonly invocationId: string | undefined;
  /** Undefined when a reset cannot be made to obey history here. */
  readonly policyHintsOid: (typeof POLICY_HINTS_OIDS)[number] | undefined;
  readonly domain: Domain;
}

export interface Domain {
  readonly namingContext: string;
  /** As in `corp.example.com`. */
  readonly dnsName: string;
  /** As in `CORP`. */
  readonly netbiosName: string;
}

/** What is needed of a connection here. */
export type Asked = Pick<LdapConnection, 'endpoint' | 'search'>;

/** Throws DirectoryMisconfigured when nothing may be written there. */
export async function readDomainController(connection: Asked, signal: AbortSignal): Promise<DomainController> {
  const { url } = connection.endpoint;
  const [root] = await connection
    .search({ base: '', scope: 'base', attributes: ROOT_DSE_ATTRIBUTES }, signal)
    .catch(refusedTo(`show the root of ${url}`));
  const capabilities = root?.texts('supportedCapabilities') ?? [];
  const namingContext = root?.text('defaultNamingContext');
  if (root === undefined || namingContext === undefined || !capabilities.includes(ACTIVE_DIRECTORY)) {
    throw new DirectoryMisconfigured(
      `${url} is no Active Directory domain controller: correct the address in the settings`,
    );
  }
  if (capabilities.includes(READ_ONLY)) {
    throw new DirectoryMisconfigured(`${url} is a read-only domain controller: name one that can be written to`);
  }
  const supportedControls = root.texts('supportedControl');
  const dnsHostName = (root.text('dnsHostName') ?? connection.endpoint.host).toLowerCase();
  const invocationId = await readInvocationId(connection, root.text('dsServiceName'), signal);
  return {
    name: invocationId === undefined ? dnsHostName : `${dnsHostName}/${invocationId}`,
    dnsHostName,
    pdcHostName: await readPdcHostName(connection, namingContext, signal),
    invocationId,
    policyHintsOid: POLICY_HINTS_OIDS.find((oid) => supportedControls.includes(oid)),
    domain: await readDomain(
      connection,
      { namingContext, configuration: root.text('configurationNamingContext') },
      signal,
    ),
  };
}

const ROOT_DSE_ATTRIBUTES = [
  'supportedControl',
  'supportedCapabilities',
  'dnsHostName',
  'dsServiceName',
  'defaultNamingContext',
  'configurationNamingContext',
];

/** fSMORoleOwner of the domain names the settings of its PDC emulator, whose parent names the host (MS-ADTS 3.1.1.1.11). */
async function readPdcHostName(
  connection: Asked,
  namingContext: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const one = async (base: string, attribute: string) => {
    const [entry] = await connection.search({ base, scope: 'base', attributes: [attribute] }, signal);
    return entry?.text(attribute);
  };
  try {
    const settings = await one(namingContext, 'fSMORoleOwner');
    if (settings === undefined) return undefined;
    const server = formatDistinguishedName(parseDistinguishedName(settings).slice(1));
    return (await one(server, 'dNSHostName'))?.toLowerCase();
  } catch (error) {
    // Hidden from us: then writes go to whichever comes first.
    if (error instanceof LdapRefusal) return undefined;
    throw error;
  }
}

async function readInvocationId(
  connection: Asked,
  serviceName: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (serviceName === undefined) return undefined;
  const attributes = ['invocationId'];
  try {
    const request = { base: serviceName, scope: 'base', attributes } as const;
    const [settings] = await connection.search(request, signal);
    return guidText(settings?.bytes('invocationId') ?? Buffer.alloc(0));
  } catch (error) {
    // Hidden from us: then the host name has to do.
    if (error instanceof LdapRefusal) return undefined;
    throw error;
  }
}

async function readDomain(
  connection: Asked,
  names: { readonly namingContext: string; readonly configuration: string | undefined },
  signal: AbortSignal,
): Promise<Domain> {
  const { namingContext, configuration } = names;
  const labels = parseDistinguishedName(namingContext).flatMap(([part]) => (part === undefined ? [] : [part.value]));
  const dnsName = labels.join('.').toLowerCase();
  if (configuration === undefined) throw new DirectoryMisconfigured('the domain controller names no configuration');
  const [crossReference] = await connection
    .search(
      {
        base: `CN=Partitions,${configuration}`,
        scope: 'sub',
        filter: new AndFilter({
          filters: [
            new EqualityFilter({ attribute: 'objectClass', value: 'crossRef' }),
            new EqualityFilter({ attribute: 'nCName', value: namingContext }),
          ],
        }),
        attributes: ['nETBIOSName'],
        sizeLimit: 1,
      },
      signal,
    )
    .catch(refusedTo(`show the partitions of ${configuration}`));
  const netbiosName = crossReference?.text('nETBIOSName');
  if (netbiosName === undefined) {
    throw new DirectoryMisconfigured(`the service account may not read the NetBIOS name of ${dnsName} (CN=Partitions)`);
  }
  return { namingContext, dnsName, netbiosName };
}
