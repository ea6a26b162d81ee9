import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/ask.ts';
import { ReasonDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { useTenantsAgain } from '../tenant/queries.ts';

const tenantId = /^[a-z][a-z0-9-]{1,39}$/;
const kboNumber = /^[01]\d{9}$/;

/** The last two digits of a number of the KBO are 97 less what the others leave when divided by 97. */
const isKbo = (kbo: string): boolean =>
  kboNumber.test(kbo) && 97 - (Number(kbo.slice(0, 8)) % 97) === Number(kbo.slice(8));

const idOf = (name: string): string =>
  name
    .replace(/^(?:gemeente|stad|provincie|ocmw)\s+/i, '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);

const Making = ({
  tenant,
  name,
  declaration,
  verwerkingen,
  onMade,
  onClose,
}: {
  readonly tenant: string;
  readonly name: string;
  readonly declaration: object;
  readonly verwerkingen: string;
  readonly onMade: (tenant: string) => void;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('inrichten');
  const again = useTenantsAgain();
  const register = verwerkingen.split(/[\s,]+/).filter((one) => one !== '');
  return (
    <ReasonDialog
      title={t('identity.act')}
      act={t('identity.act')}
      onClose={onClose}
      onAct={async (reason) => {
        const more = register.length > 0 && { verwerkingen: register };
        await post('tenants', { reason, declaration: { ...declaration, ...more } });
        await again();
        onMade(tenant);
      }}
    >
      <p>{t('identity.sure', { name, tenant })}</p>
    </ReasonDialog>
  );
};

/** What is written of the tenant, and whether it can be made of it. */
const useIdentity = () => {
  const [name, setName] = useState('');
  const [id, setId] = useState('');
  const [kbo, setKbo] = useState('');
  const [iri, setIri] = useState('');
  const [verwerkingen, setVerwerkingen] = useState('');
  const digits = kbo.replaceAll(/[^\d]/g, '');
  const tenant = id || idOf(name);
  const wrongKbo = kbo !== '' && !isKbo(digits);
  const ready = name !== '' && tenantId.test(tenant) && isKbo(digits) && URL.canParse(iri);
  const declaration = { tenant, name, kbo: digits, bestuurseenheid: iri };
  return {
    ...{ tenant, name, kbo, iri, verwerkingen, wrongKbo, ready, declaration },
    ...{ setName, setId, setKbo, setIri, setVerwerkingen },
  };
};

const IdentityFields = ({ written }: { readonly written: ReturnType<typeof useIdentity> }) => {
  const { t } = useTranslation('inrichten');
  return (
    <>
      <Field
        name={t('identity.name')}
        hint={t('identity.nameHint')}
        value={written.name}
        required
        onChange={written.setName}
      />
      <Field
        name={t('identity.id')}
        hint={t('identity.idHint')}
        value={written.tenant}
        required
        onChange={written.setId}
      />
      <Field
        name={t('identity.kbo')}
        hint={t('identity.kboHint')}
        value={written.kbo}
        required
        error={written.wrongKbo ? t('identity.kboWrong') : null}
        onChange={written.setKbo}
      />
      <Field
        name={t('identity.iri')}
        hint={t('identity.iriHint')}
        value={written.iri}
        required
        type="url"
        onChange={written.setIri}
      />
      <Field
        name={t('identity.verwerkingen')}
        hint={t('identity.verwerkingenHint')}
        value={written.verwerkingen}
        onChange={written.setVerwerkingen}
      />
    </>
  );
};

/** First step: who the tenant is. It is made at once, so that the rest can be done later and by others. */
export const Identity = ({ onMade }: { readonly onMade: (tenant: string) => void }) => {
  const { t } = useTranslation('inrichten');
  const written = useIdentity();
  const [asking, setAsking] = useState(false);
  const { tenant, name, declaration, verwerkingen, ready } = written;
  return (
    <>
      <form
        className="form-fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) setAsking(true);
        }}
      >
        <IdentityFields written={written} />
        <div className="row">
          <button type="submit" className="button" data-kind="main" disabled={!ready}>
            {t('identity.act')}
          </button>
        </div>
      </form>
      {asking && (
        <Making
          {...{ tenant, name, declaration, verwerkingen, onMade }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
};
