import { useTranslation } from 'react-i18next';
import { momentText, numberText } from '../../parts/formats.ts';

/** `1,2 GB`, in powers of a thousand, as it is charged. */
export const bytesText = (bytes: number, language: string): string => {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const size = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / 1_000 ** size;
  return numberText(value, language, {
    style: 'unit',
    unit: units[size] ?? 'byte',
    maximumFractionDigits: value < 10 && size > 0 ? 1 : 0,
  });
};

/** A size, with the exact one behind it. */
export const Bytes = ({ value }: { readonly value: number }) => {
  const { i18n } = useTranslation();
  return (
    <span className="count" title={`${numberText(value, i18n.language)} B`}>
      {bytesText(value, i18n.language)}
    </span>
  );
};

/** An amount of money, given in cents. */
export const Money = ({
  cents,
  currency,
}: {
  readonly cents: number;
  readonly currency: string;
}) => {
  const { i18n } = useTranslation();
  return (
    <span className="count">
      {numberText(cents / 100, i18n.language, { style: 'currency', currency })}
    </span>
  );
};

/** `99,95 %`; cut off, never rounded up. */
export const percentText = (percent: number, language: string): string =>
  numberText(Math.floor(percent * 100) / 10_000, language, {
    style: 'percent',
    maximumFractionDigits: 2,
  });

/** `oktober 2026`, of `2026-10`. */
export const monthText = (month: string, language: string): string =>
  momentText(new Date(`${month}-15T12:00:00Z`), language, {
    month: 'long',
    year: 'numeric',
  });
