import type { ReactNode } from 'react';

/** Something that is done at once. `kind` main: what the page is for; danger: what cannot be undone. */
export const Button = ({
  children,
  onPress,
  kind = 'plain',
  disabled = false,
  busy = false,
  label,
}: {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly kind?: 'plain' | 'main' | 'danger' | 'quiet';
  readonly disabled?: boolean;
  /** It is being done. */
  readonly busy?: boolean;
  /** Where the words alone do not say it all. */
  readonly label?: string;
}) => (
  <button
    type="button"
    className="button"
    data-kind={kind}
    disabled={disabled || busy}
    aria-busy={busy}
    aria-label={label}
    onClick={onPress}
  >
    {children}
  </button>
);
