import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { Failed } from '../../parts/states.tsx';
import type { TenantView, Wish } from './queries.ts';
import { SaveDialog } from './save.tsx';

/** Says which application may send, under which source; its key is made afterwards. */
export const NewApplication = ({
  view,
  onClose,
  onSaved,
}: {
  readonly view: TenantView;
  readonly onClose: () => void;
  readonly onSaved?: (name: string) => void;
}) => {
  const { t } = useTranslation('tenant');
  const postvakken = Object.entries(view.declaration.connectors ?? {})
    .filter(([name, { connector }]) => (connector ?? name) === 'postvak')
    .map(([name]) => name);
  const [name, setName] = useState('');
  const [source, setSource] = useState(`urn:lb:${view.tenant}:`);
  const [system, setSystem] = useState(postvakken[0] ?? '');
  const [wish, setWish] = useState<Wish | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const credential = {
    ...{ name, sources: [source], types: ['*'] },
    ...(system !== '' && { system, postvakken: [system] }),
  };
  if (wish)
    return (
      <SaveDialog
        wish={wish}
        onRefused={setProblem}
        onSaved={() => {
          onSaved?.(name);
          onClose();
        }}
        onClose={() => setWish(null)}
      />
    );
  return (
    <Dialog title={t('applications.add')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setProblem(null);
          setWish({
            ...{ tenant: view.tenant, version: view.version, secrets: {} },
            declaration: {
              ...view.declaration,
              credentials: [...(view.declaration.credentials ?? []), credential],
            },
          });
        }}
      >
        {problem && <Failed error={problem} />}
        <Field
          name={t('applications.name')}
          hint={t('applications.nameHint')}
          value={name}
          required
          onChange={(next) => {
            setName(next);
            if (source === `urn:lb:${view.tenant}:${name}`)
              setSource(`urn:lb:${view.tenant}:${next}`);
          }}
        />
        <Field
          name={t('applications.source')}
          hint={t('applications.sourceHint')}
          value={source}
          required
          onChange={setSource}
        />
        {postvakken.length > 0 && (
          <Choice
            name={t('applications.postvak')}
            value={system}
            onChange={setSystem}
            options={[
              { value: '', words: t('applications.noPostvak') },
              ...postvakken.map((value) => ({ value, words: value })),
            ]}
          />
        )}
        <div className="dialog-acts">
          <Button onPress={onClose}>{t('cancel')}</Button>
          <button type="submit" className="button" data-kind="main" disabled={name === ''}>
            {t('next')}
          </button>
        </div>
      </form>
    </Dialog>
  );
};
