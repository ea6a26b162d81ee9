import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { Failed } from '../../parts/states.tsx';
import type { Declaration, TenantView, Wish } from './queries.ts';
import { SaveDialog } from './save.tsx';

type Credential = NonNullable<Declaration['credentials']>[number];

const postvakkenOf = ({ connectors = {} }: Declaration): string[] =>
  Object.entries(connectors)
    .filter(([name, { connector }]) => (connector ?? name) === 'postvak')
    .map(([name]) => name);

const wishOf = ({ tenant, version, declaration }: TenantView, credential: Credential): Wish => ({
  ...{ tenant, version, secrets: {} },
  declaration: {
    ...declaration,
    credentials: [...(declaration.credentials ?? []), credential],
  },
});

/** An application as it is being written; its source follows its name until somebody says otherwise. */
const useCredential = ({ tenant, declaration }: TenantView) => {
  const postvakken = postvakkenOf(declaration);
  const [name, setName] = useState('');
  const [source, setSource] = useState(`urn:lb:${tenant}:`);
  const [system, setSystem] = useState(postvakken[0] ?? '');
  const credential: Credential = {
    ...{ name, sources: [source], types: ['*'] },
    ...(system !== '' && { system, postvakken: [system] }),
  };
  const rename = (next: string): void => {
    setName(next);
    if (source === `urn:lb:${tenant}:${name}`) setSource(`urn:lb:${tenant}:${next}`);
  };
  return { postvakken, name, rename, source, setSource, system, setSystem, credential };
};

type Written = ReturnType<typeof useCredential>;

const CredentialFields = ({ written }: { readonly written: Written }) => {
  const { t } = useTranslation('tenant');
  const { postvakken } = written;
  return (
    <>
      <Field
        name={t('applications.name')}
        hint={t('applications.nameHint')}
        value={written.name}
        required
        onChange={written.rename}
      />
      <Field
        name={t('applications.source')}
        hint={t('applications.sourceHint')}
        value={written.source}
        required
        onChange={written.setSource}
      />
      {postvakken.length > 0 && (
        <Choice
          name={t('applications.postvak')}
          value={written.system}
          onChange={written.setSystem}
          options={[
            { value: '', words: t('applications.noPostvak') },
            ...postvakken.map((value) => ({ value, words: value })),
          ]}
        />
      )}
    </>
  );
};

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
  const written = useCredential(view);
  const [wish, setWish] = useState<Wish | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { name, credential } = written;
  const review = (): void => {
    setProblem(null);
    setWish(wishOf(view, credential));
  };
  const end = (): void => {
    onSaved?.(name);
    onClose();
  };
  const back = (): void => setWish(null);
  if (wish) return <SaveDialog wish={wish} onRefused={setProblem} onSaved={end} onClose={back} />;
  return (
    <Dialog title={t('applications.add')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          review();
        }}
      >
        {problem && <Failed error={problem} />}
        <CredentialFields written={written} />
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
