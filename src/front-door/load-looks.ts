// Reads how each organisation looks: its colours out of the settings, its logos out of the files they name.
// Throws in a sentence that names the setting, the file and what to do.

import { readSettingBytes, SettingFileUnusable } from '../settings/setting-files.js';
import { accentsOf } from './branding/accents.js';
import { LOGO_BYTES_MAX, type Logo, lookAtLogo } from './branding/logo.js';
import type { Look } from './branding/look.js';
import type { TenantConfig } from './config.js';

/** Of those that have a look of their own. Throws SettingFileUnusable. */
export async function loadLooks(tenants: readonly TenantConfig[]): Promise<ReadonlyMap<TenantConfig['id'], Look>> {
  const looks = new Map<TenantConfig['id'], Look>();
  for (const [index, { id, branding }] of tenants.entries()) {
    const { accent, accentDark, logoFile, logoDarkFile, nameBesideLogo } = branding;
    const setting = `tenants.${index}.branding`;
    if (accent === undefined && logoFile === undefined) continue;
    looks.set(id, {
      accents: accent && accentsOf({ light: accent, dark: accentDark }),
      logo:
        logoFile === undefined
          ? undefined
          : {
              light: await readLogo(`${setting}.logoFile`, logoFile),
              dark: logoDarkFile === undefined ? undefined : await readLogo(`${setting}.logoDarkFile`, logoDarkFile),
              nameBeside: nameBesideLogo,
            },
    });
  }
  return looks;
}

async function readLogo(setting: string, file: string): Promise<Logo> {
  const verdict = lookAtLogo(await readSettingBytes(setting, file, LOGO_BYTES_MAX));
  if (verdict.kind === 'logo') return verdict.logo;
  throw new SettingFileUnusable(`${setting}: ${file} ${verdict.why}`);
}
