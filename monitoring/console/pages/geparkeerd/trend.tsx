import { useTranslation } from 'react-i18next';

const width = 8;
const height = 24;
const least = 2;

/** How many were parked on each of the last days, as bars; in words for who does not see them. */
export const Trend = ({ perDay }: { readonly perDay: readonly number[] }) => {
  const { t } = useTranslation('geparkeerd');
  const most = Math.max(1, ...perDay);
  const sizeOf = (count: number): number =>
    count === 0 ? 1 : Math.max(least, Math.round((count / most) * height));
  return (
    <svg
      className="trend"
      role="img"
      aria-label={t('trend', { days: perDay.length, counts: perDay.join(', ') })}
      viewBox={`0 0 ${perDay.length * width} ${height}`}
      width={perDay.length * width}
      height={height}
    >
      {perDay.map((count, index) => (
        <rect
          // The place is what a bar is known by.
          key={index}
          x={index * width}
          y={height - sizeOf(count)}
          width={width - 2}
          height={sizeOf(count)}
        />
      ))}
    </svg>
  );
};
