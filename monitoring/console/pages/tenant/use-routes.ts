import { useState } from 'react';
import { get } from '../../api/ask.ts';
import type { ApiProblem } from '../../api/problem.ts';
import type { Route, TenantView, Wish } from './queries.ts';

/** The routes of a tenant as they are being written, until they are saved or left as they were. */
export const useRoutes = (view: TenantView) => {
  const [draft, setDraft] = useState<readonly Route[] | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const routes = draft ?? view.declaration.routes ?? [];
  const change = (next: readonly Route[]): void => {
    setProblem(null);
    setDraft(next);
  };
  const propose = async (): Promise<void> => {
    const { routes: proposed } = await get<{ readonly routes: readonly Route[] }>(
      `tenants/${view.tenant}/routes/proposal`,
    );
    change(proposed);
  };
  const add = (type: string): void => {
    change([...routes, { when: { type }, to: [] }]);
    setOpen(routes.length);
  };
  const undo = (): void => setDraft(null);
  const saved = (): void => {
    setDraft(null);
    setOpen(null);
  };
  const wish: Wish = {
    ...{ tenant: view.tenant, version: view.version, secrets: {} },
    declaration: { ...view.declaration, routes: [...routes] },
  };
  return {
    ...{ routes, changed: draft !== null, wish, open, setOpen, problem, setProblem },
    ...{ change, propose, add, undo, saved },
  };
};
