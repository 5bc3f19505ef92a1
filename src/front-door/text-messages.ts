// Wires text messages: settings and secrets to the gateway, the rules and the limits around it. Nothing where the settings have none.

import { readCertificates } from '../settings/setting-files.js';
import type { Clock } from '../timing/clock.js';
import type { FrontDoorConfig } from './config.js';
import type { House } from './front-door.js';
import type { TextEvents, TextMeans } from './methods/text-message/send-text-code.js';
import { type TextGateway, TextNotSent } from './methods/text-message/text-gateway.js';
import { textSecrets } from './secrets.js';
import { createHttpGateway } from './text-message/http-gateway.js';
import { gatewaySettings, textRules } from './text-settings.js';
import type { Throttles } from './throttles/throttles.js';

interface TextsDeps {
  readonly store: Pick<House['store'], 'spend' | 'audit'>;
  readonly throttles: Throttles;
}

/** Throws SecretUnavailable, SettingFileUnusable or GatewayUnusable. */
export async function openTexts(
  config: FrontDoorConfig,
  deps: TextsDeps & { readonly events: TextEvents; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<TextMeans | undefined> {
  const { textMessages } = config;
  if (textMessages === undefined) return undefined;
  const { caFile } = textMessages;
  const ca = caFile === undefined ? undefined : await readCertificates('textMessages.caFile', caFile);
  const settings = gatewaySettings(textMessages, { secrets: await textSecrets(config), ca });
  return textsOver(config, { ...deps, gateway: createHttpGateway(settings, deps) });
}

/** For commands that ask who has a phone, and send nothing. */
export function silentTexts(config: FrontDoorConfig, deps: TextsDeps): TextMeans | undefined {
  const gateway: TextGateway = {
    send: () => Promise.reject(new TextNotSent('no command sends texts', { mayHaveGone: false })),
  };
  const silence = () => undefined;
  const events = { textSent: silence, textNotSent: silence, textHeldBack: silence, textsStopped: silence };
  return textsOver(config, { ...deps, events, gateway });
}

function textsOver(
  { textMessages, publicUrl }: FrontDoorConfig,
  deps: TextsDeps & { readonly events: TextEvents; readonly gateway: TextGateway },
): TextMeans | undefined {
  if (textMessages === undefined) return undefined;
  const { gateway, events, throttles, store } = deps;
  const host = new URL(publicUrl).hostname;
  return { gateway, events, throttles, host, rules: textRules(textMessages), spend: store.spend, audit: store.audit };
}
