import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParkedGroup } from '../../../operators/parked/groups.ts';
import { useMay } from '../../api/session.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Count, Moment } from '../../parts/figures.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Answer, Empty, Failed, Loading } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { To } from '../../parts/to.tsx';
import { Compare } from './compare.tsx';
import { useMessageColumns } from './message-columns.tsx';
import { OrderDialog } from './order-dialog.tsx';
import { placeText } from './place-text.ts';
import { useGroupMessages, useGroups, type ParkedMessage } from './queries.ts';
import { Trend } from './trend.tsx';

interface GroupSelection {
  readonly group: string;
  readonly tenant?: string;
}

const keyOf = ({ tenant, target, id }: ParkedMessage): string =>
  placeText({ tenant, target, message: id });

const Facts = ({ group }: { readonly group: ParkedGroup }) => {
  const { t } = useTranslation('geparkeerd');
  return (
    <div className="card group-facts">
      <p className="row">
        <Badge tone="bad">{group.code}</Badge>
        <span>{group.connector}</span>
        <strong>
          <Count value={group.count} /> {t('messages', { count: group.count })}
        </strong>
        <Trend perDay={group.perDay} />
      </p>
      {group.detail !== null && group.detail !== group.cause && (
        <p>
          <span className="fine">{t('forExample')}</span> {group.detail}
        </p>
      )}
      <p className="fine">
        {t('parkedFrom')} <Moment at={group.oldestAt} /> – <Moment at={group.newestAt} />
      </p>
    </div>
  );
};

/** What can be done with what is chosen, or with the whole group where nothing is. */
const Acts = ({
  selection,
  chosen,
  count,
}: {
  readonly selection: GroupSelection;
  readonly chosen: readonly ParkedMessage[];
  readonly count: number;
}) => {
  const { t } = useTranslation('geparkeerd');
  const [act, setAct] = useState<'replay' | 'discard' | null>(null);
  const meant = chosen.length === 0 ? count : chosen.length;
  const messages = chosen.map(({ id }) => id);
  return (
    <div className="row">
      <Button kind="main" onPress={() => setAct('replay')}>
        {t('ask.replay', { count: meant })}
      </Button>
      <Button kind="danger" onPress={() => setAct('discard')}>
        {t('ask.discard', { count: meant })}
      </Button>
      {act && (
        <OrderDialog
          act={act}
          selection={messages.length === 0 ? selection : { ...selection, messages }}
          count={meant}
          onClose={() => setAct(null)}
        />
      )}
    </div>
  );
};

/** The messages that were fetched, each to be chosen. */
const MessageRows = ({
  query,
  chosen,
  onChoose,
}: {
  readonly query: ReturnType<typeof useGroupMessages>;
  readonly chosen: readonly ParkedMessage[];
  readonly onChoose: (chosen: readonly ParkedMessage[]) => void;
}) => {
  const { t } = useTranslation('geparkeerd');
  const columns = useMessageColumns({ chosen, keyOf, onChoose });
  const rows = query.data?.pages.flatMap(({ messages }) => messages) ?? [];
  if (rows.length === 0) return null;
  const load = (): void => void query.fetchNextPage();
  return (
    <Table
      label={t('messagesOf')}
      columns={columns}
      rows={rows}
      rowKey={keyOf}
      more={query.hasNextPage ? { load, busy: query.isFetchingNextPage } : null}
    />
  );
};

const Messages = ({
  group,
  selection,
}: {
  readonly group: ParkedGroup;
  readonly selection: GroupSelection;
}) => {
  const { t } = useTranslation('geparkeerd');
  const acts = useMay('act');
  const [chosen, setChosen] = useState<readonly ParkedMessage[]>([]);
  const [comparing, setComparing] = useState(false);
  const query = useGroupMessages(selection);
  const [one, other] = chosen;
  return (
    <Section
      title={t('messagesOf')}
      actions={
        <Button disabled={chosen.length !== 2} onPress={() => setComparing(true)}>
          {t('compare.two')}
        </Button>
      }
    >
      {acts && <Acts selection={selection} chosen={chosen} count={group.count} />}
      {query.error && <Failed error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      <MessageRows query={query} chosen={chosen} onChoose={setChosen} />
      {comparing && one && other && (
        <Compare one={one} other={other} onClose={() => setComparing(false)} />
      )}
    </Section>
  );
};

const longestTitle = 140;

const shortened = (cause: string): string =>
  cause.length <= longestTitle ? cause : `${cause.slice(0, longestTitle)}…`;

/** One cause: what is parked for it, to compare, to try again or to let go. */
export const Group = ({ selection }: { readonly selection: GroupSelection }) => {
  const { t } = useTranslation('geparkeerd');
  const query = useGroups(selection);
  const group = query.data?.[0];
  return (
    <Page
      title={shortened(group?.cause ?? '') || t('group')}
      lead={group?.types.join(', ')}
      actions={
        <To path="/geparkeerd" query={{ tenant: selection.tenant }}>
          {t('back')}
        </To>
      }
    >
      <Answer query={query}>
        {([found]) =>
          found ? (
            <>
              <Facts group={found} />
              <Messages group={found} selection={selection} />
            </>
          ) : (
            <Empty title={t('groupGone.title')}>{t('groupGone.words')}</Empty>
          )
        }
      </Answer>
    </Page>
  );
};
