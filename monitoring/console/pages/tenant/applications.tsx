import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Moment } from '../../parts/figures.tsx';
import { Section } from '../../parts/page.tsx';
import { Answer, Empty } from '../../parts/states.tsx';
import { Keys } from './keys.tsx';
import { NewApplication } from './new-application.tsx';
import { useApplications, type CredentialView, type TenantView } from './queries.ts';

const Client = ({ client }: { readonly client: NonNullable<CredentialView['client']> }) => (
  <>
    <dt>OAuth</dt>
    <dd>
      <code>{client.clientId}</code> · {client.issuer}
    </dd>
  </>
);

const Facts = ({ one }: { readonly one: CredentialView }) => {
  const { t } = useTranslation('tenant');
  return (
    <dl className="facts">
      <dt>{t('applications.sources')}</dt>
      <dd>
        {one.sources.map((source) => (
          <code key={source}>{source} </code>
        ))}
      </dd>
      <dt>{t('applications.types')}</dt>
      <dd>{one.types.join(', ') || t('applications.noTypes')}</dd>
      {one.client && <Client client={one.client} />}
      <dt>{t('applications.last')}</dt>
      <dd>{one.lastMessageAt ? <Moment at={one.lastMessageAt} ago /> : t('applications.never')}</dd>
    </dl>
  );
};

interface ApplicationsProps {
  readonly view: TenantView;
  readonly onMade?: ((key: string) => void) | undefined;
}

const ApplicationList = ({
  view: { tenant, mayConfigure },
  credentials,
  onMade,
}: ApplicationsProps & { readonly credentials: readonly CredentialView[] }) => (
  <ul className="cards">
    {credentials.map((one) => (
      <li key={one.name} className="card form-group">
        <h3>{one.name}</h3>
        <Facts one={one} />
        <Keys {...{ tenant, one, mayConfigure, onMade }} />
      </li>
    ))}
  </ul>
);

/** The applications of a tenant and their keys: made, rotated and ended; a value is seen once. */
export const Applications = ({ view, onMade }: ApplicationsProps) => {
  const { t } = useTranslation('tenant');
  const query = useApplications(view.tenant);
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t('applications.title')}
      actions={
        view.mayConfigure && (
          <Button onPress={() => setAdding(true)}>{t('applications.add')}</Button>
        )
      }
    >
      <p className="fine">{t('applications.lead')}</p>
      <Answer query={query}>
        {({ credentials }) =>
          credentials.length === 0 ? (
            <Empty title={t('applications.none')} />
          ) : (
            <ApplicationList {...{ view, credentials, onMade }} />
          )
        }
      </Answer>
      {adding && <NewApplication view={view} onClose={() => setAdding(false)} />}
    </Section>
  );
};
