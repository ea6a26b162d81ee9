import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Page as Frame, Section } from '../../parts/page.tsx';
import { useQueryPlace } from '../../parts/place.ts';
import { Answer } from '../../parts/states.tsx';
import { To } from '../../parts/to.tsx';
import { Applications } from '../tenant/applications.tsx';
import { Connectors } from '../tenant/connectors.tsx';
import {
  useApplications,
  useTenant,
  type CredentialView,
  type TenantView,
} from '../tenant/queries.ts';
import { Routes } from '../tenant/routes.tsx';
import '../tenant/tenant.css';
import { Identity } from './identity.tsx';
import { doneSteps, nextStep, steps, type Step } from './steps.ts';
import { TestStep } from './test-step.tsx';

type Go = (step: Step) => void;

const Way = ({
  current,
  done,
  onGo,
}: {
  readonly current: Step;
  readonly done: ReadonlySet<Step>;
  readonly onGo: Go;
}) => {
  const { t } = useTranslation('inrichten');
  return (
    <ol className="steps" aria-label={t('way')}>
      {steps.map((step, index) => (
        <li key={step} data-done={done.has(step)} data-current={step === current}>
          <button
            type="button"
            aria-current={step === current ? 'step' : undefined}
            disabled={!done.has('bestuur')}
            onClick={() => onGo(step)}
          >
            <span aria-hidden="true">{done.has(step) ? '✓' : index + 1}</span> {t(`steps.${step}`)}
            {done.has(step) && <span className="unseen">{t('stepDone')}</span>}
          </button>
        </li>
      ))}
    </ol>
  );
};

const Summary = ({
  view,
  applications,
  done,
}: {
  readonly view: TenantView;
  readonly applications: readonly CredentialView[];
  readonly done: ReadonlySet<Step>;
}) => {
  const { t } = useTranslation('inrichten');
  const left = steps.filter((step) => step !== 'klaar' && !done.has(step));
  return (
    <div className="form-fields">
      <p className="notice" data-tone={left.length === 0 ? 'good' : 'warn'}>
        {left.length === 0
          ? t('summary.all', { name: view.declaration.name })
          : t('summary.left', { steps: left.map((step) => t(`steps.${step}`)).join(', ') })}
      </p>
      <dl className="facts">
        <dt>{t('steps.koppelingen')}</dt>
        <dd>{Object.keys(view.declaration.connectors ?? {}).join(', ') || '–'}</dd>
        <dt>{t('steps.routes')}</dt>
        <dd>{(view.declaration.routes ?? []).length}</dd>
        <dt>{t('steps.toegang')}</dt>
        <dd>{applications.map(({ name }) => name).join(', ') || '–'}</dd>
      </dl>
      <To path="/tenants/$tenant" params={{ tenant: view.tenant }}>
        {t('summary.to')}
      </To>
    </div>
  );
};

interface StepProps {
  readonly view: TenantView;
  readonly step: Step;
  readonly applications: readonly CredentialView[];
  readonly done: ReadonlySet<Step>;
  readonly madeKey: string | null;
  readonly onMade: (key: string) => void;
}

const StepContent = ({ view, step, applications, done, madeKey, onMade }: StepProps) => {
  const { t } = useTranslation('inrichten');
  const contents: Readonly<Record<Step, () => ReactNode>> = {
    bestuur: () => (
      <p className="notice" data-tone="good">
        {t('identity.made', { name: view.declaration.name })}
      </p>
    ),
    koppelingen: () => <Connectors view={view} />,
    routes: () => <Routes view={view} />,
    toegang: () => <Applications view={view} onMade={onMade} />,
    test: () => (
      <Section title={t('steps.test')}>
        <TestStep view={view} madeKey={madeKey} />
      </Section>
    ),
    klaar: () => (
      <Section title={t('steps.klaar')}>
        <Summary view={view} applications={applications} done={done} />
      </Section>
    ),
  };
  return contents[step]();
};

const Content = ({
  view,
  step,
  onGo,
}: {
  readonly view: TenantView;
  readonly step: Step;
  readonly onGo: Go;
}) => {
  const { t } = useTranslation('inrichten');
  const query = useApplications(view.tenant);
  const [madeKey, setMadeKey] = useState<string | null>(null);
  const applications = query.data?.credentials ?? [];
  const done = doneSteps(view, applications);
  const after = steps[steps.indexOf(step) + 1];
  return (
    <>
      <Way current={step} done={done} onGo={onGo} />
      <StepContent {...{ view, step, applications, done, madeKey }} onMade={setMadeKey} />
      {after && (
        <div className="row save-bar">
          <Button kind={done.has(step) ? 'main' : 'plain'} onPress={() => onGo(after)}>
            {t(done.has(step) ? 'next' : 'skip', { step: t(`steps.${after}`) })}
          </Button>
        </div>
      )}
    </>
  );
};

const Begun = ({
  tenant,
  wished,
  onGo,
}: {
  readonly tenant: string;
  readonly wished: Step | undefined;
  readonly onGo: Go;
}) => {
  const query = useTenant(tenant);
  const applications = useApplications(tenant);
  return (
    <Answer query={query}>
      {(view) => (
        <Content
          key={tenant}
          view={view}
          step={wished ?? nextStep(doneSteps(view, applications.data?.credentials ?? []))}
          onGo={onGo}
        />
      )}
    </Answer>
  );
};

/** The guided way of a new tenant, from its name to its first message; it goes on where it was left. */
export const Page = () => {
  const { t } = useTranslation('inrichten');
  const [{ tenant, stap }, change] = useQueryPlace();
  const wished = steps.find((step) => step === stap);
  return (
    <Frame title={tenant === undefined ? t('name') : t('of', { tenant })} lead={t('lead')}>
      {tenant === undefined ? (
        <>
          <Way current="bestuur" done={new Set()} onGo={() => undefined} />
          <Identity onMade={(made) => change({ tenant: made, stap: 'koppelingen' })} />
        </>
      ) : (
        <Begun tenant={tenant} wished={wished} onGo={(step) => change({ stap: step })} />
      )}
    </Frame>
  );
};
