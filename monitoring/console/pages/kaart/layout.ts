import type { Drawing, MapFlow, MapNode } from '../../../map/drawing.ts';

const senderWidth = 210;
const busWidth = 92;
const systemWidth = 250;
const inWidth = 240;
const outWidth = 300;
const rowHeight = 84;
const boxHeight = 56;
const margin = 12;
const lineHeight = 20;

export interface Box {
  readonly node: MapNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A straight line between a box and the bus. */
export interface Line {
  readonly flow: MapFlow;
  readonly fromX: number;
  readonly toX: number;
  readonly y: number;
  /** The words stand above the line, or below where another runs above it. */
  readonly below: boolean;
}

/** The middle of a side on which nothing stands. */
export interface Side {
  readonly of: 'senders' | 'systems';
  readonly x: number;
  readonly y: number;
}

/** Where everything on the map stands. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly emptySides: readonly Side[];
}

const column = (
  nodes: readonly MapNode[],
  place: Omit<Box, 'node' | 'y' | 'height'>,
  height: number,
) => {
  const top = margin + (height - nodes.length * rowHeight) / 2 + (rowHeight - boxHeight) / 2;
  return nodes.map((node, row): Box => ({
    ...place,
    node,
    y: top + row * rowHeight,
    height: boxHeight,
  }));
};

const apart = 9;

/**
 * Senders to the left, the bus as a bar over the whole height, systems to the right: each runs straight into the bus, and
 * no two lines cross. What a system tells back runs under what goes to it.
 */
export const layOut = ({ nodes, flows }: Drawing): Layout => {
  const senders = nodes.filter(({ kind }) => kind === 'application');
  const systems = nodes.filter(({ kind }) => kind !== 'application' && kind !== 'bus');
  const bus = nodes.find(({ kind }) => kind === 'bus');
  const height = Math.max(senders.length, systems.length, 1) * rowHeight;
  const busX = margin + senderWidth + inWidth;
  const systemX = busX + busWidth + outWidth;
  const boxes = [
    ...column(senders, { x: margin, width: senderWidth }, height),
    ...(bus ? [{ node: bus, x: busX, y: margin, width: busWidth, height }] : []),
    ...column(systems, { x: systemX, width: systemWidth }, height),
  ];
  const boxOf = new Map(boxes.map((box) => [box.node.id, box]));
  const returning = new Set(flows.filter(({ to }) => to === 'bus').map(({ from }) => from));
  const lines = flows.flatMap((flow): Line[] => {
    const box = boxOf.get(flow.to === 'bus' ? flow.from : flow.to);
    if (!box) return [];
    const middle = box.y + box.height / 2;
    if (box.x < busX)
      return [{ flow, fromX: box.x + box.width, toX: busX, y: middle, below: false }];
    const edge = busX + busWidth;
    if (flow.to === 'bus')
      return [{ flow, fromX: box.x, toX: edge, y: middle + apart, below: true }];
    const y = returning.has(flow.to) ? middle - apart : middle;
    return [{ flow, fromX: edge, toX: box.x, y, below: false }];
  });
  const width = systemX + systemWidth + margin;
  const y = margin + height / 2 + lineHeight / 4;
  const emptySides: Side[] = [
    ...(senders.length === 0 ? [{ of: 'senders', x: busX / 2, y } as const] : []),
    ...(systems.length === 0
      ? [{ of: 'systems', x: (busX + busWidth + width) / 2, y } as const]
      : []),
  ];
  return { width, height: height + 2 * margin, boxes, lines, emptySides };
};

const thinnest = 1.25;
const thickest = 7;

/** How thick a line is drawn: by tens, so that a thousand is not a thousand times as thick as one. */
export const thicknessOf = ({ day }: Pick<MapFlow, 'day'>): number =>
  Math.min(thickest, thinnest + Math.log10(day + 1) * 1.3);
