import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TypeView } from '../../../tenants/shown.ts';
import { Button } from '../../parts/button.tsx';
import { Section } from '../../parts/page.tsx';
import { Answer, Empty, Failed } from '../../parts/states.tsx';
import { useCatalogue, type TenantView, type Wish } from './queries.ts';
import { RouteList } from './route-list.tsx';
import { SaveDialog } from './save.tsx';
import { RouteTrial } from './trial.tsx';
import { useRoutes } from './use-routes.ts';

type Written = ReturnType<typeof useRoutes>;

const Beginnings = ({
  written,
  firstType,
  disabled,
}: {
  readonly written: Written;
  readonly firstType: string;
  readonly disabled: boolean;
}) => {
  const { t } = useTranslation('tenant');
  return (
    <div className="row">
      <Button onPress={() => void written.propose()} disabled={disabled}>
        {t('routes.propose')}
      </Button>
      <Button onPress={() => written.add(firstType)} disabled={disabled}>
        {t('routes.add')}
      </Button>
    </div>
  );
};

const SaveBar = ({
  onSave,
  onUndo,
}: {
  readonly onSave: () => void;
  readonly onUndo: () => void;
}) => {
  const { t } = useTranslation('tenant');
  return (
    <div className="row save-bar">
      <Button kind="main" onPress={onSave}>
        {t('routes.save')}
      </Button>
      <Button onPress={onUndo}>{t('routes.undo')}</Button>
    </div>
  );
};

const NoRoutes = ({ coupled }: { readonly coupled: boolean }) => {
  const { t } = useTranslation('tenant');
  return (
    <Empty title={t('routes.none')}>{t(coupled ? 'routes.noneHint' : 'routes.noTargets')}</Empty>
  );
};

const WrittenRoutes = ({
  view,
  types,
  written,
  onSave,
}: {
  readonly view: TenantView;
  readonly types: readonly TypeView[];
  readonly written: Written;
  readonly onSave: () => void;
}) => {
  const { t } = useTranslation('tenant');
  const { routes, open, problem } = written;
  const { mayConfigure } = view;
  const targets = Object.keys(view.declaration.connectors ?? {});
  const beginnings = mayConfigure && (
    <Beginnings
      written={written}
      firstType={types[0]?.type ?? ''}
      disabled={targets.length === 0}
    />
  );
  return (
    <Section title={t('routes.title')} actions={beginnings}>
      <p className="fine">{t('routes.lead')}</p>
      {problem && <Failed error={problem} />}
      {routes.length === 0 ? (
        <NoRoutes coupled={targets.length > 0} />
      ) : (
        <RouteList
          {...{ routes, types, targets, mayConfigure, open }}
          onOpen={written.setOpen}
          onChange={written.change}
        />
      )}
      {written.changed && <SaveBar onSave={onSave} onUndo={written.undo} />}
    </Section>
  );
};

/** The routes of a tenant in their order: to read, to change, and to try with a message before they are saved. */
export const Routes = ({ view }: { readonly view: TenantView }) => {
  const catalogue = useCatalogue();
  const written = useRoutes(view);
  const [wish, setWish] = useState<Wish | null>(null);
  const { routes, changed } = written;
  return (
    <Answer query={catalogue}>
      {({ types }) => (
        <>
          <WrittenRoutes {...{ view, types, written }} onSave={() => setWish(written.wish)} />
          {view.mayConfigure && <RouteTrial tenant={view.tenant} {...{ routes, changed }} />}
          {wish && (
            <SaveDialog
              wish={wish}
              onRefused={written.setProblem}
              onSaved={written.saved}
              onClose={() => setWish(null)}
            />
          )}
        </>
      )}
    </Answer>
  );
};
