import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { Status } from '../../parts/badge.tsx';
import { Moment } from '../../parts/figures.tsx';
import { Page as Frame, Section } from '../../parts/page.tsx';
import { usePathParams } from '../../parts/place.ts';
import { Answer } from '../../parts/states.tsx';
import { To } from '../../parts/to.tsx';
import { useTypeName } from '../berichten/queries.ts';
import { Body } from './body.tsx';
import { Facts } from './facts.tsx';
import { Family, RelativeLine } from './family.tsx';
import { Lanes } from './lanes.tsx';
import { useTrace, type Trace } from './queries.ts';
import { HandedOver, Systems } from './systems.tsx';
import { TargetTimeline } from './timeline.tsx';
import './bericht.css';

const Orders = ({ trace }: { readonly trace: Trace }) => {
  const { t } = useTranslation('bericht');
  return (
    <ul className="facts-list">
      {trace.orders.map(({ id, act, target, state, operator, reason, at, copy }) => (
        <li key={`${id} ${target}`}>
          <Moment at={at} /> {operator}: {t(`orders.${act}`)} ({target},{' '}
          {t(`orders.states.${state}`, { defaultValue: state })}). {reason}{' '}
          {copy !== null && (
            <To path="/berichten/$tenant/$id" params={{ tenant: trace.tenant, id: copy }}>
              {t('orders.copy')}
            </To>
          )}
        </li>
      ))}
    </ul>
  );
};

const Timeline = ({ trace }: { readonly trace: Trace }) => {
  const { t } = useTranslation('bericht');
  if (trace.targets.length === 0) return <p className="fine">{t('berichten:noTarget')}</p>;
  const happened = trace.targets.some(({ steps }) => steps.length > 0);
  return (
    <>
      {happened ? <Lanes trace={trace} /> : <p className="fine">{t('timeline.none')}</p>}
      <div className="target-timelines">
        {trace.targets.map((target) => (
          <TargetTimeline key={target.target} target={target} trace={trace} />
        ))}
      </div>
    </>
  );
};

const Whole = ({ trace }: { readonly trace: Trace }) => {
  const { t } = useTranslation('bericht');
  const mayRead = useMay('read-body');
  const { handedOver } = trace;
  const others = trace.aboutSubject.filter(({ id }) => id !== trace.id);
  return (
    <>
      <Section title={t('timeline.title')}>
        <Timeline trace={trace} />
      </Section>
      {trace.orders.length > 0 && (
        <Section title={t('orders.title')}>
          <Orders trace={trace} />
        </Section>
      )}
      <Section title={t('systems.title')}>
        <Systems trace={trace} />
      </Section>
      {(handedOver.from !== null || handedOver.to.length > 0) && (
        <Section title={t('handedOver.title')}>
          <HandedOver handedOver={handedOver} />
        </Section>
      )}
      <Section title={t('family.title')}>
        <Family trace={trace} />
      </Section>
      {others.length > 0 && (
        <Section title={t('about.title')}>
          <ul className="facts-list">
            {others.map((one) => (
              <li key={one.id}>
                <RelativeLine of={one} here={false} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {mayRead && (
        <Section title={t('body.title')}>
          <Body trace={trace} />
        </Section>
      )}
      <Section title={t('facts.title')}>
        <Facts trace={trace} />
      </Section>
    </>
  );
};

/** One message: what became of it at each target, why, and what it hangs together with. */
export const Page = () => {
  const { t, i18n } = useTranslation('bericht');
  const { tenant = '', id = '' } = usePathParams();
  const query = useTrace(tenant, id);
  const nameOf = useTypeName();
  const title = query.data ? nameOf(query.data.type, i18n.language) : t('name');
  return (
    <Frame
      title={title}
      lead={
        query.data && (
          <>
            <Status status={query.data.status} /> {query.data.tenant} ·{' '}
            <Moment at={query.data.acceptedAt} />
          </>
        )
      }
      actions={<To path="/berichten">{t('back')}</To>}
    >
      <Answer query={query}>{(trace) => <Whole key={trace.id} trace={trace} />}</Answer>
    </Frame>
  );
};
