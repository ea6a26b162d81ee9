import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

const shownMs = 2_000;

/** Puts a text on the clipboard. */
export const Copy = ({ text, what }: { readonly text: string; readonly what: string }) => {
  const { t } = useTranslation('parts');
  const [done, setDone] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), shownMs);
  };
  return (
    <Button kind="quiet" label={t('copyWhat', { what })} onPress={() => void copy()}>
      {t(done ? 'copied' : 'copy')}
    </Button>
  );
};
