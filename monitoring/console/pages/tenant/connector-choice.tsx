import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { useConnectorWords } from '../../parts/connector-words.ts';
import { Field } from '../../parts/field.tsx';
import type { ConnectorView, TenantView } from './queries.ts';

const nameOf = /^[a-z][a-z0-9-]{0,39}$/;

/** Which connector is added, and under which name. */
export const ConnectorChoice = ({
  view,
  connectors,
  onChosen,
}: {
  readonly view: TenantView;
  readonly connectors: readonly ConnectorView[];
  readonly onChosen: (name: string, connector: ConnectorView) => void;
}) => {
  const { t } = useTranslation('tenant');
  const { summaryOf } = useConnectorWords();
  const [chosen, setChosen] = useState<ConnectorView | null>(null);
  const [name, setName] = useState('');
  const taken = view.declaration.connectors?.[name] !== undefined;
  return (
    <div className="form-group">
      <ul className="cards">
        {connectors.map((one) => (
          <li key={one.id} className="card form-group" data-chosen={chosen?.id === one.id}>
            <h3>{one.title}</h3>
            <p className="fine">{summaryOf(one)}</p>
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
