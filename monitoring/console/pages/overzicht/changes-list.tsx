import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import type { Change } from '../../../health/changes.ts';
import type { Severity } from '../../../health/health.ts';
import { Way } from './way.tsx';
import { Answer } from '../../parts/states.tsx';
import { useChanges } from './queries.ts';
import { clockText, toneOf, useCauseWords } from './words.ts';

const toneOfChange = ({ kind, severity }: Change) => {
  if (kind === 'parked') return 'warn';
  return kind === 'line' && severity !== null ? toneOf[severity as Severity] : 'busy';
};

/** What a change says, in words. */
const useChangeWords = (): ((change: Change) => string) => {
  const { t } = useTranslation('overzicht');
  const causes = useCauseWords();
  const line = ({ severity, code, count, what }: Change): string =>
    code === null
      ? t(`changes.line.${severity ?? 'fine'}`)
      : causes.words({ code, count, at: null, what });
  const parked = ({ code, count }: Change): string =>
    t('changes.parked', { count: count ?? 0, why: causes.reason(code) });
  const done = ({ kind, code, count, what }: Change): string => {
    const act = t(`acts.${code ?? ''}`, { defaultValue: code ?? '' });
    return t(`changes.${kind}`, { act, who: what ?? '', count: count ?? 0 });
  };
  const wordsOf = { line, parked, act: done, tenant: done };
  return (change) => wordsOf[change.kind](change);
};

interface RowProps {
  readonly change: Change;
  readonly name: string;
  readonly when: string;
  readonly words: string;
}

const Row = ({ change, name, when, words }: RowProps) => (
  <li data-tone={toneOfChange(change)}>
    <time dateTime={change.at}>{when}</time>
    <span className="change-mark" aria-hidden="true" />
    <p>
      <Way link={change.link}>
        {name}
        {change.target !== null && change.target !== '' && ` · ${change.target}`}
      </Way>
      <span className="change-words">{words}</span>
    </p>
  </li>
);

const keyOf = ({ kind, at, tenant, target, code }: Change): string =>
  [kind, at, tenant, target, code].join(' ');

const Rows = ({ changes }: { readonly changes: readonly Change[] }) => {
  const { t, i18n } = useTranslation('overzicht');
  const wordsOf = useChangeWords();
  return (
    <ol className="changes">
      {changes.map((change) => (
        <Row
          key={keyOf(change)}
          change={change}
          name={change.name ?? (change.tenant === '*' ? t('several') : change.tenant)}
          when={clockText(change.at, i18n.language)}
          words={wordsOf(change)}
        />
      ))}
    </ol>
  );
};

const noneYet: readonly Change[] = [];

/** What changed in the last hour, the latest first; of one tenant where it is named. Drawn after what is more urgent. */
export const ChangesList = ({ tenant }: { readonly tenant?: string }) => {
  const { t } = useTranslation('overzicht');
  const query = useChanges(tenant);
  const shown = useDeferredValue(query.data ?? noneYet, noneYet);
  return (
    <Answer query={query}>
      {(changes) =>
        changes.length === 0 ? (
          <p className="fine">{t('changes.none')}</p>
        ) : (
          <Rows changes={shown} />
        )
      }
    </Answer>
  );
};
