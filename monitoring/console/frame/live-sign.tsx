import { useTranslation } from 'react-i18next';
import { useLiveState } from '../api/live.ts';

/** Tells that what is shown may be old, as soon as it may be. */
export const LiveSign = () => {
  const { t } = useTranslation('frame');
  const state = useLiveState();
  return (
    <span className="live" data-state={state} role="status">
      <span aria-hidden="true" className="live-dot" />
      <span className="live-words">{t(`live.${state}`)}</span>
    </span>
  );
};
