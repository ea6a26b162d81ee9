import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Copy } from '../../parts/copy.tsx';
import { Moment } from '../../parts/figures.tsx';
import { To } from '../../parts/to.tsx';
import type { Trace } from './queries.ts';

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Text = ({ name, text }: { readonly name: string; readonly text: string | null }) =>
  text === null ? null : (
    <Fact name={name}>
      <code>{text}</code> <Copy text={text} what={name} />
    </Fact>
  );

/** What is known of a message without opening it. */
export const Facts = ({ trace }: { readonly trace: Trace }) => {
  const { t } = useTranslation('bericht');
  const others = [trace.conflictOf, ...trace.conflicts].filter((id) => id !== null);
  return (
    <dl className="facts card">
      <Fact name={t('facts.acceptedAt')}>
        <Moment at={trace.acceptedAt} />
      </Fact>
      {trace.expiresAt !== null && (
        <Fact name={t('facts.expiresAt')}>
          <Moment at={trace.expiresAt} />
        </Fact>
      )}
      <Text name={t('facts.id')} text={trace.id} />
      <Text name={t('facts.senderId')} text={trace.senderId} />
      <Text name={t('facts.subject')} text={trace.subject} />
      <Text name={t('facts.source')} text={trace.source} />
      <Text name={t('facts.verwerking')} text={trace.verwerking} />
      <Text name={t('facts.correlation')} text={trace.correlationId} />
      <Text name={t('facts.trace')} text={trace.traceparent} />
      {others.map((id) => (
        <Fact key={id} name={t('facts.conflict')}>
          <To path="/berichten/$tenant/$id" params={{ tenant: trace.tenant, id }}>
            <code>{id}</code>
          </To>
        </Fact>
      ))}
    </dl>
  );
};
