import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../api/ask.ts';
import { Status } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Failed } from '../../parts/states.tsx';
import { To } from '../../parts/to.tsx';
import { useTenantsAgain, type TenantView } from '../tenant/queries.ts';

const lookMs = 1_000;

interface Trace {
  readonly status: string;
  readonly targets: readonly { readonly target: string; readonly status: string }[];
}

const Arriving = ({ tenant, id }: { readonly tenant: string; readonly id: string }) => {
  const { t } = useTranslation('inrichten');
  const { data } = useQuery({
    queryKey: ['messages', 'test', tenant, id],
    queryFn: ({ signal }) => get<Trace>(`messages/${tenant}/${id}`, signal),
    retry: false,
    refetchInterval: ({ state }) => (state.data?.status === 'delivered' ? false : lookMs),
  });
  return (
    <div className="notice" data-tone={data ? 'good' : 'busy'} aria-live="polite">
      <p>
        {t(data ? 'test.arrived' : 'test.awaited')} <code>{id}</code>
      </p>
      {data && (
        <ul>
          {data.targets.map(({ target, status }) => (
            <li key={target} className="row">
              {target} <Status status={status} />
            </li>
          ))}
        </ul>
      )}
      {data && (
        <To path="/berichten/$tenant/$id" params={{ tenant, id }}>
          {t('test.trace')}
        </To>
      )}
    </div>
  );
};

/** Sends a melding through the door with the key of the application, and shows it arriving. */
export const TestStep = ({
  view,
  madeKey,
}: {
  readonly view: TenantView;
  readonly madeKey: string | null;
}) => {
  const { t } = useTranslation('inrichten');
  const again = useTenantsAgain();
  const [key, setKey] = useState(madeKey ?? '');
  const send = useMutation({
    mutationFn: () =>
      post<{ readonly id: string }>(`tenants/${view.tenant}/test-messages`, { key: key.trim() }),
    onSettled: again,
  });
  const targets = (view.declaration.routes ?? [])
    .filter(({ when }) => when.type.startsWith('be.lbbus.melding.ingediend'))
    .flatMap(({ to }) => to);
  return (
    <div className="form-fields">
      <p>{t('test.lead')}</p>
      <p className="notice" data-tone={targets.length > 0 ? 'warn' : 'bad'}>
        {targets.length > 0
          ? t('test.goes', { targets: [...new Set(targets)].join(', ') })
          : t('test.nowhere')}
      </p>
      <Field
        name={t('test.key')}
        hint={t('test.keyHint')}
        type="password"
        value={key}
        onChange={setKey}
      />
      <div className="row">
        <Button
          kind="main"
          busy={send.isPending}
          disabled={key.trim() === '' || targets.length === 0}
          onPress={() => send.mutate()}
        >
          {t('test.act')}
        </Button>
      </div>
      {send.error && <Failed error={send.error} />}
      {send.data && <Arriving tenant={view.tenant} id={send.data.id} />}
    </div>
  );
};
