import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../api/problem.ts';
import { get } from '../../api/ask.ts';
import { Button } from '../../parts/button.tsx';
import { Section } from '../../parts/page.tsx';
import { Answer, Empty, Failed } from '../../parts/states.tsx';
import { FilterTree } from './filter-tree.tsx';
import { useCatalogue, type Route, type TenantView, type Wish } from './queries.ts';
import { RouteEditor } from './route-editor.tsx';
import { SaveDialog } from './save.tsx';
import { RouteTrial } from './trial.tsx';

const moved = (routes: readonly Route[], from: number, to: number): Route[] => {
  const next = [...routes];
  const [one] = next.splice(from, 1);
  if (one) next.splice(to, 0, one);
  return next;
};

const RouteLine = ({
  route,
  titleOf,
}: {
  readonly route: Route;
  readonly titleOf: (type: string) => string;
}) => (
  <div>
    <p>
      <strong>{titleOf(route.when.type)}</strong> → {route.to.join(', ')}
    </p>
    <p className="fine">
      <code>{route.when.type}</code>
    </p>
    {route.filter && <FilterTree filter={route.filter} />}
  </div>
);

/** The routes of a tenant in their order: to read, to change, and to try with a message before they are saved. */
export const Routes = ({ view }: { readonly view: TenantView }) => {
  const { t, i18n } = useTranslation('tenant');
  const catalogue = useCatalogue();
  const standing = view.declaration.routes ?? [];
  const [draft, setDraft] = useState<readonly Route[] | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const [wish, setWish] = useState<Wish | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const routes = draft ?? standing;
  const targets = Object.keys(view.declaration.connectors ?? {});
  const change = (next: readonly Route[]): void => {
    setProblem(null);
    setDraft(next);
  };
  const propose = async (): Promise<void> => {
    const { routes: proposed } = await get<{ readonly routes: readonly Route[] }>(
      `tenants/${view.tenant}/routes/proposal`,
    );
    change(proposed);
  };
  const save = (): void =>
    setWish({
      ...{ tenant: view.tenant, version: view.version, secrets: {} },
      declaration: { ...view.declaration, routes: [...routes] },
    });
  return (
    <Answer query={catalogue}>
      {({ types }) => {
        const titleOf = (type: string): string =>
          types.find((one) => one.type === type)?.title[i18n.language] ?? type;
        return (
          <>
            <Section
              title={t('routes.title')}
              actions={
                view.mayConfigure && (
                  <div className="row">
                    <Button onPress={() => void propose()} disabled={targets.length === 0}>
                      {t('routes.propose')}
                    </Button>
                    <Button
                      disabled={targets.length === 0}
                      onPress={() => {
                        change([...routes, { when: { type: types[0]?.type ?? '' }, to: [] }]);
                        setOpen(routes.length);
                      }}
                    >
                      {t('routes.add')}
                    </Button>
                  </div>
                )
              }
            >
              <p className="fine">{t('routes.lead')}</p>
              {problem && <Failed error={problem} />}
              {routes.length === 0 ? (
                <Empty title={t('routes.none')}>{t('routes.noneHint')}</Empty>
              ) : (
                <ol className="routes">
                  {routes.map((route, index) => (
                    <li key={index} className="card">
                      {open === index && view.mayConfigure ? (
                        <RouteEditor
                          route={route}
                          types={types}
                          targets={targets}
                          onChange={(next) =>
                            change(routes.map((one, at) => (at === index ? next : one)))
                          }
                        />
                      ) : (
                        <RouteLine route={route} titleOf={titleOf} />
                      )}
                      {view.mayConfigure && (
                        <div className="row">
                          <Button
                            kind="quiet"
                            onPress={() => setOpen(open === index ? null : index)}
                            label={t('routes.editWhich', { number: index + 1 })}
                          >
                            {t(open === index ? 'routes.close' : 'routes.edit')}
                          </Button>
                          <Button
                            kind="quiet"
                            disabled={index === 0}
                            onPress={() => change(moved(routes, index, index - 1))}
                            label={t('routes.upWhich', { number: index + 1 })}
                          >
                            {t('routes.up')}
                          </Button>
                          <Button
                            kind="quiet"
                            disabled={index === routes.length - 1}
                            onPress={() => change(moved(routes, index, index + 1))}
                            label={t('routes.downWhich', { number: index + 1 })}
                          >
                            {t('routes.down')}
                          </Button>
                          <Button
                            kind="quiet"
                            onPress={() => change(routes.filter((_, at) => at !== index))}
                            label={t('routes.removeWhich', { number: index + 1 })}
                          >
                            {t('form.remove')}
                          </Button>
                        </div>
                      )}
                    </li>
                  ))}
                </ol>
              )}
              {draft && (
                <div className="row save-bar">
                  <Button kind="main" onPress={save}>
                    {t('routes.save')}
                  </Button>
                  <Button onPress={() => setDraft(null)}>{t('routes.undo')}</Button>
                </div>
              )}
            </Section>
            {view.mayConfigure && (
              <RouteTrial tenant={view.tenant} routes={routes} changed={draft !== null} />
            )}
            {wish && (
              <SaveDialog
                wish={wish}
                onRefused={setProblem}
                onSaved={() => {
                  setDraft(null);
                  setOpen(null);
                }}
                onClose={() => setWish(null)}
              />
            )}
          </>
        );
      }}
    </Answer>
  );
};
