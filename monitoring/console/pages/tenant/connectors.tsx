import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Section } from '../../parts/page.tsx';
import { Answer, Empty, Failed } from '../../parts/states.tsx';
import type { ApiProblem } from '../../api/problem.ts';
import { ConnectorForm } from './connector-form.tsx';
import { useCatalogue, type ConnectorView, type TenantView, type Wish } from './queries.ts';
import { SaveDialog } from './save.tsx';

const nameOf = /^[a-z][a-z0-9-]{0,39}$/;

const Choosing = ({
  view,
  connectors,
  onChosen,
}: {
  readonly view: TenantView;
  readonly connectors: readonly ConnectorView[];
  readonly onChosen: (name: string, connector: ConnectorView) => void;
}) => {
  const { t } = useTranslation('tenant');
  const [chosen, setChosen] = useState<ConnectorView | null>(null);
  const [name, setName] = useState('');
  const taken = view.declaration.connectors?.[name] !== undefined;
  return (
    <div className="form-group">
      <ul className="cards">
        {connectors.map((one) => (
          <li key={one.id} className="card form-group" data-chosen={chosen?.id === one.id}>
            <h3>{one.title}</h3>
            <p className="fine">{one.summary}</p>
            <Button
              label={t('connectors.chooseWhich', { title: one.title })}
              onPress={() => {
                setChosen(one);
                setName(view.declaration.connectors?.[one.id] ? '' : one.id);
              }}
            >
              {t('connectors.choose')}
            </Button>
          </li>
        ))}
      </ul>
      {chosen && (
        <div className="filters">
          <Field
            name={t('connectors.name', { title: chosen.title })}
            hint={t('connectors.nameHint')}
            value={name}
            onChange={setName}
            error={taken ? t('connectors.taken') : null}
          />
          <Button
            kind="main"
            disabled={taken || !nameOf.test(name)}
            onPress={() => onChosen(name, chosen)}
          >
            {t('next')}
          </Button>
        </div>
      )}
    </div>
  );
};

interface Open {
  readonly name: string;
  readonly connector: ConnectorView;
}

/** The couplings of a tenant, each with its settings, and the way to add one. */
export const Connectors = ({ view }: { readonly view: TenantView }) => {
  const { t } = useTranslation('tenant');
  const catalogue = useCatalogue();
  const [open, setOpen] = useState<Open | null>(null);
  const [adding, setAdding] = useState(false);
  const [wish, setWish] = useState<Wish | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const instances = Object.entries(view.declaration.connectors ?? {});
  const without = (name: string): Wish => ({
    ...{ tenant: view.tenant, version: view.version, secrets: {} },
    declaration: {
      ...view.declaration,
      connectors: Object.fromEntries(instances.filter(([one]) => one !== name)),
    },
  });
  return (
    <Answer query={catalogue}>
      {({ connectors }) => (
        <Section
          title={t('connectors.title')}
          actions={
            view.mayConfigure &&
            !adding && (
              <Button
                kind={instances.length === 0 ? 'main' : 'plain'}
                onPress={() => {
                  setAdding(true);
                  setOpen(null);
                }}
              >
                {t('connectors.add')}
              </Button>
            )
          }
        >
          {problem && <Failed error={problem} />}
          {adding && (
            <Choosing
              view={view}
              connectors={connectors}
              onChosen={(name, connector) => {
                setAdding(false);
                setOpen({ name, connector });
              }}
            />
          )}
          {open && !instances.some(([name]) => name === open.name) && (
            <div className="card form-group">
              <h3>{open.name}</h3>
              <ConnectorForm
                key={open.name}
                view={view}
                name={open.name}
                connector={open.connector}
              />
            </div>
          )}
          {instances.length === 0 && !adding && !open && (
            <Empty title={t('connectors.none')}>{t('connectors.noneHint')}</Empty>
          )}
          <ul className="cards" data-wide="true">
            {instances.map(([name, { connector, enabled }]) => {
              const definition = connectors.find(({ id }) => id === (connector ?? name));
              const isOpen = open?.name === name;
              return (
                <li key={name} className="card form-group">
                  <div className="section-head">
                    <h3>{name}</h3>
                    <span className="row">
                      <Badge tone={enabled === false ? 'idle' : 'good'}>
                        {t(enabled === false ? 'connectors.off' : 'connectors.on')}
                      </Badge>
                      {definition && (
                        <Button
                          onPress={() => setOpen(isOpen ? null : { name, connector: definition })}
                          label={t('connectors.openWhich', { name })}
                        >
                          {t(isOpen ? 'routes.close' : 'connectors.open')}
                        </Button>
                      )}
                      {view.mayConfigure && (
                        <Button
                          kind="danger"
                          onPress={() => {
                            setProblem(null);
                            setWish(without(name));
                          }}
                          label={t('connectors.removeWhich', { name })}
                        >
                          {t('form.remove')}
                        </Button>
                      )}
                    </span>
                  </div>
                  <p className="fine">{definition?.title ?? connector}</p>
                  {isOpen && definition && (
                    <ConnectorForm key={name} view={view} name={name} connector={definition} />
                  )}
                </li>
              );
            })}
          </ul>
          {wish && <SaveDialog wish={wish} onRefused={setProblem} onClose={() => setWish(null)} />}
        </Section>
      )}
    </Answer>
  );
};
