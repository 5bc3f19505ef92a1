// A logo is what its bytes say: small, still, and nothing that runs or fetches. Whatever else comes is refused in words.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOGO_BYTES_MAX, lookAtLogo } from '../../../../src/front-door/branding/logo.js';
import { anSvg, aPng, aWebp } from '../../../support/logos.js';

const sizeOf = (bytes: Uint8Array) => {
  const verdict = lookAtLogo(bytes);
  return verdict.kind === 'logo' ? [verdict.logo.kind, verdict.logo.width, verdict.logo.height] : verdict.why;
};
const text = (source: string) => new TextEncoder().encode(source);

describe('a logo', () => {
  test('is a PNG, a WebP in any of its three forms, or an SVG, with its size', () => {
    expect(sizeOf(aPng({ width: 320, height: 80 }))).toEqual(['png', 320, 80]);
    expect(sizeOf(aPng({ bytes: LOGO_BYTES_MAX }))).toEqual(['png', 160, 40]);
    expect(sizeOf(aWebp('VP8X', [0, 0, 0, 0, 63, 1, 0, 79, 0, 0]))).toEqual(['webp', 320, 80]);
    // 14 bits of width less one, 14 of height less one: 319 and 79.
    expect(sizeOf(aWebp('VP8L', [0x2f, 0x3f, 0xc1, 0x13, 0, 0, 0, 0, 0, 0]))).toEqual(['webp', 320, 80]);
    expect(sizeOf(aWebp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 64, 1, 80, 0]))).toEqual(['webp', 320, 80]);
    expect(sizeOf(anSvg())).toEqual(['svg', 160, 40]);
  });

  test.each([
    ['shapes of its own', '<defs><path id="a" d="M0 0"/></defs><use href="#a"/>'],
    ['colours of its own', '<style>.a{fill:red}</style><path class="a" style="fill:url(#g)" d="M0 0"/>'],
    ['a picture inside', '<image href="data:image/png;base64,AAAA" width="1" height="1"/>'],
    ['words about it', '<title>Harbour on its own</title><desc>one anchor = ours</desc>'],
  ])('that is an SVG may have %s', (_, inside) => expect(sizeOf(anSvg(inside))).toEqual(['svg', 160, 40]));
});

describe('refused is', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(0), /is no PNG/],
    ['a page', text('<!doctype html><p>hello'), /is no PNG/],
    ['a GIF', text('GIF89a'), /is no PNG/],
    ['a JPEG', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), /is no PNG/],
    ['what is too long', aPng({ bytes: LOGO_BYTES_MAX + 1 }), /is 16\.1 KiB long, .* at most 16 KiB/],
    ['what unfolds to too much', aPng({ width: 2049, height: 1 }), /2049 × 1 pixels/],
    ['what is half there', aPng().subarray(0, 100), /damaged/],
    ['a PNG that moves', aPng({ extraChunk: 'acTL' }), /moves/],
    ['a WebP that moves', aWebp('VP8X', [0x02, 0, 0, 0, 63, 1, 0, 79, 0, 0]), /moves/],
    [
      'a WebP that is longer than it says',
      new Uint8Array([...aWebp('VP8X', [0, 0, 0, 0, 1, 0, 0, 1, 0, 0]), 0]),
      /damaged/,
    ],
    ['a WebP of some other form', aWebp('VP8L', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), /damaged/],
    ['an SVG without a size', anSvg('', ''), /viewBox/],
    ['an SVG of no size', anSvg('', 'viewBox="0 0 0 40"'), /viewBox/],
    ['an SVG that does not say so', text('<svg viewBox="0 0 1 1"></svg>'), /xmlns/],
  ])('%s', (_, bytes, why) => expect(sizeOf(bytes)).toMatch(why));

  test.each([
    '<script>alert(1)</script>',
    '<SCRIPT/>',
    '<svg:script xmlns:svg="http://www.w3.org/2000/svg">1</svg:script>',
    '<g onload="alert(1)"/>',
    '<g\tONCLICK = "alert(1)"/>',
    '<g fill="red"onload="alert(1)"/>',
    '<foreignObject><body/></foreignObject>',
    '<a href="https://evil.example/"><path/></a>',
    '<image href="https://evil.example/pixel.png"/>',
    "<image href='//evil.example/pixel.png'/>",
    '<image xlink:href="pixel.png"/>',
    '<use href="data:image/svg+xml,%3Csvg/%3E"/>',
    '<use href="javascript:alert(1)"/>',
    '<use href="&#106;avascript:alert(1)"/>',
    '<style>@import "https://evil.example/a.css";</style>',
    '<path fill="url(https://evil.example/#a)"/>',
    '<animate attributeName="href" values="javascript:alert(1)"/>',
    '<set attributeName="onload" to="alert(1)"/>',
  ])('an SVG with %s', (inside) => expect(sizeOf(anSvg(inside))).toMatch(/^(has|fetches|moves)/));

  test('an SVG that has words for others in its head', () => {
    const entity = `<!DOCTYPE svg [<!ENTITY a "b">]>${new TextDecoder().decode(anSvg())}`;
    expect(sizeOf(text(entity))).toMatch(/DOCTYPE/);
    const styled = `<?xml-stylesheet href="https://evil.example/"?>${new TextDecoder().decode(anSvg())}`;
    expect(sizeOf(text(styled))).toMatch(/style sheet/);
  });

  test('a PNG in which any one byte was changed, but for what it does not check', () => {
    const png = aPng({ width: 8, height: 8 });
    for (const [at, byte] of png.entries()) {
      const changed = new Uint8Array(png);
      changed[at] = byte ^ 1;
      expect(sizeOf(changed), `byte ${at}`).toMatch(/damaged|is no PNG/);
    }
  });

  test('whatever else there is, in words: no bytes make it throw', () => {
    const beginnings = [aPng(), aWebp('VP8X', [0, 0, 0, 0, 1, 0, 0, 1, 0, 0]), anSvg(), new Uint8Array(0)];
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), fc.nat(60), fc.uint8Array({ maxLength: 80 }), (begin, kept, rest) => {
        const bytes = new Uint8Array([...begin.subarray(0, kept), ...rest]);
        expect(['logo', 'refused']).toContain(lookAtLogo(bytes).kind);
      }),
    );
  });
});
