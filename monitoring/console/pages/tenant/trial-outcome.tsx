import { useTranslation } from 'react-i18next';
import { Badge } from '../../parts/badge.tsx';
import { FilterTree } from './filter-tree.tsx';
import type { Route, TrialAnswer } from './queries.ts';

/** What would become of a message, and what each route said to it. */
export const TrialOutcome = ({
  answer,
  routes,
}: {
  readonly answer: TrialAnswer;
  readonly routes: readonly Route[];
}) => {
  const { t } = useTranslation('tenant');
  return (
    <div className="trial" aria-live="polite">
      {answer.targets && (
        <p className="notice" data-tone={answer.targets.length > 0 ? 'good' : 'warn'}>
          {answer.targets.length > 0
            ? t('trial.goes', { targets: answer.targets.join(', ') })
            : t('trial.nowhere')}
        </p>
      )}
      {answer.refusal && (
        <div className="notice" data-tone="bad">
          <p>
            {t('trial.refused')} <code>{answer.refusal.code}</code> ({answer.refusal.status})
          </p>
          <ul>
            {answer.refusal.errors.map(({ pointer, detail }) => (
              <li key={`${pointer}${detail}`}>
                <code>{pointer}</code> {detail}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ol className="trial-routes">
        {answer.routes.map((route, index) => (
          <li key={index}>
            <p className="row">
              <Badge tone={route.matches ? 'good' : 'idle'}>
                {t(route.matches ? 'trial.matches' : 'trial.passes')}
              </Badge>
              {route.targets.join(', ')}
              {!route.typeMatches && (
                <span className="fine">{t('trial.otherType', { type: route.type })}</span>
              )}
            </p>
            {route.filter && routes[index]?.filter && (
              <FilterTree filter={routes[index].filter} explained={route.filter} />
            )}
          </li>
        ))}
      </ol>
    </div>
  );
};
