import { useTranslation } from 'react-i18next';
import type { MapFlow } from '../../../map/drawing.ts';
import { durationText } from '../../parts/figures.tsx';
import { numberText } from '../../parts/formats.ts';

/** A text that fits; what is cut off is told by the title. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;

/** `be.lbbus.melding.ingediend.v1` as people say it. */
export const typeName = (type: string): string =>
  type.replace(/^be\.lbbus\./, '').replace(/\.v\d+$/, '');

/** What stands at a flow: its types and interface, its volume and delay. */
export const useFlowWords = () => {
  const { t, i18n } = useTranslation('kaart');
  const { language } = i18n;
  const count = (value: number): string =>
    numberText(value, language, { notation: 'compact', maximumFractionDigits: 1 });
  const volume = ({ day, month }: MapFlow): string =>
    month === null
      ? t('volume.day', { day: count(day) })
      : t('volume.both', { day: count(day), month: count(month) });
  const delay = ({ p50Seconds, p95Seconds }: MapFlow): string =>
    p50Seconds === null || p95Seconds === null
      ? ''
      : t('delay', {
          p50: durationText(p50Seconds * 1_000, language),
          p95: durationText(p95Seconds * 1_000, language),
        });
  const typesOf = ({ types }: MapFlow): string => {
    const [first, ...rest] = types;
    if (!first) return '';
    const name = typeName(first.type);
    return rest.length === 0 ? name : `${name} +${rest.length}`;
  };
  const join = (...parts: readonly string[]): string => parts.filter(Boolean).join(' · ');
  return {
    volume,
    delay,
    label: (flow: MapFlow): readonly [string, string] => [
      join(flow.protocol, typesOf(flow)),
      join(
        t('volume.day', { day: count(flow.day) }),
        flow.p95Seconds === null
          ? ''
          : t('within', { p95: durationText(flow.p95Seconds * 1_000, language) }),
      ),
    ],
    sentence: (flow: MapFlow): string => {
      const name = (id: string): string => id.replace(/^(sender|system):/, '');
      const state =
        flow.severity === null ? '' : t(`severities.${flow.severity}`, { ns: 'overzicht' });
      return join(
        t('from', { from: name(flow.from), to: name(flow.to) }),
        flow.protocol,
        volume(flow),
        delay(flow),
        state,
      );
    },
  };
};
