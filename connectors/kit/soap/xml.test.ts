import { describe, expect, it } from '@jest/globals';
import { childOf, childrenOf, parseXml, textOf } from './xml.js';

const whyNot = (document: string, limits?: Parameters<typeof parseXml>[1]): string => {
  try {
    parseXml(document, limits);
  } catch (error) {
    return String(error);
  }
  return 'it was read';
};

describe('reading XML', () => {
  it('gives names without prefix, the namespace beside them, and text in the order of the document', () => {
    const root = parseXml(
      '<?xml version="1.0" encoding="UTF-8"?><p:a xmlns:p="urn:p" p:x="1" y="&lt;2&gt;">' +
        '<b>een <![CDATA[& <twee>]]></b><!-- weg --><b/><q:c xmlns:q="urn:q">&#233;&amp;</q:c></p:a>',
    );
    expect([root.name, root.namespace, root.attributes]).toEqual([
      'a',
      'urn:p',
      { '{urn:p}x': '1', y: '<2>' },
    ]);
    expect(childrenOf(root, 'b').map(({ text }) => text)).toEqual(['een & <twee>', '']);
    expect(childOf(root, 'c')?.namespace).toBe('urn:q');
    expect([textOf(root, 'c'), textOf(root, 'b', 'none'), textOf(root)]).toEqual([
      'é&',
      undefined,
      undefined,
    ]);
  });

  it('refuses a document type, and so every entity bomb and every file of this machine', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;&c;</a>';
    const file = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>';
    for (const document of [bomb, file, `<?xml version="1.0"?>\n${bomb}`])
      expect(whyNot(document)).toMatch(/document type \(DOCTYPE\)/);
    expect(whyNot('<a>&geheim;</a>')).toMatch(/not well-formed \(undefined entity/);
  });

  it('refuses what is too deep or has too many elements while it reads, not after', () => {
    expect(whyNot('<a>'.repeat(100_000))).toMatch(/deeper than 64/);
    expect(whyNot(`<a>${'<b/>'.repeat(11)}</a>`, { maxDepth: 2, maxElements: 10 })).toMatch(
      /more than 10 elements/,
    );
  });

  it('refuses what is not well-formed, and tells nothing of what stands in it', () => {
    for (const document of [
      '',
      'geheim',
      '<a><geheim></a>',
      '<a geheim="1" geheim="2"/>',
      '<a>geheim</a><b/>',
      '<p:a>geheim</p:a>',
      '<a>geheim\u0000</a>',
      '{"geheim": 1}',
    ]) {
      expect(whyNot(document)).toMatch(/not well-formed/);
      expect(whyNot(document)).not.toContain('geheim');
    }
  });

  it('keeps names of JavaScript itself as names', () => {
    const root = parseXml('<a __proto__="x" constructor="y"><__proto__>z</__proto__></a>');
    expect(Object.keys(root.attributes)).toEqual(['__proto__', 'constructor']);
    expect(textOf(root, '__proto__')).toBe('z');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
