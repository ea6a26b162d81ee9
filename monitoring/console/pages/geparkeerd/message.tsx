import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { ReasonDialog } from '../../parts/dialog.tsx';
import { Moment } from '../../parts/figures.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Answer, Empty } from '../../parts/states.tsx';
import { To } from '../../parts/to.tsx';
import { Editor } from './editor.tsx';
import { OrderDialog } from './order-dialog.tsx';
import { useParkedMessage, type ParkedMessage, type Place } from './queries.ts';
import { readEvent, type ReadEvent } from './read-event.ts';

const Facts = ({ message }: { readonly message: ParkedMessage }) => {
  const { t } = useTranslation('geparkeerd');
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['line', `${message.tenant} · ${message.target} (${message.connector})`],
    ['type', <code key="type">{message.type}</code>],
    ['source', message.source],
    ['senderId', message.senderId],
    ['subject', message.subject],
    ['acceptedAt', message.acceptedAt && <Moment key="accepted" at={message.acceptedAt} />],
    ['parkedAt', <Moment key="parked" at={message.parkedAt} />],
    ['attempts', message.attempts],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`facts.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Failure = ({ message }: { readonly message: ParkedMessage }) => {
  const { t } = useTranslation('geparkeerd');
  return (
    <div className="notice" data-tone="bad">
      <p className="row">
        <Badge tone="bad">{message.code}</Badge>
        <strong>{t('whyParked')}</strong>
      </p>
      <p>{message.detail ?? t('noWords')}</p>
    </div>
  );
};

const Acts = ({ message }: { readonly message: ParkedMessage }) => {
  const { t } = useTranslation('geparkeerd');
  const [act, setAct] = useState<'replay' | 'discard' | null>(null);
  return (
    <div className="row">
      <Button kind="main" onPress={() => setAct('replay')}>
        {t('ask.replay', { count: 1 })}
      </Button>
      <Button kind="danger" onPress={() => setAct('discard')}>
        {t('ask.discard', { count: 1 })}
      </Button>
      {act && (
        <OrderDialog
          act={act}
          selection={{ tenant: message.tenant, target: message.target, messages: [message.id] }}
          count={1}
          onClose={() => setAct(null)}
        />
      )}
    </div>
  );
};

/** Asks for the reason of reading, then reads what was sent. */
const ReadDialog = ({
  message,
  onRead,
  onClose,
}: {
  readonly message: ParkedMessage;
  readonly onRead: (event: ReadEvent) => void;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('geparkeerd');
  return (
    <ReasonDialog
      title={t('read')}
      act={t('read')}
      onAct={async (reason) => onRead(await readEvent(message, reason))}
      onClose={onClose}
    >
      <p>{t('readWords')}</p>
    </ReasonDialog>
  );
};

/** The data of the message once it was read; before that, whether one may. */
const Data = ({ event }: { readonly event: ReadEvent | null }) => {
  const { t } = useTranslation('geparkeerd');
  const mayRead = useMay('read-body');
  if (!event) return <p className="fine">{t(mayRead ? 'readFirst' : 'mayNotRead')}</p>;
  return (
    <pre className="card json" tabIndex={0} aria-label={t('content')}>
      {JSON.stringify(event.data, null, 2)}
    </pre>
  );
};

/** Begins a copy in the place of the message; not while an order is about it. */
const Correct = ({
  message,
  onBegin,
}: {
  readonly message: ParkedMessage;
  readonly onBegin: () => void;
}) => {
  const { t } = useTranslation('geparkeerd');
  return useMay('act') ? (
    <Button onPress={onBegin} disabled={message.order !== null}>
      {t('edit.begin')}
    </Button>
  ) : null;
};

/** What was sent, for those who may read it; and a copy in its place, for those who may act. */
const Content = ({ message }: { readonly message: ParkedMessage }) => {
  const { t } = useTranslation('geparkeerd');
  const mayRead = useMay('read-body');
  const [asking, setAsking] = useState(false);
  const [editing, setEditing] = useState(false);
  const [event, setEvent] = useState<ReadEvent | null>(null);
  const editor = (
    <Editor
      key={event ? 'whole' : 'patch'}
      message={message}
      data={event?.data}
      onClose={() => setEditing(false)}
    />
  );
  return (
    <Section
      title={t('content')}
      actions={
        <div className="row">
          {mayRead && !event && <Button onPress={() => setAsking(true)}>{t('read')}</Button>}
          {!editing && <Correct message={message} onBegin={() => setEditing(true)} />}
        </div>
      }
    >
      {editing ? editor : <Data event={event} />}
      {asking && (
        <ReadDialog message={message} onRead={setEvent} onClose={() => setAsking(false)} />
      )}
    </Section>
  );
};

/** One parked message: what was sent, why it failed, and what can be done with it. */
export const Message = ({ place }: { readonly place: Place }) => {
  const { t } = useTranslation('geparkeerd');
  const query = useParkedMessage(place);
  const acts = useMay('act');
  const trace = { tenant: place.tenant, id: place.message };
  return (
    <Page
      title={query.data?.senderId ?? t('message')}
      actions={
        <>
          <To path="/geparkeerd" query={query.data ? { group: query.data.group } : {}}>
            {t('toGroup')}
          </To>
          <To path="/berichten/$tenant/$id" params={trace}>
            {t('toTrace')}
          </To>
        </>
      }
    >
      <Answer query={query}>
        {(message) =>
          message ? (
            <>
              <Failure message={message} />
              {message.order !== null && (
                <p className="notice" data-tone="busy">
                  <To path="/geparkeerd" query={{ order: message.order }}>
                    {t('inOrderWords')}
                  </To>
                </p>
              )}
              <div className="card">
                <Facts message={message} />
              </div>
              {acts && message.order === null && <Acts message={message} />}
              <Content message={message} />
            </>
          ) : (
            <Empty title={t('messageGone.title')}>{t('messageGone.words')}</Empty>
          )
        }
      </Answer>
    </Page>
  );
};
