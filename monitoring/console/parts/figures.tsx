import { useTranslation } from 'react-i18next';
import { momentText, numberText } from './formats.ts';
import { useNow } from './now.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const relative = (at: number, now: number, language: string): string => {
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const passedMs = at - now;
  const size = Math.abs(passedMs);
  if (size < minuteMs) return words.format(Math.round(passedMs / 1_000), 'second');
  if (size < hourMs) return words.format(Math.round(passedMs / minuteMs), 'minute');
  if (size < dayMs) return words.format(Math.round(passedMs / hourMs), 'hour');
  return words.format(Math.round(passedMs / dayMs), 'day');
};

/** A moment, in full, or how long ago with the full one behind it. */
export const Moment = ({ at, ago = false }: { readonly at: string; readonly ago?: boolean }) => {
  const { i18n } = useTranslation();
  const now = useNow(ago ? 10_000 : null);
  const full = momentText(new Date(at), i18n.language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
  return (
    <time dateTime={at} title={full}>
      {ago ? relative(Date.parse(at), now, i18n.language) : full}
    </time>
  );
};

/** A number in the way of the language; large ones short, with the exact one behind them. */
export const Count = ({
  value,
  short = false,
}: {
  readonly value: number;
  readonly short?: boolean;
}) => {
  const { i18n } = useTranslation();
  const exact = numberText(value, i18n.language);
  const shown = short
    ? numberText(value, i18n.language, { notation: 'compact', maximumFractionDigits: 1 })
    : exact;
  return (
    <span className="count" title={shown === exact ? undefined : exact}>
      {shown}
    </span>
  );
};

/** A duration in words: `840 ms`, `2,4 s`, `3 min`, `5 h`, `2 d`. */
export const durationText = (ms: number, language: string): string => {
  const number = (value: number): string =>
    numberText(value, language, { maximumFractionDigits: value < 10 ? 1 : 0 });
  if (ms < 1_000) return `${number(Math.round(ms))} ms`;
  if (ms < minuteMs) return `${number(ms / 1_000)} s`;
  if (ms < hourMs) return `${number(ms / minuteMs)} min`;
  return ms < 2 * dayMs ? `${number(ms / hourMs)} h` : `${number(ms / dayMs)} d`;
};

/** How long something took or takes. */
export const Duration = ({ ms }: { readonly ms: number }) => {
  const { i18n } = useTranslation();
  return <span className="count">{durationText(ms, i18n.language)}</span>;
};
