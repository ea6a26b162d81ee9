import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, type ApiProblem } from '../../api/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Dialog, ReasonDialog } from '../../parts/dialog.tsx';
import { Loading } from '../../parts/states.tsx';
import {
  planWish,
  saveWish,
  useTenantsAgain,
  type Planned,
  type Saved,
  type Wish,
} from './queries.ts';

/** A difference, line by line, as `lb-bus diff` prints it. */
export const Difference = ({ changes }: { readonly changes: Planned['changes'] }) => {
  const { t } = useTranslation('tenant');
  return (
    <ul className="difference">
      {changes.map(({ sign, words }) => (
        <li key={`${sign}${words}`} data-sign={sign}>
          <span className="difference-sign">{t(`signs.${sign}`)}</span> <code>{words}</code>
        </li>
      ))}
    </ul>
  );
};

/** Hook tokens that were made: this is the only time that they are seen. */
const Tokens = ({ saved, onClose }: { readonly saved: Saved; readonly onClose: () => void }) => {
  const { t } = useTranslation('tenant');
  return (
    <Dialog title={t('tokens.title')} onClose={onClose}>
      <p>{t('tokens.once')}</p>
      {saved.tokens.map(({ connector, token }) => (
        <p key={connector} className="row">
          {connector} <code>{token}</code> <Copy text={token} what={connector} />
        </p>
      ))}
      <div className="dialog-acts">
        <Button kind="main" onPress={onClose}>
          {t('done')}
        </Button>
      </div>
    </Dialog>
  );
};

const Left = ({ planned }: { readonly planned: Planned }) => {
  const { t } = useTranslation('tenant');
  if (planned.leftBehind.length === 0) return null;
  return (
    <ul className="notice" data-tone="warn">
      {planned.leftBehind.map(({ target, count, removed }) => (
        <li key={target ?? ''}>
          {t(removed ? 'left.gone' : 'left.waits', { count, target: target ?? '' })}
        </li>
      ))}
    </ul>
  );
};

interface SaveDialogProps {
  readonly wish: Wish;
  readonly onRefused: (problem: ApiProblem) => void;
  readonly onSaved?: (saved: Saved) => void;
  readonly onClose: () => void;
}

/** What a wish would change, as soon as the server has said it. */
const usePlan = ({ wish, onRefused, onClose }: SaveDialogProps): Planned | null => {
  const [planned, setPlanned] = useState<Planned | null>(null);
  useEffect(() => {
    let asked = true;
    planWish(wish).then(
      (plan) => asked && setPlanned(plan),
      (error: unknown) => {
        if (!asked) return;
        onRefused(asProblem(error));
        onClose();
      },
    );
    return () => {
      asked = false;
    };
    // Once for each wish: who opens it gives another when something changes.
  }, [wish]);
  return planned;
};

/** There is nothing to ask: it is not yet known what changes, or nothing does. */
const NothingToSave = ({
  waiting,
  onClose,
}: {
  readonly waiting: boolean;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('tenant');
  return (
    <Dialog title={t('save.title')} onClose={onClose}>
      {waiting ? <Loading /> : <p>{t('save.nothing')}</p>}
    </Dialog>
  );
};

/**
 * Shows what a wish would change, asks why, and saves it. What is wrong with it goes back to whoever asked, so that it
 * stands at its field.
 */
export const SaveDialog = (props: SaveDialogProps) => {
  const { wish, onSaved, onClose } = props;
  const { t } = useTranslation('tenant');
  const again = useTenantsAgain();
  const planned = usePlan(props);
  const done = useRef(false);
  const [saved, setSaved] = useState<Saved | null>(null);
  const end = (answer: Saved): void => {
    onSaved?.(answer);
    onClose();
  };
  if (saved) return <Tokens saved={saved} onClose={() => end(saved)} />;
  if (!planned || planned.changes.length === 0)
    return <NothingToSave waiting={!planned} onClose={onClose} />;
  const goes = planned.leftBehind.some(({ removed }) => removed);
  return (
    <ReasonDialog
      title={t('save.title')}
      act={t(goes ? 'save.anyway' : 'save.act')}
      kind={goes ? 'danger' : 'main'}
      onClose={() => {
        if (!done.current) onClose();
      }}
      onAct={async (reason) => {
        const answer = await saveWish(wish, { reason, leaveBehind: goes });
        done.current = true;
        await again();
        if (answer.tokens.length > 0) setSaved(answer);
        else end(answer);
      }}
    >
      <Difference changes={planned.changes} />
      <Left planned={planned} />
    </ReasonDialog>
  );
};
