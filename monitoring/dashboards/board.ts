/** A line of a panel: what it asks, and how its series are named. */
export type Query = readonly [expression: string, legend: string];

/** A panel: curves over time and rows take half a screen, a number a sixth. */
export interface PanelWords {
  readonly as: 'curves' | 'rows' | 'number';
  readonly title: string;
  readonly description: string;
  /** Unit of Grafana: `s`, `short`, `percentunit`, `bytes`, `ops`. */
  readonly unit: string;
  readonly queries: readonly Query[];
}

/** What the reader chooses, among the values of the label `name` of `series`. */
export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly series: string;
  /** Several at once, or all. */
  readonly many?: boolean;
}

/** A dashboard in words; its `uid` never changes, so that links to it keep working. */
export interface Board {
  readonly uid: string;
  readonly title: string;
  readonly variables: readonly Choice[];
  readonly rows: readonly { readonly title: string; readonly panels: readonly PanelWords[] }[];
}
