import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Section } from '../../parts/page.tsx';
import { Answer, Empty, Failed } from '../../parts/states.tsx';
import type { ApiProblem } from '../../api/problem.ts';
import { ConnectorCard } from './connector-card.tsx';
import { ConnectorChoice } from './connector-choice.tsx';
import { ConnectorForm } from './connector-form.tsx';
import { useCatalogue, type ConnectorView, type TenantView, type Wish } from './queries.ts';
import { SaveDialog } from './save.tsx';

interface Open {
  readonly name: string;
  readonly connector: ConnectorView;
}

/** What is open on the page: the settings of one coupling, or the choice of another. */
const useOpen = () => {
  const [open, setOpen] = useState<Open | null>(null);
  const [adding, setAdding] = useState(false);
  const add = (): void => {
    setAdding(true);
    setOpen(null);
  };
  const choose = (name: string, connector: ConnectorView): void => {
    setAdding(false);
    setOpen({ name, connector });
  };
  const toggle = (name: string, connector: ConnectorView): void =>
    setOpen(open?.name === name ? null : { name, connector });
  return { open, adding, add, choose, toggle };
};

type Opened = ReturnType<typeof useOpen>;

const without = ({ tenant, version, declaration }: TenantView, name: string): Wish => ({
  ...{ tenant, version, secrets: {} },
  declaration: {
    ...declaration,
    connectors: Object.fromEntries(
      Object.entries(declaration.connectors ?? {}).filter(([one]) => one !== name),
    ),
  },
});

const AddButton = ({
  first,
  onPress,
}: {
  readonly first: boolean;
  readonly onPress: () => void;
}) => {
  const { t } = useTranslation('tenant');
  return (
    <Button kind={first ? 'main' : 'plain'} onPress={onPress}>
      {t('connectors.add')}
    </Button>
  );
};

interface InstancesProps {
  readonly view: TenantView;
  readonly connectors: readonly ConnectorView[];
  readonly opened: Opened;
}

/** The one that is not yet there: its choice, then its settings. */
const NewInstance = ({ view, connectors, opened }: InstancesProps) => {
  const { open, adding, choose } = opened;
  const isNew = open && !Object.keys(view.declaration.connectors ?? {}).includes(open.name);
  return (
    <>
      {adding && <ConnectorChoice view={view} connectors={connectors} onChosen={choose} />}
      {isNew && (
        <div className="card form-group">
          <h3>{open.name}</h3>
          <ConnectorForm key={open.name} view={view} {...open} />
        </div>
      )}
    </>
  );
};

const Instances = ({
  view,
  connectors,
  opened,
  onRemove,
}: InstancesProps & { readonly onRemove: (name: string) => void }) => (
  <ul className="cards" data-wide="true">
    {Object.entries(view.declaration.connectors ?? {}).map(([name, { connector, enabled }]) => (
      <ConnectorCard
        key={name}
        {...{ view, name }}
        enabled={enabled !== false}
        fallback={connector}
        definition={connectors.find(({ id }) => id === (connector ?? name))}
        isOpen={opened.open?.name === name}
        onToggle={(definition) => opened.toggle(name, definition)}
        onRemove={() => onRemove(name)}
      />
    ))}
  </ul>
);

/** The couplings of a tenant, each with its settings, and the way to add one. */
export const Connectors = ({ view }: { readonly view: TenantView }) => {
  const { t } = useTranslation('tenant');
  const catalogue = useCatalogue();
  const opened = useOpen();
  const [wish, setWish] = useState<Wish | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { open, adding, add } = opened;
  const none = Object.keys(view.declaration.connectors ?? {}).length === 0;
  const mayAdd = view.mayConfigure && !adding;
  const remove = (name: string): void => {
    setProblem(null);
    setWish(without(view, name));
  };
  return (
    <Answer query={catalogue}>
      {({ connectors }) => (
        <Section
          title={t('connectors.title')}
          actions={mayAdd && <AddButton first={none} onPress={add} />}
        >
          {problem && <Failed error={problem} />}
          <NewInstance {...{ view, connectors, opened }} />
          {none && !adding && !open && (
            <Empty title={t('connectors.none')}>{t('connectors.noneHint')}</Empty>
          )}
          <Instances {...{ view, connectors, opened }} onRemove={remove} />
          {wish && <SaveDialog wish={wish} onRefused={setProblem} onClose={() => setWish(null)} />}
        </Section>
      )}
    </Answer>
  );
};
