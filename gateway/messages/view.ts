import type { MessageRow, MessageRows, StepRow, TargetRow } from '#trace/message-rows.js';

const moment = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Outcomes that are the end of an attempt; `queued`, `released` and `acknowledged` are no attempts. */
const attempts = ['delivered', 'retry', 'rejected', 'held', 'parked', 'expired'];

const attemptView = (step: StepRow) => ({
  at: step.at.toISOString(),
  durationMs: step.duration_ms,
  outcome: step.outcome,
  code: step.code,
  detail: step.detail,
});

const targetView = (target: TargetRow) => ({
  target: target.target,
  status: target.status,
  externalId: target.external_id,
  nextAttemptAt: moment(target.next_attempt_at),
  acknowledgedAt: moment(target.acknowledged_at),
});

const messageView = (message: MessageRow, targets: readonly object[]) => ({
  id: message.id,
  status: message.status,
  type: message.type,
  source: message.source,
  senderId: message.sender_id,
  subject: message.subject,
  acceptedAt: message.accepted_at.toISOString(),
  expiresAt: moment(message.expires_at),
  targets,
});

const linksOf = (id: string) => ({
  self: `/v1/messages/${id}`,
  answer: `/v1/messages/${id}/answer`,
});

/** Where one message is, with every attempt per target, oldest first. */
export const statusView = ({ message, targets, steps, conflicts }: MessageRows) => ({
  ...messageView(
    message,
    targets.map((target) => ({
      ...targetView(target),
      attempts: steps
        .filter((step) => step.target === target.target && attempts.includes(step.outcome))
        .map(attemptView),
    })),
  ),
  conflicts: [...(message.conflict_of === null ? [] : [message.conflict_of]), ...conflicts],
  links: linksOf(message.id),
});

/** A line of the list: as the status, without attempts. */
export const lineView = (message: MessageRow, targets: readonly TargetRow[]) => ({
  ...messageView(
    message,
    targets.filter((target) => target.message === message.id).map(targetView),
  ),
  links: linksOf(message.id),
});
