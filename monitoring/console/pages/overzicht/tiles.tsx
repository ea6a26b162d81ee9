import { useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ToldCause, ToldTenant } from '../../../health/overview.ts';
import { To } from '../../parts/to.tsx';
import { severities } from './grouping.ts';
import { useWalk } from './walk.ts';
import { Way } from './way.tsx';
import { clockText, toneOf, useCauseWords } from './words.ts';

/** With more tiles than these, what is well says no more than its name. */
const manyTiles = 100;
/** More causes than these are told on the tenant's own page. */
const shownCauses = 2;

const Lines = ({ lines }: Pick<ToldTenant, 'lines'>) => (
  <span className="tile-lines" aria-hidden="true">
    {lines.map(({ target, severity }) => (
      <i key={target} data-tone={toneOf[severity]} data-severity={severity} />
    ))}
  </span>
);

/** How things are said, asked once for all tiles. */
type Words = ReturnType<typeof useCauseWords>['words'];

const CauseLine = ({ cause, words }: { readonly cause: ToldCause; readonly words: Words }) => (
  <li>
    <Way link={cause.link}>
      {cause.target !== '' && <strong>{cause.target}</strong>} {words(cause)}
    </Way>
  </li>
);

/** A tenant with something the matter: what it is, each a link to where it is put right. */
const LargeTile = ({
  tenant,
  stated,
  words,
}: {
  readonly tenant: ToldTenant;
  readonly stated: boolean;
  readonly words: Words;
}) => {
  const { t, i18n } = useTranslation('overzicht');
  const { id, name, severity, since, causes, lines } = tenant;
  const more = causes.length - shownCauses;
  return (
    <article className="tile tile-large" data-tile={id} data-tone={toneOf[severity]}>
      <header>
        <h4>
          <To path="/" query={{ tenant: id }}>
            {name}
          </To>
        </h4>
        <span className="tile-state">
          <span className={stated ? 'unseen' : undefined}>{t(`severities.${severity}`)} </span>
          {since !== null && t('since', { when: clockText(since, i18n.language) })}
        </span>
      </header>
      <ul>
        {causes.slice(0, shownCauses).map((cause) => (
          <CauseLine
            key={`${cause.target} ${cause.code} ${cause.what ?? ''}`}
            cause={cause}
            words={words}
          />
        ))}
      </ul>
      <footer>
        <Lines lines={lines} />
        {more > 0 && (
          <To path="/" query={{ tenant: id }} className="tile-more">
            {t('more', { count: more })}
          </To>
        )}
      </footer>
    </article>
  );
};

/** A tenant in a word: its name and its state; of one with a cause, that as well for who does not see it. */
const SmallTile = ({ tenant, said }: { readonly tenant: ToldTenant; readonly said: string }) => {
  const { id, name, severity, lines } = tenant;
  return (
    <div className="tile tile-small" data-tile={id} data-tone={toneOf[severity]} title={said}>
      <To path="/" query={{ tenant: id }}>
        <span className="tile-name">{name}</span>
        <span className="unseen">: {said}</span>
        <Lines lines={lines} />
      </To>
    </div>
  );
};

/** Tenants under a heading. */
export interface Group {
  readonly key: string;
  readonly name: string;
  readonly tenants: readonly ToldTenant[];
  /** Whether each tenant that has a cause tells it in full. */
  readonly large: boolean;
  /** Its name says how they are. */
  readonly stated: boolean;
}

/** Groups of tiles through which the arrow keys go. */
export const Tiles = ({ groups }: { readonly groups: readonly Group[] }) => {
  const { t } = useTranslation('overzicht');
  const { words } = useCauseWords();
  const { ref, onKeyDown, onFocus } = useWalk();
  // Most of hundreds say no more than their state: each state is put in words once.
  const states = new Map(severities.map((severity) => [severity, t(`severities.${severity}`)]));
  const said = ({ severity, causes: [worst] }: ToldTenant): string =>
    worst ? `${worst.target} ${words(worst)}`.trim() : (states.get(severity) ?? severity);
  const many = groups.reduce((sum, { tenants }) => sum + tenants.length, 0) > manyTiles;
  useLayoutEffect(() => ref(document.querySelector<HTMLDivElement>('.heat')));
  return (
    <div className="heat" data-many={many} ref={ref} onKeyDown={onKeyDown} onFocus={onFocus}>
      {groups.map(({ key, name, tenants, large, stated }) => (
        <section key={key} className="heat-group" aria-label={name}>
          <h3>
            {name} <span className="fine">{t('tenants', { count: tenants.length })}</span>
          </h3>
          <div className="tiles" data-large={large}>
            {tenants.map((tenant) =>
              large && tenant.causes.length > 0 ? (
                <LargeTile key={tenant.id} tenant={tenant} stated={stated} words={words} />
              ) : (
                <SmallTile key={tenant.id} tenant={tenant} said={said(tenant)} />
              ),
            )}
          </div>
        </section>
      ))}
    </div>
  );
};
