import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ReasonDialog } from '../../parts/dialog.tsx';
import { numberText } from '../../parts/formats.ts';
import { Table } from '../../parts/table.tsx';
import { JsonTree } from './json-tree.tsx';
import { readBody, uncover, type ReadBody, type Trace } from './queries.ts';

const Attachments = ({ attachments }: Pick<ReadBody, 'attachments'>) => {
  const { t, i18n } = useTranslation('bericht');
  if (attachments.length === 0) return null;
  const sizeText = (bytes: number): string =>
    `${numberText(bytes / 1_024, i18n.language, { maximumFractionDigits: 1 })} KiB`;
  return (
    <Table
      label={t('body.attachments')}
      rows={attachments}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'id',
          head: t('body.attachments'),
          rowHead: true,
          cell: ({ id }) => <code>{id}</code>,
        },
        {
          key: 'type',
          head: t('body.type'),
          cell: ({ contentType }) => contentType ?? t('body.notThere'),
        },
        {
          key: 'size',
          head: t('body.size'),
          number: true,
          cell: ({ sizeBytes }) => (sizeBytes === null ? '' : sizeText(sizeBytes)),
        },
      ]}
    />
  );
};

const Opened = ({ body, trace }: { readonly body: ReadBody; readonly trace: Trace }) => {
  const { t } = useTranslation('bericht');
  const [asked, setAsked] = useState<string | null>(null);
  const [uncovered, setUncovered] = useState<ReadonlyMap<string, unknown>>(new Map());
  const masks = {
    masked: new Map(body.masked.map((field) => [field.pointer, field])),
    uncovered,
    onUncover: setAsked,
  };
  const show = async (pointer: string, reason: string): Promise<void> => {
    const value = await uncover(trace, pointer, reason);
    setUncovered((before) => new Map(before).set(pointer, value));
  };
  return (
    <>
      <div className="card">
        <JsonTree value={body.event} masks={masks} />
      </div>
      <Attachments attachments={body.attachments} />
      {asked !== null && (
        <ReasonDialog
          title={t('body.uncoverTitle')}
          act={t('body.uncover')}
          onAct={(reason) => show(asked, reason)}
          onClose={() => setAsked(null)}
        >
          <p>
            <code>{asked}</code>
          </p>
        </ReasonDialog>
      )}
    </>
  );
};

/** The body, for those who may, after they said why. */
export const Body = ({ trace }: { readonly trace: Trace }) => {
  const { t } = useTranslation('bericht');
  const [asking, setAsking] = useState(false);
  const [body, setBody] = useState<ReadBody | null>(null);
  if (!trace.bodyKept) return <p className="fine">{t('body.dropped')}</p>;
  if (body) return <Opened body={body} trace={trace} />;
  return (
    <>
      <p>{t('body.words')}</p>
      <div>
        <Button onPress={() => setAsking(true)}>{t('body.read')}</Button>
      </div>
      {asking && (
        <ReasonDialog
          title={t('body.read')}
          act={t('body.read')}
          onAct={async (reason) => setBody(await readBody(trace.tenant, trace.id, reason))}
          onClose={() => setAsking(false)}
        >
          <p>{t('body.words')}</p>
        </ReasonDialog>
      )}
    </>
  );
};
