import { useTranslation } from 'react-i18next';
import type { Severity } from '../../../health/health.ts';
import type { ToldCause } from '../../../health/overview.ts';
import type { Tone } from '../../parts/badge.tsx';
import { momentText } from '../../parts/formats.ts';

/** Tone of a severity; its word always stands beside it. */
export const toneOf: Readonly<Record<Severity, Tone>> = {
  bad: 'bad',
  attention: 'warn',
  fine: 'good',
  untried: 'idle',
  off: 'idle',
};

/** A moment of today by the clock, of another day with the day. */
export const clockText = (at: string, language: string): string => {
  const moment = new Date(at);
  const today = moment.toDateString() === new Date().toDateString();
  return momentText(
    moment,
    language,
    today
      ? { hour: '2-digit', minute: '2-digit' }
      : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  );
};

type Worded = Pick<ToldCause, 'count' | 'at' | 'what'> & { readonly code: string };

/** What says a cause, and what can be done about it, in the language of the console. */
export const useCauseWords = () => {
  const { t, i18n } = useTranslation('overzicht');
  const reason = (code: string | null): string =>
    code === null ? t('reasons.unknown') : t(`reasons.${code}`, { defaultValue: code });
  const words = ({ code, count, at, what }: Worded): string =>
    t(`causes.${code}`, {
      count: count ?? 0,
      what: what ?? '',
      why: reason(what),
      when: at === null ? '' : clockText(at, i18n.language),
    });
  return {
    reason,
    words,
    advice: ({ code }: Pick<Worded, 'code'>): string => t(`advice.${code}`),
  };
};
