import { useTranslation } from 'react-i18next';
import { usePathParams, useQueryPlace } from '../../parts/place.ts';
import { Page as Frame } from '../../parts/page.tsx';
import { Answer } from '../../parts/states.tsx';
import { To } from '../../parts/to.tsx';
import { Applications } from './applications.tsx';
import { Connectors } from './connectors.tsx';
import { Drift, History } from './history.tsx';
import { useTenant, type TenantView } from './queries.ts';
import { Routes } from './routes.tsx';
import './tenant.css';

const parts = {
  koppelingen: Connectors,
  routes: Routes,
  toegang: Applications,
  geschiedenis: History,
} as const;

type Part = keyof typeof parts;

const isPart = (text: string | undefined): text is Part => text !== undefined && text in parts;

const Facts = ({ view }: { readonly view: TenantView }) => {
  const { t } = useTranslation('tenant');
  const { bestuurseenheid, kbo, rate, verwerkingen = [] } = view.declaration;
  return (
    <dl className="facts">
      <dt>{t('facts.kbo')}</dt>
      <dd>{kbo}</dd>
      <dt>{t('facts.bestuurseenheid')}</dt>
      <dd>
        <code>{bestuurseenheid}</code>
      </dd>
      <dt>{t('facts.verwerkingen')}</dt>
      <dd>{verwerkingen.join(', ') || '–'}</dd>
      {rate && (
        <>
          <dt>{t('facts.rate')}</dt>
          <dd>{t('facts.rateWords', rate)}</dd>
        </>
      )}
    </dl>
  );
};

const Tabs = ({ tenant, current }: { readonly tenant: string; readonly current: Part }) => {
  const { t } = useTranslation('tenant');
  return (
    <nav className="tabs" aria-label={t('tabs.label')}>
      {Object.keys(parts).map((part) => (
        <span key={part} data-current={part === current}>
          <To
            path="/tenants/$tenant"
            params={{ tenant }}
            query={{ deel: part }}
            current={part === current}
          >
            {t(`tabs.${part}`)}
          </To>
        </span>
      ))}
    </nav>
  );
};

/** One tenant: what it is coupled to, how its messages go, who may send, and who changed what. */
const TenantParts = ({ view, part }: { readonly view: TenantView; readonly part: Part }) => {
  const { t } = useTranslation('tenant');
  const Shown = parts[part];
  return (
    <Frame
      title={view.declaration.name}
      actions={
        view.mayConfigure && (
          <To className="button" path="/inrichten" query={{ tenant: view.tenant }}>
            {t('guide.link')}
          </To>
        )
      }
    >
      <Facts view={view} />
      {view.applied && view.applied.differs.length > 0 && part !== 'geschiedenis' && (
        <Drift view={view} />
      )}
      <Tabs tenant={view.tenant} current={part} />
      <Shown key={view.tenant} view={view} />
    </Frame>
  );
};

/** Page of one tenant. */
export const Page = () => {
  const { tenant = '' } = usePathParams();
  const [{ deel }] = useQueryPlace();
  return (
    <Answer query={useTenant(tenant)}>
      {(view) => <TenantParts view={view} part={isPart(deel) ? deel : 'koppelingen'} />}
    </Answer>
  );
};
