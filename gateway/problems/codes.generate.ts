import { en } from './texts.en.js';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const page = (): string =>
  [
    '# Problem codes',
    '',
    '<!-- Generated from gateway/problems by `npm run generate`; do not edit. -->',
    '',
    'What the door answers when it does not do what was asked. The list is closed: decide by `code`, show `detail`.',
    '',
    row(['code', 'title', 'what it says']),
    row(['---', '---', '---']),
    ...Object.entries(en.titles).map(([code, title]) =>
      row([
        `\`${code}\``,
        title,
        Object.entries(en.details)
          .filter(([key]) => key === code || key.startsWith(`${code}.`))
          .map(([, text]) => text)
          .join('<br>'),
      ]),
    ),
    '',
  ].join('\n');

/** The reference page of the codes at the door, from the texts that callers get. */
const generate = (): Record<string, string> => ({ 'docs/reference/problem-codes.md': page() });

export default generate;
