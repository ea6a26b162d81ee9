import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Moment } from '../../parts/figures.tsx';
import { Section } from '../../parts/page.tsx';
import { Answer, Empty } from '../../parts/states.tsx';
import { Keys } from './keys.tsx';
import { NewApplication } from './new-application.tsx';
import { useApplications, type TenantView } from './queries.ts';

/** The applications of a tenant and their keys: made, rotated and ended; a value is seen once. */
export const Applications = ({
  view,
  onMade,
}: {
  readonly view: TenantView;
  readonly onMade?: (key: string) => void;
}) => {
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
            <ul className="cards">
              {credentials.map((one) => (
                <li key={one.name} className="card form-group">
                  <h3>{one.name}</h3>
                  <dl className="facts">
                    <dt>{t('applications.sources')}</dt>
                    <dd>
                      {one.sources.map((source) => (
                        <code key={source}>{source} </code>
                      ))}
                    </dd>
                    <dt>{t('applications.types')}</dt>
                    <dd>{one.types.join(', ') || t('applications.noTypes')}</dd>
                    {one.client && (
                      <>
                        <dt>OAuth</dt>
                        <dd>
                          <code>{one.client.clientId}</code> · {one.client.issuer}
                        </dd>
                      </>
                    )}
                    <dt>{t('applications.last')}</dt>
                    <dd>
                      {one.lastMessageAt ? (
                        <Moment at={one.lastMessageAt} ago />
                      ) : (
                        t('applications.never')
                      )}
                    </dd>
                  </dl>
                  <Keys
                    tenant={view.tenant}
                    one={one}
                    mayConfigure={view.mayConfigure}
                    onMade={onMade}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {adding && <NewApplication view={view} onClose={() => setAdding(false)} />}
    </Section>
  );
};
