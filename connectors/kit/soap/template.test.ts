import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { given, xml } from './template.js';
import { parseXml, textOf } from './xml.js';

describe('a template of markup', () => {
  it('escapes every text, keeps markup, and leaves the layout of the source out', () => {
    const inner = [xml`<b>${1}</b>`, xml`<b>${'<twee>'}</b>`];
    const { markup } = xml`
      <a titel="${'"\' & <x>'}">
        ${inner}
        ${given(undefined, (one: string) => xml`<c>${one}</c>`)}
        ${given('drie', (one) => xml`<c>${one}</c>`)}
      </a>`;
    expect(markup).toBe(
      '<a titel="&quot;&apos; &amp; &lt;x&gt;"><b>1</b><b>&lt;twee&gt;</b><c>drie</c></a>',
    );
  });

  it('brings any text over whole, except what no XML can carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const carried = text.replace(
          /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu,
          '',
        );
        const { markup } = xml`<a b="${text}">x${text}x</a>`;
        expect(textOf(parseXml(markup))).toBe(`x${carried}x`);
      }),
    );
  });
});
