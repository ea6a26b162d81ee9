/** How far something is; `label` says of what. */
export const Bar = ({
  value,
  most,
  label,
  tone = 'busy',
}: {
  readonly value: number;
  readonly most: number;
  readonly label: string;
  readonly tone?: 'good' | 'busy' | 'warn' | 'bad';
}) => {
  const percent = most <= 0 ? 0 : Math.min(100, Math.round((value / most) * 100));
  return (
    <div
      className="progress"
      data-tone={tone}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <span className="progress-done" style={{ inlineSize: `${percent}%` }} />
    </div>
  );
};
