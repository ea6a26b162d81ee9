import { useTranslation } from 'react-i18next';
import { Badge, Status, type Tone } from '../../parts/badge.tsx';
import { durationText, Moment } from '../../parts/figures.tsx';
import { To } from '../../parts/to.tsx';
import type { Trace } from './queries.ts';

type Target = Trace['targets'][number];
type Step = Target['steps'][number];

const tones: Readonly<Record<string, Tone>> = {
  delivered: 'good',
  acknowledged: 'good',
  retry: 'warn',
  held: 'warn',
  queued: 'busy',
  released: 'busy',
  rejected: 'bad',
  parked: 'bad',
};

const Calls = ({ calls }: Pick<Step, 'calls'>) => {
  const { t, i18n } = useTranslation('bericht');
  if (calls.length === 0) return null;
  return (
    <ul className="calls" aria-label={t('timeline.calls')}>
      {calls.map(({ method, status, durationMs }, index) => (
        // One call is like another: their order is what tells them apart.
        <li key={`${index} ${method}`}>
          <code>
            {t('timeline.call', { method, status, time: durationText(durationMs, i18n.language) })}
          </code>
        </li>
      ))}
    </ul>
  );
};

const StepItem = ({ step, acceptedAt }: { readonly step: Step; readonly acceptedAt: string }) => {
  const { t, i18n } = useTranslation('bericht');
  const time = durationText(
    Math.max(0, Date.parse(step.at) - Date.parse(acceptedAt)),
    i18n.language,
  );
  return (
    <li data-tone={tones[step.outcome] ?? 'idle'}>
      <p className="row">
        <Badge tone={tones[step.outcome] ?? 'idle'}>
          {t(`berichten:outcomes.${step.outcome}`, { defaultValue: step.outcome })}
        </Badge>
        {step.code !== null && <code>{step.code}</code>}
        <Moment at={step.at} />
        <span className="fine">{t('timeline.after', { time })}</span>
      </p>
      {step.detail !== null && <p className="step-words">{step.detail}</p>}
      <p className="fine">
        {step.operation !== null && <code>{step.operation}</code>}
        {step.durationMs > 0 &&
          ` ${t('timeline.took')} ${durationText(step.durationMs, i18n.language)}`}
      </p>
      <Calls calls={step.calls} />
    </li>
  );
};

/** How it stands at this moment, and what it waits for. */
const Standing = ({
  standing,
  tenant,
}: {
  readonly standing: NonNullable<Target['standing']>;
  readonly tenant: string;
}) => {
  const { t } = useTranslation('bericht');
  const { state, since, attempts, dueAt, behind, hold } = standing;
  return (
    <li className="standing" data-tone={state === 'parked' ? 'bad' : 'warn'}>
      <p>
        <strong>{t(`standing.${state}`)}</strong> {t('standing.since')} <Moment at={since} ago />,{' '}
        {t('standing.attempts', { count: attempts })}
      </p>
      {dueAt !== null && (
        <p>
          {t('timeline.next')}: <Moment at={dueAt} ago />
        </p>
      )}
      {behind && (
        <p>
          {t('standing.behind')}{' '}
          <To path="/berichten/$tenant/$id" params={{ tenant, id: behind.id }}>
            <code>{behind.id.slice(0, 8)}</code>
          </To>{' '}
          ({t('standing.before', { count: behind.before })})
        </p>
      )}
      {hold && (
        <p>
          {t('standing.hold')} <Moment at={hold.since} ago /> ({hold.heldBy}): {hold.detail}
        </p>
      )}
    </li>
  );
};

/** What happened at one target, oldest first, and how it stands there now. */
export const TargetTimeline = ({
  target,
  trace,
}: {
  readonly target: Target;
  readonly trace: Trace;
}) => {
  const { t } = useTranslation('bericht');
  return (
    <article className="card target-timeline" aria-label={target.target}>
      <h3>
        <span>{target.target}</span> <Status status={target.status} />
      </h3>
      {target.externalId !== null && (
        <p>
          {t('timeline.external')}{' '}
          {target.address === null ? (
            <code>{target.externalId}</code>
          ) : (
            <a href={target.address} target="_blank" rel="noopener noreferrer">
              <code>{target.externalId}</code>
            </a>
          )}
        </p>
      )}
      <ol className="steps">
        <li data-tone="busy">
          <p className="row">
            <Badge tone="busy">{t('timeline.accepted')}</Badge> <Moment at={trace.acceptedAt} />
          </p>
        </li>
        {target.steps.map((step) => (
          <StepItem
            key={`${step.sequence} ${step.at} ${step.outcome}`}
            step={step}
            acceptedAt={trace.acceptedAt}
          />
        ))}
        {target.standing && <Standing standing={target.standing} tenant={trace.tenant} />}
      </ol>
    </article>
  );
};
