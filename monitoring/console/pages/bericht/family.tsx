import { useTranslation } from 'react-i18next';
import { Status } from '../../parts/badge.tsx';
import { Moment } from '../../parts/figures.tsx';
import { To } from '../../parts/to.tsx';
import { useTypeName } from '../berichten/queries.ts';
import type { Trace } from './queries.ts';

type Relative = Trace['family'][number];

/** One message among others, to go to. */
export const RelativeLine = ({ of, here }: { readonly of: Relative; readonly here: boolean }) => {
  const { t, i18n } = useTranslation('bericht');
  const nameOf = useTypeName();
  const name = nameOf(of.type, i18n.language);
  return (
    <p className="row relative" aria-current={here ? 'true' : undefined}>
      {here ? (
        <strong>
          {name} ({t('family.here')})
        </strong>
      ) : (
        <To path="/berichten/$tenant/$id" params={{ tenant: of.tenant, id: of.id }}>
          {name}
        </To>
      )}
      <Status status={of.status} /> <Moment at={of.acceptedAt} />
      <code>{of.source}</code>
    </p>
  );
};

const Branch = ({
  of,
  family,
  here,
}: {
  readonly of: Relative;
  readonly family: readonly Relative[];
  readonly here: string;
}) => {
  const children = family.filter(
    ({ causationId, id }) => causationId === of.id && id !== of.id && id !== family[0]?.id,
  );
  return (
    <li>
      <RelativeLine of={of} here={of.id === here} />
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <Branch key={child.id} of={child} family={family} here={here} />
          ))}
        </ul>
      )}
    </li>
  );
};

/** What caused the message and what followed from it, as a tree from the first cause. */
export const Family = ({ trace }: { readonly trace: Trace }) => {
  const { t } = useTranslation('bericht');
  const [root] = trace.family;
  if (!root || trace.family.length === 1) return <p className="fine">{t('family.none')}</p>;
  return (
    <ul className="family">
      <Branch of={root} family={trace.family} here={trace.id} />
    </ul>
  );
};
