import { useTranslation } from 'react-i18next';
import type { TypeView } from '../../../tenants/shown.ts';
import { Button } from '../../parts/button.tsx';
import { FilterTree } from './filter-tree.tsx';
import type { Route } from './queries.ts';
import { RouteEditor } from './route-editor.tsx';

const moved = (routes: readonly Route[], from: number, to: number): Route[] => {
  const next = [...routes];
  const [one] = next.splice(from, 1);
  if (one) next.splice(to, 0, one);
  return next;
};

const RouteLine = ({
  route,
  types,
}: {
  readonly route: Route;
  readonly types: readonly TypeView[];
}) => {
  const { i18n } = useTranslation('tenant');
  const { type } = route.when;
  return (
    <div>
      <p>
        <strong>{types.find((one) => one.type === type)?.title[i18n.language] ?? type}</strong> →{' '}
        {route.to.join(', ')}
      </p>
      <p className="fine">
        <code>{type}</code>
      </p>
      {route.filter && <FilterTree filter={route.filter} />}
    </div>
  );
};

interface RouteListProps {
  readonly routes: readonly Route[];
  readonly types: readonly TypeView[];
  readonly targets: readonly string[];
  readonly mayConfigure: boolean;
  /** The place of the one that is being changed. */
  readonly open: number | null;
  readonly onOpen: (open: number | null) => void;
  readonly onChange: (routes: readonly Route[]) => void;
}

const RouteActs = ({
  index,
  routes,
  open,
  onOpen,
  onChange,
}: Pick<RouteListProps, 'routes' | 'open' | 'onOpen' | 'onChange'> & {
  readonly index: number;
}) => {
  const { t } = useTranslation('tenant');
  const number = index + 1;
  return (
    <div className="row">
      <Button
        kind="quiet"
        onPress={() => onOpen(open === index ? null : index)}
        label={t('routes.editWhich', { number })}
      >
        {t(open === index ? 'routes.close' : 'routes.edit')}
      </Button>
      <Button
        kind="quiet"
        disabled={index === 0}
        onPress={() => onChange(moved(routes, index, index - 1))}
        label={t('routes.upWhich', { number })}
      >
        {t('routes.up')}
      </Button>
      <Button
        kind="quiet"
        disabled={index === routes.length - 1}
        onPress={() => onChange(moved(routes, index, index + 1))}
        label={t('routes.downWhich', { number })}
      >
        {t('routes.down')}
      </Button>
      <Button
        kind="quiet"
        onPress={() => onChange(routes.filter((_, at) => at !== index))}
        label={t('routes.removeWhich', { number })}
      >
        {t('form.remove')}
      </Button>
    </div>
  );
};

/** Routes in their order, of which one at a time is open to be changed. */
export const RouteList = (props: RouteListProps) => {
  const { routes, types, targets, mayConfigure, open, onOpen, onChange } = props;
  return (
    <ol className="routes">
      {routes.map((route, index) => (
        <li key={index} className="card">
          {open === index && mayConfigure ? (
            <RouteEditor
              {...{ route, types, targets }}
              onChange={(next) => onChange(routes.map((one, at) => (at === index ? next : one)))}
            />
          ) : (
            <RouteLine route={route} types={types} />
          )}
          {mayConfigure && <RouteActs {...{ index, routes, open, onOpen, onChange }} />}
        </li>
      ))}
    </ol>
  );
};
