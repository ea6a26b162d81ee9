import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutOnWord, cutText, escapeHtml, oneLine, wordsOf, wordsOfHtml } from './text.js';

describe('text', () => {
  it('becomes harmless inside HTML, and keeps its lines', () => {
    expect(escapeHtml(`<b>"A" & 'B'</b>\r\nC\u0000\u0007`)).toBe(
      '&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;<br>C',
    );
  });

  it('is cut on whatever line it is, never inside a character', () => {
    expect(cutText('een\ntwee', 8)).toBe('een\ntwee');
    expect(cutText('een\ntwee', 7)).toBe('een\ntw…');
    expect(cutText('a🧑‍🚒b', 4)).toBe('a…');
  });

  it.each([
    ['<div><p>Wij <b>komen</b>&nbsp;langs.</p><p>Tot dan</p></div>', 'Wij komen langs.\nTot dan'],
    ['een<br>twee<br/>drie', 'een\ntwee\ndrie'],
    ['a &amp; b &lt;c&gt; &#233; &#xE9; &onbekend;', 'a & b <c> é é &onbekend;'],
    ['&amp;lt;script&amp;gt;', '&lt;script&gt;'],
    ['<script>alert(1)</script><style>b{}</style>tekst', 'tekst'],
    ['een &#0; twee &#x110000;', 'een  twee'],
    ['gewone tekst', 'gewone tekst'],
    ['<p></p>', ''],
  ])('of the HTML %s says %s', (html, words) => {
    expect(wordsOfHtml(html)).toBe(words);
  });

  it('is cut after a word, with a sign that it was cut', () => {
    expect(cutOnWord('Put in het fietspad', 19)).toBe('Put in het fietspad');
    expect(cutOnWord('Put in het fietspad van de straat', 20)).toBe('Put in het fietspad…');
    expect(cutOnWord('Put in het\nfietspad', 15)).toBe('Put in het…');
    expect(cutOnWord('x'.repeat(30), 10)).toBe(`${'x'.repeat(9)}…`);
  });

  it('is never cut inside a character', () => {
    expect(cutOnWord('🧑‍🚒🧑‍🚒🧑‍🚒🧑‍🚒', 12)).toBe('🧑‍🚒🧑‍🚒…');
  });

  it('always fits, on one line, whatever it is', () => {
    const any = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(any, fc.integer({ min: 2, max: 120 }), (text, length) => {
        const cut = cutOnWord(text, length);
        expect(cut.length).toBeLessThanOrEqual(length);
        expect(cut).not.toMatch(/[\r\n]/);
        expect(cut).not.toMatch(/\p{Cs}/u);
      }),
      { seed: 7 },
    );
  });

  it('never leaves markup, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text).replaceAll('<br>', '')).not.toMatch(/[<>"']/);
      }),
      { seed: 7 },
    );
  });

  it('is read from OSLO in either form', () => {
    expect(wordsOf({ '@value': 'Trou' })).toBe('Trou');
    expect(wordsOf('Put')).toBe('Put');
    expect(wordsOf(undefined)).toBe('');
    expect(oneLine(' a \n\t b ')).toBe('a b');
  });
});
