/** A line as people name it. */
export const lineText = ({
  tenant,
  target,
}: {
  readonly tenant: string;
  readonly target: string;
}): string => `${tenant} · ${target}`;

/** Where a line lies below `holds/` and `checks/`. */
export const linePath = ({
  tenant,
  target,
}: {
  readonly tenant: string;
  readonly target: string;
}): string => `${encodeURIComponent(tenant)}/${encodeURIComponent(target)}`;
