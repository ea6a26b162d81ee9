import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import type { ReadBody } from './queries.ts';

type Masked = ReadBody['masked'][number];

/** What is masked, what was uncovered, and the way to uncover more. */
export interface Masks {
  readonly masked: ReadonlyMap<string, Masked>;
  readonly uncovered: ReadonlyMap<string, unknown>;
  readonly onUncover: (pointer: string) => void;
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const Leaf = ({
  value,
  pointer,
  masks,
}: {
  readonly value: unknown;
  readonly pointer: string;
  readonly masks: Masks;
}) => {
  const { t } = useTranslation('bericht');
  const field = masks.masked.get(pointer);
  if (!field) return <span className="json-value">{valueText(value)}</span>;
  if (masks.uncovered.has(pointer))
    return <mark className="json-value">{valueText(masks.uncovered.get(pointer))}</mark>;
  const kind = t(`body.kinds.${field.kind}`);
  return (
    <span className="json-masked">
      {t('body.masked', { kind })}
      {field.mayUncover && (
        <Button
          kind="quiet"
          label={`${t('body.uncover')}: ${pointer}`}
          onPress={() => masks.onUncover(pointer)}
        >
          {t('body.uncover')}
        </Button>
      )}
    </span>
  );
};

/** JSON as names and values below each other, in the words of OSLO, with what is of persons masked. */
export const JsonTree = ({
  value,
  masks,
  pointer = '',
}: {
  readonly value: unknown;
  readonly masks: Masks;
  readonly pointer?: string;
}) => {
  if (typeof value !== 'object' || value === null)
    return <Leaf value={value} pointer={pointer} masks={masks} />;
  const isList = Array.isArray(value);
  return (
    <ul className="json-tree" data-list={isList}>
      {Object.entries(value).map(([key, member]: [string, unknown]) => (
        <li key={key}>
          <span className="json-name">{isList ? `${Number(key) + 1}.` : key}</span>{' '}
          <JsonTree value={member} masks={masks} pointer={`${pointer}/${escaped(key)}`} />
        </li>
      ))}
    </ul>
  );
};
