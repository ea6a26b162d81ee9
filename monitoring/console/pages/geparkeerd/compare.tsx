import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Dialog, ReasonDialog } from '../../parts/dialog.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { placesOf } from './json-text.ts';
import type { ParkedMessage } from './queries.ts';
import { readEvent } from './read-event.ts';

interface Pair {
  readonly place: string;
  readonly one: string;
  readonly other: string;
}

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const pairs = (one: unknown, other: unknown): Pair[] => {
  const [ones, others] = [placesOf(one), placesOf(other)];
  return [...new Set([...ones.keys(), ...others.keys()])].map((place) => ({
    place,
    one: textOf(ones.get(place)),
    other: textOf(others.get(place)),
  }));
};

/** What can be told of a message without its body. */
const outside = ({
  tenant,
  target,
  type,
  source,
  senderId,
  subject,
  detail,
  attempts,
  acceptedAt,
  parkedAt,
}: ParkedMessage) => ({
  ...{ tenant, target, type, source, senderId, subject },
  ...{ detail, attempts, acceptedAt, parkedAt },
});

const differs = ({ one, other }: Pair): boolean => one !== other;

const Pairs = ({ label, rows }: { readonly label: string; readonly rows: readonly Pair[] }) => {
  const { t } = useTranslation('geparkeerd');
  const columns: readonly Column<Pair>[] = [
    {
      key: 'place',
      head: t('compare.place'),
      rowHead: true,
      cell: ({ place }) => <code>{place}</code>,
    },
    { key: 'one', head: t('compare.one'), cell: ({ one }) => one },
    { key: 'other', head: t('compare.other'), cell: ({ other }) => other },
    {
      key: 'same',
      head: t('compare.difference'),
      cell: (pair) =>
        differs(pair) ? (
          <Badge tone="warn">{t('compare.differs')}</Badge>
        ) : (
          <span className="fine">{t('compare.same')}</span>
        ),
    },
  ];
  return <Table label={label} columns={columns} rows={rows} rowKey={({ place }) => place} />;
};

/** Two messages side by side, what differs marked; their bodies for those who may, with a reason. */
export const Compare = ({
  one,
  other,
  onClose,
}: {
  readonly one: ParkedMessage;
  readonly other: ParkedMessage;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('geparkeerd');
  const mayRead = useMay('read-body');
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState(false);
  const [bodies, setBodies] = useState<readonly Pair[]>([]);
  const read = async (reason: string): Promise<void> => {
    const [first, second] = [await readEvent(one, reason), await readEvent(other, reason)];
    setBodies(pairs(first.data, second.data));
  };
  const shown = [...pairs(outside(one), outside(other)), ...bodies.map(underData)];
  if (asking)
    return (
      <ReasonDialog
        title={t('compare.bodies')}
        act={t('compare.bodies')}
        onAct={read}
        onClose={() => setAsking(false)}
      >
        <p>{t('readWords')}</p>
      </ReasonDialog>
    );
  return (
    <Dialog title={t('compare.title')} onClose={onClose} wide>
      <div className="row compare-acts">
        <label className="row">
          <input type="checkbox" checked={all} onChange={() => setAll(!all)} />
          {t('compare.all')}
        </label>
        {mayRead && bodies.length === 0 && (
          <Button onPress={() => setAsking(true)}>{t('compare.bodies')}</Button>
        )}
      </div>
      <Pairs label={t('compare.title')} rows={all ? shown : shown.filter(differs)} />
    </Dialog>
  );
};

const underData = (pair: Pair): Pair => ({ ...pair, place: `/data${pair.place}` });
