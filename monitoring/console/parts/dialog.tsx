import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Failed } from './states.tsx';

/** A question over the page; Escape and the cross call it off, and the focus goes back to where it was. */
export const Dialog = ({
  title,
  onClose,
  children,
  wide = false,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}) => {
  const { t } = useTranslation('parts');
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className="dialog"
      data-wide={wide}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="dialog-head">
        <h2 id={id}>{title}</h2>
        <Button kind="quiet" onPress={onClose} label={t('close')}>
          <span aria-hidden="true">✕</span>
        </Button>
      </header>
      {children}
    </dialog>
  );
};

const leastReason = 3;
const mostReason = 500;

/** Does something for a reason; `error` is what the server refused it for, and `done` follows where it did not. */
const usePerforming = (act: (reason: string) => Promise<unknown>, done: () => void) => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const perform = async (reason: string): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await act(reason);
      done();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return { busy, error, perform };
};

const ReasonField = ({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => {
  const { t } = useTranslation('parts');
  const id = useId();
  return (
    <>
      <label className="field" htmlFor={id}>
        <span className="field-name">{t('reason.name')}</span>
        <textarea
          id={id}
          rows={3}
          maxLength={mostReason}
          required
          value={value}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => onChange(target.value)}
        />
      </label>
      <p id={`${id}-hint`} className="fine">
        {t('reason.hint')}
      </p>
    </>
  );
};

/** Asks why, then does it; what the server refuses is shown here, and nothing that was written is lost. */
export const ReasonDialog = ({
  title,
  children,
  act,
  kind = 'main',
  onAct,
  onClose,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  /** Words of the button that does it. */
  readonly act: string;
  readonly kind?: 'main' | 'danger';
  readonly onAct: (reason: string) => Promise<unknown>;
  /** Also after it was done. */
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('parts');
  const [reason, setReason] = useState('');
  const { busy, error, perform } = usePerforming(onAct, onClose);
  const ready = reason.trim().length >= leastReason && !busy;
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void perform(reason.trim());
        }}
      >
        {children}
        <ReasonField value={reason} onChange={setReason} />
        {error !== null && <Failed error={error} />}
        <div className="dialog-acts">
          <Button onPress={onClose}>{t('cancel')}</Button>
          <button
            type="submit"
            className="button"
            data-kind={kind}
            disabled={!ready}
            aria-busy={busy}
          >
            {act}
          </button>
        </div>
      </form>
    </Dialog>
  );
};
