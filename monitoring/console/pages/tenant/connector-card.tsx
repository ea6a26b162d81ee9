import { useTranslation } from 'react-i18next';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { ConnectorForm } from './connector-form.tsx';
import type { ConnectorView, TenantView } from './queries.ts';

interface ConnectorCardProps {
  readonly view: TenantView;
  readonly name: string;
  readonly enabled: boolean;
  /** What it is called where nothing says what it is. */
  readonly fallback: string | undefined;
  readonly definition: ConnectorView | undefined;
  readonly isOpen: boolean;
  readonly onToggle: (definition: ConnectorView) => void;
  readonly onRemove: () => void;
}

const Head = (props: ConnectorCardProps) => {
  const { view, name, enabled, definition, isOpen, onToggle, onRemove } = props;
  const { t } = useTranslation('tenant');
  return (
    <div className="section-head">
      <h3>{name}</h3>
      <span className="row">
        <Badge tone={enabled ? 'good' : 'idle'}>
          {t(enabled ? 'connectors.on' : 'connectors.off')}
        </Badge>
        {definition && (
          <Button onPress={() => onToggle(definition)} label={t('connectors.openWhich', { name })}>
            {t(isOpen ? 'routes.close' : 'connectors.open')}
          </Button>
        )}
        {view.mayConfigure && (
          <Button kind="danger" onPress={onRemove} label={t('connectors.removeWhich', { name })}>
            {t('form.remove')}
          </Button>
        )}
      </span>
    </div>
  );
};

/** One coupling: whether it is on, and its settings where it is open. */
export const ConnectorCard = (props: ConnectorCardProps) => {
  const { view, name, fallback, definition, isOpen } = props;
  return (
    <li className="card form-group">
      <Head {...props} />
      <p className="fine">{definition?.title ?? fallback}</p>
      {isOpen && definition && (
        <ConnectorForm key={name} view={view} name={name} connector={definition} />
      )}
    </li>
  );
};
