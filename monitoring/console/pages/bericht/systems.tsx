import { useTranslation } from 'react-i18next';
import { Moment } from '../../parts/figures.tsx';
import { Table } from '../../parts/table.tsx';
import { RelativeLine } from './family.tsx';
import type { Trace } from './queries.ts';

/** Under which id each system knows the thing. */
export const Systems = ({ trace }: { readonly trace: Trace }) => {
  const { t } = useTranslation('bericht');
  if (trace.systems.length === 0) return <p className="fine">{t('systems.none')}</p>;
  return (
    <Table
      label={t('systems.title')}
      rows={trace.systems}
      rowKey={({ target, externalId }) => `${target} ${externalId}`}
      columns={[
        {
          key: 'system',
          head: t('systems.system'),
          rowHead: true,
          cell: ({ target, connector }) => (
            <>
              {target}
              {connector !== target && <p className="fine">{connector ?? t('systems.gone')}</p>}
            </>
          ),
        },
        {
          key: 'known',
          head: t('systems.known'),
          cell: ({ externalId }) => <code>{externalId}</code>,
        },
        { key: 'at', head: t('systems.since'), cell: ({ at }) => <Moment at={at} /> },
        {
          key: 'open',
          head: '',
          cell: ({ target, address }) =>
            address === null ? null : (
              <a href={address} target="_blank" rel="noopener noreferrer">
                {t('systems.open', { system: target })}
              </a>
            ),
        },
      ]}
    />
  );
};

/** The same message at tenants that whoever looks reaches too. */
export const HandedOver = ({ handedOver: { from, to } }: Pick<Trace, 'handedOver'>) => {
  const { t } = useTranslation('bericht');
  return (
    <ul className="facts-list">
      {from && (
        <li>
          {t('handedOver.from')} {from.tenant}: <RelativeLine of={from} here={false} />
        </li>
      )}
      {to.map((one) => (
        <li key={`${one.tenant} ${one.id}`}>
          {t('handedOver.to')} {one.tenant}: <RelativeLine of={one} here={false} />
        </li>
      ))}
    </ul>
  );
};
