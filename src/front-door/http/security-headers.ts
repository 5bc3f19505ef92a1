// The headers of every answer: nothing is loaded from elsewhere, framed, sniffed, cached or told where it came from.

const STRICT_TRANSPORT = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' };

/**
 * For a front door at this address. One that people try out on their own machine does not ask for HTTPS for years: a browser would ask
 * it of everything else that runs there.
 */
export function securityHeaders(publicUrl: string): Readonly<Record<string, string>> {
  const { hostname } = new URL(publicUrl);
  return hostname === 'localhost' || hostname.endsWith('.localhost')
    ? EVERYWHERE
    : { ...EVERYWHERE, ...STRICT_TRANSPORT };
}

/** No inline script or style, no other origin, forms to ourselves only. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const EVERYWHERE: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-store',
};
